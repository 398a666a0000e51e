"""The days of a column where nobody asked for them: read as far as they can be."""

from collections.abc import Iterable
from datetime import date

import numpy as np
from numpy.typing import NDArray

from training.field_columns import day_column
from training.readers.conventions import Conventions
from training.sources.raw_table import RawTable


def readable_days(
    raw: RawTable, header: str | None, conventions: Conventions
) -> NDArray[np.datetime64] | None:
    """Return a column as days, NaT where empty or unreadable; shape (n_rows,).

    None where there is no column, nothing in it can be read, or nothing tells the day from the
    month.
    """
    if header is None:
        return None
    days, problems = day_column(raw.table.column(header), (), conventions)
    return None if problems and np.isnat(days).all() else days


def first_days(columns: Iterable[NDArray[np.datetime64]]) -> NDArray[np.datetime64] | None:
    """Return for each deal the first day that a column has for it, None without any column.

    >>> won, lost = (np.array(days, "datetime64[D]") for days in (["2026-01-02", ""], ["", ""]))
    >>> [str(day) for day in first_days([lost, won])]
    ['2026-01-02', 'NaT']
    """
    found: NDArray[np.datetime64] | None = None
    for days in columns:
        found = days if found is None else np.where(np.isnat(found), days, found)
    return found


def filled_days(
    days: NDArray[np.datetime64] | None, as_of: date, n_deals: int
) -> NDArray[np.datetime64]:
    """Return the day of each deal, the given one where the source has none."""
    today = np.full(n_deals, np.datetime64(as_of, "D"))
    return today if days is None else np.where(np.isnat(days), today, days)
