"""The win-probability estimator as it answers, once it is fitted, with nothing to fit with.

`models.win_probability.WinProbability` is the same with the fitting, as scikit-learn asks for it;
what answers does without scikit-learn.
"""

from typing import TYPE_CHECKING, Self

import numpy as np
from numpy.typing import NDArray

from models.evidence import Evidence
from models.forest import Forest
from models.logistic import Logistic
from models.stability import Stability
from models.stack import Stack

if TYPE_CHECKING:
    import lightgbm as lgb

Vector = NDArray[np.float64]


class FittedWinProbability:
    """Log-odds of winning, and what each column adds to them, from what was learned.

    Attributes
    ----------
    logistic_, forest_, stack_
        The two parts and their blend.
    background_, evidence_, contradicted_, conflicts_, stability_
        As `models.win_probability.WinProbability` says.
    """

    classes_: NDArray[np.int_]
    n_features_in_: int
    logistic_: Logistic
    forest_: Forest
    stack_: Stack
    evidence_: Evidence
    background_: Vector
    contradicted_: NDArray[np.bool_]
    conflicts_: Vector
    stability_: Stability | None

    @classmethod
    def restored(
        cls,
        *,
        logistic: Logistic,
        forest: Forest,
        stack: Stack,
        evidence: Evidence,
        background: Vector,
        contradicted: NDArray[np.bool_],
        conflicts: Vector,
        stability: Stability | None,
    ) -> Self:
        """Return a fitted estimator from its numbers, as an artifact keeps them."""
        model = cls()
        model.classes_ = np.array([0, 1])
        model.n_features_in_ = len(logistic.coefficients)
        model.logistic_, model.forest_ = logistic, forest
        model.stack_, model.evidence_, model.background_ = stack, evidence, background
        model.contradicted_, model.conflicts_ = contradicted, conflicts
        model.stability_ = stability
        return model

    def moved(self, shift: float) -> Self:
        """Return the estimator with so much added to every log-odds; nothing else changes."""
        return self.restored(
            logistic=self.logistic_,
            forest=self.forest_,
            stack=self.stack_.moved(shift),
            evidence=self.evidence_.moved(shift),
            background=self.background_,
            contradicted=self.contradicted_,
            conflicts=self.conflicts_,
            stability=self.stability_,
        )

    @property
    def trees_(self) -> "lgb.Booster | None":
        """The trees as LightGBM has them, None where there are none."""
        return self.forest_.booster

    def log_odds(self, X: Vector) -> Vector:
        """Return the log-odds for a matrix that is known to fit, of shape (n_deals,)."""
        linear = self.logistic_.log_odds(X)
        if self.forest_.is_empty or self.stack_.trees == 0.0:
            return self.stack_.log_odds(linear, np.zeros(len(X)))
        trees = self.forest_.log_odds_over(X, self.background_)
        return self.stack_.log_odds(linear, trees)

    def contributions(self, X: Vector, log_odds: Vector | None = None) -> tuple[Vector, Vector]:
        """Return what each column adds to the log-odds, and what is left: the baseline.

        Shapes (n_deals, n_columns) and (n_deals,); a row of the first plus its baseline is the
        deal's log-odds, which may be given where they are known. Linear terms are exact; the
        trees' are TreeSHAP (Lundberg 2020).
        """
        terms: Vector = self.stack_.logistic * self.logistic_.terms(X)
        if not self.forest_.is_empty and self.stack_.trees != 0.0:
            told = self.forest_.contributions_over(X, self.background_)
            terms = terms + self.stack_.trees * told
        total = self.log_odds(X) if log_odds is None else log_odds
        return terms, total - terms.sum(axis=1)
