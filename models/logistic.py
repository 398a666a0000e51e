"""Regularised logistic regression whose coefficients may be bounded by a known direction."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit

Vector = NDArray[np.float64]

MOST_ITERATIONS = 500


@dataclass(frozen=True, slots=True)
class Scaling:
    """How a raw column becomes one that a linear model can use.

    Numbers are centred on their median, divided by their interquartile range, squeezed by asinh
    (amounts span decades) and held within the range seen in training; columns of 0 and 1 stay as
    they are; NaN becomes the training mean, hence weighs nothing. All arrays have
    shape (n_columns,).
    """

    centre: Vector
    spread: Vector
    squeezed: NDArray[np.bool_]
    low: Vector
    high: Vector
    mean: Vector

    @staticmethod
    def learn(X: Vector, *, squeeze: bool = True) -> "Scaling":
        """Return the scaling of a matrix of shape (n_deals, n_columns); NaN is unknown."""
        n_columns = X.shape[1]
        centre, spread = np.zeros(n_columns), np.ones(n_columns)
        squeezed = np.array([squeeze and _is_number(column) for column in X.T], dtype=bool)
        for place in np.flatnonzero(squeezed):
            low, centre[place], high = np.nanquantile(X[:, place], (0.25, 0.5, 0.75))
            spread[place] = (high - low) or float(np.nanstd(X[:, place])) or 1.0
        raw = _squeeze(X, centre, spread, squeezed)
        known = ~np.isnan(raw)
        with_any = known.any(axis=0)
        low_, high_ = np.zeros(n_columns), np.zeros(n_columns)
        low_[with_any] = np.nanmin(raw[:, with_any], axis=0)
        high_[with_any] = np.nanmax(raw[:, with_any], axis=0)
        mean = np.where(known, raw, 0.0).sum(axis=0) / np.maximum(known.sum(axis=0), 1)
        return Scaling(centre, spread, squeezed, low_, high_, mean)

    def centred(self, X: Vector) -> Vector:
        """Return the columns around their training mean; unknown becomes exactly zero."""
        raw = np.clip(_squeeze(X, self.centre, self.spread, self.squeezed), self.low, self.high)
        return np.where(np.isnan(raw), 0.0, raw - self.mean)


def _is_number(column: Vector) -> bool:
    known = column[~np.isnan(column)]
    return not np.isin(known, (0.0, 1.0)).all()


def _squeeze(X: Vector, centre: Vector, spread: Vector, squeezed: NDArray[np.bool_]) -> Vector:
    raw: Vector = np.array(X, dtype=np.float64)
    raw[:, squeezed] = np.arcsinh((X[:, squeezed] - centre[squeezed]) / spread[squeezed])
    return raw


@dataclass(frozen=True, slots=True)
class Logistic:
    """A fitted logistic regression over scaled columns.

    ``coefficients`` has shape (n_columns,) and is in log-odds.
    """

    scaling: Scaling
    intercept: float
    coefficients: Vector

    def terms(self, X: Vector) -> Vector:
        """Return each column's log-odds, of shape (n_deals, n_columns)."""
        return self.scaling.centred(X) * self.coefficients

    def log_odds(self, X: Vector) -> Vector:
        """Return the log-odds of winning, of shape (n_deals,).

        The terms are added column by column, so that a deal gets the same last bit alone as
        among a million: a matrix product may group its additions by the shape of the batch.
        """
        total = np.full(len(X), self.intercept)
        for term in self.terms(X).T:
            total = total + term
        return total


def fit_logistic(
    X: Vector,
    y: Vector,
    *,
    penalty: float,
    directions: NDArray[np.int_] | None = None,
    squeeze: bool = True,
) -> Logistic:
    """Fit by penalised maximum likelihood (L-BFGS-B).

    Parameters
    ----------
    X
        Shape (n_deals, n_columns); NaN is unknown.
    y
        Shape (n_deals,); 1 where won.
    penalty
        Weight of half the squared coefficients against the summed log-loss, so that it is the
        precision of a Gaussian prior around zero.
    directions
        Shape (n_columns,): 1 keeps a coefficient at or above zero, -1 at or below, 0 leaves it.
    squeeze
        Whether numbers are brought to one scale first; log-odds are on theirs already.
    """
    scaling = Scaling.learn(X, squeeze=squeeze)
    Z = scaling.centred(X)
    rate = (y.sum() + 0.5) / (len(y) + 1.0)
    start = np.zeros(Z.shape[1] + 1)
    start[0] = np.log(rate / (1 - rate))

    def loss_and_slope(theta: Vector, /, *_: object) -> tuple[float, Vector]:
        logit = theta[0] + Z @ theta[1:]
        residual = expit(logit) - y
        loss = np.logaddexp(0.0, logit).sum() - y @ logit + 0.5 * penalty * theta[1:] @ theta[1:]
        return float(loss), np.append(residual.sum(), Z.T @ residual + penalty * theta[1:])

    bounds = [(None, None), *(_bounds(way) for way in _or_free(directions, Z.shape[1]))]
    fitted = minimize(
        loss_and_slope,
        start,
        jac=True,
        method="L-BFGS-B",
        bounds=bounds,
        options={"maxiter": MOST_ITERATIONS, "ftol": 1e-10, "gtol": 1e-8 * len(y)},
    )
    return Logistic(scaling, float(fitted.x[0]), fitted.x[1:])


def _or_free(directions: NDArray[np.int_] | None, n_columns: int) -> NDArray[np.int_]:
    return np.zeros(n_columns, dtype=int) if directions is None else directions


def _bounds(way: int) -> tuple[float | None, float | None]:
    return (0.0 if way > 0 else None, 0.0 if way < 0 else None)
