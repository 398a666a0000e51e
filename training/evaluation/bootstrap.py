"""Intervals by drawing whole groups again and again, since the deals of an account are alike.

A draw takes as many groups as there are, with replacement (cluster bootstrap; Field and Welsh
2007). What matters of a group are sums over its deals, so a draw is a row of counts.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]
Counts = NDArray[np.float64]

N_DRAWS = 2_000
"""Draws of figures that are sums over deals."""

N_SLOW_DRAWS = 200
"""Draws of figures that are not: the AUC and the slope."""

COVERAGE = 0.90
AT_ONCE = 2_000_000
"""Counts held in memory at once."""


def drawn_counts(n_groups: int, n_draws: int, *, seed: int) -> Iterator[Counts]:
    """Yield how often each group is in each draw: arrays of shape (some draws, n_groups)."""
    random = np.random.default_rng(seed)
    at_once = max(1, min(n_draws, AT_ONCE // max(n_groups, 1)))
    for start in range(0, n_draws, at_once):
        size = min(at_once, n_draws - start)
        drawn = random.integers(n_groups, size=(size, n_groups))
        drawn += np.arange(size)[:, None] * n_groups
        counts = np.bincount(drawn.ravel(), minlength=size * n_groups)
        yield counts.reshape(size, n_groups).astype(np.float64)


def drawn_sums(
    values: Vector, cluster: NDArray[np.intp], *, seed: int, n_draws: int = N_DRAWS
) -> Vector:
    """Return the sums of some figures in each draw, shape (n_draws, n_figures).

    ``values`` has shape (n_deals, n_figures); ``cluster`` (n_deals,), numbered from 0.
    """
    n_groups = int(cluster.max(initial=-1)) + 1
    totals = np.column_stack(
        [np.bincount(cluster, weights=column, minlength=n_groups) for column in values.T]
    )
    draws = drawn_counts(n_groups, n_draws, seed=seed)
    return np.concatenate([counts @ totals for counts in draws])


def confidence_of_gain(gains: Vector, groups: NDArray[np.intp], *, seed: int) -> float:
    """Return the share of draws of whole groups in which the mean gain is positive.

    >>> confidence_of_gain(np.array([0.2, 0.1, 0.3]), np.arange(3), seed=0)
    1.0
    """
    _, cluster = np.unique(groups, return_inverse=True)
    return float(np.mean(drawn_sums(gains[:, None], cluster, seed=seed) > 0))


def interval_of(draws: Vector, coverage: float = COVERAGE) -> tuple[float, float] | None:
    """Return the percentile interval of some draws; None where too few of them are numbers.

    >>> interval_of(np.arange(101.0))
    (5.0, 95.0)
    """
    told = draws[np.isfinite(draws)]
    if len(told) < max(2, len(draws) // 2):
        return None
    low, high = np.quantile(told, ((1 - coverage) / 2, (1 + coverage) / 2))
    return float(low), float(high)
