"""Weights that blend and calibrate the log-odds of the two parts, fitted out of fold."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

Vector = NDArray[np.float64]

RIDGE, SMALLEST_SHARE = 5.0, 0.01
"""Pull of the weights to where they start, in summed log-loss."""
DEALS_FOR_TREES, WITHOUT_EXPERT = 100, 30
"""Deals of the rarer outcome from which on the trees start with half of the weight: sooner where
no expert's points make the logistic part better than they are."""


@dataclass(frozen=True, slots=True)
class Stack:
    """Weights that blend and calibrate the two parts' log-odds."""

    logistic: float
    trees: float
    intercept: float

    def log_odds(self, logistic: Vector, trees: Vector) -> Vector:
        """Return the blended log-odds, of shape (n_deals,)."""
        return self.logistic * logistic + self.trees * trees + self.intercept

    def moved(self, shift: float) -> "Stack":
        """Return the stack with so much added to every log-odds."""
        return Stack(self.logistic, self.trees, self.intercept + shift)

    def drawn_to(self, log_odds: float, kept: float) -> "Stack":
        """Return the stack with a share of its distance from some log-odds kept."""
        return Stack(
            kept * self.logistic,
            kept * self.trees,
            kept * self.intercept + (1 - kept) * log_odds,
        )


LOGISTIC_ALONE = Stack(1.0, 0.0, 0.0)


def even_share(n_rarer: int, *, has_expert: bool) -> float:
    """Return the weight at which the trees start: one half, less on few deals.

    >>> [even_share(n, has_expert=True) for n in (0, 50, 5_000)]
    [0.0, 0.25, 0.5]
    """
    return 0.5 * min(1.0, n_rarer / (DEALS_FOR_TREES if has_expert else WITHOUT_EXPERT))


def fit_stack(
    logistic: Vector, trees: Vector, y: Vector, weights: Vector | None = None, share: float = 0.5
) -> Stack:
    """Fit the stack on out-of-fold log-odds; all arrays have shape (n_deals,).

    ``share`` is what the trees start with, the more firmly the less it is; the logistic part
    starts with the rest.
    """
    w = np.ones(len(y)) if weights is None else weights
    parts = np.column_stack([logistic, trees, np.ones(len(y))])
    start = np.array([1.0 - share, share, 0.0])
    ridge = RIDGE * np.array([1.0, 0.5 / max(share, SMALLEST_SHARE), 0.0])

    def loss_and_slope(theta: Vector, /, *_: object) -> tuple[float, Vector]:
        log_odds = parts @ theta
        off = theta - start
        loss = w @ (np.logaddexp(0.0, log_odds) - y * log_odds) + ridge @ off**2
        return float(loss), parts.T @ (w * (expit(log_odds) - y)) + 2 * ridge * off

    bounds = [(0.0, 3.0), (0.0, 3.0), (None, None)]
    from scipy.optimize import minimize  # noqa: PLC0415 (only fitting needs it)

    fitted = minimize(loss_and_slope, start, jac=True, method="L-BFGS-B", bounds=bounds)
    return Stack(*(float(weight) for weight in fitted.x))
