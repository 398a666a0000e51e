"""Fit one model on closed deals, along the one road to the matrix."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.utils.validation import has_fit_parameter

from features.policy import Policy
from features.policy.directions import directions_of
from features.schema import Schema
from models.win_model import Provenance, WinModel
from models.win_probability import WinProbability
from training.closed_deals import ClosedDeals, track_record_of


def fit_model(
    deals: ClosedDeals,
    policy: Policy,
    *,
    seed: int,
    metrics: Mapping[str, float] | None = None,
    weights: NDArray[np.float64] | None = None,
) -> WinModel:
    """Return a model of some closed deals; its schema is learned from them alone.

    Parameters
    ----------
    metrics
        Those of its evaluation, kept with it for whoever reads it later.
    weights
        Shape (n_deals,): how much each deal counts, 1 in full; None where all count alike.
    """
    schema = schema_of(deals, policy)
    directions = [column.better for column in schema.columns]
    estimator = WinProbability(directions=directions, seed=seed)
    record = track_record_of(deals, policy)
    weighed: dict[str, Any] = {} if weights is None else {"weights": weights}
    estimator.fit(schema.matrix(deals.table).values, deals.won, groups=deals.groups, **weighed)
    return WinModel(
        schema=schema,
        estimator=estimator,
        track_record=record,
        provenance=Provenance(
            n_won=deals.n_won,
            n_lost=len(deals) - deals.n_won,
            data_fingerprint=deals.fingerprint,
            policy_fingerprint=policy.fingerprint,
            trained_on=_last_day(deals),
            metrics=dict(metrics or {}),
        ),
    )


def schema_of(deals: ClosedDeals, policy: Policy) -> Schema:
    """Return the columns that a model of these deals sees."""
    seen = {name: one for name, one in policy.fields.items() if name not in deals.kept_out}
    return Schema.learn(deals.table, seen, directions_of(policy))


@cache
def can_weigh() -> bool:
    """Return whether the estimator lets deals count differently."""
    return bool(has_fit_parameter(WinProbability(), "weights"))


def _last_day(deals: ClosedDeals) -> str | None:
    """Return the last known closing day, None where no deal has one."""
    if deals.closed_on is None or np.isnat(deals.closed_on).all():
        return None
    return str(deals.closed_on[~np.isnat(deals.closed_on)].max())
