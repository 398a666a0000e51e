"""The choice under capacities: a binary knapsack, solved by HiGHS with a proven bound.

HiGHS comes with scipy. Its linear relaxation gives the price of an hour, and with the prices a
bound that holds whatever the solver did (weak duality). Where there are few deals, those that
cannot be otherwise in any better choice are fixed by their reduced costs, and branch and bound
decides the rest; where there are many, it decides the close calls, and the bound tells the gap.
"""

from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Vector: TypeAlias = NDArray[np.float64]
Mask: TypeAlias = NDArray[np.bool_]

PARTS_OF_AN_HOUR = 1_000
"""Hours are counted in whole parts of 3.6 seconds: whole numbers fit, or do not, exactly."""
EXACT_UP_TO = 400
"""Up to so many deals the choice is sought that is proven to be the best."""
GAP_OF_MANY = 2e-4
"""The share of the bound that many deals may fall short of it: a fifth of a thousandth."""
NEAR_ENOUGH = 5e-4
"""Where the close calls come so near to the bound, nothing more is sought."""
CLOSE_CALLS = 100
"""Among more deals, the search is among so many whose value is nearest to that of their hours."""
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
    values: Vector, hours: Vector, capacities: Vector, *, effort: Effort | None = None
) -> Choice:
    """Return the most valuable deals that fit into all capacities.

    Parameters
    ----------
    values
        Shape (n_deals,): what each is worth, positive; any unit of money.
    hours
        Shape (n_deals, n_capacities): what each needs of each capacity, none negative.
    capacities
        Shape (n_capacities,): the hours there are, none negative.

    Examples
    --------
    >>> found = choose(np.array([9.0, 5.0, 5.0]), np.array([[5.0], [3.0], [3.0]]), np.array([6.0]))
    >>> found.taken.tolist(), found.value, found.gap
    ([False, True, True], 10.0, 0.0)
    """
    return _chosen(values, _in_parts(hours), _in_parts(capacities), None, effort or Effort())


def choose_with(
    forced: int,
    values: Vector,
    hours: Vector,
    capacities: Vector,
    *,
    effort: Effort | None = None,
) -> Choice | None:
    """Return the most valuable deals of which one is taken whatever it is worth.

    None where that one does not fit; the others as for :func:`choose`.
    """
    needed, there = _in_parts(hours), _in_parts(capacities)
    if (needed[forced] > there).any():
        return None
    return _chosen(values, needed, there, forced, effort or Effort())


def _in_parts(hours: Vector) -> Vector:
    return np.rint(hours * PARTS_OF_AN_HOUR)


def _chosen(
    values: Vector, needed: Vector, there: Vector, forced: int | None, effort: Effort
) -> Choice:
    taken = np.zeros(len(values), dtype=bool)
    if forced is not None:
        taken[forced] = True
        there = there - needed[forced]
    open_to = np.flatnonzero(~taken & (needed <= there).all(axis=1))
    scale = float(values[open_to].max(initial=0.0)) / LARGEST or 1.0
    given = float(values[taken].sum())
    found = _Problem(values[open_to] / scale, needed[open_to], there).solve(effort)
    taken[open_to[found.taken]] = True
    value = float(values[taken].sum())
    return Choice(
        taken=taken,
        value=value,
        bound=max(given + found.bound * scale, value),
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
        found = self._filled(whole, prices, bound)
        allowed = GAP_OF_MANY if self.is_large else ROUNDING
        if bound - found.value <= allowed * bound:
            return found
        if self.is_large:
            found = self._close_calls(found, whole, effort)
            if found.gap <= NEAR_ENOUGH:
                return found
        return self._best(found, effort)

    @property
    def is_large(self) -> bool:
        """Whether there are too many deals for a proof."""
        return len(self.values) > EXACT_UP_TO

    def _net(self, prices: Vector) -> Vector:
        """Return what each deal is worth above the price of its hours."""
        return np.asarray(self.values - self.needed @ prices)

    def _relaxed(self) -> tuple[Vector, Mask]:
        """Return the prices of hours, and the deals that the relaxation takes whole.

        The capacities are a hair larger, so that a price is what the next hour brings, not what
        the last one did, where the two differ.
        """
        hair = 1e-7 * np.maximum(self.there, PARTS_OF_AN_HOUR)
        from scipy.optimize import linprog  # noqa: PLC0415 (only a plan needs it)

        found = linprog(
            -self.values, A_ub=self.needed.T, b_ub=self.there + hair, bounds=(0, 1), method="highs"
        )
        prices = np.maximum(-np.asarray(found.ineqlin.marginals), 0.0)
        return prices, np.asarray(found.x) > 1 - ROUNDING

    def _filled(self, whole: Mask, prices: Vector, bound: float) -> Choice:
        """Return a choice that fits: what the relaxation takes whole, then what still fits."""
        order = np.lexsort((-self._net(prices), ~whole))
        taken, left = np.zeros(len(whole), dtype=bool), self.there.copy()
        for deal in order:
            if (self.needed[deal] <= left).all():
                taken[deal] = True
                left -= self.needed[deal]
        value = float(self.values[taken].sum())
        return Choice(taken=taken, value=value, bound=max(bound, value), prices=prices)

    def _best(self, found: Choice, effort: Effort) -> Choice:
        """Return the best choice, or the best found when the effort ends; near it among many.

        A deal whose value is further from that of its hours than the choice is from its bound
        is the same in every better choice.
        """
        net = self._net(found.prices)
        far = (found.bound - found.value) * (1 + ROUNDING) + ROUNDING * LARGEST
        sure, undecided = net > far, np.abs(net) <= far
        return self._branched(found, sure, undecided, effort, proves=True)

    def _close_calls(self, found: Choice, whole: Mask, effort: Effort) -> Choice:
        """Return what is better among the deals whose value is nearest to that of their hours."""
        nearest = np.argsort(np.abs(self._net(found.prices)), kind="stable")[:CLOSE_CALLS]
        undecided = np.zeros(len(whole), dtype=bool)
        undecided[nearest] = True
        quick = replace(effort, seconds=effort.seconds / 5)
        return self._branched(found, whole & ~undecided, undecided, quick, proves=False)

    def _branched(
        self, found: Choice, sure: Mask, undecided: Mask, effort: Effort, *, proves: bool
    ) -> Choice:
        """Return what branch and bound makes of the undecided, if it is better."""
        given, bound = float(self.values[sure].sum()), found.bound
        near = GAP_OF_MANY / 2 * bound / max(bound - given, 1.0)
        allowed = near if self.is_large else 0.0
        from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415

        solved = milp(
            -self.values[undecided],
            integrality=np.ones(int(undecided.sum()), dtype=np.int64),
            bounds=Bounds(0, 1),
            constraints=LinearConstraint(
                self.needed[undecided].T, -np.inf, self.there - self.needed[sure].sum(axis=0)
            ),
            options={
                "time_limit": effort.seconds,
                "node_limit": effort.branches,
                "mip_rel_gap": allowed,
            },
        )
        taken = sure.copy()
        if solved.x is not None:
            taken[undecided] = np.asarray(solved.x) > 1 / 2
        if proves and solved.mip_dual_bound is not None and np.isfinite(solved.mip_dual_bound):
            bound = min(bound, given - float(solved.mip_dual_bound))
        fits = bool((self.needed[taken].sum(axis=0) <= self.there).all())
        value = float(self.values[taken].sum())
        if not fits or value < found.value:
            taken, value = found.taken, found.value
        return Choice(taken=taken, value=value, bound=max(bound, value), prices=found.prices)
