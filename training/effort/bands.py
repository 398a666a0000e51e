"""Bands of deals by what they were worth on their decision days, or by how likely they were."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from reports.effort.report import BandName
from training.effort.pursuits import Pursuits

Vector = NDArray[np.float64]
Mask = NDArray[np.bool_]

THIRDS: tuple[BandName, ...] = ("low", "middle", "top")
P_WIN_EDGES = (0.0, 0.1, 0.2, 0.4, 0.6, 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class BandOfDeals:
    """Which deals are in a band, shape (n_deals,), and its ends; None is open."""

    name: BandName
    rows: Mask
    least: float | None = None
    most: float | None = None


def bands_of(deals: Pursuits) -> tuple[BandOfDeals, ...]:
    """Return the bands, each pursued deal in exactly one; the last is of what nobody knew."""
    bands = _by_p_win(deals) if deals.expected is None else _by_value(deals, deals.expected)
    told = np.logical_or.reduce([band.rows for band in bands])
    return (*bands, BandOfDeals(name="unknown", rows=deals.pursued & ~told))


def _by_value(deals: Pursuits, expected: Vector) -> tuple[BandOfDeals, ...]:
    """Return the negative values in two bands, and the others in thirds of as many deals."""
    pursued = deals.pursued
    negative = pursued & deals.below_zero
    others = pursued & ~deals.below_zero & ~np.isnan(expected)
    cuts = _cuts(expected[others])
    place = np.searchsorted(cuts, np.nan_to_num(expected), side="right")
    ends = (0.0, *cuts.tolist(), None) if others.any() else (None, None, None, None)
    return (
        BandOfDeals(name="never_pays", rows=negative & deals.never_pays),
        BandOfDeals(name="below_break_even", rows=negative & ~deals.never_pays, most=0.0),
        *(
            BandOfDeals(name=name, rows=others & (place == n), least=ends[n], most=ends[n + 1])
            for n, name in enumerate(THIRDS)
        ),
    )


def _cuts(values: Vector) -> Vector:
    """Return the two cuts between thirds of the values."""
    return np.quantile(values, (1 / 3, 2 / 3)) if len(values) else np.zeros(2)


def _by_p_win(deals: Pursuits) -> tuple[BandOfDeals, ...]:
    pursued, p_win = deals.pursued, deals.p_win
    return tuple(
        BandOfDeals(
            name="p_win",
            rows=pursued & (p_win >= least) & ((p_win < most) | (most == P_WIN_EDGES[-1])),
            least=least,
            most=most,
        )
        for least, most in pairwise(P_WIN_EDGES)
    )
