"""Why deals are refused: which knockouts refuse each, and who is refused for a belief only.

A refusal is soft where all that speaks against the deal may be tested: knockouts that the policy
calls testable, or a threshold. It is hard where anything else refuses, or still might.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from features.policy import Knockout, Policy
from features.table import DealTable
from models.decision import Recommendation
from models.knockouts import judge_policy

Mask = NDArray[np.bool_]


def refused_by(policy: Policy, knockout: Knockout, table: DealTable) -> Mask:
    """Return which deals one knockout refuses, its unknown facts counted as it says."""
    return judge_policy(replace(policy, knockouts=(knockout,)), table).refused


def refused_by_alone(policy: Policy, knockout: Knockout, table: DealTable) -> Mask:
    """Return which deals one knockout refuses and no other does: what hangs on it alone."""
    others = tuple(one for one in policy.knockouts if one.id != knockout.id)
    rest = judge_policy(replace(policy, knockouts=others), table)
    return refused_by(policy, knockout, table) & ~rest.refused


def softly_refused(policy: Policy, table: DealTable, recommendations: NDArray[np.object_]) -> Mask:
    """Return which deals are refused by a threshold or by testable knockouts, and nothing else.

    Where a knockout that is not testable waits for a fact, the deal may yet be indigestible: it
    is not soft before the fact is known.
    """
    hard = tuple(one for one in policy.knockouts if not one.testable)
    verdict = judge_policy(replace(policy, knockouts=hard), table)
    no_go = np.asarray(recommendations == Recommendation.NO_GO, dtype=bool)
    return no_go & ~verdict.refused & ~verdict.open
