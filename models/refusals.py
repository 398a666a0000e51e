"""Why deals are refused: which knockouts refuse each, and who is refused for a belief only.

A refusal is soft where all that speaks against the deal may be tested: knockouts that the policy
calls testable, or a threshold. It is hard where anything else refuses, or still might.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from features.policy import Policy
from features.table import DealTable
from models.decision import Recommendation
from models.knockouts import judge_each_knockout, judge_policy

Mask = NDArray[np.bool_]


def refusals(policy: Policy, table: DealTable) -> Mask:
    """Return which deals each knockout refuses; shape (n_knockouts, n_deals).

    Unknown facts count as the knockout says.
    """
    masks = judge_each_knockout(policy, table)
    says_no = np.array([one.refuses for one in policy.knockouts], dtype=bool)
    unknown_is_no = np.array([one.on_unknown == "no_go" for one in policy.knockouts], dtype=bool)
    fired, unknown = masks.fired & says_no[:, None], masks.unknown & unknown_is_no[:, None]
    return np.asarray(fired | unknown, dtype=bool)


def softly_refused(policy: Policy, table: DealTable, recommendations: NDArray[np.object_]) -> Mask:
    """Return which deals are refused by a threshold or by testable knockouts, and nothing else.

    Where a knockout that is not testable waits for a fact, the deal may yet be indigestible: it
    is not soft before the fact is known.
    """
    hard = tuple(one for one in policy.knockouts if not one.testable)
    verdict = judge_policy(replace(policy, knockouts=hard), table)
    no_go = np.asarray(recommendations == Recommendation.NO_GO, dtype=bool)
    return no_go & ~verdict.refused & ~verdict.open
