"""The deals of a source beside what a champion said of them on their decision days."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from features.errors import EvidenceError
from features.policy import Policy
from features.table import DealTable
from features.track_columns import with_track_record
from models.qualifier import Qualifier
from training.deals_on_file import DealsOnFile
from training.maturity import Days
from training.outcomes.outcome import Outcome

Vector = NDArray[np.float64]

BURN_IN = 2
"""How many times `q90_days` after the first decision on file closings count: before, they are a
mix of fast ones, and in a young file the slow ones are not even known to be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedDeals:
    """Deals that were pursued or are open, and their probabilities; arrays have shape (n_deals,).

    ``won`` is 1.0 or 0.0, NaN where a deal is open. ``closed_on`` is NaT there, and where a deal
    that has ended has no day. ``seen_until`` is the last day of which the source knows.
    ``accounts`` numbers the customers, one a deal where the source names none.
    """

    table: DealTable
    p_win: Vector
    won: Vector
    decided_on: Days
    closed_on: Days
    accounts: NDArray[np.intp]
    seen_until: date

    def __len__(self) -> int:
        return len(self.won)

    @property
    def is_closed(self) -> NDArray[np.bool_]:
        """Which deals have ended."""
        return ~np.isnan(self.won)

    def take(self, rows: NDArray[np.intp]) -> "WatchedDeals":
        """Return some of the deals."""
        return WatchedDeals(
            table=self.table.take(rows),
            p_win=self.p_win[rows],
            won=self.won[rows],
            decided_on=self.decided_on[rows],
            closed_on=self.closed_on[rows],
            accounts=self.accounts[rows],
            seen_until=self.seen_until,
        )

    def decided_after(self, day: date) -> "WatchedDeals":
        """Return the deals decided after a day."""
        return self.take(np.flatnonzero(self.decided_on > np.datetime64(day, "D")))

    def decided_until(self, day: date) -> "WatchedDeals":
        """Return the deals decided until a day, that day included."""
        return self.take(np.flatnonzero(self.decided_on <= np.datetime64(day, "D")))

    def outcomes_after(self, day: date) -> "WatchedDeals":
        """Return the deals closed after a day, in order of closing."""
        rows = np.flatnonzero(self.is_closed & (self.closed_on > np.datetime64(day, "D")))
        return self.take(rows[np.argsort(self.closed_on[rows], kind="stable")])

    def counts_from(self, slow_days: float) -> date | None:
        """Return the day from which closings on file are complete; None where nothing says."""
        if np.isnan(slow_days) or not len(self):
            return None
        first: date = self.decided_on.min().item()
        days = BURN_IN * int(np.ceil(slow_days))
        return (np.datetime64(first, "D") + np.timedelta64(days, "D")).item()


def watched_deals(
    on_file: DealsOnFile,
    qualifier: Qualifier,
    policy: Policy,
    as_of: date,
    told: Mapping[str, float] | None = None,
) -> WatchedDeals:
    """Return the deals of a source with the probabilities of a champion.

    ``told`` are those that it gave when it was asked, by the deal's id: they count as they were.

    Deals that we declined were never tried, and those without a day of decision, or decided after
    ``as_of``, cannot be placed: they are left out.

    Raises
    ------
    EvidenceError
        When the source has no closing days or no decision days.
    """
    model = qualifier.model
    decided_on, closed_on = _decided_on(on_file, policy), on_file.closed_on
    if model is None or on_file.outcomes is None or closed_on is None or decided_on is None:
        raise EvidenceError(
            "without the days on which deals were decided and closed there is nothing to watch\n"
            "  hint: name deals.as_of (or deals.created_on) and deals.closed_on in the policy"
        )
    outcomes = on_file.outcomes
    pursued = np.array([one.teaches or one == Outcome.OPEN for one in outcomes], dtype=bool)
    rows = np.flatnonzero(pursued & (decided_on <= np.datetime64(as_of, "D")))
    table, closed_on = on_file.table.take(rows), closed_on[rows]
    if model.track_record is not None:  # its own outcome never counts for a deal
        table = with_track_record(table, model.track_record, closed_on=closed_on)
    ended = outcomes[rows] != Outcome.OPEN
    return WatchedDeals(
        table=table,
        p_win=_as_told(model.p_win(table)[0], table.ids, told or {}),
        won=np.where(ended, outcomes[rows] == Outcome.WON, np.nan).astype(np.float64),
        decided_on=decided_on[rows],
        closed_on=closed_on,
        accounts=_numbered(on_file.accounts, rows),
        seen_until=_seen_until(decided_on[rows], closed_on, as_of),
    )


def _as_told(p_win: Vector, ids: Sequence[str | None], told: Mapping[str, float]) -> Vector:
    pairs = zip(ids, p_win.tolist(), strict=True)
    return np.array([p if deal is None else told.get(deal, p) for deal, p in pairs])


def _decided_on(on_file: DealsOnFile, policy: Policy) -> Days | None:
    """Return the days of decision, or of opening where nothing says when it was decided."""
    if on_file.columns.as_of is None and policy.deals.history is None:
        return on_file.opened_on
    return on_file.table.as_of


def _seen_until(decided_on: Days, closed_on: Days, as_of: date) -> date:
    """Return the last day on which something happened before ``as_of``: an old export is old.

    A deal without a day of decision is read as one of ``as_of``, and tells nothing.
    """
    days = np.concatenate([decided_on, closed_on])
    days = days[days < np.datetime64(as_of, "D")]  # NaT is not
    return days.max().item() if len(days) else as_of


def _numbered(accounts: NDArray[np.object_] | None, rows: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return a number for each customer; deals without one are customers of their own."""
    own = np.arange(len(rows), dtype=np.intp)
    if accounts is None:
        return own
    names = accounts[rows]
    known = np.array([name is not None and name != "" for name in names], dtype=bool)
    numbers = own + len(rows)
    numbers[known] = np.unique(names[known].astype(str), return_inverse=True)[1]
    return np.unique(numbers, return_inverse=True)[1]
