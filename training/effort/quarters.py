"""The quarters of decision days."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]
MONTHS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarterOfDeals:
    """Which deals were decided in a quarter (``2026Q1``, None: no day), shape (n_deals,)."""

    period: str | None
    rows: Mask


def quarters_of(days: NDArray[np.datetime64], among: Mask) -> tuple[QuarterOfDeals, ...]:
    """Return the quarters of some deals in order of time, those without a day last.

    >>> days = np.array(["2026-02-01", "NaT", "2025-12-31"], dtype="datetime64[D]")
    >>> [one.period for one in quarters_of(days, np.ones(3, dtype=bool))]
    ['2025Q4', '2026Q1', None]
    """
    undated = np.isnat(days)
    months = days.astype("datetime64[M]").astype(np.int64)
    quarters = [
        QuarterOfDeals(period=_name(number), rows=among & ~undated & (months // MONTHS == number))
        for number in np.unique(months[among & ~undated] // MONTHS).tolist()
    ]
    if (among & undated).any():
        quarters.append(QuarterOfDeals(period=None, rows=among & undated))
    return tuple(quarters)


def _name(number: int) -> str:
    """Return the name of a quarter counted from the first of 1970."""
    return f"{1970 + number // 4}Q{number % 4 + 1}"
