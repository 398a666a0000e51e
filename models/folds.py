"""Folds that keep siblings together and the win rate even."""

from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.model_selection import StratifiedGroupKFold

Vector = NDArray[np.float64]
Fold: TypeAlias = tuple[NDArray[np.intp], NDArray[np.intp]]

N_FOLDS, N_FOLDS_OF_MANY = 5, 3
MANY_DEALS = 20_000
FEWEST_GROUPS = 4
"""Of the rarer outcome: with fewer, a fold that leaves some out would learn nothing of it."""


def grouped_folds(y: Vector, groups: ArrayLike | None, seed: int, n_folds: int) -> list[Fold]:
    """Return folds, fewer where an outcome is rare, none where it is too rare for any.

    ``y`` and ``groups`` have shape (n_deals,).
    """
    members = np.arange(len(y)) if groups is None else np.asarray(groups)
    rarer = min((len(np.unique(members[y == ended])) for ended in (0.0, 1.0)), default=0)
    if rarer < FEWEST_GROUPS:
        return []
    splitter = StratifiedGroupKFold(min(n_folds, rarer), shuffle=True, random_state=seed)
    return list(splitter.split(y, y, members))
