"""How far the estimate would move with other deals of the same company: bagged refits.

The whole recipe is learned again from deals drawn anew, account by account, each time after
another opinion drawn from the prior: on few deals all refits would else repeat the policy, and the
range be narrowest where the least is known. What each refit says differently is kept as a linear
function of the columns, and what such a function leaves is added to the spread; so that the range
costs one small product a deal, and not twenty models.

The range is *not* an interval for the deal's probability: refits share the recipe and whatever the
columns do not show. In simulated companies it held the truth far less often than 90 % of the time
(MODELLING, section 2.2), hence its name.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from models.fixed_order import added_in_order
from models.logistic import Opinion
from models.scaling import Scaling

if TYPE_CHECKING:
    from models.recipe import Recipe, Taught

Vector = NDArray[np.float64]

N_REFITS, MOST_DEALS, N_PROBES = 20, 2_000, 1_000
FEWEST_OF_EACH = 5
STANDARD_ERRORS = 1.645
RIDGE = 1.0
DEALS_AT_ONCE = 256


@dataclass(frozen=True, slots=True)
class Stability:
    """What the refits say differently from their mean.

    ``deviations`` has shape (n_refits, n_columns + 1), in log-odds a unit of the scaled columns,
    the constant last; ``leftover`` is the standard deviation, in log-odds, that it leaves.
    """

    deviations: Vector
    leftover: float

    @staticmethod
    def learn(
        taught: "Taught", recipe: "Recipe", scaling: Scaling, seed: int
    ) -> "Stability | None":
        """Return the deviations of twenty refits, None for too few deals of an outcome.

        Each refit learns from at most 2,000 deals, drawn with replacement in whole groups; its
        deviation is then narrowed by the root of the share of the deals that this is.
        """
        if taught.n_rarer < FEWEST_OF_EACH:
            return None
        random = np.random.default_rng(seed)
        n_deals = len(taught.y)
        probes = np.sort(random.permutation(n_deals)[:N_PROBES])
        told = np.array(
            [
                recipe.log_odds(
                    taught.take(_drawn(taught, random)), taught.X[probes], Opinion.drawn(random)
                )
                for _ in range(N_REFITS)
            ]
        )
        narrowed = np.sqrt(min(1.0, MOST_DEALS / n_deals))
        return _projected((told - told.mean(axis=0)) * narrowed, scaling.centred(taught.X[probes]))

    def spread(self, Z: Vector) -> Vector:
        """Return the standard deviation of the log-odds; ``Z`` are scaled columns (n_deals, n)."""
        found = np.empty(len(Z))
        for start in range(0, len(Z), DEALS_AT_ONCE):
            some = Z[start : start + DEALS_AT_ONCE]
            found[start : start + len(some)] = self._variance(some)
        return np.sqrt(found)

    def _variance(self, Z: Vector) -> Vector:
        """Return the variance of the log-odds: all refits at once, terms in a fixed order."""
        weights = self.deviations.T[:, :, None]
        constant = np.repeat(weights[-1], len(Z), axis=1)
        moved = added_in_order(constant, weights[:-1] * Z.T[:, None, :])
        squares = moved**2 / (len(self.deviations) - 1)
        return added_in_order(np.full(len(Z), self.leftover**2), squares)

    def range_of(self, log_odds: Vector, Z: Vector) -> tuple[Vector, Vector]:
        """Return the lower and the upper end of the stability range, both of shape (n_deals,)."""
        reach = STANDARD_ERRORS * self.spread(Z)
        return expit(log_odds - reach), expit(log_odds + reach)


def _drawn(taught: "Taught", random: np.random.Generator) -> NDArray[np.intp]:
    """Return places of deals drawn in whole groups, with both outcomes among them."""
    _, group = np.unique(taught.groups, return_inverse=True)
    order = np.argsort(group, kind="stable")
    starts = np.searchsorted(group[order], np.arange(group.max() + 2))
    while True:
        drawn = random.integers(len(starts) - 1, size=len(starts) - 1)
        sizes = np.cumsum(starts[drawn + 1] - starts[drawn])
        drawn = drawn[: int(np.searchsorted(sizes, MOST_DEALS)) + 1]
        rows = np.concatenate([order[starts[one] : starts[one + 1]] for one in drawn])
        if 0 < taught.y[rows].sum() < len(rows):
            return np.asarray(rows, dtype=np.intp)


def _projected(deviations: Vector, Z: Vector) -> Stability:
    """Return the linear part of deviations of shape (n_refits, n_probes), and what it leaves."""
    parts = np.column_stack([Z, np.ones(len(Z))])
    square = parts.T @ parts + RIDGE * np.eye(parts.shape[1])
    linear = np.asarray(np.linalg.solve(square, parts.T @ deviations.T).T, dtype=np.float64)
    left = deviations - linear @ parts.T
    return Stability(linear, float(np.sqrt((left**2).sum() / left.size * _unbiased(len(left)))))


def _unbiased(n_refits: int) -> float:
    return n_refits / (n_refits - 1)
