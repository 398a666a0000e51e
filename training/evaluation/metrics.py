"""Figures that compare probabilities with outcomes, for one set of weights or for many at once.

``p_win`` and ``won`` have shape (n_deals,). Weights have shape (n_draws, n_deals), how often each
deal counts in each draw of a bootstrap.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit

Vector = NDArray[np.float64]

ALMOST_SURE = 1e-6
STEPS = 25
LONGEST_STEP = 2.0
RIDGE = 1e-6
LONGEST_SLOPE = 50.0
"""Where outcomes follow the order of the probabilities without exception, no slope is finite."""


def log_losses(p_win: Vector, won: Vector) -> Vector:
    """Return each deal's log-loss in nats; a certainty that was wrong costs 14, not infinity.

    >>> log_losses(np.array([0.5, 0.8]), np.array([1.0, 0.0])).round(3).tolist()
    [0.693, 1.609]
    """
    p = np.clip(p_win, ALMOST_SURE, 1 - ALMOST_SURE)
    losses: Vector = -np.log(np.where(won == 1, p, 1 - p))
    return losses


def scores(p_win: Vector, won: Vector) -> dict[str, float]:
    """Return log-loss (nats), Brier score and, where both outcomes occur, AUC.

    >>> scores(np.array([0.5, 0.5]), np.array([1.0, 0.0]))["brier"]
    0.25
    """
    found = {
        "log_loss": float(log_losses(p_win, won).mean()),
        "brier": float(np.mean((p_win - won) ** 2)),
    }
    ranked = auc(p_win, won)
    return found if ranked is None else found | {"auc": ranked}


def auc(p_win: Vector, won: Vector) -> float | None:
    """Return how often a won deal ranks above one not won, ties counting half; None without both.

    >>> auc(np.array([0.2, 0.7, 0.7]), np.array([0.0, 1.0, 0.0]))
    0.75
    """
    found = float(weighted_aucs(p_win, won, np.ones((1, len(won))))[0])
    return None if np.isnan(found) else found


def weighted_aucs(p_win: Vector, won: Vector, weights: Vector) -> Vector:
    """Return the AUC of each draw, shape (n_draws,); NaN where a draw lacks an outcome."""
    order = np.argsort(p_win, kind="stable")
    starts = np.flatnonzero(np.diff(p_win[order], prepend=-np.inf))  # a tie is one place
    drawn = weights[:, order]
    wins = np.add.reduceat(drawn * won[order], starts, axis=1)
    losses = np.add.reduceat(drawn * (1 - won[order]), starts, axis=1)
    below = np.cumsum(losses, axis=1) - losses / 2
    pairs = wins.sum(axis=1) * losses.sum(axis=1)
    with np.errstate(invalid="ignore"):
        aucs: Vector = np.where(pairs > 0, (wins * below).sum(axis=1) / pairs, np.nan)
    return aucs


def calibration(p_win: Vector, won: Vector) -> dict[str, float]:
    """Return slope and intercept of outcomes on the log-odds: 1 and 0 when calibrated (Cox 1958).

    Empty where every deal has the same probability, or all ended alike: no slope can be told then.
    """
    if np.ptp(p_win) == 0 or np.ptp(won) == 0:
        return {}
    intercept, slope = cox_lines(p_win, won, np.ones((1, len(won))))[0]
    return {"calibration_slope": float(slope), "calibration_intercept": float(intercept)}


def cox_lines(p_win: Vector, won: Vector, weights: Vector) -> Vector:
    """Return intercept and slope of each draw, shape (n_draws, 2), by Newton's method.

    NaN where a draw lacks an outcome.
    """
    x = logit(np.clip(p_win, ALMOST_SURE, 1 - ALMOST_SURE))
    theta = np.tile([0.0, 1.0], (len(weights), 1))
    for _ in range(STEPS):
        p = expit(theta[:, :1] + theta[:, 1:] * x)
        slope, bend = weights * (won - p), weights * p * (1 - p) + 1e-12
        step = _solved(
            (bend.sum(axis=1), bend @ x, bend @ x**2 + RIDGE),
            (slope.sum(axis=1), slope @ x - RIDGE * theta[:, 1]),
        )
        step = np.clip(step, -LONGEST_STEP, LONGEST_STEP)
        theta = np.clip(theta + step, -LONGEST_SLOPE, LONGEST_SLOPE)
        if np.abs(step).max(initial=0.0) < 1e-8:  # noqa: PLR2004 (far below what is shown)
            break
    total, wins = weights.sum(axis=1), weights @ won
    both = (wins > 0) & (wins < total)
    return np.where(both[:, None], theta, np.nan)


def _solved(matrix: tuple[Vector, Vector, Vector], right: tuple[Vector, Vector]) -> Vector:
    """Return the solutions of many symmetric systems of two, shape (n_draws, 2)."""
    (a, b, c), (u, v) = matrix, right
    determinant = np.maximum(a * c - b * b, 1e-12)
    return np.column_stack([(c * u - b * v) / determinant, (a * v - b * u) / determinant])
