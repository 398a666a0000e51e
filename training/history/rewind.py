"""A table of deals turned back to what was known of each at its event."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from features.errors import DealsError, Problem, did_you_mean
from training.history.changes import CREATED, Changes, Times, last_changes, value_at
from training.history.events import creation_times
from training.history.texts import header_key, texts_of
from training.sources.raw_table import RawTable


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewound:
    """Deals as they were known.

    ``columns``
        the columns that are as they were at the event;
    ``as_exported``
        those that no history knows: as they were on the day of the export;
    ``covered``
        whether anything was known of the deal at its event, shape (n_deals,): False where it has
        no event, or where a history of whole states begins after it. All rewound columns of such
        a deal are unknown.
    """

    raw: RawTable
    columns: tuple[str, ...]
    as_exported: tuple[str, ...]
    covered: NDArray[np.bool_]


def rewind(
    raw: RawTable,
    changes: Changes,
    times: Times,
    *,
    id_column: str,
    names: Mapping[str, str] | None = None,
) -> Rewound:
    """Return a table of deals with its columns as they were at an event of each deal.

    Parameters
    ----------
    times
        The instants of the events in UTC, ``datetime64[us]``, shape (n_deals,), NaT where a deal
        had none: `creation_times`, `entry_times`, or `ends_of_days` of a column of dates.
    id_column
        The column of the deals' ids.
    names
        Which column of the table a column of the history is, where their names differ in more than
        case, accents, blanks and underscores.

    Raises
    ------
    DealsError
        When a column that is named does not exist, or two columns of the history are one of the
        table.
    """
    sources = _sources(raw, changes, id_column, dict(names or {}))
    deals = texts_of(raw.table[id_column]).to_pylist()
    places, timed = changes.places(deals), ~np.isnat(times)
    table = raw.table
    for place, header in enumerate(raw.headers):
        if header in sources:
            rows = last_changes(changes, sources[header], places, times)
            texts = value_at(changes, rows)
            if not changes.whole:  # what never changed is what it still is
                unchanged = pa.array((rows < 0) & timed)
                texts = pc.if_else(unchanged, texts_of(table[header]), texts)
            table = table.set_column(place, header, _like(texts, table.schema.types[place]))
    known = creation_times(changes, deals) <= times if changes.whole else timed
    return Rewound(
        raw=replace(raw, table=table),
        columns=tuple(header for header in raw.headers if header in sources),
        as_exported=tuple(h for h in raw.headers if h not in {*sources, id_column}),
        covered=known,
    )


def _sources(
    raw: RawTable, changes: Changes, id_column: str, names: Mapping[str, str]
) -> dict[str, str]:
    """Return which column of the history each column of the table is."""
    problems = [
        Problem(
            where=raw.where, what=f"there is no column '{h}'", hint=did_you_mean(h, raw.headers)
        )
        for h in (id_column, *names.values())
        if h not in raw.headers
    ]
    problems += [
        Problem(
            where="history", what=f"has no column '{c}'", hint=did_you_mean(c, changes.columns)
        )
        for c in names
        if c not in changes.columns
    ]
    by_key = {header_key(header): header for header in raw.headers}
    sources: dict[str, str] = {}
    for column in changes.columns:
        header = names.get(column) or by_key.get(header_key(column))
        if header in {None, id_column} or column == CREATED:
            continue
        if header in sources:
            what = f"'{sources[header]}' and '{column}' are both the column '{header}'"
            problems.append(Problem(where="history", what=what, hint="leave out one of them"))
        sources[str(header)] = column
    if problems:
        raise DealsError(problems)
    return sources


def _like(texts: pa.Array, wanted: pa.DataType) -> pa.Array:
    """Return texts in the type that the table had, where all of them can be read so."""
    if pa.types.is_dictionary(wanted):
        return texts
    try:
        return texts.cast(wanted)
    except pa.ArrowInvalid:
        return texts
