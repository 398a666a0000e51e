"""Accounts ranked from a file of deals: what they bought, what is open, what they could buy."""

from dataclasses import dataclass
from datetime import date
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from features.errors import InputError, Problem
from features.policy import Policy
from features.policy.amounts import amounts_of
from features.table import DealTable
from models.accounts import AccountDeals, RankedBy, rank_accounts
from models.decision import Recommendation
from models.knockouts import KnockoutState, judge_knockouts
from models.qualifier import Qualifier
from reports.accounts.report import Accounts, account_row
from reports.plan.planning import valued
from training.customer_fields import customer_fields
from training.deals_on_file import DealsOnFile
from training.outcomes.outcome import Outcome

Vector = NDArray[np.float64]
MONTHS_BACK = np.timedelta64(12, "M")


def accounts_of(
    deals: DealsOnFile, qualifier: Qualifier, *, as_of: date, by: RankedBy = "total"
) -> Accounts:
    """Return the ranking of the accounts of some deals, read with their outcomes.

    Raises
    ------
    InputError
        When the policy names no column of the account, or says no revenue or value.
    """
    policy = qualifier.policy
    labels = _required(deals, policy)
    drawn, assumed = _account_deals(deals, labels, qualifier, as_of)
    ranked = rank_accounts(drawn, by)
    reasons = {knockout.id: knockout.reason for knockout in policy.knockouts}
    return Accounts(
        policy=policy.name,
        title=policy.title,
        currency=policy.economics.currency,
        as_of=as_of.isoformat(),
        since=str(_a_year_before(as_of)),
        evidence_level=qualifier.evidence_level,
        assumed=assumed,
        ranked_by=by,
        has_potential=policy.economics.account_potential is not None,
        has_months=policy.economics.months_to_close is not None,
        without_account=sum(not name for name in labels),
        accounts=tuple(account_row(one, reasons) for one in ranked if not one.is_knocked_out),
        knocked_out=tuple(account_row(one, reasons) for one in ranked if one.is_knocked_out),
    )


def _required(deals: DealsOnFile, policy: Policy) -> NDArray[np.object_]:
    """Return the accounts of the deals, or say all that is missing."""
    problems = []
    if deals.accounts is None:
        what, hint = "no column says whose deals they are", "write account: COLUMN under deals"
        problems.append(Problem(where="deals", what=what, hint=hint))
    if policy.economics.revenue is None:
        what = "the policy does not say what a deal brings"
        hint = "write revenue: {field: FIELD} under economics"
        problems.append(Problem(where="economics", what=what, hint=hint))
    if problems or deals.accounts is None:
        raise InputError(problems)
    return deals.accounts


def _a_year_before(day: date) -> np.datetime64:
    """Return the same day of the year before, the last of the month where there is none."""
    month = np.datetime64(day, "M") - MONTHS_BACK
    last = (month + np.timedelta64(1, "M")).astype("datetime64[D]") - np.timedelta64(1, "D")
    same = month.astype("datetime64[D]") + np.timedelta64(day.day - 1, "D")
    return min(same, last)


def _account_deals(
    deals: DealsOnFile, labels: NDArray[np.object_], qualifier: Qualifier, as_of: date
) -> tuple[AccountDeals, bool]:
    policy, table, n = qualifier.policy, deals.table, len(deals.table)
    outcomes = np.full(n, Outcome.OPEN, object) if deals.outcomes is None else deals.outcomes
    decided = table.as_of <= np.datetime64(as_of)
    still_open = np.flatnonzero((outcomes == Outcome.OPEN) & decided)
    about = _about_customers(policy, table, labels)
    found = _open_deals(qualifier, table.take(still_open), about)
    lately = np.zeros(n, dtype=bool)
    if deals.closed_on is not None:
        lately = (outcomes == Outcome.WON) & (deals.closed_on > _a_year_before(as_of))
    refused_by: list[frozenset[str]] = [frozenset()] * n
    for row, names in zip(still_open.tolist(), found.refused_by, strict=True):
        refused_by[row] = names
    drawn = AccountDeals(
        account=labels,
        day=table.as_of,
        is_open=_spread(np.ones(len(still_open), dtype=bool), still_open, n, missing=False),
        won_lately=lately,
        revenue=amounts_of(policy.economics.revenue, table),
        p_win=_spread(found.p_win, still_open, n),
        value=_spread(found.value, still_open, n),
        months=amounts_of(policy.economics.months_to_close, table),
        refused=_spread(found.refused, still_open, n, missing=False),
        refused_by=refused_by,
        potential=amounts_of(policy.economics.account_potential, table),
    )
    return drawn, found.assumed


@dataclass(frozen=True, slots=True, kw_only=True)
class _Open:
    p_win: Vector
    value: Vector
    refused: NDArray[np.bool_]
    refused_by: list[frozenset[str]]
    assumed: bool


def _about_customers(
    policy: Policy, table: DealTable, labels: NDArray[np.object_]
) -> frozenset[str]:
    """Return the knockouts that are about the customer: half of what they look at, at least."""
    of_customer = customer_fields(table, labels)
    return frozenset(
        knockout.id
        for knockout in policy.knockouts
        if 2 * len(knockout.fields & of_customer) >= len(knockout.fields)
    )


def _open_deals(qualifier: Qualifier, table: DealTable, about: frozenset[str]) -> _Open:
    if not len(table):  # a model cannot be asked about nothing
        nothing = np.empty(0)
        return _Open(
            p_win=nothing,
            value=nothing,
            refused=np.empty(0, dtype=bool),
            refused_by=[],
            assumed=qualifier.evidence_level == "none",
        )
    verdicts = qualifier.judge(table)
    value = valued(qualifier, table, verdicts)
    refused = np.asarray(verdicts.recommendations == Recommendation.NO_GO, dtype=bool)
    knocked_out = verdicts.policy.refused
    return _Open(
        p_win=np.full(len(table), np.nan) if verdicts.p_win is None else verdicts.p_win,
        value=value.expected,
        refused=refused,
        refused_by=[
            about & _refusing(qualifier.policy, table, row) if knocked_out[row] else frozenset()
            for row in range(len(table))
        ],
        assumed=verdicts.value is None,
    )


def _refusing(policy: Policy, table: DealTable, row: int) -> frozenset[str]:
    """Return the knockouts that refuse a deal, also those that count what is unknown as a no."""
    return frozenset(
        one.knockout.id
        for one in judge_knockouts(policy, table.deal(row))
        if (one.state is KnockoutState.FIRED and one.knockout.refuses)
        or (one.state is KnockoutState.UNKNOWN and one.knockout.on_unknown == "no_go")
    )


_T = TypeVar("_T", bound=np.generic)


def _spread(
    found: NDArray[_T], rows: NDArray[np.intp], n: int, *, missing: float = np.nan
) -> NDArray[_T]:
    """Return what some deals have, in their places among all, of which the others have none."""
    spread = np.full(n, missing, dtype=found.dtype)
    spread[rows] = found
    return spread
