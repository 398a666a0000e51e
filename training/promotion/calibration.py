"""Whether the spread of probabilities means what it says."""

from dataclasses import dataclass

import numpy as np
from scipy.special import expit, logit

from training.promotion.compare import Groups, Vector

ALMOST_SURE = 1e-6
STEPS = 50
CLOSE_ENOUGH = 1e-10
Z95 = 1.959964


@dataclass(frozen=True, slots=True)
class Slope:
    """The slope of outcomes on log-odds, 1 when calibrated (Cox 1958), with its 95 % interval."""

    value: float
    low: float
    high: float


def calibration_slope(p_win: Vector, won: Vector, groups: Groups) -> Slope | None:
    """Return the slope with an interval that lets deals of a group hang together.

    The error is the sandwich over groups (Liang and Zeger 1986). None where every deal has the
    same probability, where all ended alike, or where the log-odds part the outcomes: no slope can
    be told then.
    """
    log_odds = logit(np.clip(p_win, ALMOST_SURE, 1 - ALMOST_SURE))
    if np.ptp(log_odds) < ALMOST_SURE or np.ptp(won) == 0:
        return None
    X = np.column_stack([np.ones(len(won)), log_odds])
    weights = _fitted(X, won)
    if weights is None:
        return None
    fitted = expit(X @ weights)
    bread = np.linalg.inv((X * (fitted * (1 - fitted))[:, None]).T @ X)
    _, place = np.unique(groups, return_inverse=True)
    slopes = X * (won - fitted)[:, None]
    scores = np.column_stack([np.bincount(place, weights=column) for column in slopes.T])
    error = float(np.sqrt((bread @ (scores.T @ scores) @ bread)[1, 1]))
    slope = float(weights[1])
    return Slope(slope, slope - Z95 * error, slope + Z95 * error)


def _fitted(X: Vector, y: Vector) -> Vector | None:
    """Return the weights of a plain logistic regression by Newton's steps; None without any."""
    weights = np.array([0.0, 1.0])
    for _ in range(STEPS):
        p = expit(X @ weights)
        curvature = (X * (p * (1 - p))[:, None]).T @ X
        if np.linalg.cond(curvature) > 1 / CLOSE_ENOUGH:
            return None
        step = np.linalg.solve(curvature, X.T @ (y - p))
        weights = weights + step / max(1.0, float(np.abs(step).max()))
        if np.abs(step).max() < CLOSE_ENOUGH:
            return weights
    return None
