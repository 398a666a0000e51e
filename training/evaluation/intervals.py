"""An interval for each figure, from draws of whole groups of deals."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from reports.evaluation import Range
from training.evaluation.bootstrap import (
    N_SLOW_DRAWS,
    drawn_counts,
    drawn_sums,
    interval_of,
)
from training.evaluation.estimates import Estimates
from training.evaluation.metrics import cox_lines, log_losses, weighted_aucs

Vector = NDArray[np.float64]

WEIGHTS_AT_ONCE = 1_000_000


def intervals(estimates: Estimates, splits: Sequence[slice], *, seed: int) -> dict[str, Range]:
    """Return the 90 % intervals of the figures by name; those that cannot be told are left out.

    ``splits`` says where the estimates of each split stand: AUC and calibration line are those of
    each split, averaged.
    """
    drawn = _of_sums(estimates, seed) | _of_splits(estimates, splits, seed)
    found = ((name, interval_of(draws)) for name, draws in drawn.items())
    return {name: interval for name, interval in found if interval is not None}


def _of_sums(of: Estimates, seed: int) -> dict[str, Vector]:
    columns = (
        np.ones(len(of)),
        log_losses(of.p_win, of.won),
        log_losses(of.base, of.won),
        (of.p_win - of.won) ** 2,
        of.won,
        of.p_win,
    )
    n, loss, base, brier, won, expected = drawn_sums(
        np.column_stack(columns), of.cluster, seed=seed
    ).T
    return {
        "log_loss": loss / n,
        "skill": 1 - loss / base,
        "brier": brier / n,
        "observed_minus_expected": (won - expected) / n,
        "observed_to_expected": won / expected,
    }


def _of_splits(of: Estimates, splits: Sequence[slice], seed: int) -> dict[str, Vector]:
    """Return AUC, intercept and slope of each draw, averaged over the splits."""
    drawn: list[Vector] = []
    for counts in drawn_counts(of.n_clusters, N_SLOW_DRAWS, seed=seed):
        at_once = max(1, WEIGHTS_AT_ONCE // max(part.stop - part.start for part in splits))
        for start in range(0, len(counts), at_once):
            some = counts[start : start + at_once]
            each = [_ranked(of, part, some[:, of.cluster[part]]) for part in splits]
            drawn.append(_mean_over(np.stack(each)))
    aucs, intercepts, slopes = np.concatenate(drawn).T
    found = {"auc": aucs, "calibration_slope": slopes, "calibration_intercept": intercepts}
    return {"auc": aucs} if np.ptp(of.p_win) == 0 else found


def _ranked(of: Estimates, part: slice, weights: Vector) -> Vector:
    """Return AUC, intercept and slope of one split in each draw, shape (n_draws, 3)."""
    p_win, won = of.p_win[part], of.won[part]
    lines = cox_lines(p_win, won, weights)
    return np.column_stack([weighted_aucs(p_win, won, weights), lines])


def _mean_over(each: Vector) -> Vector:
    """Return the mean over splits that can be told, NaN where none can; shape (n_draws, 3)."""
    told = ~np.isnan(each)
    n = told.sum(axis=0)
    with np.errstate(invalid="ignore"):
        means: Vector = np.where(n > 0, np.where(told, each, 0.0).sum(axis=0) / n, np.nan)
    return means
