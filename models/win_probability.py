"""The win-probability estimator: a calibrated stack of a logistic regression and small trees.

``logit p = a · logistic + b · trees + c`` with ``a, b ≥ 0``, fitted on out-of-fold log-odds and
drawn to one half each. One step blends and calibrates; both parts are additive in log-odds, so the
contributions of the columns add up; both keep the directions, so the whole does. The logistic part
starts from the points of the policy (decision 0019), so that no closed deals are needed, and every
one more counts.
"""

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import check_is_fitted, validate_data
from threadpoolctl import threadpool_limits

from models.background import background_of
from models.boosting import Effort
from models.evidence import Evidence
from models.expert import ExpertPrior
from models.fitted import FittedWinProbability
from models.forest import Forest
from models.recipe import Taught, learn_parts
from models.stability import Stability

Vector = NDArray[np.float64]

_MATRIX: dict[str, Any] = {"dtype": np.float64, "ensure_all_finite": "allow-nan", "order": "C"}


class WinProbability(FittedWinProbability, ClassifierMixin, BaseEstimator):  # no types in sklearn
    """P(won) from a matrix of facts, calibrated on deals it did not learn from.

    Parameters
    ----------
    directions
        One of 1, 0, -1 a column: the log-odds never fall, are free, never rise in it.
    expected
        Likewise, but given up where closed deals clearly contradict it.
    expert
        What the policy expects of the columns that hold points. With it, any number of deals is
        enough, and none too.
    effort
        ``quick`` tries less, ``thorough`` searches the trees' settings.
    refits
        Whether to learn how stable the estimates are, which costs twenty small refits.
    seed
        Fixes the folds and the trees. The number of threads changes nothing.

    Attributes
    ----------
    logistic_, trees_, stack_
        The two parts and their blend; ``trees_`` is None on too few deals for any, ``forest_``
        is what they say.
    contradicted_
        Shape (n_columns,): where the expected direction was given up.
    conflicts_
        Shape (n_columns,): by how many standard errors closed deals speak against a direction,
        given up or kept; zero where they do not clearly.
    background_
        Some closed deals, shape (16, n_columns) at most, over whose answers the trees are averaged
        where a deal lacks one that all closed deals had.
    evidence_
        What became of comparable deals, by band of out-of-fold probability.
    stability_
        What refits say differently, None where not asked for or on too few deals.
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

    def __init__(
        self,
        *,
        directions: Sequence[int] | None = None,
        expected: Sequence[int] | None = None,
        expert: ExpertPrior | None = None,
        effort: Effort = "normal",
        refits: bool = False,
        seed: int = 0,
    ) -> None:
        self.directions = directions
        self.expected = expected
        self.expert = expert
        self.effort = effort
        self.refits = refits
        self.seed = seed

    def fit(
        self,
        X: ArrayLike,
        y: ArrayLike,
        groups: ArrayLike | None = None,
        *,
        weights: ArrayLike | None = None,
        closed_on: NDArray[np.datetime64] | None = None,
    ) -> Self:
        """Learn from closed deals.

        Parameters
        ----------
        X
            Shape (n_deals, n_columns); NaN is unknown.
        y
            Shape (n_deals,), of two classes; the later one in sorted order is "won". With an
            expert, 0 and 1, of which one or both may be absent.
        groups
            Shape (n_deals,): deals of one group (twins, one account) are never learned from and
            judged by each other.
        weights
            Shape (n_deals,): how much each deal counts; one each by default.
        closed_on
            Shape (n_deals,): with it, what the later deals do not bear out is given up.
        """
        matrix, outcome = self._checked(X, y)
        n_deals, n_columns = matrix.shape
        taught = Taught(
            X=matrix,
            y=outcome,
            groups=np.arange(n_deals) if groups is None else np.asarray(groups),
            weights=np.ones(n_deals) if weights is None else np.asarray(weights, dtype=float),
            closed_on=closed_on,
            firm=self._ways(self.directions, n_columns),
            expected=self._ways(self.expected, n_columns),
            expert=self.expert,
        )
        # Sums by several threads differ in the last bit with their number.
        with threadpool_limits(1, "blas"):
            parts = learn_parts(taught, self.effort, self.seed)
        self.logistic_, self.stack_ = parts.logistic, parts.stack
        self.forest_ = Forest.of(parts.trees)
        self.recipe_, self.contradicted_ = parts.recipe, parts.contradicted
        self.conflicts_ = parts.conflicts
        self.background_ = background_of(matrix, self.seed)
        self.p_out_of_fold_ = expit(parts.log_odds_out_of_fold)
        self.evidence_ = Evidence.learn(self.p_out_of_fold_, outcome)
        self.stability_ = self._stability(taught)
        return self

    def _stability(self, taught: Taught) -> Stability | None:
        if not self.refits:
            return None
        with threadpool_limits(1, "blas"):
            return Stability.learn(taught, self.recipe_, self.logistic_.scaling, self.seed)

    def decision_function(self, X: ArrayLike) -> Vector:
        """Return the log-odds of winning, of shape (n_deals,)."""
        check_is_fitted(self)
        return self.log_odds(validate_data(self, X, reset=False, **_MATRIX))

    def predict_proba(self, X: ArrayLike) -> Vector:
        """Return the probabilities of the two classes, of shape (n_deals, 2)."""
        p_win = expit(self.decision_function(X))
        return np.column_stack([1 - p_win, p_win])

    def predict(self, X: ArrayLike) -> NDArray[Any]:
        """Return the likelier class of each deal, of shape (n_deals,)."""
        wins = self.decision_function(X) > 0
        return np.asarray(self.classes_[wins.astype(int)])

    def _checked(self, X: ArrayLike, y: ArrayLike) -> tuple[Vector, Vector]:
        if self.expert is not None:
            return self._checked_with_an_expert(X, y, self.expert)
        if np.asarray(y).shape == (0,):
            raise ValueError("no closed deals and no expert: there is nothing to learn from")
        matrix, target = validate_data(self, X, y, **_MATRIX)
        check_classification_targets(target)
        self.classes_, outcome = np.unique(target, return_inverse=True)
        if len(self.classes_) != 2:  # noqa: PLR2004 (won and lost)
            raise ValueError(
                f"Only binary classification is supported; got {len(self.classes_)} class"
                f"{'' if len(self.classes_) == 1 else 'es'}."
            )
        return matrix, outcome.astype(np.float64)

    def _checked_with_an_expert(
        self, X: ArrayLike, y: ArrayLike, expert: ExpertPrior
    ) -> tuple[Vector, Vector]:
        """Return matrix and outcome, of which there may be none at all."""
        outcome = np.asarray(y, dtype=np.float64)
        if not len(outcome):
            matrix: Vector = np.asarray(X, dtype=np.float64)
            if matrix.ndim != 2:  # noqa: PLR2004 (an empty list says nothing of the columns)
                matrix = np.empty((0, len(expert.unit)), dtype=np.float64)
            self.n_features_in_ = matrix.shape[1]
        else:
            matrix, outcome = validate_data(self, X, outcome, **_MATRIX)
        if not np.isin(outcome, (0.0, 1.0)).all():
            raise ValueError("with an expert, outcomes are 0 and 1 (of this class and that)")
        self.classes_ = np.array([0, 1])
        return matrix, outcome

    def _ways(self, signs: Sequence[int] | None, n_columns: int) -> NDArray[np.int_]:
        ways = np.zeros(n_columns, dtype=int) if signs is None else signs
        if len(ways) != n_columns:
            raise ValueError(f"{len(ways)} directions for {n_columns} columns")
        return np.asarray(ways, dtype=int)

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.allow_nan = True
        tags.classifier_tags.multi_class = False
        return tags
