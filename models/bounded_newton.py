"""Newton's method for a logistic loss with a Gaussian prior and bounds (Bertsekas 1982).

Coefficients at a bound that the slope pushes outwards stand still; the others take a Newton step,
cut back until the loss falls. The problem is convex, so there is one answer, whatever the start.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

Vector = NDArray[np.float64]

MOST_STEPS, MOST_CUTS = 60, 30
CLOSE_ENOUGH = 1e-11
ROWS_AT_ONCE = 16_384


@dataclass(frozen=True, slots=True)
class GaussianPrior:
    """A centre, shape (n,), and a precision, shape (n, n), of the parameters."""

    centre: Vector
    precision: Vector

    def loss(self, theta: Vector) -> float:
        """Return the negative log-density, but for a constant."""
        off = theta - self.centre
        return float(0.5 * off @ self.precision @ off)

    def slope(self, theta: Vector) -> Vector:
        """Return the derivative of the loss."""
        found: Vector = self.precision @ (theta - self.centre)
        return found


@dataclass(frozen=True, slots=True)
class LogisticLoss:
    """The weighed log-loss of closed deals; the sums go piece by piece, in one order.

    Shapes: ``Z`` (n_deals, n_columns), ``y`` and ``weights`` (n_deals,). The parameters are an
    intercept, a coefficient a column, and one more that only the prior knows.
    """

    Z: Vector
    y: Vector
    weights: Vector

    def every(self, step: int) -> "LogisticLoss":
        """Return the loss of every so many deals, for a first guess."""
        return LogisticLoss(self.Z[::step], self.y[::step], self.weights[::step])

    def at(self, theta: Vector) -> float:
        """Return the loss, in nats."""
        total = 0.0
        for rows in self._pieces():
            log_odds = theta[0] + self.Z[rows] @ theta[1:-1]
            loss = np.logaddexp(0.0, log_odds) - self.y[rows] * log_odds
            total += float(self.weights[rows] @ loss)
        return total

    def derivatives(self, theta: Vector) -> tuple[Vector, Vector]:
        """Return slope (n,) and curvature (n, n)."""
        slope, curve = np.zeros(len(theta)), np.zeros((len(theta), len(theta)))
        for rows in self._pieces():
            piece, w = self.Z[rows], self.weights[rows]
            p = expit(theta[0] + piece @ theta[1:-1])
            residual, bend = w * (p - self.y[rows]), w * p * (1 - p)
            slope[0] += residual.sum()
            slope[1:-1] += residual @ piece
            bent = piece * bend[:, None]
            curve[0, 0] += bend.sum()
            curve[0, 1:-1] += bent.sum(axis=0)
            curve[1:-1, 1:-1] += piece.T @ bent
        curve[1:-1, 0] = curve[0, 1:-1]
        return slope, curve

    def _pieces(self) -> list[slice]:
        return [slice(at, at + ROWS_AT_ONCE) for at in range(0, len(self.y), ROWS_AT_ONCE)]


def minimise(loss: LogisticLoss, prior: GaussianPrior, bounds: Vector, start: Vector) -> Vector:
    """Return the parameters of least loss; ``bounds`` has shape (2, n), the others (n,)."""
    low, high = bounds
    theta = np.clip(start, low, high)
    value = loss.at(theta) + prior.loss(theta)
    for _ in range(MOST_STEPS):
        slope, curve = loss.derivatives(theta)
        slope += prior.slope(theta)
        free = ~(((theta <= low) & (slope > 0)) | ((theta >= high) & (slope < 0)))
        step = np.zeros_like(theta)
        step[free] = -_solved((curve + prior.precision)[np.ix_(free, free)], slope[free])
        if -float(slope @ step) <= CLOSE_ENOUGH * max(1.0, abs(value)):
            break
        for cut in range(MOST_CUTS):
            tried = np.clip(theta + step / 2**cut, low, high)
            found = loss.at(tried) + prior.loss(tried)
            if found <= value + 1e-4 * float(slope @ (tried - theta)):
                break
        else:
            break  # nothing falls any more: the last digits
        theta, value = tried, found
    return theta


def _solved(hessian: Vector, slope: Vector) -> Vector:
    """Return the Newton step; a little ridge where a column of no variance has no penalty."""
    ridge = 1e-10 * (1.0 + np.abs(np.diag(hessian)).max(initial=0.0))
    found: Vector = np.linalg.solve(hessian + ridge * np.eye(len(slope)), slope)
    return found
