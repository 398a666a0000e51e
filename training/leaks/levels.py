"""A column as a few levels: its values where they are few, ranges of them where they are many."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

DEALS_A_RANGE = 25
FEWEST_RANGES, MOST_RANGES = 4, 64


@dataclass(frozen=True)
class Levels:
    """The level of each deal, shape (n_deals,); 0 is empty, ``names[code - 1]`` names the others.

    ``distinct`` counts the values that the column has.
    """

    codes: NDArray[np.intp]
    names: tuple[str, ...]
    distinct: int

    @cached_property
    def filled(self) -> NDArray[np.bool_]:
        """Which deals have a value."""
        return self.codes > 0

    @property
    def unique_share(self) -> float:
        """How many values there are for each deal that has one; 1 where all differ."""
        return self.distinct / max(int(self.filled.sum()), 1)

    def counts(self, won: NDArray[np.float64]) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
        """Return the deals and the won deals of each level, empty first."""
        size = len(self.names) + 1
        wins = np.asarray(np.bincount(self.codes, won, size), dtype=np.float64)
        return np.bincount(self.codes, minlength=size), wins


def levels_of(column: "pd.Series[Any]") -> Levels:
    """Return the levels of a column.

    >>> levels_of(pd.Series(["a", None, "b", "a"])).codes.tolist()
    [1, 0, 2, 1]
    >>> found = levels_of(pd.Series(range(1000), dtype=float))
    >>> len(found.names), found.names[0], found.distinct
    (40, '≤ 24', 1000)
    """
    if isinstance(column.dtype, np.dtype) and column.dtype.kind in "fiuM":
        return _of_numbers(column)
    codes, names = pd.factorize(column)
    return Levels(codes + 1, tuple(map(str, names)), len(names))


def _of_numbers(column: "pd.Series[Any]") -> Levels:
    codes, values = pd.factorize(column, sort=True)
    distinct = np.asarray(values)
    filled = codes >= 0
    n_ranges = int(np.clip(filled.sum() // DEALS_A_RANGE, FEWEST_RANGES, MOST_RANGES))
    if len(distinct) <= n_ranges:
        return Levels(codes + 1, tuple(_written(value) for value in distinct), len(distinct))
    # By rank, so that a value which many deals share has a range of its own.
    counts = np.bincount(codes[filled], minlength=len(distinct))
    before = np.cumsum(counts) - counts
    ranges = np.unique(before * n_ranges // max(int(filled.sum()), 1), return_inverse=True)[1]
    last = np.flatnonzero(np.diff(ranges, append=ranges[-1] + 1))
    first = np.r_[0, last[:-1] + 1]
    names = tuple(
        _range(distinct[low], distinct[high], lowest=low == 0)
        for low, high in zip(first, last, strict=True)
    )
    return Levels(np.where(filled, ranges[codes] + 1, 0), names, len(distinct))


def _range(low: object, high: object, *, lowest: bool) -> str:
    if low == high:
        return _written(low)
    return f"≤ {_written(high)}" if lowest else f"{_written(low)} … {_written(high)}"


def _written(value: object) -> str:
    if isinstance(value, (float, np.floating)):
        return f"{value:.6g}"
    return str(value)[:10] if isinstance(value, np.datetime64) else str(value)
