"""The choice under capacities: a binary knapsack, solved by HiGHS with a proven bound.

HiGHS comes with scipy. Its linear relaxation gives the price of an hour, and with the prices a
bound that holds whatever the solver did (weak duality). Deals that cannot be otherwise in any
better choice are fixed by their reduced costs; branch and bound decides the rest.
"""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

Vector: TypeAlias = NDArray[np.float64]
Mask: TypeAlias = NDArray[np.bool_]

PARTS_OF_AN_HOUR = 1_000
"""Hours are counted in whole parts of 3.6 seconds: whole numbers fit, or do not, exactly."""
EXACT_UP_TO = 400
"""Up to so many deals the choice is sought that is proven to be the best."""
GAP_OF_MANY = 2e-4
"""The share of the bound that many deals may fall short of it: a fifth of a thousandth."""
ROUNDING = 1e-9
LARGEST = 1e4
"""What the most valuable deal counts for the solver, whose steps are of a millionth."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """How long to search: seconds, and branches, which end a search alike on every computer."""

    seconds: float = 10.0
    branches: int = 200_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The deals taken, what they are worth, and what no choice can exceed.

    ``taken`` has shape (n_deals,); ``prices`` (n_capacities,): what one more hour of each capacity
    would bring, 0 where hours are left over.
    """

    taken: Mask
    value: float
    bound: float
    prices: Vector

    @property
    def gap(self) -> float:
        """How far the choice may be from the best, as a share of the bound; 0 is proven best."""
        gap = (self.bound - self.value) / self.bound if self.bound > 0 else 0.0
        return gap if gap > ROUNDING else 0.0


def choose(
    values: Vector,
    hours: Vector,
    capacities: Vector,
    *,
    forced: int | None = None,
    effort: Effort | None = None,
) -> Choice | None:
    """Return the most valuable deals that fit into all capacities.

    Parameters
    ----------
    values
        Shape (n_deals,): what each is worth, positive; any unit of money.
    hours
        Shape (n_deals, n_capacities): what each needs of each capacity, none negative.
    capacities
        Shape (n_capacities,): the hours there are.
    forced
        A deal that is taken whatever it is worth; None is returned where it does not fit.

    Examples
    --------
    >>> found = choose(np.array([9.0, 5.0, 5.0]), np.array([[5.0], [3.0], [3.0]]), np.array([6.0]))
    >>> found.taken.tolist(), found.value, found.gap
    ([False, True, True], 10.0, 0.0)
    """
    needed = np.rint(hours * PARTS_OF_AN_HOUR)
    there = np.floor(capacities * PARTS_OF_AN_HOUR + 0.5)
    taken = np.zeros(len(values), dtype=bool)
    if forced is not None:
        taken[forced] = True
        there = there - needed[forced]
    if (there < 0).any():
        return None
    open_to = np.flatnonzero(~taken & (needed <= there).all(axis=1))
    scale = float(values[open_to].max(initial=0.0)) / LARGEST or 1.0
    given = float(values[taken].sum())
    inner = _Problem(values[open_to] / scale, needed[open_to], there)
    found = inner.solve(effort or Effort())
    taken[open_to[found.taken]] = True
    return Choice(
        taken=taken,
        value=float(values[taken].sum()),
        bound=max(given + found.bound * scale, float(values[taken].sum())),
        prices=found.prices * scale * PARTS_OF_AN_HOUR,
    )


@dataclass(frozen=True, slots=True)
class _Problem:
    """Values of at most ``LARGEST``, whole hours, and only deals that fit by themselves."""

    values: Vector
    needed: Vector
    there: Vector

    def solve(self, effort: Effort) -> Choice:
        everything = np.ones(len(self.values), dtype=bool)
        if (self.needed.sum(axis=0) <= self.there).all():
            total = float(self.values.sum())
            return Choice(taken=everything, value=total, bound=total, prices=0.0 * self.there)
        prices, whole = self._relaxed()
        bound = float(prices @ self.there + np.maximum(self._net(prices), 0).sum())
        taken = self._filled(whole, prices)
        value = float(self.values[taken].sum())
        allowed = GAP_OF_MANY if len(self.values) > EXACT_UP_TO else ROUNDING
        if bound - value > allowed * bound:
            taken, value, bound = self._branched(prices, taken, bound, effort, allowed)
        return Choice(taken=taken, value=value, bound=bound, prices=prices)

    def _net(self, prices: Vector) -> Vector:
        """Return what each deal is worth above the price of its hours."""
        return np.asarray(self.values - self.needed @ prices)

    def _relaxed(self) -> tuple[Vector, Mask]:
        """Return the prices of hours, and the deals that the relaxation takes whole.

        The capacities are a hair larger, so that a price is what the next hour brings, not what
        the last one did, where the two differ.
        """
        hair = 1e-7 * np.maximum(self.there, PARTS_OF_AN_HOUR)
        found = linprog(
            -self.values, A_ub=self.needed.T, b_ub=self.there + hair, bounds=(0, 1), method="highs"
        )
        prices = np.maximum(-np.asarray(found.ineqlin.marginals), 0.0)
        return prices, np.asarray(found.x > 1 - 1e-9)

    def _filled(self, whole: Mask, prices: Vector) -> Mask:
        """Return a choice that fits: what the relaxation takes whole, then what still fits."""
        order = np.lexsort((-self._net(prices), ~whole))
        taken, left = np.zeros(len(whole), dtype=bool), self.there.copy()
        for deal in order:
            if (self.needed[deal] <= left).all():
                taken[deal] = True
                left -= self.needed[deal]
        return taken

    def _branched(
        self, prices: Vector, taken: Mask, bound: float, effort: Effort, allowed: float
    ) -> tuple[Mask, float, float]:
        """Return the choice of branch and bound, or the one there was where it finds no better."""
        value, net = float(self.values[taken].sum()), self._net(prices)
        undecided = np.abs(net) <= (bound - value) * (1 + ROUNDING) + ROUNDING * LARGEST
        sure = ~undecided & (net > 0)
        left = self.there - self.needed[sure].sum(axis=0)
        found = milp(
            -self.values[undecided],
            integrality=np.ones(int(undecided.sum())),
            bounds=Bounds(0, 1),
            constraints=LinearConstraint(self.needed[undecided].T, -np.inf, left),
            options={
                "time_limit": effort.seconds,
                "node_limit": effort.branches,
                "mip_rel_gap": allowed if allowed > ROUNDING else 0.0,
            },
        )
        if found.mip_dual_bound is not None and np.isfinite(found.mip_dual_bound):
            proven = float(self.values[sure].sum()) - float(found.mip_dual_bound)
            bound = min(bound, max(proven, value))
        if found.x is not None:
            better = sure.copy()
            better[undecided] = np.asarray(found.x) > 1 / 2
            total = float(self.values[better].sum())
            fits = (self.needed[better].sum(axis=0) <= self.there).all()
            if fits and total > value:
                taken, value = better, total
        return taken, value, max(bound, value)
