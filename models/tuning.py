"""A search for the settings of the trees, for who has the time: tree-structured Parzen estimators.

It is judged by the same pooled out-of-fold loss as the usual candidates, starts from them and so
never does worse there. Only thorough training imports this module: optuna is slow to load.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import optuna
from numpy.typing import NDArray
from optuna.distributions import (
    BaseDistribution,
    CategoricalDistribution,
    FloatDistribution,
    IntDistribution,
)

from models.boosting import CrossFitted, cross_fit_trees
from models.folds import Fold

Vector = NDArray[np.float64]

MOST_TRIALS, FEWEST_TRIALS = 30, 8
DEALS_TO_TRY = 600_000
"""Deals times trials, about: with more deals a trial costs more, and settings matter less."""

SPACE: Mapping[str, BaseDistribution] = {
    "num_leaves": IntDistribution(2, 63, log=True),
    "learning_rate": FloatDistribution(0.02, 0.2, log=True),
    "min_data_in_leaf": IntDistribution(5, 200, log=True),
    "lambda_l2": FloatDistribution(0.1, 100.0, log=True),
    "feature_fraction": FloatDistribution(0.3, 1.0),
    "max_bin": IntDistribution(15, 1023, log=True),
    "extra_trees": CategoricalDistribution((False, True)),
}
"""LightGBM's parameters that are searched; every usual candidate lies within."""


def trials_for(n_deals: int) -> int:
    """Return how many settings to try beside the usual ones.

    >>> [trials_for(n) for n in (100, 20_000, 30_000, 1_000_000)]
    [30, 30, 20, 8]
    """
    return int(np.clip(DEALS_TO_TRY // max(n_deals, 1), FEWEST_TRIALS, MOST_TRIALS))


def search_trees(
    X: Vector,
    y: Vector,
    weights: Vector,
    folds: Sequence[Fold],
    candidates: Sequence[dict[str, Any]],
    *,
    seed: int,
    trials: int | None = None,
) -> CrossFitted:
    """Return the settings that do best out of fold, among candidates and what a search finds.

    Parameters
    ----------
    X, y, weights
        Shapes (n_deals, n_columns), (n_deals,) and (n_deals,): the deals that teach, no others.
    candidates
        Settings to start from, at least one; what is not searched is taken from the first.
    seed
        Fixes the search (Bergstra et al. 2011), which runs in this one process.
    trials
        How many settings to try beside the candidates; by default as many as `trials_for` says.
    """
    study = _study(seed)
    best: CrossFitted | None = None
    for settings in candidates:
        found = cross_fit_trees(X, y, weights, folds, settings)
        study.add_trial(_told(settings, found.loss))
        best = _better(best, found)
    for _ in range(trials_for(len(y)) if trials is None else trials):
        trial = study.ask(dict(SPACE))
        found = cross_fit_trees(X, y, weights, folds, {**candidates[0], **trial.params})
        study.tell(trial, found.loss)
        best = _better(best, found)
    if best is None:
        raise ValueError("no candidates to start from")
    return best


def _study(seed: int) -> optuna.Study:
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    return optuna.create_study(sampler=optuna.samplers.TPESampler(seed=seed))


def _told(settings: Mapping[str, Any], loss: float) -> optuna.trial.FrozenTrial:
    """Return a trial that is over, for the search to learn from."""
    params = {name: settings[name] for name in SPACE}
    return optuna.trial.create_trial(params=params, distributions=dict(SPACE), value=loss)


def _better(best: CrossFitted | None, found: CrossFitted) -> CrossFitted:
    """Return the one of less loss; the earlier one where they are alike."""
    return found if best is None or found.loss < best.loss else best
