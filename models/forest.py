"""The trees of a model as they speak: small ones from their tables, larger ones through LightGBM.

LightGBM is loaded only where trees are too large for tables: it brings scikit-learn and pandas,
which take longer to load than all the rest of what answers.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from models.background import over_background
from models.small_trees import SmallTrees
from models.tree_batches import TreeBatches
from models.tree_text import columns_of

if TYPE_CHECKING:
    import lightgbm as lgb

Vector = NDArray[np.float64]

MANY_ROWS = 8_000
"""Below, a second thread mostly waits, and on a busy machine it waits for long."""
MANY_DEALS = 64
"""From so many on it is sooner to go tree by tree than deal by deal."""


def raw_score(booster: "lgb.Booster | None", X: Vector, *, rounds: int | None = None) -> Vector:
    """Return the trees' log-odds, of shape (n_deals,); zero without trees."""
    if booster is None or not len(X):  # LightGBM refuses to say nothing of nobody
        return np.zeros(len(X))
    threads = 1 if len(X) < MANY_ROWS else 0
    raw = booster.predict(X, raw_score=True, num_iteration=rounds, num_threads=threads)
    return np.asarray(raw, dtype=np.float64)


def raw_contributions(booster: "lgb.Booster | None", X: Vector) -> Vector:
    """Return exact TreeSHAP log-odds, of shape (n_deals, n_columns + 1); the last is the base."""
    if booster is None or not len(X):
        return np.zeros((len(X), X.shape[1] + 1))
    threads = 1 if len(X) < MANY_ROWS else 0
    terms = booster.predict(X, pred_contrib=True, num_threads=threads)
    return np.asarray(terms, dtype=np.float64).reshape(len(X), -1)


@dataclass(frozen=True)
class Forest:
    """The trees of a model in LightGBM's own text, None where there are none: they say nothing."""

    text: str | None

    @staticmethod
    def of(booster: "lgb.Booster | None") -> "Forest":
        """Return the forest of trees that were grown here."""
        if booster is None:
            return Forest(None)
        forest = Forest(booster.model_to_string())
        forest.__dict__["booster"] = booster
        return forest

    @property
    def is_empty(self) -> bool:
        """Whether there are no trees."""
        return self.text is None

    @property
    def n_columns(self) -> int | None:
        """How many columns the trees know, None where there are none."""
        return None if self.text is None else columns_of(self.text)

    @cached_property
    def booster(self) -> "lgb.Booster | None":
        """The trees as LightGBM has them; a damaged text kills the process here."""
        if self.text is None:
            return None
        import lightgbm  # noqa: PLC0415 (two seconds, and rarely needed)

        return lightgbm.Booster(model_str=self.text)

    def load(self) -> "Forest":
        """Read the text now rather than at the first deal.

        Raises
        ------
        ValueError
            When it is not LightGBM's text, or not whole.
        """
        if self.small is None:
            _ = self.booster
        return self

    @cached_property
    def small(self) -> SmallTrees | None:
        """The tables of the trees, None where they are too large."""
        return None if self.text is None else SmallTrees.of(self.text)

    @cached_property
    def _batches(self) -> TreeBatches | None:
        return None if self.small is None else TreeBatches(self.small)

    def log_odds(self, X: Vector) -> Vector:
        """Return the trees' log-odds, of shape (n_deals,)."""
        small = self.small
        return raw_score(self.booster, X) if small is None else small.log_odds(X)

    def contributions(self, X: Vector) -> Vector:
        """Return exact TreeSHAP log-odds, of shape (n_deals, n_columns)."""
        small = self.small
        if small is None:
            return raw_contributions(self.booster, X)[:, :-1]
        return small.contributions(X)

    def log_odds_over(self, X: Vector, background: Vector) -> Vector:
        """Return the log-odds averaged over a background where an answer is missing."""
        if self._batches is None or len(X) < MANY_DEALS or not len(background):
            return over_background(self.log_odds, X, background)
        return self._batches.log_odds(X, background)

    def contributions_over(self, X: Vector, background: Vector) -> Vector:
        """Return the contributions averaged over a background where an answer is missing."""
        if self._batches is None or len(X) < MANY_DEALS or not len(background):
            return over_background(self.contributions, X, background)
        return self._batches.contributions(X, background)
