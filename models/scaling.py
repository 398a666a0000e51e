"""How the columns of the matrix become ones that a linear model can use."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.expert import ExpertPrior

Vector = NDArray[np.float64]

FAR = 1e12
"""Points are not held within the range that closed deals happened to have."""
DEALS_OF_OPINION = 2.0
"""How many deals the policy's idea of a usual deal counts for, where points are centred."""


@dataclass(frozen=True, slots=True)
class Scaling:
    """How raw columns become ones that a linear model can use.

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
    def learn(X: Vector, *, squeeze: bool = True, expert: ExpertPrior | None = None) -> "Scaling":
        """Return the scaling of a matrix of shape (n_deals, n_columns); NaN is unknown.

        Columns that hold points are only brought to the unit of the expert.
        """
        n_columns = X.shape[1]
        centre, spread = np.zeros(n_columns), np.ones(n_columns)
        points = np.zeros(n_columns, dtype=bool) if expert is None else expert.holds_points
        squeezed = (
            np.array([squeeze and _is_number(column) for column in X.T], dtype=bool) & ~points
        )
        for place in np.flatnonzero(squeezed):
            low, centre[place], high = np.nanquantile(X[:, place], (0.25, 0.5, 0.75))
            spread[place] = (high - low) or float(np.nanstd(X[:, place])) or 1.0
        raw = _squeeze(X, centre, spread, squeezed)
        known = ~np.isnan(raw)
        with_any = known.any(axis=0)
        low_ = np.where(with_any, np.fmin.reduce(raw, axis=0, initial=np.inf), 0.0)
        high_ = np.where(with_any, np.fmax.reduce(raw, axis=0, initial=-np.inf), 0.0)
        mean = np.where(known, raw, 0.0).sum(axis=0) / np.maximum(known.sum(axis=0), 1)
        if expert is not None:
            spread[points] = 1 / expert.unit[points]
            low_[points], high_[points] = -FAR, FAR
            mean[points] = _usual_points(X, expert)[points]
        return Scaling(centre, spread, squeezed, low_, high_, mean)

    def centred_column(self, place: int, column: Vector) -> Vector:
        """Return one column of many deals likewise, with the same bits."""
        raw: Vector = (column - self.centre[place]) / self.spread[place]
        if self.squeezed[place]:
            raw = np.arcsinh(raw)
        raw = np.clip(raw, self.low[place], self.high[place]) - self.mean[place]
        raw[np.isnan(raw)] = 0.0
        return raw

    def centred(self, X: Vector) -> Vector:
        """Return the columns around their training mean; unknown becomes exactly zero."""
        raw = np.clip(_squeeze(X, self.centre, self.spread, self.squeezed), self.low, self.high)
        return np.where(np.isnan(raw), 0.0, raw - self.mean)


def _usual_points(X: Vector, expert: ExpertPrior) -> Vector:
    """Return the mean points of closed deals in the expert's unit, drawn to the middle."""
    known = ~np.isnan(X)
    total = np.where(known, X, 0.0).sum(axis=0) + DEALS_OF_OPINION * expert.middle
    usual: Vector = total / (known.sum(axis=0) + DEALS_OF_OPINION) * expert.unit
    return usual


def _is_number(column: Vector) -> bool:
    known = column[~np.isnan(column)]
    return not np.isin(known, (0.0, 1.0)).all()


def _squeeze(X: Vector, centre: Vector, spread: Vector, squeezed: NDArray[np.bool_]) -> Vector:
    raw: Vector = (X - centre) / spread
    raw[:, squeezed] = np.arcsinh(raw[:, squeezed])
    return raw
