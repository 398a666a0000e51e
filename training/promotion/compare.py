"""Two models on the same held-out deals: paired differences, drawn by whole groups.

Everything here is numpy on arrays of shape (n_deals,). Deals of one group (an account, twins) come
or stay together, so that ten deals of one customer do not count as ten witnesses (Efron and
Tibshirani 1993, the bootstrap of clusters).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]
Groups = NDArray[np.intp]

N_DRAWS = 2_000
PIECE = 50
"""Draws at a time: the memory of 2,000 draws of 100,000 groups would be a gigabyte and more."""

SURELY_WRONG = 1e-15


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean over deals and its bootstrap: a 95 % interval, an upper bound, its standard error.

    ``upper`` is the one-sided 95 % bound; ``p_below`` and ``p_above`` are the shares of draws on
    either side of zero.
    """

    value: float
    low: float
    high: float
    upper: float
    error: float
    p_below: float
    p_above: float


def log_losses(p_win: Vector, won: Vector) -> Vector:
    """Return the log-loss of each deal in nats.

    >>> log_losses(np.array([0.5, 0.5]), np.array([1.0, 0.0])).round(3).tolist()
    [0.693, 0.693]
    """
    p_true = np.where(won == 1, p_win, 1 - p_win)
    losses: Vector = -np.log(np.maximum(p_true, SURELY_WRONG))
    return losses


def group_means(values: Vector, groups: Groups, *, seed: int, n_draws: int = N_DRAWS) -> Vector:
    """Return the means over deals in bootstrap draws of whole groups.

    Parameters
    ----------
    values
        Shape (n_deals, n_quantities): every quantity sees the same draws.
    groups
        Shape (n_deals,): the number of each deal's group.

    Returns
    -------
    numpy.ndarray
        Shape (n_draws, n_quantities).
    """
    _, place = np.unique(groups, return_inverse=True)
    n_groups = int(place.max()) + 1
    columns = [np.bincount(place, weights=column, minlength=n_groups) for column in values.T]
    totals = np.column_stack([*columns, np.bincount(place, minlength=n_groups)])
    random = np.random.default_rng(seed)
    pieces = []
    for start in range(0, n_draws, PIECE):
        drawn = min(PIECE, n_draws - start)
        picked = random.integers(n_groups, size=(drawn, n_groups), dtype=np.int32)
        picked += n_groups * np.arange(drawn, dtype=np.int32)[:, None]
        times = np.bincount(picked.ravel(), minlength=drawn * n_groups).reshape(drawn, n_groups)
        sums = times.astype(np.float64) @ totals
        pieces.append(sums[:, :-1] / sums[:, -1:])
    return np.concatenate(pieces)


def mean_of(values: Vector, draws: Vector) -> Mean:
    """Return a mean with what its bootstrap draws say of it.

    A difference that is zero in every deal is below zero in no draw.
    """
    low, upper, high = np.quantile(draws, [0.025, 0.95, 0.975])
    return Mean(
        value=float(values.mean()),
        low=float(low),
        high=float(high),
        upper=float(upper),
        error=float(draws.std()),
        p_below=float(np.mean(draws < 0)),
        p_above=float(np.mean(draws > 0)),
    )


def compare(ours: Vector, theirs: Vector, groups: Groups, *, seed: int) -> Mean:
    """Return the mean of paired differences, ours minus theirs: below zero, ours is better.

    >>> won = np.array([1.0, 0.0] * 50)
    >>> good, bad = log_losses(0.3 + 0.4 * won, won), log_losses(0.5 + 0 * won, won)
    >>> compare(good, bad, np.arange(100), seed=0).p_below
    1.0
    """
    difference = ours - theirs
    draws = group_means(difference[:, None], groups, seed=seed)
    return mean_of(difference, draws[:, 0])


def level_of(attempts: int) -> float:
    """Return how sure one must be when a holdout has judged so many candidates (Bonferroni).

    The best of several equal challengers looks better than it is.

    >>> level_of(1), level_of(5)
    (0.95, 0.99)
    """
    return 1 - 0.05 / max(attempts, 1)
