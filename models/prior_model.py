"""What a policy says of the win probability before any deal has closed: a model of no deals.

Its points alone make the probability, around the win rate that is usual, and deliberately flat. It
decides nothing: the points do, until there is evidence (decision 0020).
"""

import numpy as np

from features.policy import Policy
from features.policy.criterion_columns import modelled_criteria, sign_of, with_criteria
from features.schema import Schema
from features.table import DealTable
from models.expert import ExpertPrior
from models.win_model import Provenance, WinModel

POLICY_ONLY = "policy-only"
"""The version of every model that is made of a policy alone: the policy's fingerprint tells it."""


def prior_model(policy: Policy) -> WinModel | None:
    """Return the model of a policy without closed deals.

    None where it has no criterion that a model may see, as then there is nothing to start from.
    """
    criteria = modelled_criteria(policy)
    signs = {criterion.id: sign_of(criterion, policy) for criterion in criteria}
    no_deals = with_criteria(DealTable.of((), policy.fields), criteria)
    schema = Schema.learn(no_deals, {}, criteria=signs)
    expert = ExpertPrior.of(criteria, schema.criterion_columns())
    if expert is None:
        return None
    from models.win_probability import WinProbability  # noqa: PLC0415 (brings scikit-learn)

    estimator = WinProbability(
        directions=[column.better for column in schema.columns],
        expected=[column.expected for column in schema.columns],
        expert=expert,
    )
    return WinModel(
        schema=schema,
        estimator=estimator.fit(np.empty((0, len(schema.columns))), np.empty(0)),
        criteria=criteria,
        provenance=Provenance(
            n_won=0,
            n_lost=0,
            data_fingerprint="",
            policy_fingerprint=policy.fingerprint,
            trained_on=None,
            metrics={},
        ),
        version=POLICY_ONLY,
    )
