"""The day on which each deal of a file closed or, while it is open, was expected to."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from training.days import first_days, readable_days
from training.readers.conventions import Conventions
from training.sources.raw_table import RawTable


def due_days(
    raw: RawTable,
    *,
    closed: Sequence[str],
    expected: Sequence[str],
    is_open: NDArray[np.bool_],
) -> tuple[NDArray[np.datetime64], tuple[str, ...]]:
    """Return the days, NaT where none is known, and the columns whose days cannot be read.

    Without its closing day a closed deal still counts on the one it was expected to close. All
    arrays have shape (n_rows,).
    """
    conventions = Conventions(raw.table)
    read = {name: readable_days(raw, name, conventions) for name in {*closed, *expected}}
    ended, planned = (_first(raw, (read[name] for name in one)) for one in (closed, expected))
    unread = dict.fromkeys(name for name in (*expected, *closed) if read[name] is None)
    return np.where(is_open | np.isnat(ended), planned, ended), tuple(unread)


def _first(
    raw: RawTable, columns: Iterable[NDArray[np.datetime64] | None]
) -> NDArray[np.datetime64]:
    found = first_days(days for days in columns if days is not None)
    return np.full(len(raw), "NaT", dtype="datetime64[D]") if found is None else found
