"""The scorecard: points for the criteria that a deal meets, and what could still be earned.

A criterion that nobody has answered is neither met nor failed: it is *to complete*, and the points
say from where to where they can still go.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from features.conditions import Known, missing_facts
from features.deal import Deal
from features.policy import Criterion, Policy
from features.table import DealTable, TableFacts

MOST_UNDECIDED = 0.4
"""With a larger share of the criteria unanswered, a probability is mostly that of other deals."""

Vector = NDArray[np.float64]


class CriterionState(StrEnum):
    """Whether a deal meets a criterion."""

    MET = "met"
    NOT_MET = "not_met"
    TO_COMPLETE = "to_complete"


class CriterionVerdict(NamedTuple):
    """One criterion on one deal; ``needs`` names the facts to find out.

    ``points`` are those it earns now: those of its case, or what the policy says that unknown is
    worth; ``lowest`` and ``highest`` are what it may still come to.
    """

    criterion: Criterion
    state: CriterionState
    points: float
    lowest: float
    highest: float
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Points:
    """Points of many deals; every array has shape (n_deals,).

    ``earned`` counts what is known; ``lowest`` and ``highest`` what the unknown facts may yet
    make of it; ``undecided`` is the share of the criteria that wait for facts.
    """

    earned: Vector
    lowest: Vector
    highest: Vector
    undecided: Vector


def add_points(policy: Policy, table: DealTable) -> Points:
    """Return the points of many deals."""
    points = Points(*(np.zeros(len(table)) for _ in range(4)))
    for rows, piece in table.pieces():
        columns = TableFacts(piece)
        into = Points(
            points.earned[rows], points.lowest[rows], points.highest[rows], points.undecided[rows]
        )
        for criterion in policy.criteria:
            if len(criterion.cases) == 1 and not criterion.otherwise and not criterion.complete:
                _add_condition(criterion, columns, into)
            else:
                _add_cases(criterion, columns, into)
    points.lowest[:] += points.earned
    points.highest[:] += points.earned
    points.undecided[:] /= max(len(policy.criteria), 1)
    return points


def _add_condition(criterion: Criterion, columns: TableFacts, into: Points) -> None:
    """Add a criterion that earns points or none; here `lowest` and `highest` are differences."""
    truth = criterion.when.truth(columns)
    into.earned[:] += criterion.points * truth.true
    unknown = truth.unknown
    if not unknown.any():
        return
    worth = criterion.if_unknown or 0.0
    low, high = min(criterion.points, 0.0), max(criterion.points, 0.0)
    if worth:
        into.earned[:] += worth * unknown
    if low != worth:
        into.lowest[:] += (low - worth) * unknown
    if high != worth:
        into.highest[:] += (high - worth) * unknown
    into.undecided[:] += unknown


def _add_cases(criterion: Criterion, columns: TableFacts, into: Points) -> None:
    """Add a criterion with several cases, of which at most one holds."""
    truths = [case.when.truth(columns) for case in criterion.cases]
    decided = np.zeros(len(columns.table), dtype=bool)
    failed = ~decided
    low = np.full(len(columns.table), np.inf if criterion.complete else criterion.otherwise)
    high = np.full(len(columns.table), -np.inf if criterion.complete else criterion.otherwise)
    earned = np.zeros(len(columns.table))
    for case, truth in zip(criterion.cases, truths, strict=True):
        decided |= truth.true
        failed &= truth.false
        earned[truth.true] = case.points
        unknown = truth.unknown
        low[unknown] = np.minimum(low[unknown], case.points)
        high[unknown] = np.maximum(high[unknown], case.points)
    earned[failed] = criterion.otherwise
    unknown = ~(decided | failed)
    worth = criterion.if_unknown or 0.0
    earned[unknown] = worth
    into.earned[:] += earned
    into.lowest[unknown] += low[unknown] - worth
    into.highest[unknown] += high[unknown] - worth
    into.undecided[:] += unknown


def best_points(policy: Policy) -> float:
    """Return the points of a deal that is as good as it can be by every criterion."""
    return sum(max(criterion.attainable()) for criterion in policy.criteria)


def judge_criteria(policy: Policy, deal: Deal) -> tuple[CriterionVerdict, ...]:
    """Return every criterion's verdict on one deal, in the policy's order."""
    known = policy.known(deal)
    return tuple([_verdict(criterion, policy, deal, known) for criterion in policy.criteria])


def _verdict(criterion: Criterion, policy: Policy, deal: Deal, known: Known) -> CriterionVerdict:
    case, waiting = criterion.case_of(known)
    if waiting:
        lowest, highest = criterion.range_of(waiting)
        missing = missing_facts(waiting[0].when, known).union(
            *(missing_facts(one.when, known) for one in waiting[1:])
        )
        needs, worth = policy.asked_for(missing, deal.facts), criterion.if_unknown or 0.0
        return CriterionVerdict(
            criterion, CriterionState.TO_COMPLETE, worth, lowest, highest, needs
        )
    state = CriterionState.NOT_MET if case is None else CriterionState.MET
    points = criterion.otherwise if case is None else case.points
    return CriterionVerdict(criterion, state, points, points, points, ())
