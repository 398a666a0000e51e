"""The figures of past deals, ready to be summed over any of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from reports.replay.report import RECOMMENDATIONS, Count, Move
from training.replay.money import Money
from training.replay.past_deals import PastDeals

Vector = NDArray[np.float64]
Matrix = NDArray[np.float64]
Places = NDArray[np.intp]

FIGURES = (
    "deals", "won", "lost", "no_decision", "hours", "hours_unknown", "cost", "value",
    "money_unknown", "won_value",
)  # fmt: skip
DEALS, WON, LOST, NO_DECISION, HOURS, HOURS_UNKNOWN, COST, VALUE, MONEY_UNKNOWN, WON_VALUE = range(
    len(FIGURES)
)
N_KINDS = len(RECOMMENDATIONS)


@dataclass(frozen=True, slots=True)
class Ledger:
    """A line a deal; ``figures`` has shape (n_deals, n_figures) in the order of ``FIGURES``.

    Unknown hours and money are 0 there, and counted beside. Cost, value and what a won deal
    brought are over the deals of which all money is known.
    """

    figures: Matrix
    has_hours: bool
    has_money: bool

    def only(self, some: NDArray[np.bool_]) -> "Ledger":
        """Return the lines of some deals, and empty ones in place of the others."""
        return replace(self, figures=self.figures * some[:, None])

    def over(self, rows: Places) -> Count:
        """Return the count of some deals."""
        return self.count(self.figures[rows].sum(axis=0))

    def by(self, key: Places, n_keys: int, rows: Places | None = None) -> Matrix:
        """Return the sums for each key, shape (n_keys, n_figures); only of some rows if given."""
        figures = self.figures if rows is None else self.figures[rows]
        sums = [np.bincount(key, weights=column, minlength=n_keys) for column in figures.T]
        return np.column_stack(sums)

    def count(self, sums: Vector) -> Count:
        """Return a line of sums as a count."""
        return Count(
            deals=round(sums[DEALS]),
            won=round(sums[WON]),
            lost=round(sums[LOST]),
            no_decision=round(sums[NO_DECISION]),
            hours=float(sums[HOURS]) if self.has_hours else None,
            hours_unknown=round(sums[HOURS_UNKNOWN]) if self.has_hours else 0,
            cost=float(sums[COST]) if self.has_money else None,
            value=float(sums[VALUE]) if self.has_money else None,
            money_unknown=round(sums[MONEY_UNKNOWN]) if self.has_money else 0,
        )

    def moves(self, before: Places, after: Places, rows: Places) -> tuple[Move, ...]:
        """Return the moves of some deals from one recommendation to another that is different."""
        moved = np.flatnonzero(before != after)
        sums = self.by(before[moved] * N_KINDS + after[moved], N_KINDS**2, rows[moved])
        return moves_of(self, sums)


def moves_of(ledger: Ledger, sums: Matrix, *, all_of_them: bool = False) -> tuple[Move, ...]:
    """Return sums by move, shape (16, n_figures), as moves; those of no deal only if asked for."""
    return tuple(
        Move(
            before=RECOMMENDATIONS[place // N_KINDS],
            after=RECOMMENDATIONS[place % N_KINDS],
            deals=ledger.count(line),
        )
        for place, line in enumerate(sums)
        if all_of_them or line[DEALS]
    )


def ledger_of(deals: PastDeals, money: Money) -> Ledger:
    """Return the ledger of past deals."""
    hours_known = np.isfinite(money.hours)
    money_known = np.isfinite(money.value)
    columns: Sequence[NDArray[np.generic]] = (
        np.ones(len(deals)),
        deals.won,
        deals.lost,
        deals.no_decision,
        np.where(hours_known, money.hours, 0.0),
        ~hours_known,
        np.where(money_known, money.cost, 0.0),
        np.where(money_known, money.value, 0.0),
        ~money_known,
        np.where(money_known, money.brought, 0.0),
    )
    return Ledger(
        figures=np.column_stack([column.astype(np.float64) for column in columns]),
        has_hours=bool(hours_known.any()),
        has_money=money.counted,
    )
