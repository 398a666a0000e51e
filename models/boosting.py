"""Small monotone gradient-boosted trees (LightGBM), their capacity set by the number of deals."""

from collections.abc import Sequence
from typing import Any

import lightgbm as lgb
import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]
Fold = tuple[NDArray[np.intp], NDArray[np.intp]]

SMALL, LARGE = 1_500, 8_000
MOST_ROUNDS = 400


def tree_settings(n_deals: int, directions: NDArray[np.int_], seed: int) -> dict[str, Any]:
    """Return LightGBM's parameters for a number of closed deals.

    Below 8,000 deals the trees are stumps and near-stumps with random cuts, which is what keeps
    boosting from losing to the base rate there; above, they grow.
    """
    leaves = 4 if n_deals < SMALL else 8 if n_deals < LARGE else 31
    few = n_deals < LARGE
    return {
        "objective": "binary",
        "num_leaves": leaves,
        "learning_rate": 0.05 if few else 0.1,
        "min_data_in_leaf": max(10, n_deals // 50) if few else 50,
        "lambda_l2": 10.0,
        "extra_trees": few,
        "path_smooth": 5.0 if few else 0.0,
        "max_bin": 63 if few else 255,
        "feature_fraction": 0.5 if few else 0.8,
        "bagging_fraction": 0.8,
        "bagging_freq": 1,
        "monotone_constraints": [int(way) for way in directions],
        "monotone_constraints_method": "basic",
        "deterministic": True,
        "force_row_wise": True,
        # On few deals a second thread mostly waits, and on a busy machine it waits for long.
        "num_threads": 1 if few else 0,
        "seed": seed,
        "verbosity": -1,
    }


def cross_fit_trees(
    X: Vector, y: Vector, folds: Sequence[Fold], settings: dict[str, Any]
) -> tuple[int, Vector]:
    """Return the best number of rounds over all folds, and the out-of-fold log-odds there.

    The number is read off the pooled loss curve, which is far steadier on few deals than each
    fold stopping on its own. The log-odds have shape (n_deals,).
    """
    boosters, curve = [], np.zeros(MOST_ROUNDS)
    for train, held_out in folds:
        history: dict[str, Any] = {}
        data = lgb.Dataset(X[train], y[train], free_raw_data=False)
        valid = lgb.Dataset(X[held_out], y[held_out], reference=data)
        boosters.append(
            lgb.train(
                {**settings, "metric": "binary_logloss"},
                data,
                num_boost_round=MOST_ROUNDS,
                valid_sets=[valid],
                callbacks=[lgb.record_evaluation(history)],
            )
        )
        curve += len(held_out) * np.array(history["valid_0"]["binary_logloss"])
    rounds = int(np.argmin(curve)) + 1
    log_odds = np.empty(len(y))
    for booster, (_, held_out) in zip(boosters, folds, strict=True):
        log_odds[held_out] = raw_score(booster, X[held_out], rounds=rounds)
    return rounds, log_odds


def fit_trees(X: Vector, y: Vector, settings: dict[str, Any], rounds: int) -> lgb.Booster:
    """Fit the trees on all deals, and return them as they read back from their own text.

    The text is what the artifact keeps; scoring with anything else in training would let the
    last bit differ from serving.
    """
    booster = lgb.train(settings, lgb.Dataset(X, y), num_boost_round=rounds)
    return lgb.Booster(model_str=booster.model_to_string())


def raw_score(booster: lgb.Booster, X: Vector, *, rounds: int | None = None) -> Vector:
    """Return the trees' log-odds, of shape (n_deals,)."""
    threads = 1 if len(X) < LARGE else 0
    raw = booster.predict(X, raw_score=True, num_iteration=rounds, num_threads=threads)
    return np.asarray(raw, dtype=np.float64)


def raw_contributions(booster: lgb.Booster, X: Vector) -> Vector:
    """Return exact TreeSHAP log-odds, of shape (n_deals, n_columns + 1); the last is the base."""
    threads = 1 if len(X) < LARGE else 0
    terms = booster.predict(X, pred_contrib=True, num_threads=threads)
    return np.asarray(terms, dtype=np.float64).reshape(len(X), -1)
