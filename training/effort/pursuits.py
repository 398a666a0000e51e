"""Past pursuits with what they took, what they were worth on their decision days, what came."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from features.errors import EvidenceError
from features.policy import Policy
from models.economics import hours_of, value_of
from models.knockouts import judge_policy
from reports.effort.report import ApartKind, HoursFrom
from training.deals_on_file import DealsOnFile
from training.decision_days import decision_days
from training.effort.hour_costs import hour_costs
from training.outcomes.outcome import Outcome
from training.replay.past_deals import is_unrecorded, numbered

Vector = NDArray[np.float64]
Mask = NDArray[np.bool_]
Names = NDArray[np.object_]
Days = NDArray[np.datetime64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pursuits:
    """Deals with their effort; every array has shape (n_deals,), NaN and NaT are unknown.

    ``p_win`` is of models that had not seen the deal. ``expected`` is its expected value on its
    decision day, and ``brings`` what it brings if it is won; both None where the policy counts no
    money. ``below_zero`` says where that value is negative, whatever is unknown, ``never_pays``
    where it would be had the win been certain. ``hour_cost`` is None where the policy has none,
    ``names``, ``teams`` and ``sellers`` where the file has no such column. ``cluster`` numbers
    the accounts from 0.
    """

    ids: tuple[str | None, ...]
    outcomes: Names
    unrecorded: Mask
    decided_on: Days
    hours: Vector
    hours_from: HoursFrom
    hour_cost: Vector | None
    p_win: Vector
    refused: Mask
    expected: Vector | None
    brings: Vector | None
    below_zero: Mask
    never_pays: Mask
    accounts: Names
    cluster: NDArray[np.intp]
    names: Names | None
    teams: Names | None
    sellers: Names | None

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def pursued(self) -> Mask:
        """Which deals were pursued to their end."""
        return np.array([one.teaches for one in self.outcomes], dtype=bool)

    def apart(self, kind: ApartKind) -> Mask:
        """Return which deals stand apart in one way."""
        if kind == "declined_by_us":
            return np.asarray(self.outcomes == Outcome.DECLINED_BY_US, dtype=bool)
        is_open = np.asarray(self.outcomes == Outcome.OPEN, dtype=bool)
        return is_open & (self.unrecorded if kind == "unrecorded" else ~self.unrecorded)


def pursuits_of(on_file: DealsOnFile, policy: Policy, p_win: Vector, *, as_of: date) -> Pursuits:
    """Return the deals of a file that were decided until a day, with their effort.

    Parameters
    ----------
    p_win
        The probability of each deal by a model that had not seen it, NaN where no model could
        know; shape (n_deals,).

    Raises
    ------
    EvidenceError
        When neither the file nor the policy says anything of hours, or how the deals ended.
    """
    days = decision_days(on_file, policy)
    nowhere = np.full(len(on_file.table), "NaT", dtype="datetime64[D]")
    decided_on = nowhere if days is None else days
    rows = np.flatnonzero(~(decided_on > np.datetime64(as_of, "D")))
    deals, p_win, decided_on = on_file.take(rows), p_win[rows], decided_on[rows]
    if deals.outcomes is None:
        raise EvidenceError("the file does not say how its deals ended")
    value = value_of(policy, deals.table, p_win)
    hours, hours_from = _hours(deals, policy)
    accounts = _named(deals)
    below_zero, never_pays = _negative(policy, deals, p_win)
    return Pursuits(
        ids=deals.table.ids,
        outcomes=deals.outcomes,
        unrecorded=is_unrecorded(deals, as_of),
        decided_on=_known(decided_on, as_of),
        hours=hours,
        hours_from=hours_from,
        hour_cost=hour_costs(policy.economics, deals.table),
        p_win=p_win,
        refused=judge_policy(policy, deals.table).refused,
        expected=None if value is None else value.expected,
        brings=None if value is None else value.if_won,
        below_zero=below_zero,
        never_pays=never_pays,
        accounts=accounts,
        cluster=numbered(accounts),
        names=deals.names,
        teams=deals.teams,
        sellers=deals.sellers,
    )


def _named(deals: DealsOnFile) -> Names:
    """Return the accounts, None where a deal or the file has none."""
    if deals.accounts is None:
        return np.full(len(deals.table), None, dtype=object)
    return np.array([name or None for name in deals.accounts], dtype=object)


def _known(days: Days, as_of: date) -> Days:
    """Return the days, NaT for those of ``as_of``: a deal without a day was read as of then."""
    return np.where(days < np.datetime64(as_of, "D"), days, np.datetime64("NaT"))


def _hours(deals: DealsOnFile, policy: Policy) -> tuple[Vector, HoursFrom]:
    """Return the hours that were written down where there is such a column, else the estimate."""
    if deals.hours_spent is not None:
        return deals.hours_spent, "file"
    economics = policy.economics
    if economics.remaining_hours is None and not economics.roles:
        raise EvidenceError(
            "nothing says how many hours the deals took\n"
            "  hint: name deals.hours_spent in the policy, or give economics.remaining_hours"
        )
    return hours_of(policy, deals.table), "policy"


def _negative(policy: Policy, deals: DealsOnFile, p_win: Vector) -> tuple[Mask, Mask]:
    """Return where a deal is worth less than nothing, and where even a certain win would be.

    Either holds whatever is unknown of the deal, its probability too: no model is needed to know
    that a win would not pay.
    """
    nobody = np.zeros(len(deals.table), dtype=bool)
    value = value_of(policy, deals.table, p_win)
    certain = value_of(policy, deals.table, np.ones(len(p_win)))
    if value is None or certain is None:
        return nobody, nobody
    never_pays = certain.highest < 0
    return (value.highest < 0) | never_pays, never_pays
