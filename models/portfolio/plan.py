"""The plan: which deals to work under a capacity of hours, and what each "no" makes room for."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.economics import Value
from models.portfolio.capacity import Capacity
from models.portfolio.knapsack import Choice, Effort, choose
from models.portfolio.room import Displacement, displacements
from models.portfolio.standing import Standing, standings_of

Rows = NDArray[np.intp]


@dataclass(frozen=True, slots=True, kw_only=True)
class Portfolio:
    """What to work, and why not the rest.

    ``standings`` has shape (n_deals,). ``chosen`` and ``no_room`` are rows, the former from the
    most to the least valuable hour; ``displacements`` are of the latter, in their order.
    ``needed`` has shape (n_deals, n_capacities). ``price`` of each capacity is what one more hour
    would bring; ``value`` is that of the chosen, ``bound`` what no choice can exceed. ``drawn``
    are refused deals that are worked all the same: what they need is taken before anything is
    chosen, and without them the chosen would be worth so much more as is ``foregone``.
    """

    capacity: Capacity
    standings: NDArray[np.object_]
    needed: NDArray[np.float64]
    chosen: Rows
    no_room: Rows
    displacements: tuple[Displacement, ...]
    prices: NDArray[np.float64]
    value: float
    bound: float
    gap: float
    drawn: Rows
    foregone: float

    @property
    def taken(self) -> NDArray[np.float64]:
        """What the drawn need of each capacity, shape (n_capacities,)."""
        return np.asarray(self.needed[self.drawn].sum(axis=0))

    @property
    def used(self) -> NDArray[np.float64]:
        """The hours that the chosen need of each capacity, shape (n_capacities,)."""
        return np.asarray(self.needed[self.chosen].sum(axis=0))

    @property
    def wanted(self) -> NDArray[np.float64]:
        """The hours that all deals worth their effort would need of each capacity."""
        return np.asarray(self.used + self.needed[self.no_room].sum(axis=0))

    def rows(self, standing: Standing) -> Rows:
        """Return the deals of a standing."""
        return np.flatnonzero(self.standings == standing)


def plan_deals(
    recommendations: NDArray[np.object_],
    value: Value,
    ids: Sequence[str | None],
    capacity: Capacity,
    *,
    drawn: NDArray[np.bool_] | None = None,
    effort: Effort | None = None,
) -> Portfolio:
    """Return the plan for some open deals.

    Parameters
    ----------
    recommendations
        Shape (n_deals,): only ``go`` and ``conditional_go`` may be chosen.
    value
        What they are worth from now on; only those of known positive value may be chosen.
    ids
        Their names, by which deals that are alike are told apart, whatever their order.
    drawn
        Shape (n_deals,): refused deals that are worked all the same, of known hours, which fit.
    """
    needed = capacity.needed(value)
    standings = standings_of(recommendations, value, needed)
    nobody = np.zeros(len(ids), dtype=bool)
    explored = _in_order(np.flatnonzero(nobody if drawn is None else drawn), value, ids)
    standings[explored] = Standing.DRAWN
    left_over = capacity.without(needed[explored].sum(axis=0)).limits
    rows = _in_order(np.flatnonzero(standings == Standing.NO_ROOM), value, ids)
    worth, hours = value.expected[rows], needed[rows]
    choice = choose(worth, hours, left_over, effort=effort)
    standings[rows[choice.taken]] = Standing.CHOSEN
    left = np.flatnonzero(~choice.taken)
    return Portfolio(
        capacity=capacity,
        standings=standings,
        needed=needed,
        chosen=rows[_by_value_an_hour(choice, worth, hours)],
        no_room=rows[left],
        displacements=tuple(
            one.of_rows(rows) for one in displacements(choice, worth, hours, left_over)
        ),
        prices=choice.prices,
        value=choice.value,
        bound=choice.bound,
        gap=choice.gap,
        drawn=explored,
        foregone=_foregone(choice, worth, hours, capacity.limits, effort)
        if len(explored)
        else 0.0,
    )


def _foregone(
    choice: Choice,
    worth: NDArray[np.float64],
    hours: NDArray[np.float64],
    there: NDArray[np.float64],
    effort: Effort | None,
) -> float:
    """Return how much more could be chosen if nothing had been taken before."""
    return max(choose(worth, hours, there, effort=effort).value - choice.value, 0.0)


def _in_order(rows: Rows, value: Value, ids: Sequence[str | None]) -> Rows:
    """Return rows from the most valuable on: the same deals in any order make the same plan."""
    expected = np.nan_to_num(value.expected, nan=-np.inf)
    order = sorted(
        rows.tolist(),
        key=lambda row: (-expected[row], value.hours[row], ids[row] or "", row),
    )
    return np.array(order, dtype=np.intp)


def _by_value_an_hour(
    choice: Choice, worth: NDArray[np.float64], hours: NDArray[np.float64]
) -> Rows:
    """Return the places of the chosen, the most valuable hours first.

    Hours count by their price; where none is scarce, they count alike.
    """
    prices = choice.prices if choice.prices.any() else np.ones_like(choice.prices)
    taken = np.flatnonzero(choice.taken)
    with np.errstate(divide="ignore"):
        an_hour = worth[taken] / (hours[taken] @ prices)
    return taken[np.argsort(-an_hour, kind="stable")]
