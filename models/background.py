"""What trees say of a deal that lacks an answer which every closed deal had.

LightGBM that never met a NaN in a column reads one as zero: unknown would be "no". Instead the
answer is averaged over those of some closed deals, so that unknown lies between the answers.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]

DEALS_AT_ONCE = 512
N_BACKGROUND = 16


def over_background(trees: Callable[[Vector], Vector], X: Vector, background: Vector) -> Vector:
    """Return what the trees say, averaged over the background where an answer is missing.

    Parameters
    ----------
    trees
        From a matrix to a result with one row a deal.
    X
        Shape (n_deals, n_columns); NaN is unknown.
    background
        Shape (n_background, n_columns); NaN in the columns where the trees know NaN themselves.
    """
    result = trees(X)
    lacking = np.isnan(X) & ~np.isnan(background).any(axis=0)
    rows = np.flatnonzero(lacking.any(axis=1))
    for start in range(0, len(rows), DEALS_AT_ONCE):
        some = rows[start : start + DEALS_AT_ONCE]
        filled = np.where(lacking[some], background[:, None, :], X[some])
        told = trees(filled.reshape(-1, X.shape[1]))
        told = told.reshape(len(background), len(some), *told.shape[1:])
        total = np.zeros_like(told[0])
        for one in told:  # in a fixed order, so that a batch does not change the last bit
            total = total + one
        result[some] = total / len(background)
    return result


def background_of(X: Vector, seed: int) -> Vector:
    """Return some closed deals, with NaN in the columns that are not always answered."""
    rows = np.random.default_rng(seed).permutation(len(X))[:N_BACKGROUND]
    if not len(X):
        return np.empty((0, X.shape[1]))
    return np.where(np.isnan(X).any(axis=0), np.nan, X[np.sort(rows)])
