"""Are promised shares of wins kept? Bins, their error, and what chance alone makes of it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.evidence import win_rate_interval
from reports.evaluation import CalibrationError, ReliabilityBin

Vector = NDArray[np.float64]

N_BINS = 10
N_SIMULATED = 1_000
AT_ONCE = 4_000_000
NULL_COVERAGE, NULL_HIGHEST = 0.90, 0.99


def reliability(
    p_win: Vector, won: Vector, *, n_deals: int | None = None
) -> tuple[ReliabilityBin, ...]:
    """Return up to ten bins of about equal size, in rising order of probability.

    ``n_deals`` says how many deals there are where some are judged more than once: a deal seen
    five times is not five deals, and the intervals count no more than there are.
    """
    share = 1.0 if n_deals is None else min(1.0, n_deals / max(len(won), 1))
    bins = []
    for rows in _bins(p_win):
        rate, counted = float(won[rows].mean()), max(1, round(len(rows) * share))
        low, high = win_rate_interval(round(rate * counted), counted)
        promised = float(p_win[rows].mean())
        bins.append(
            ReliabilityBin(deals=len(rows), promised=promised, won=rate, low=low, high=high)
        )
    return tuple(bins)


def calibration_error(p_win: Vector, won: Vector, *, seed: int) -> CalibrationError:
    """Return the expected calibration error over ten bins, and its band for a perfect model.

    A perfect model with these probabilities has one too, since outcomes are drawn: 0.11 at 100
    deals, 0.02 at 2,000. The band is told by drawing outcomes from the probabilities.
    """
    order = np.argsort(p_win, kind="stable")
    p, starts = p_win[order], np.array([rows[0] for rows in _bins(np.arange(len(p_win)))])
    value = float(_errors((p - won[order])[None], starts)[0])
    random = np.random.default_rng(seed)
    at_once = max(1, AT_ONCE // max(len(p), 1))
    simulated = np.concatenate(
        [
            _errors(p - (random.random((min(at_once, N_SIMULATED - start), len(p))) < p), starts)
            for start in range(0, N_SIMULATED, at_once)
        ]
    )
    tail = (1 - NULL_COVERAGE) / 2
    low, high, highest = np.quantile(simulated, (tail, 1 - tail, NULL_HIGHEST))
    as_large = (1 + int((simulated >= value).sum())) / (1 + N_SIMULATED)
    return CalibrationError(
        value=value,
        null_low=float(low),
        null_high=float(high),
        null_highest=float(highest),
        p=float(as_large),
    )


@dataclass(frozen=True, slots=True)
class BrierParts:
    """The Brier score taken apart: reliability - resolution + uncertainty + within.

    ``within`` is what the bins hide: how probabilities and outcomes vary inside them.
    """

    reliability: float
    resolution: float
    uncertainty: float
    within: float


def brier_parts(p_win: Vector, won: Vector) -> BrierParts:
    """Return the parts of the Brier score over ten bins (Murphy 1973; Stephenson 2008).

    >>> p, y = np.array([0.1, 0.4, 0.9, 0.8]), np.array([0.0, 1.0, 1.0, 1.0])
    >>> parts = brier_parts(p, y)
    >>> whole = parts.reliability - parts.resolution + parts.uncertainty + parts.within
    >>> bool(np.isclose(whole, np.mean((p - y) ** 2)))
    True
    """
    rate = won.mean()
    kept = resolved = within = 0.0
    for rows in _bins(p_win):
        p, y = p_win[rows], won[rows]
        kept += len(rows) * (p.mean() - y.mean()) ** 2
        resolved += len(rows) * (y.mean() - rate) ** 2
        off_p, off_y = p - p.mean(), y - y.mean()
        within += float((off_p**2 - 2 * off_p * off_y).sum())
    n = len(won)
    return BrierParts(
        float(kept / n), float(resolved / n), float(rate * (1 - rate)), float(within / n)
    )


def _bins(p_win: NDArray[np.generic]) -> list[NDArray[np.intp]]:
    order = np.argsort(p_win, kind="stable")
    return np.array_split(order, min(N_BINS, len(order)))


def _errors(gaps: Vector, starts: NDArray[np.intp]) -> Vector:
    """Return the mean absolute gap of bins, deals counting alike; shape (n_draws,)."""
    errors: Vector = np.abs(np.add.reduceat(gaps, starts, axis=1)).sum(axis=1) / gaps.shape[1]
    return errors
