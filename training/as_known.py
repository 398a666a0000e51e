"""Deals as they were known at an event of each, rebuilt from the history of their columns."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from features.errors import DealsError, Problem
from features.policy.deals_file import HistoryFile, StageEntry
from training.deals_columns import DealsColumns
from training.field_columns import day_column
from training.history.events import creation_times, entry_times
from training.history.forms import read_history
from training.history.moments import days_of, ends_of_days
from training.history.rewind import rewind
from training.history.texts import texts_of
from training.readers.conventions import Conventions
from training.sources.location import read_source
from training.sources.raw_table import RawTable

Times = NDArray[np.datetime64]


@dataclass(frozen=True, slots=True, kw_only=True)
class AsKnown:
    """A source turned back: its columns as they were, the day of each deal's event, and the rows.

    ``rewound`` names the columns that are as they were; the others are as exported. ``covered`` is
    False for the deals of which the history says nothing at their event.
    """

    raw: RawTable
    as_of: NDArray[np.datetime64]
    rewound: tuple[str, ...]
    covered: NDArray[np.bool_]


def as_known(
    raw: RawTable, columns: DealsColumns, history: HistoryFile, conventions: Conventions
) -> AsKnown:
    """Return the source as it was known at the event that the policy chooses.

    Raises
    ------
    DealsError
        When the history cannot be read, or what the event hangs on is not there.
    """
    if columns.id is None:
        hint = "name the column of the deals' ids: deals: {id: ...}"
        raise DealsError([Problem(where=raw.where, what="a history needs ids", hint=hint)])
    changes = read_history(
        read_source(_beside(raw, history.file)), form=history.form, zone=history.zone
    )
    deals = texts_of(raw.table[columns.id]).to_pylist()
    created = _ends(raw, columns.created_on, conventions, history.zone)
    if isinstance(history.as_of, StageEntry):
        times = entry_times(changes, deals, history.as_of.stage, created=created)
    elif history.as_of == "qualification":
        times = _needed(_ends(raw, columns.as_of, conventions, history.zone), raw, "as_of")
    else:
        told = creation_times(changes, deals)
        times = told if created is None else np.where(np.isnat(told), created, told)
    found = rewind(raw, changes, times, id_column=columns.id)
    return AsKnown(
        raw=found.raw,
        as_of=days_of(times, zone=history.zone),
        rewound=found.columns,
        covered=found.covered & ~np.isnat(times),
    )


def _ends(raw: RawTable, header: str | None, conventions: Conventions, zone: str) -> Times | None:
    """Return the ends of the days of a column, None where there is none to read."""
    if header is None:
        return None
    days, problems = day_column(raw.table.column(header), (), conventions)
    if problems:
        what = f"column '{header}': {problems[0].what}"
        raise DealsError([Problem(where=raw.where, what=what, hint=problems[0].hint)])
    return ends_of_days(days, zone=zone)


def _needed(times: Times | None, raw: RawTable, setting: str) -> Times:
    if times is None:
        what = "there is no column of the day of qualification"
        hint = f"name it in the policy: deals: {{{setting}: ...}}"
        raise DealsError([Problem(where=raw.where, what=what, hint=hint)])
    return times


def _beside(raw: RawTable, file: str) -> str:
    """Return the place of the history: as written, or beside the file of deals."""
    beside = Path(raw.where).parent / file
    return str(beside) if not Path(file).is_absolute() and beside.exists() else file
