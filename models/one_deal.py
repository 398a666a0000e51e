"""What the policy says of one deal, in the shape in which a batch is judged.

The verdicts that an answer tells are made deal by deal anyway; for one deal what they come to is
read off them, instead of walking the conditions once more as columns of one.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from features.deal import Deal
from features.fields import PolicyField
from features.policy import Policy
from models.economics import money_fields
from models.knockouts import KnockoutState, KnockoutVerdict, PolicyVerdict, judge_knockouts
from models.scorecard import CriterionState, CriterionVerdict, Points, judge_criteria


@dataclass(frozen=True, slots=True)
class Rules:
    """The verdict of every rule on one deal."""

    knockouts: tuple[KnockoutVerdict, ...]
    criteria: tuple[CriterionVerdict, ...]

    @staticmethod
    def of(policy: Policy, deal: Deal) -> "Rules":
        """Return the verdicts of a policy."""
        return Rules(judge_knockouts(policy, deal), judge_criteria(policy, deal))

    def policy_verdict(self) -> PolicyVerdict:
        """Return what the knockouts say together, as of a batch of one."""
        refused = open_ = conditional = False
        for knockout, state, *_ in self.knockouts:
            if state is KnockoutState.FIRED:
                refused |= knockout.refuses
                conditional |= not knockout.refuses
            elif state is KnockoutState.UNKNOWN:
                refused |= knockout.on_unknown == "no_go"
                open_ |= knockout.on_unknown not in {"no_go", "ignore"}
        return PolicyVerdict(*(np.array([one]) for one in (refused, open_, conditional)))

    def points(self) -> Points:
        """Return the points of all criteria, as of a batch of one."""
        earned, lowest, highest = 0.0, 0.0, 0.0
        for one in self.criteria:
            earned += one.points
            lowest += one.lowest - one.points
            highest += one.highest - one.points
        open_ = sum(one.state is CriterionState.TO_COMPLETE for one in self.criteria)
        told = earned, lowest + earned, highest + earned, open_ / max(len(self.criteria), 1)
        return Points(*(np.array([one]) for one in told))


def fields_of_value(policy: Policy) -> Mapping[str, PolicyField]:
    """Return the fields that the value of a deal is counted from, with what they follow from."""
    wanted = money_fields(policy.economics)
    wanted |= frozenset(policy.decided_by(wanted))
    return {name: one for name, one in policy.fields.items() if name in wanted}
