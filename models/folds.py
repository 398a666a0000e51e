"""Folds that keep siblings together and the win rate even."""

from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Vector = NDArray[np.float64]
Fold: TypeAlias = tuple[NDArray[np.intp], NDArray[np.intp]]

N_FOLDS, N_FOLDS_OF_MANY, N_FOLDS_OF_HUGE = 5, 3, 2
MANY_DEALS, HUGE_DEALS = 20_000, 50_000
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

    ``y`` and ``groups`` have shape (n_deals,). Groups with a won deal, and those without, are
    dealt out to the folds as they come, each round of ``n_folds`` shuffled: one more deal at the
    end leaves the folds of all others as they were, so that the model does not jump.
    """
    members = np.arange(len(y)) if groups is None else np.asarray(groups)
    rarer = min((len(np.unique(members[y == ended])) for ended in (0.0, 1.0)), default=0)
    if rarer < FEWEST_GROUPS:
        return []
    n_folds = min(n_folds, rarer)
    _, first, group = np.unique(members, return_index=True, return_inverse=True)
    has_won = np.bincount(group, y) > 0
    fold = np.empty(len(first), dtype=int)
    for won in (False, True):
        some = np.flatnonzero(has_won == won)
        in_turn = some[np.argsort(first[some], kind="stable")]
        fold[in_turn] = _rounds(len(in_turn), n_folds, [seed, int(won)])
    places = fold[group]
    return [
        (np.flatnonzero(places != one), np.flatnonzero(places == one)) for one in range(n_folds)
    ]


def _rounds(n: int, n_folds: int, seed: list[int]) -> NDArray[np.int_]:
    """Return n fold numbers in which every round holds each once, its order drawn."""
    random = np.random.default_rng(seed)
    rounds = random.permuted(np.tile(np.arange(n_folds), (-(-n // n_folds), 1)), axis=1)
    return rounds.ravel()[:n]
