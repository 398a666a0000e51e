"""The win-probability estimator: a calibrated stack of a logistic regression and small trees.

``logit p = a · logistic + b · trees + c`` with ``a, b ≥ 0``, fitted on out-of-fold log-odds and
drawn to one half. One step blends and calibrates; both parts are additive in log-odds, so the
contributions of the columns add up; both keep the declared directions, so the whole does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Self

import lightgbm as lgb
import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import minimize
from scipy.special import expit
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.model_selection import StratifiedGroupKFold
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import check_is_fitted, validate_data

from models.background import over_background
from models.boosting import cross_fit_trees, fit_trees, raw_contributions, raw_score, tree_settings
from models.evidence import Evidence
from models.logistic import Logistic, fit_logistic

Vector = NDArray[np.float64]
Fold = tuple[NDArray[np.intp], NDArray[np.intp]]

N_FOLDS, N_FOLDS_OF_MANY = 5, 3
PENALTIES = (1.0, 3.0, 10.0, 30.0)
MANY_DEALS = 20_000
MANY_DEALS_PENALTIES = (3.0,)
"""With this many deals the penalty hardly matters, nor do two more folds, and both are most of
the cost."""

N_BACKGROUND = 16
STACK_RIDGE = 5.0
"""Pull of the stack's weights to one half each, in summed log-loss."""


@dataclass(frozen=True, slots=True)
class Stack:
    """Weights that blend and calibrate the two parts' log-odds."""

    logistic: float
    trees: float
    intercept: float

    def log_odds(self, logistic: Vector, trees: Vector) -> Vector:
        """Return the blended log-odds, of shape (n_deals,)."""
        return self.logistic * logistic + self.trees * trees + self.intercept


def fit_stack(logistic: Vector, trees: Vector, y: Vector) -> Stack:
    """Fit the stack on out-of-fold log-odds; all arrays have shape (n_deals,)."""
    parts = np.column_stack([logistic, trees, np.ones(len(y))])

    def loss_and_slope(weights: Vector, /, *_: object) -> tuple[float, Vector]:
        logit = parts @ weights
        off_half = np.append(weights[:2] - 0.5, 0.0)
        loss = np.logaddexp(0.0, logit).sum() - y @ logit + STACK_RIDGE * off_half @ off_half
        return float(loss), parts.T @ (expit(logit) - y) + 2 * STACK_RIDGE * off_half

    bounds = [(0.0, 3.0), (0.0, 3.0), (None, None)]
    fitted = minimize(
        loss_and_slope, np.array([0.5, 0.5, 0.0]), jac=True, method="L-BFGS-B", bounds=bounds
    )
    return Stack(*(float(weight) for weight in fitted.x))


class WinProbability(ClassifierMixin, BaseEstimator):  # no types in sklearn
    """P(won) from a matrix of facts, calibrated on deals it did not learn from.

    Parameters
    ----------
    directions
        One of 1, 0, -1 a column: the log-odds never fall, are free, never rise in it.
    seed
        Fixes the folds and the trees.

    Attributes
    ----------
    logistic_, trees_, stack_
        The two parts and their blend.
    background_
        Some closed deals, shape (16, n_columns) at most, over whose answers the trees are averaged
        where a deal lacks one that all closed deals had.
    evidence_
        What became of comparable deals, by band of out-of-fold probability.
    p_out_of_fold_
        Shape (n_deals,), for the closed deals it was fitted on.

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> X = rng.normal(size=(200, 2))
    >>> y = (X[:, 0] + rng.normal(size=200) > 0).astype(int)
    >>> model = WinProbability(directions=(1, 0)).fit(X, y)
    >>> p_low, p_high = model.predict_proba([[-1, 0], [1, 0]])[:, 1]
    >>> bool(p_low < 0.35 < 0.65 < p_high)
    True
    """

    def __init__(self, *, directions: Sequence[int] | None = None, seed: int = 0) -> None:
        self.directions = directions
        self.seed = seed

    def fit(self, X: ArrayLike, y: ArrayLike, groups: ArrayLike | None = None) -> Self:
        """Learn from closed deals.

        Parameters
        ----------
        X
            Shape (n_deals, n_columns); NaN is unknown.
        y
            Shape (n_deals,), of two classes; the later one in sorted order is "won".
        groups
            Shape (n_deals,): deals of one group (twins, one account) are never learned from and
            judged by each other.
        """
        matrix, outcome = self._checked(X, y)
        ways = self._ways(matrix.shape[1])
        folds = _folds(matrix, outcome, groups, self.seed)
        penalty, logistic_out_of_fold = _cross_fit_logistic(matrix, outcome, folds, ways)
        settings = tree_settings(len(outcome), ways, self.seed)
        rounds, trees_out_of_fold = cross_fit_trees(matrix, outcome, folds, settings)
        self.logistic_ = fit_logistic(matrix, outcome, penalty=penalty, directions=ways)
        self.trees_ = fit_trees(matrix, outcome, settings, rounds)
        self.stack_ = fit_stack(logistic_out_of_fold, trees_out_of_fold, outcome)
        self.p_out_of_fold_ = expit(self.stack_.log_odds(logistic_out_of_fold, trees_out_of_fold))
        self.evidence_ = Evidence.learn(self.p_out_of_fold_, outcome)
        self.background_ = _background(matrix, self.seed)
        return self

    @classmethod
    def restored(
        cls,
        logistic: Logistic,
        trees: lgb.Booster,
        stack: Stack,
        evidence: Evidence,
        background: Vector,
    ) -> "WinProbability":
        """Return a fitted estimator from its numbers, as an artifact keeps them."""
        model = cls()
        model.classes_ = np.array([0, 1])
        model.n_features_in_ = len(logistic.coefficients)
        model.logistic_, model.trees_ = logistic, trees
        model.stack_, model.evidence_, model.background_ = stack, evidence, background
        return model

    def decision_function(self, X: ArrayLike) -> Vector:
        """Return the log-odds of winning, of shape (n_deals,)."""
        check_is_fitted(self)
        return self.log_odds(validate_data(self, X, reset=False, **_MATRIX))

    def log_odds(self, X: Vector) -> Vector:
        """Return the log-odds for a matrix that is known to fit, of shape (n_deals,)."""
        trees = over_background(partial(raw_score, self.trees_), X, self.background_)
        return self.stack_.log_odds(self.logistic_.log_odds(X), trees)

    def predict_proba(self, X: ArrayLike) -> Vector:
        """Return the probabilities of the two classes, of shape (n_deals, 2)."""
        p_win = expit(self.decision_function(X))
        return np.column_stack([1 - p_win, p_win])

    def predict(self, X: ArrayLike) -> NDArray[Any]:
        """Return the likelier class of each deal, of shape (n_deals,)."""
        wins = self.decision_function(X) > 0
        return np.asarray(self.classes_[wins.astype(int)])

    def contributions(self, X: Vector) -> tuple[Vector, Vector]:
        """Return what each column adds to the log-odds, and what is left: the baseline.

        Shapes (n_deals, n_columns) and (n_deals,); a row of the first plus its baseline is the
        deal's log-odds. Linear terms are exact; the trees' are TreeSHAP (Lundberg 2020).
        """
        linear = self.stack_.logistic * self.logistic_.terms(X)
        explain = partial(raw_contributions, self.trees_)
        terms = linear + self.stack_.trees * over_background(explain, X, self.background_)[:, :-1]
        return terms, self.log_odds(X) - terms.sum(axis=1)

    def _checked(self, X: ArrayLike, y: ArrayLike) -> tuple[Vector, Vector]:
        matrix, target = validate_data(self, X, y, **_MATRIX)
        check_classification_targets(target)
        self.classes_, outcome = np.unique(target, return_inverse=True)
        if len(self.classes_) != 2:  # noqa: PLR2004 (won and lost)
            raise ValueError(
                f"Only binary classification is supported; got {len(self.classes_)} class"
                f"{'' if len(self.classes_) == 1 else 'es'}."
            )
        return matrix, outcome.astype(np.float64)

    def _ways(self, n_columns: int) -> NDArray[np.int_]:
        ways = np.zeros(n_columns, dtype=int) if self.directions is None else self.directions
        if len(ways) != n_columns:
            raise ValueError(f"{len(ways)} directions for {n_columns} columns")
        return np.asarray(ways, dtype=int)

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.allow_nan = True
        tags.classifier_tags.multi_class = False
        return tags


_MATRIX: dict[str, Any] = {"dtype": np.float64, "ensure_all_finite": "allow-nan", "order": "C"}


def _background(X: Vector, seed: int) -> Vector:
    """Return some closed deals, with NaN in the columns that are not always answered."""
    rows = np.random.default_rng(seed).permutation(len(X))[:N_BACKGROUND]
    return np.where(np.isnan(X).any(axis=0), np.nan, X[np.sort(rows)])


def _folds(X: Vector, y: Vector, groups: ArrayLike | None, seed: int) -> list[Fold]:
    """Return folds that keep groups whole and the win rate even, fewer where a class is rare."""
    members = np.arange(len(y)) if groups is None else np.asarray(groups)
    rarer = min(len(np.unique(members[y == ended])) for ended in (0.0, 1.0))
    n_folds = int(np.clip(rarer, 2, N_FOLDS_OF_MANY if len(y) > MANY_DEALS else N_FOLDS))
    splitter = StratifiedGroupKFold(n_folds, shuffle=True, random_state=seed)
    return list(splitter.split(X, y, members))


def _cross_fit_logistic(
    X: Vector, y: Vector, folds: Sequence[Fold], ways: NDArray[np.int_]
) -> tuple[float, Vector]:
    """Return the best penalty, and the out-of-fold log-odds under it."""
    best_loss, best = np.inf, (PENALTIES[0], np.empty(0))
    for penalty in MANY_DEALS_PENALTIES if len(y) > MANY_DEALS else PENALTIES:
        log_odds = np.empty(len(y))
        for train, held_out in folds:
            part = fit_logistic(X[train], y[train], penalty=penalty, directions=ways)
            log_odds[held_out] = part.log_odds(X[held_out])
        loss = float(np.logaddexp(0.0, log_odds).sum() - y @ log_odds)
        if loss < best_loss:
            best_loss, best = loss, (penalty, log_odds)
    return best
