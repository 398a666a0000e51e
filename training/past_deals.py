"""Deals on file as reports on refusals look at them: who was refused, drawn, worked, and when."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from features.policy import Policy
from features.policy.decision import Exploration
from features.table import DealTable
from models.exploration import place_of
from training.outcomes.outcome import Outcome

Mask = NDArray[np.bool_]
Vector = NDArray[np.float64]
Quarters = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class PastDeals:
    """Deals with what became of them; every array has shape (n_deals,).

    ``propensity`` is the chance that each had of being worked when it was decided: below 1 only
    for those that could be drawn. ``overridden`` says of whom somebody decided otherwise than was
    recommended.
    """

    table: DealTable
    outcomes: NDArray[np.object_]
    closed_on: NDArray[np.datetime64] | None
    propensity: Vector
    overridden: Mask

    @staticmethod
    def of(
        table: DealTable,
        outcomes: NDArray[np.object_],
        closed_on: NDArray[np.datetime64] | None,
        propensity: Vector | None = None,
        overridden: Collection[str] = (),
    ) -> "PastDeals":
        """Return the deals of a file; without propensities nobody was drawn."""
        chosen = frozenset(overridden)
        chance = np.ones(len(table)) if propensity is None else propensity
        return PastDeals(
            table=table,
            outcomes=outcomes,
            closed_on=closed_on,
            propensity=np.where(np.isnan(chance), 1.0, chance),
            overridden=np.array([one in chosen for one in table.ids], dtype=bool),
        )

    def __len__(self) -> int:
        return len(self.table)

    @cached_property
    def won(self) -> Mask:
        """Which were won."""
        return np.asarray(self.outcomes == Outcome.WON, dtype=bool)

    @cached_property
    def ended(self) -> Mask:
        """Which were worked to their end."""
        return np.array([one.teaches for one in self.outcomes], dtype=bool)

    @cached_property
    def declined(self) -> Mask:
        """Which were refused and have no outcome."""
        return np.asarray(self.outcomes == Outcome.DECLINED_BY_US, dtype=bool)

    def drawn(self, policy: Policy) -> Mask:
        """Return which could be drawn and were, and which nobody chose besides.

        The draw is done again: whoever works a deal that was not drawn does so by choice.
        """
        waived = [row for row, waivers in self.table.waivers.items() if waivers]
        found = drawn_again(self.table.ids, self.propensity, policy) & ~self.overridden
        found[waived] = False
        return found

    def decided_in(self) -> Quarters:
        """Return the quarter of each decision, in quarters since 1970."""
        return quarter_numbers(self.table.as_of)

    def closed_in(self) -> Quarters:
        """Return the quarter in which each closed; where no day is known, that of its decision."""
        if self.closed_on is None:
            return self.decided_in()
        known = ~np.isnat(self.closed_on)
        return np.where(known, quarter_numbers(self.closed_on), self.decided_in())


def drawn_again(ids: Sequence[str | None], propensity: Vector, policy: Policy) -> Mask:
    """Return which deals could be drawn and were, by the seed of the policy; shape (n_deals,).

    Where the policy explores no longer, its seed is unknown: then a chance below 1 is believed.
    """
    could = np.asarray((propensity > 0) & (propensity < 1), dtype=bool)
    block = policy.decision.exploration
    if block is not None:
        for row in np.flatnonzero(could).tolist():
            could[row] = _is_drawn(block, ids[row], float(propensity[row]))
    return could


def _is_drawn(block: Exploration, deal_id: str | None, chance: float) -> bool:
    # Under a cap the chance is below the share, and a larger share may have been in force before.
    return bool(deal_id) and place_of(block.seed, str(deal_id)) < max(block.share, chance)


def quarter_numbers(days: NDArray[np.datetime64]) -> Quarters:
    """Return the quarters of some days, counted from the first of 1970.

    >>> quarter_numbers(np.array(["1970-03-31", "1971-04-01"], dtype="datetime64[D]")).tolist()
    [0, 5]
    """
    return days.astype("datetime64[M]").astype(np.int64) // 3


def quarter_name(number: int) -> str:
    """Return the name of a quarter.

    >>> quarter_name(5)
    '1971Q2'
    """
    return f"{1970 + number // 4}Q{number % 4 + 1}"


def next_quarter(as_of: date) -> int:
    """Return the first quarter that is not over at the end of a day.

    >>> [quarter_name(next_quarter(date(2026, 3, day))) for day in (30, 31)]
    ['2026Q1', '2026Q2']
    """
    tomorrow = np.array([as_of + timedelta(days=1)], dtype="datetime64[D]")
    return int(quarter_numbers(tomorrow)[0])
