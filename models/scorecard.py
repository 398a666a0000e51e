"""The scorecard: points for the criteria that a deal meets, and what could still be earned.

A criterion that nobody has answered is neither met nor failed: it is *to complete*, and the points
say from where to where they can still go.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from features.conditions import DealFacts, Facts, missing_facts
from features.deal import Deal
from features.policy import Criterion, Policy

MOST_UNDECIDED = 0.4
"""With a larger share of the criteria unanswered, a probability is mostly that of other deals."""


class CriterionState(StrEnum):
    """Whether a deal meets a criterion."""

    MET = "met"
    NOT_MET = "not_met"
    TO_COMPLETE = "to_complete"


@dataclass(frozen=True, slots=True)
class CriterionVerdict:
    """One criterion on one deal; ``needs`` names the facts to find out."""

    criterion: Criterion
    state: CriterionState
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Points:
    """Points of one deal (float) or of a column (array of shape (n_deals,)).

    ``earned`` counts what is known; ``lowest`` and ``highest`` what the unknown facts may yet
    make of it; ``undecided`` is the share of the criteria that wait for facts.
    """

    earned: Any
    lowest: Any
    highest: Any
    undecided: Any


def add_points(policy: Policy, facts: Facts, zero: Any) -> Points:
    """Return the points of one deal, or of a column; ``zero`` is 0.0 or an array of zeros."""
    earned = lowest = highest = undecided = zero
    for criterion in policy.criteria:
        truth = criterion.when.truth(facts)
        earned = earned + criterion.points * truth.true
        lowest = lowest + min(criterion.points, 0.0) * truth.unknown
        highest = highest + max(criterion.points, 0.0) * truth.unknown
        undecided = undecided + truth.unknown
    share = undecided / max(len(policy.criteria), 1)
    return Points(earned, earned + lowest, earned + highest, share)


def best_points(policy: Policy) -> float:
    """Return the points of a deal that meets every favourable criterion and no other."""
    return sum(max(criterion.points, 0.0) for criterion in policy.criteria)


def judge_criteria(policy: Policy, deal: Deal) -> tuple[CriterionVerdict, ...]:
    """Return every criterion's verdict on one deal, in the policy's order."""
    facts = DealFacts(deal.facts)
    return tuple(_verdict(criterion, facts) for criterion in policy.criteria)


def _verdict(criterion: Criterion, facts: DealFacts) -> CriterionVerdict:
    truth = criterion.when.truth(facts)
    if truth.unknown:
        needs = tuple(sorted(missing_facts(criterion.when, facts)))
        return CriterionVerdict(criterion, CriterionState.TO_COMPLETE, needs)
    state = CriterionState.MET if truth.true else CriterionState.NOT_MET
    return CriterionVerdict(criterion, state, ())
