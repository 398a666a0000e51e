"""Small monotone gradient-boosted trees (LightGBM), their capacity set by the number of deals."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, get_args

import lightgbm as lgb
import numpy as np
from numpy.typing import NDArray

from models.folds import Fold
from models.forest import raw_score

Vector = NDArray[np.float64]
Effort: TypeAlias = Literal["quick", "normal", "thorough"]
EFFORTS: tuple[Effort, ...] = get_args(Effort)

SMALL, LARGE, HUGE = 1_500, 8_000, 50_000
MOST_ROUNDS, PATIENCE, PATIENCE_FOR_MANY = 800, 40, 20


def effort_named(text: str) -> Effort:
    """Return the effort of a name; the usual one where there is no such name.

    >>> effort_named("thorough"), effort_named("")
    ('thorough', 'normal')
    """
    return next((one for one in EFFORTS if one == text), "normal")


@dataclass(frozen=True, slots=True)
class TreeShape:
    """What sets the capacity of the trees."""

    leaves: int
    learning_rate: float
    deals_a_leaf: int
    ridge: float = 5.0
    columns_a_tree: float = 0.6


def shapes_for(n_deals: int, effort: Effort = "normal") -> tuple[TreeShape, ...]:
    """Return the shapes to choose from: what wins grows with the number of closed deals."""
    few = int(np.clip(n_deals // 15, 5, 20))
    small, middle = TreeShape(4, 0.05, few), TreeShape(8, 0.05, 20)
    large = TreeShape(31, 0.1, 50, columns_a_tree=0.8)
    if n_deals < SMALL:
        return (small,)
    if n_deals < LARGE:
        return (middle,) if effort == "quick" else (small, middle)
    if n_deals < HUGE and effort != "quick":
        return (TreeShape(8, 0.1, 20), large)
    return (large,)


def tree_settings(
    shape: TreeShape, n_deals: int, directions: NDArray[np.int_], seed: int
) -> dict[str, Any]:
    """Return LightGBM's parameters for a shape and a number of closed deals."""
    return {
        "objective": "binary",
        "num_leaves": shape.leaves,
        "learning_rate": shape.learning_rate,
        "min_data_in_leaf": shape.deals_a_leaf,
        "lambda_l2": shape.ridge,
        "extra_trees": n_deals < SMALL,
        "max_bin": 63 if n_deals < SMALL else 127 if n_deals < LARGE else 1023,
        "feature_fraction": shape.columns_a_tree,
        "bagging_fraction": 0.8,
        "bagging_freq": 1,
        "monotone_constraints": [int(way) for way in directions],
        "monotone_constraints_method": "basic",
        "deterministic": True,
        "force_row_wise": True,
        "num_threads": 1 if n_deals < LARGE else 0,
        "seed": seed,
        "verbosity": -1,
    }


@dataclass(frozen=True, slots=True)
class CrossFitted:
    """The trees that did best on deals they had not seen, and what they said of those deals.

    ``log_odds`` has shape (n_deals,); ``loss`` is the mean log-loss in nats.
    """

    settings: dict[str, Any]
    rounds: int
    log_odds: Vector
    loss: float


def cross_fit_trees(
    X: Vector, y: Vector, weights: Vector, folds: Sequence[Fold], settings: dict[str, Any]
) -> CrossFitted:
    """Return the best number of rounds over all folds, and the out-of-fold log-odds there.

    The number is read off the pooled loss curve, which is far steadier on few deals than each
    fold stopping on its own.
    """
    patience = PATIENCE if len(y) < HUGE else PATIENCE_FOR_MANY
    data = lgb.Dataset(X, y, weight=weights, free_raw_data=False, params={"verbosity": -1})
    found = lgb.cv(
        {**settings, "metric": "binary_logloss"},
        data,
        num_boost_round=MOST_ROUNDS,
        folds=folds,
        return_cvbooster=True,
        callbacks=[lgb.early_stopping(patience, verbose=False)],
    )
    curve = np.array(found["valid binary_logloss-mean"])
    rounds = int(np.argmin(curve)) + 1
    log_odds = np.empty(len(y))
    trained: Any = found["cvbooster"]
    for booster, (_, held_out) in zip(trained.boosters, folds, strict=True):
        log_odds[held_out] = raw_score(booster, X[held_out], rounds=rounds)
    return CrossFitted(settings, rounds, log_odds, float(curve.min()))


def choose_trees(
    X: Vector,
    y: Vector,
    weights: Vector,
    folds: Sequence[Fold],
    candidates: Iterator[dict[str, Any]],
) -> CrossFitted:
    """Return the candidate settings that do best out of fold."""
    tried = (cross_fit_trees(X, y, weights, folds, settings) for settings in candidates)
    return min(tried, key=lambda one: one.loss)


def fit_trees(
    X: Vector, y: Vector, weights: Vector, settings: dict[str, Any], rounds: int
) -> lgb.Booster:
    """Fit the trees on all deals, and return them as they read back from their own text.

    The text is what the artifact keeps; scoring with anything else in training would let the
    last bit differ from serving.
    """
    booster = lgb.train(settings, lgb.Dataset(X, y, weight=weights), num_boost_round=rounds)
    return lgb.Booster(model_str=booster.model_to_string())
