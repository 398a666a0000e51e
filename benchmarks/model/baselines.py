"""What others would do with the same closed deals, each with its own natural encoding.

Every baseline takes the facts, the outcomes and the groups of the teaching deals, and says how it
scores others. Nothing is chosen on deals that judge.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import lightgbm as lgb
import numpy as np
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold

from benchmarks.model.facts import Codes, Facts, OneHot, Vector, native_matrix
from benchmarks.model.naive_bayes import NaiveBayes

Scores: TypeAlias = Callable[[Facts], Vector]

CS = (0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
N_FOLDS, N_FOLDS_OF_MANY, MANY_DEALS = 5, 3, 20_000
GRID = (  # leaves, fewest deals in a leaf, smoothing of categories
    (4, 10, 30), (4, 30, 30), (8, 20, 30), (15, 20, 10), (15, 50, 50), (31, 50, 50), (31, 100, 50),
)  # fmt: skip
MOST_ROUNDS, PATIENCE, TUNED_RATE = 1_000, 40, 0.05
N_TREES = 500


@dataclass(frozen=True, slots=True)
class Teaching:
    """Closed deals to learn from; ``won`` and ``groups`` have shape (n_deals,)."""

    facts: Facts
    won: Vector
    groups: Codes
    seed: int

    def folds(self) -> list[tuple[Codes, Codes]]:
        """Return folds that keep groups whole and the win rate even."""
        rarer = min(len(np.unique(self.groups[self.won == ended])) for ended in (0.0, 1.0))
        most = N_FOLDS_OF_MANY if len(self.won) > MANY_DEALS else N_FOLDS
        n_folds = int(np.clip(rarer, 2, most))
        splitter = StratifiedGroupKFold(n_folds, shuffle=True, random_state=self.seed)
        return list(splitter.split(self.won, self.won, self.groups))


def base_rate(teaching: Teaching) -> Scores:
    """Always the share of the teaching deals that were won."""
    rate = float(teaching.won.mean())
    return lambda facts: np.full(len(facts), rate)


def plain_logistic(teaching: Teaching, penalty_c: float = 1.0) -> Scores:
    """Scikit-learn's logistic regression on one-hot facts, C = 1."""
    encoding = OneHot.learn(teaching.facts)
    model = LogisticRegression(C=penalty_c, max_iter=2_000)
    model.fit(encoding.matrix(teaching.facts), teaching.won)
    return lambda facts: np.asarray(model.predict_proba(encoding.matrix(facts))[:, 1])


def tuned_logistic(teaching: Teaching) -> Scores:
    """The same with C chosen by grouped cross-validation on log-loss."""
    losses = np.zeros(len(CS))
    for train, held_out in teaching.folds():
        encoding = OneHot.learn(teaching.facts.take(train))
        X, Z = (encoding.matrix(teaching.facts.take(rows)) for rows in (train, held_out))
        for place, c in enumerate(CS):
            model = LogisticRegression(C=c, max_iter=2_000).fit(X, teaching.won[train])
            losses[place] += _summed_loss(model.decision_function(Z), teaching.won[held_out])
    return plain_logistic(teaching, CS[int(np.argmin(losses))])


def default_lightgbm(teaching: Teaching) -> Scores:
    """LightGBM as it comes: 100 rounds of 0.1, 31 leaves, native categories."""
    return _boosted(teaching, {}, 100)


def tuned_lightgbm(teaching: Teaching) -> Scores:
    """LightGBM with a small grid and early stopping inside the teaching deals, then refitted.

    With many deals one fold judges the grid, else all of them together.
    """
    folds = teaching.folds()
    folds = folds[:1] if len(teaching.won) > MANY_DEALS else folds
    tried = [(*_pooled(teaching, folds, _settings(*point)), _settings(*point)) for point in GRID]
    _, rounds, settings = min(tried, key=lambda one: one[0])
    return _boosted(teaching, settings, rounds)


def naive_bayes(teaching: Teaching) -> Scores:
    """As Odoo does it."""
    return NaiveBayes.learn(teaching.facts, teaching.won).p_win


def random_forest(teaching: Teaching) -> Scores:
    """500 trees as they come, as Bohanec et al. (2017) used; half a vote is added to either side.

    A forest may be unanimous, and a probability of 0 or 1 has an infinite log-loss when it fails.
    """
    encoding = OneHot.learn(teaching.facts)
    model = RandomForestClassifier(N_TREES, random_state=teaching.seed, n_jobs=1)
    model.fit(encoding.matrix(teaching.facts), teaching.won)

    def p_win(facts: Facts) -> Vector:
        votes = N_TREES * model.predict_proba(encoding.matrix(facts))[:, 1]
        return np.asarray((votes + 0.5) / (N_TREES + 1))

    return p_win


BASELINES: Mapping[str, Callable[[Teaching], Scores]] = {
    "base_rate": base_rate,
    "logistic": plain_logistic,
    "logistic_cv": tuned_logistic,
    "lightgbm": default_lightgbm,
    "lightgbm_cv": tuned_lightgbm,
    "naive_bayes": naive_bayes,
    "forest": random_forest,
}


def _settings(leaves: int, fewest: int, smoothing: int) -> dict[str, Any]:
    return {"num_leaves": leaves, "min_child_samples": fewest, "cat_smooth": float(smoothing),
            "learning_rate": TUNED_RATE}  # fmt: skip


def _all_settings(settings: Mapping[str, Any], seed: int) -> dict[str, Any]:
    fixed = {"objective": "binary", "num_threads": 1, "deterministic": True, "verbosity": -1,
             "force_row_wise": True, "seed": seed}  # fmt: skip
    return {**fixed, **settings}


def _boosted(teaching: Teaching, settings: Mapping[str, Any], rounds: int) -> Scores:
    X, categories = native_matrix(teaching.facts)
    data = lgb.Dataset(X, teaching.won, categorical_feature=categories)
    booster = lgb.train(_all_settings(settings, teaching.seed), data, num_boost_round=rounds)
    return lambda facts: np.asarray(booster.predict(native_matrix(facts)[0], num_threads=1))


def _pooled(
    teaching: Teaching, folds: list[tuple[Codes, Codes]], settings: Mapping[str, Any]
) -> tuple[float, int]:
    """Return the best mean loss over the folds together, and after how many rounds."""
    X, categories = native_matrix(teaching.facts)
    data = lgb.Dataset(X, teaching.won, categorical_feature=categories, free_raw_data=False)
    history = lgb.cv(
        {**_all_settings(settings, teaching.seed), "metric": "binary_logloss"},
        data,
        num_boost_round=MOST_ROUNDS,
        folds=folds,
        callbacks=[lgb.early_stopping(PATIENCE, verbose=False)],
    )
    curve = np.asarray(history["valid binary_logloss-mean"], dtype=np.float64)
    return float(curve.min()), int(curve.argmin()) + 1


def _summed_loss(log_odds: Vector, won: Vector) -> float:
    return float(np.logaddexp(0.0, log_odds).sum() - won @ log_odds)
