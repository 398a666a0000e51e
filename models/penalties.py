"""How strongly the logistic part is held to its prior: an average, weighed by held-out deals.

On few deals the best penalty of a grid is mostly chosen by chance, and the choice jumps as deals
close. The average over the grid, each member weighed by its likelihood on deals that it did not
learn from, moves smoothly from the prior to the data.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.folds import Fold
from models.logistic import LogisticProblem

Vector = NDArray[np.float64]

GRID: tuple[tuple[float, float], ...] = (
    (1.0, 0.03), (3.0, 0.07), (10.0, 0.15), (30.0, 0.2), (100.0, 0.25), (300.0, 0.3),
)  # fmt: skip
"""Penalties, and how likely each is thought before any deal has closed."""
GRID_OF_MORE, GRID_OF_MANY = ((1.0, 0.3), (10.0, 0.4), (100.0, 0.3)), ((3.0, 1.0),)
NEGLIGIBLE = 0.01
MORE_DEALS, MANY_DEALS = 5_000, 20_000
"""With more deals the penalty matters less, and its fits are most of the cost."""


@dataclass(frozen=True, slots=True)
class Penalties:
    """Penalties with their weights, which add up to one."""

    values: tuple[float, ...]
    weights: tuple[float, ...]

    def averaged(self, problem: LogisticProblem, rows: NDArray[np.intp] | None = None) -> Vector:
        """Return the average solution on some deals; members that hardly count are left out."""
        total, start = np.zeros(problem.Z.shape[1] + 2), None
        for value, weight in zip(self.values, self.weights, strict=True):
            start = problem.solve(value, rows, start)
            total += weight * start
        return total


def grid_for(n_deals: int) -> tuple[tuple[float, float], ...]:
    """Return the penalties to weigh, with their prior weights."""
    if n_deals > MANY_DEALS:
        return GRID_OF_MANY
    return GRID_OF_MORE if n_deals > MORE_DEALS else GRID


def weigh_penalties(problem: LogisticProblem, folds: Sequence[Fold]) -> tuple[Penalties, Vector]:
    """Return the weighed penalties, and the out-of-fold log-odds of their average, (n_deals,).

    Without folds the prior weights stand, and there are no such log-odds (an empty array).
    """
    grid = grid_for(len(problem.y))
    if not folds:
        return _weighed(grid, np.zeros(len(grid))), np.empty(0)
    log_odds = np.empty((len(grid), len(problem.y)))
    start = None  # each solution is near the last one
    for train, held_out in folds:
        for place, (penalty, _) in enumerate(grid):
            start = problem.solve(penalty, train, start)
            log_odds[place, held_out] = start[0] + problem.Z[held_out] @ start[1:-1]
    losses = (np.logaddexp(0.0, log_odds) - problem.y * log_odds) @ problem.weights
    found = _weighed(grid, losses)
    weight_of = dict(zip(found.values, found.weights, strict=True))
    shares = np.array([weight_of.get(penalty, 0.0) for penalty, _ in grid])
    return found, shares @ log_odds


def _weighed(grid: Sequence[tuple[float, float]], losses: Vector) -> Penalties:
    prior = np.array([weight for _, weight in grid])
    likelihood = prior * np.exp(losses.min() - losses)
    shares = likelihood / likelihood.sum()
    kept = shares > NEGLIGIBLE
    shares = np.where(kept, shares, 0.0) / shares[kept].sum()
    return Penalties(
        tuple(p for (p, _), some in zip(grid, kept, strict=True) if some),
        tuple(float(share) for share in shares[kept]),
    )
