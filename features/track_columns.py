"""The track record as columns of a table of deals, beside the facts it is about."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from features.columns import CategoryColumn, Column, NumericColumn
from features.table import DealTable
from features.track_record import MEASURES, TrackRecord


def track_column(field: str, measure: str) -> str:
    """Return the name of a column; no field has a point in its name.

    >>> track_column("customer", "win_rate")
    'customer.win_rate'
    """
    return f"{field}.{measure}"


def labels_of(table: DealTable, fields: Sequence[str]) -> dict[str, NDArray[Any]]:
    """Return the answers of some category fields, None where there is none; shape (n_deals,)."""
    return {name: _labels(table.columns.get(name), len(table)) for name in fields}


def _labels(column: Column | None, n_deals: int) -> NDArray[Any]:
    if not isinstance(column, CategoryColumn):
        return np.full(n_deals, None, dtype=object)
    return np.array([*column.levels, None, None], dtype=object)[column.codes]  # -1, -2: the end


def has_track_record(table: DealTable, record: TrackRecord) -> bool:
    """Return whether a table has the columns of a record already."""
    return all(track_column(field, MEASURES[0]) in table.columns for field in record.roles)


def with_track_record(
    table: DealTable, record: TrackRecord, *, closed_on: NDArray[np.datetime64] | None = None
) -> DealTable:
    """Return a table with what was known of its deals' labels before each deal's own day.

    ``closed_on`` are the deals' own closing days, for deals that may be in the record themselves.
    """
    roles = tuple(record.roles)
    values = record.features(labels_of(table, roles), table.as_of, closed_on=closed_on)
    names = [track_column(field, measure) for field in roles for measure in MEASURES]
    made: Mapping[str, Column] = {
        name: NumericColumn(np.ascontiguousarray(values[:, place]))
        for place, name in enumerate(names)
    }
    return replace(table, columns={**table.columns, **made})
