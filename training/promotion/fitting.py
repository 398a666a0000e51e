"""The one door from promotion to fitting and splitting: how a specification learns."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from features.policy import Policy
from models.boosting import Effort
from models.win_model import WinModel
from training.closed_deals import ClosedDeals
from training.evaluation.splits import Split, split_deals
from training.evaluation.windows import after_burn_in
from training.fit import fit_model, schema_of
from training.forgetting import forget

__all__ = ["Rows", "Split", "grouped_splits", "learned_again", "starts_from_policy"]

N_SPLITS = 8
"""Two turns of four folds: every deal judges twice."""

MANY_DEALS = 10_000
N_SPLITS_OF_MANY = 4

Rows = NDArray[np.intp]


def grouped_splits(deals: ClosedDeals, *, seed: int, n_splits: int | None) -> tuple[Split, ...]:
    """Return splits of three quarters to one in which twins and accounts stay together."""
    default = N_SPLITS_OF_MANY if len(deals) > MANY_DEALS else N_SPLITS
    undated = replace(deals, closed_on=None)
    _, splits = split_deals(undated, seed=seed, n_splits=n_splits or default)
    return tuple(splits)


def learned_again(
    deals: ClosedDeals, policy: Policy, rows: Rows, *, seed: int, effort: Effort = "normal"
) -> WinModel:
    """Return a model of a specification, learned from some of the deals only."""
    some = deals.take(rows)
    teaching = some.take(after_burn_in(some))
    weights = forget(teaching, policy).weights
    return fit_model(teaching, policy, seed=seed, weights=weights, effort=effort)


def starts_from_policy(deals: ClosedDeals, policy: Policy) -> bool:
    """Return whether a model of some deals is the policy's own estimate, moved by them.

    It is not where the policy has no criterion whose points a model may see.
    """
    _, criteria = schema_of(deals, policy)
    return bool(criteria)
