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


def minimise(
    Z: Vector, y: Vector, weights: Vector, prior: GaussianPrior, bounds: Vector, start: Vector
) -> Vector:
    """Return intercept, coefficients, and one more parameter that only the prior knows.

    Shapes: ``Z`` (n_deals, n_columns), ``y`` and ``weights`` (n_deals,), ``bounds``
    (2, n_columns + 2), ``start`` and the answer (n_columns + 2,).
    """
    low, high = bounds
    theta = np.clip(start, low, high)
    value = _loss(Z, y, weights, theta) + prior.loss(theta)
    for _ in range(MOST_STEPS):
        slope, curve = derivatives(Z, y, weights, theta)
        slope += prior.precision @ (theta - prior.centre)
        free = ~(((theta <= low) & (slope > 0)) | ((theta >= high) & (slope < 0)))
        step = np.zeros_like(theta)
        hessian = (curve + prior.precision)[np.ix_(free, free)]
        step[free] = -_solved(hessian, slope[free])
        gain = -float(slope @ step)
        if gain <= CLOSE_ENOUGH * max(1.0, abs(value)):
            break
        theta, value, moved = _cut_back(
            Z, y, weights, prior, (low, high), theta, step, value, slope
        )
        if not moved:
            break
    return theta


def _cut_back(
    Z: Vector,
    y: Vector,
    weights: Vector,
    prior: GaussianPrior,
    bounds: tuple[Vector, Vector],
    theta: Vector,
    step: Vector,
    value: float,
    slope: Vector,
) -> tuple[Vector, float, bool]:
    """Return the first point along the projected step where the loss has fallen enough."""
    length = 1.0
    for _ in range(MOST_CUTS):
        tried = np.clip(theta + length * step, *bounds)
        found = _loss(Z, y, weights, tried) + prior.loss(tried)
        if found <= value + 1e-4 * float(slope @ (tried - theta)):
            return tried, found, True
        length /= 2
    return theta, value, False


def _solved(hessian: Vector, slope: Vector) -> Vector:
    """Return the Newton step; a little ridge where a column of no variance has no penalty."""
    ridge = 1e-10 * (1.0 + np.abs(np.diag(hessian)).max(initial=0.0))
    found: Vector = np.linalg.solve(hessian + ridge * np.eye(len(slope)), slope)
    return found


def _pieces(n_deals: int) -> list[slice]:
    return [slice(at, at + ROWS_AT_ONCE) for at in range(0, n_deals, ROWS_AT_ONCE)]


def _loss(Z: Vector, y: Vector, weights: Vector, theta: Vector) -> float:
    total = 0.0
    for rows in _pieces(len(y)):
        log_odds = theta[0] + Z[rows] @ theta[1:-1]
        total += float(weights[rows] @ (np.logaddexp(0.0, log_odds) - y[rows] * log_odds))
    return total


def derivatives(Z: Vector, y: Vector, weights: Vector, theta: Vector) -> tuple[Vector, Vector]:
    """Return slope (n,) and curvature (n, n) of the loss, summed piece by piece in one order."""
    slope, curve = np.zeros(len(theta)), np.zeros((len(theta), len(theta)))
    for rows in _pieces(len(y)):
        piece, w = Z[rows], weights[rows]
        p = expit(theta[0] + piece @ theta[1:-1])
        residual, bend = w * (p - y[rows]), w * p * (1 - p)
        slope[0] += residual.sum()
        slope[1:-1] += residual @ piece
        bent = piece * bend[:, None]
        curve[0, 0] += bend.sum()
        curve[0, 1:-1] += bent.sum(axis=0)
        curve[1:-1, 1:-1] += piece.T @ bent
    curve[1:-1, 0] = curve[0, 1:-1]
    return slope, curve
