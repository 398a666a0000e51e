"""The columns that a replay is made from: deals pursued to their end, and how they ended."""

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from features.policy import Policy
from features.table import DealTable
from training.deals_on_file import DealsOnFile
from training.decision_days import decision_days
from training.outcomes.outcome import Outcome
from training.sources.raw_table import RawTable

Vector = NDArray[np.float64]
Mask = NDArray[np.bool_]
Rows = NDArray[np.intp]

STALE = 0.99
"""A deal open for longer than this share of the closed ones took has an end nobody recorded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PastDeals:
    """Deals of one kind, with an end or without; every array has shape (n_deals,).

    ``rows`` are their places in the file as it was read. ``hours_spent`` is NaN where nobody
    wrote them down. ``cluster`` numbers the accounts from 0, and a deal without one is an account
    of its own. ``names`` and ``accounts`` hold None where there is none. ``decided_on`` and
    ``closed_on`` are NaT where the file has no such day. ``raw_rows`` are their rows in ``raw``.
    """

    rows: Rows
    table: DealTable
    won: Mask
    lost: Mask
    no_decision: Mask
    hours_spent: Vector
    cluster: Rows
    names: NDArray[np.object_]
    accounts: NDArray[np.object_]
    decided_on: NDArray[np.datetime64]
    closed_on: NDArray[np.datetime64]
    raw: RawTable
    raw_rows: Rows

    def __len__(self) -> int:
        return len(self.rows)

    def take(self, rows: Rows) -> "PastDeals":
        """Return some of the deals."""
        return PastDeals(
            rows=self.rows[rows],
            table=self.table.take(rows),
            won=self.won[rows],
            lost=self.lost[rows],
            no_decision=self.no_decision[rows],
            hours_spent=self.hours_spent[rows],
            cluster=np.unique(self.cluster[rows], return_inverse=True)[1],
            names=self.names[rows],
            accounts=self.accounts[rows],
            decided_on=self.decided_on[rows],
            closed_on=self.closed_on[rows],
            raw=self.raw,
            raw_rows=self.raw_rows[rows],
        )


def pursued_deals(on_file: DealsOnFile, policy: Policy, groups: Rows | None = None) -> PastDeals:
    """Return the deals that were pursued to their end: won, lost, or without a decision.

    ``groups`` has shape (n_pursued,) and stands for accounts where the file names none.
    """
    pursued = np.array([one.teaches for one in _outcomes(on_file)], dtype=bool)
    return _past(on_file, policy, np.flatnonzero(pursued), groups)


def declined_deals(on_file: DealsOnFile, policy: Policy) -> PastDeals:
    """Return the deals that we declined: no outcome, and what was spent is no pursuit."""
    declined = np.array([one == Outcome.DECLINED_BY_US for one in _outcomes(on_file)], dtype=bool)
    return _untried(on_file, policy, np.flatnonzero(declined))


def deals_without_end(on_file: DealsOnFile, policy: Policy, as_of: date) -> tuple[PastDeals, Mask]:
    """Return the deals declined or unrecorded, and which of them were declined."""
    declined = np.array([one == Outcome.DECLINED_BY_US for one in _outcomes(on_file)], dtype=bool)
    rows = np.flatnonzero(declined | is_unrecorded(on_file, as_of))
    return _untried(on_file, policy, rows), declined[rows]


def is_unrecorded(on_file: DealsOnFile, as_of: date) -> Mask:
    """Return which deals are open for longer than nearly all took to close, shape (n_deals,)."""
    nobody = np.zeros(len(on_file.table), dtype=bool)
    if on_file.opened_on is None or on_file.closed_on is None:
        return nobody
    a_day = np.timedelta64(1, "D")
    lived = (on_file.closed_on - on_file.opened_on) / a_day
    lived = lived[np.isfinite(lived) & (lived >= 0)]
    if not len(lived):
        return nobody
    age = (np.datetime64(as_of, "D") - on_file.opened_on) / a_day
    is_open = np.array([one == Outcome.OPEN for one in _outcomes(on_file)], dtype=bool)
    return np.asarray(is_open & (age > np.quantile(lived, STALE)))


def _untried(on_file: DealsOnFile, policy: Policy, rows: Rows) -> PastDeals:
    found = _past(on_file, policy, rows, None)
    return replace(found, hours_spent=np.full(len(found), np.nan))


def _outcomes(on_file: DealsOnFile) -> NDArray[np.object_]:
    empty = np.full(len(on_file.table), Outcome.OPEN, dtype=object)
    return empty if on_file.outcomes is None else on_file.outcomes


def _past(on_file: DealsOnFile, policy: Policy, rows: Rows, groups: Rows | None) -> PastDeals:
    decided_on = decision_days(on_file, policy)
    outcomes = _outcomes(on_file)[rows]
    nobody = np.full(len(rows), None, dtype=object)
    accounts = nobody if on_file.accounts is None else _named(on_file.accounts[rows])
    use_groups = on_file.accounts is None and groups is not None
    undated = np.full(len(rows), np.datetime64("NaT", "D"))
    spent = on_file.hours_spent
    return PastDeals(
        rows=rows,
        table=on_file.table.take(rows),
        won=np.asarray(outcomes == Outcome.WON, dtype=bool),
        lost=np.asarray(outcomes == Outcome.LOST, dtype=bool),
        no_decision=np.asarray(outcomes == Outcome.NO_DECISION, dtype=bool),
        hours_spent=np.full(len(rows), np.nan) if spent is None else spent[rows],
        cluster=groups if use_groups and groups is not None else numbered(accounts),
        names=nobody if on_file.names is None else _named(on_file.names[rows]),
        accounts=accounts,
        decided_on=undated if decided_on is None else decided_on[rows],
        closed_on=undated if on_file.closed_on is None else on_file.closed_on[rows],
        raw=on_file.raw,
        raw_rows=on_file.kept[rows],
    )


def _named(texts: NDArray[np.object_]) -> NDArray[np.object_]:
    return np.array([text or None for text in texts], dtype=object)


def numbered(accounts: NDArray[np.object_]) -> Rows:
    """Return a number for each account from 0; a deal without one is an account of its own.

    >>> numbered(np.array(["B", None, "A", "B", None], dtype=object)).tolist()
    [1, 2, 0, 1, 3]
    """
    named = np.array([one is not None for one in accounts], dtype=bool)
    numbers = np.empty(len(accounts), dtype=np.intp)
    known, numbers[named] = np.unique(accounts[named].astype(str), return_inverse=True)
    numbers[~named] = len(known) + np.arange(int((~named).sum()))
    return numbers
