"""Fit one model on closed deals, along the one road to the matrix."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from features.policy import Criterion, Policy
from features.policy.criterion_columns import (
    hidden_answers,
    modelled_criteria,
    sign_of,
    with_criteria,
)
from features.policy.directions import directions_of
from features.schema import Schema
from models.boosting import Effort
from models.expert import ExpertPrior
from models.logistic import Logistic
from models.no_decision import fit_no_decision
from models.reference import Reference
from models.win_model import Provenance, WinModel
from models.win_probability import WinProbability
from training.closed_deals import ClosedDeals, track_record_of
from training.propensity import weighed
from training.stand_ins import stand_ins_for_time


def fit_model(
    deals: ClosedDeals,
    policy: Policy,
    *,
    seed: int,
    metrics: Mapping[str, float] | None = None,
    weights: NDArray[np.float64] | None = None,
    effort: Effort = "normal",
    to_serve: bool = False,
) -> WinModel:
    """Return a model of some closed deals; its schema is learned from them alone.

    Parameters
    ----------
    metrics
        Those of its evaluation, kept with it for whoever reads it later.
    weights
        Shape (n_deals,): how much each deal counts, 1 in full; None where all count alike. Those
        drawn among refused deals count for the others too, which were not drawn.
    effort
        How much is tried out on the way.
    to_serve
        Whether people will see its answers: then it also learns how stable they are, which deals
        end without a decision, and keeps some past deals, also of those declined, for what unknown
        facts may turn out to be.
    """
    schema, criteria = schema_of(deals, policy)
    estimator = WinProbability(
        directions=[column.better for column in schema.columns],
        expected=[column.expected for column in schema.columns],
        expert=ExpertPrior.of(criteria, schema.criterion_columns()),
        effort=effort,
        refits=to_serve,
        seed=seed,
    )
    X = schema.matrix(with_criteria(deals.table, criteria)).values
    estimator.fit(
        X,
        deals.won,
        groups=deals.groups,
        weights=weighed(weights, deals.propensity),
        closed_on=deals.closed_on,
    )
    model = WinModel(
        schema=schema,
        estimator=estimator,
        criteria=criteria,
        no_decision=_no_decision(X, deals, seed) if to_serve else None,
        track_record=track_record_of(deals, policy),
        provenance=Provenance(
            n_won=deals.n_won,
            n_lost=len(deals) - deals.n_won,
            data_fingerprint=deals.fingerprint,
            policy_fingerprint=policy.fingerprint,
            trained_on=_last_day(deals),
            metrics=dict(metrics or {}),
        ),
    )
    return replace(model, reference=_reference(model, deals, policy, seed)) if to_serve else model


def _reference(model: WinModel, deals: ClosedDeals, policy: Policy, seed: int) -> Reference:
    return Reference.learn(
        deals.table,
        policy,
        modelled=model.fields(),
        kept_out=deals.kept_out,
        closed_on=deals.closed_on,
        declined=deals.declined,
        declined_on=deals.declined_on,
        seed=seed,
    )


def _no_decision(X: NDArray[np.float64], deals: ClosedDeals, seed: int) -> Logistic | None:
    rest = np.flatnonzero(deals.won == 0)
    return fit_no_decision(X[rest], deals.no_decision[rest], deals.groups[rest], seed)


def schema_of(deals: ClosedDeals, policy: Policy) -> tuple[Schema, tuple[Criterion, ...]]:
    """Return the columns that a model of these deals sees, and the criteria among them."""
    candidates = [n for n, f in policy.fields.items() if f.in_model and n not in deals.kept_out]
    hidden = {*deals.kept_out, *stand_ins_for_time(deals.table, candidates)}
    unseen = hidden | hidden_answers(policy)
    seen = {name: field for name, field in policy.fields.items() if name not in unseen}
    criteria = modelled_criteria(policy, hidden)
    signs = {criterion.id: sign_of(criterion, policy) for criterion in criteria}
    schema = Schema.learn(with_criteria(deals.table, criteria), seen, directions_of(policy), signs)
    return schema, criteria


def _last_day(deals: ClosedDeals) -> str | None:
    """Return the last known closing day, None where no deal has one."""
    if deals.closed_on is None or np.isnat(deals.closed_on).all():
        return None
    return str(deals.closed_on[~np.isnat(deals.closed_on)].max())
