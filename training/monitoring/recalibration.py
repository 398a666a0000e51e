"""What a refit of one number, the intercept, would change, and whether it would do.

Log-odds move by one shift for all deals, which leaves their order alone; where the slope is off
too, a shift does not help and the model must learn again.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit

from reports.monitoring import InterceptShift, Refit, Slope

Vector = NDArray[np.float64]

ALMOST_SURE = 1e-6
PRIOR_SPREAD = 2.0
"""A Gaussian prior of that spread, in log-odds: hardly felt, and finite where all are won."""
MOST_STEPS = 100
TWO_SIDED = 1.959964


def intercept_shift(p_win: Vector, won: Vector) -> InterceptShift:
    """Return what to add to the log-odds of all deals; both arrays have shape (n_deals,).

    >>> shift = intercept_shift(np.full(1000, 0.5), np.repeat([1.0, 0.0], [250, 750]))
    >>> round(shift.value, 2), round(shift.se, 2), shift.n
    (-1.1, 0.07, 1000)
    """
    fitted, spread = _fit(np.ones((len(won), 1)), _log_odds(p_win), won)
    return InterceptShift(value=float(fitted[0]), se=float(spread[0]), n=len(won))


def slope(p_win: Vector, won: Vector) -> Slope | None:
    """Return the slope of outcomes on the log-odds (Cox 1958), its 95 % interval; 1 is right.

    None where every deal has the same probability.
    """
    log_odds = _log_odds(p_win)
    if not len(won) or np.ptp(log_odds) == 0:
        return None
    X = np.column_stack([np.ones(len(won)), log_odds])
    fitted, spread = _fit(X, log_odds, won)
    value, half = 1 + float(fitted[1]), TWO_SIDED * float(spread[1])
    return Slope(value=value, low=value - half, high=value + half, n=len(won))


def refit(p_win: Vector, won: Vector) -> Refit | None:
    """Return what a shift fitted on the older half does to the log-loss of the newer half.

    The deals are in order of closing; None below four of them.
    """
    half = len(won) // 2
    if half < 2:  # noqa: PLR2004 (a half of one deal is judged by nothing)
        return None
    shift = intercept_shift(p_win[:half], won[:half])
    newer, outcome = _log_odds(p_win[half:]), won[half:]
    return Refit(
        shift=shift,
        judged=len(outcome),
        before=_mean_loss(newer, outcome),
        after=_mean_loss(newer + shift.value, outcome),
    )


def shifted(p_win: Vector, shift: float) -> Vector:
    """Return probabilities whose log-odds are moved by a shift.

    >>> shifted(np.array([0.5]), np.log(3)).round(2).tolist()
    [0.75]
    """
    moved: Vector = expit(_log_odds(p_win) + shift)
    return moved


def mean_loss(p_win: Vector, won: Vector) -> float:
    """Return the mean log-loss in nats."""
    return _mean_loss(_log_odds(p_win), won)


def _log_odds(p_win: Vector) -> Vector:
    found: Vector = logit(np.clip(p_win, ALMOST_SURE, 1 - ALMOST_SURE))
    return found


def _mean_loss(log_odds: Vector, won: Vector) -> float:
    return float((np.logaddexp(0.0, log_odds) - won * log_odds).mean())


def _fit(X: Vector, offset: Vector, won: Vector) -> tuple[Vector, Vector]:
    """Return the coefficients around an offset and their standard errors (Newton, damped)."""
    precision = np.eye(X.shape[1]) / PRIOR_SPREAD**2
    theta = np.zeros(X.shape[1])

    def loss(at: Vector) -> float:
        log_odds = offset + X @ at
        told = np.logaddexp(0.0, log_odds).sum() - won @ log_odds
        return float(told + 0.5 * at @ precision @ at)

    for _ in range(MOST_STEPS):
        p = expit(offset + X @ theta)
        gradient = X.T @ (p - won) + precision @ theta
        curvature = (X.T * (p * (1 - p))) @ X + precision
        step = np.linalg.solve(curvature, gradient)
        size = 1.0
        while loss(theta - size * step) > loss(theta) and size > ALMOST_SURE:
            size /= 2
        theta = theta - size * step
        if np.abs(step).max() < ALMOST_SURE:
            break
    spread: Vector = np.sqrt(np.diag(np.linalg.inv(curvature)))
    return theta, spread
