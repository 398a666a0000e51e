"""The history of deals in one form: from when on a column of a deal had a value."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from training.history.texts import deal_keys

Codes: TypeAlias = NDArray[np.int64]
Times: TypeAlias = NDArray[np.datetime64]
"""Instants in UTC, ``datetime64[us]``."""

ALWAYS = np.datetime64("0001-01-01", "us")
"""Known from before any event: the old value of a column's first change."""

CREATED = "(created)"
"""The column of a history's rows that say only that the deal was created."""


@dataclass(frozen=True)
class Changes:
    """Changes sorted by column, deal and time; arrays have shape (n_changes,).

    ``deals``, ``columns``
        the deals' ids, sorted, and the columns that the history knows;
    ``column``, ``deal``
        places in these;
    ``known_from``
        the instant from which the value was known, in UTC, or `ALWAYS`;
    ``value``
        places in ``values``, -1 where the value was emptied;
    ``whole``
        whether a deal's first change states all that was known of it. If not, only what changed
        was written down, and a column that never changed still has its first value.
    """

    deals: tuple[str, ...]
    columns: tuple[str, ...]
    column: Codes
    deal: Codes
    known_from: Times
    value: Codes
    values: pa.Array
    whole: bool

    def __len__(self) -> int:
        return len(self.column)

    @cached_property
    def bounds(self) -> Codes:
        """Where the changes of each column begin; shape (n_columns + 1,)."""
        found = np.searchsorted(self.column, np.arange(len(self.columns) + 1))
        return found.astype(np.int64)

    def rows_of(self, column: str) -> slice:
        """Return the changes of a column, none where the history does not know it."""
        if column not in self.columns:
            return slice(0, 0)
        place = self.columns.index(column)
        return slice(int(self.bounds[place]), int(self.bounds[place + 1]))

    def places(self, deals: Sequence[str | None]) -> Codes:
        """Return where each deal stands in ``deals``, -1 where the history does not know it."""
        place: dict[Any, int] = {deal: code for code, deal in enumerate(self.deals)}
        keys = deal_keys(pa.array(deals, pa.string())).to_pylist()
        return np.fromiter((place.get(key, -1) for key in keys), np.int64, len(keys))


def as_known(
    changes: Changes,
    deals: Sequence[str | None],
    times: Times,
    *,
    columns: Sequence[str] | None = None,
) -> Mapping[str, pa.Array]:
    """Return what was known of some deals at their events, by column.

    What changed at the event's own instant was known; what changed later was not.

    Parameters
    ----------
    times
        The instants of the events, ``datetime64[us]`` in UTC, shape (n_deals,); at NaT nothing is
        known.
    columns
        The columns wanted, by default all that the history knows.

    Returns
    -------
    mapping
        For each column, texts of shape (n_deals,), null where nothing was known.
    """
    wanted = [name for name in changes.columns if name != CREATED] if columns is None else columns
    rows = {name: last_changes(changes, name, changes.places(deals), times) for name in wanted}
    return {name: value_at(changes, found) for name, found in rows.items()}


def last_changes(changes: Changes, column: str, places: Codes, times: Times) -> Codes:
    """Return the last change of a column by the event of each deal, -1 where there is none."""
    rows = changes.rows_of(column)
    if rows.start == rows.stop:
        return np.full(len(places), -1)
    deal, known_from = changes.deal[rows], changes.known_from[rows]
    instants = np.unique(
        known_from
    )  # one number stands for deal and time, so that one search does
    key = deal * (len(instants) + 1) + np.searchsorted(instants, known_from, side="right")
    asked = np.where(np.isnat(times), 0, np.searchsorted(instants, times, side="right"))
    found = np.searchsorted(key, places * (len(instants) + 1) + asked, side="right") - 1
    known = (places >= 0) & (found >= 0) & (deal[found] == places)
    return np.where(known, found + rows.start, -1)


def value_at(changes: Changes, rows: Codes) -> pa.Array:
    """Return the values after some changes as texts; null for the change -1 and for no value."""
    if not len(changes):
        return pa.nulls(len(rows), pa.string())
    codes = np.where(rows >= 0, changes.value[rows], -1)
    return changes.values.take(pa.array(codes, mask=codes < 0))
