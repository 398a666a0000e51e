"""Folds that keep siblings together and the win rate even."""

from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.model_selection import StratifiedGroupKFold

Vector = NDArray[np.float64]
Fold: TypeAlias = tuple[NDArray[np.intp], NDArray[np.intp]]

N_FOLDS, N_FOLDS_OF_MANY, N_FOLDS_OF_HUGE = 5, 3, 2
MANY_DEALS, HUGE_DEALS = 20_000, 50_000
MANY_GROUPS = 2_000
FEWEST_GROUPS = 4
"""Of the rarer outcome: with fewer, a fold that leaves some out would learn nothing of it."""


def folds_for(n_deals: int) -> int:
    """Return how many folds are worth their cost: each learns from more of many deals anyhow.

    >>> folds_for(400), folds_for(30_000), folds_for(400_000)
    (5, 3, 2)
    """
    if n_deals > HUGE_DEALS:
        return N_FOLDS_OF_HUGE
    return N_FOLDS_OF_MANY if n_deals > MANY_DEALS else N_FOLDS


def grouped_folds(y: Vector, groups: ArrayLike | None, seed: int, n_folds: int) -> list[Fold]:
    """Return folds, fewer where an outcome is rare, none where it is too rare for any.

    ``y`` and ``groups`` have shape (n_deals,).
    """
    members = np.arange(len(y)) if groups is None else np.asarray(groups)
    rarer = min((len(np.unique(members[y == ended])) for ended in (0.0, 1.0)), default=0)
    if rarer < FEWEST_GROUPS:
        return []
    n_folds = min(n_folds, rarer)
    if rarer > MANY_GROUPS:
        return _dealt_out(y, members, seed, n_folds)
    splitter = StratifiedGroupKFold(n_folds, shuffle=True, random_state=seed)
    return list(splitter.split(y, y, members))


def _dealt_out(y: Vector, members: NDArray[np.generic], seed: int, n_folds: int) -> list[Fold]:
    """Return folds of many groups: shuffled, put in order of wins and size, and dealt out in turn.

    With so many groups that is as even as the search for the evenest folds, which takes minutes.
    """
    _, group = np.unique(members, return_inverse=True)
    size, won = np.bincount(group), np.bincount(group, y)
    chance = np.random.default_rng(seed).random(len(size))
    fold = np.empty(len(size), dtype=int)
    fold[np.lexsort((chance, size, won))] = np.arange(len(size)) % n_folds
    places = fold[group]
    return [
        (np.flatnonzero(places != one), np.flatnonzero(places == one)) for one in range(n_folds)
    ]
