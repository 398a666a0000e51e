"""When deals were created or entered a stage, as their history says."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from features.errors import DealsError, Problem, did_you_mean
from training.history.changes import ALWAYS, CREATED, Changes, Codes, Times
from training.history.texts import header_key

STAGES = ("stagename", "dealstage", "stage", "dealpipelinestageid", "stageid", "salesstage")
"""What the column of the stage is called, by `header_key`, the surest first."""

LATEST = np.iinfo(np.int64).max


def creation_times(changes: Changes, deals: Sequence[str | None]) -> Times:
    """Return when each deal was created, as far as its history says; NaT where it does not.

    Of a history of whole states that is the first of them. Of one that writes down changes only,
    it is the row that says "created"; the table of deals may know better.

    Returns
    -------
    ndarray
        Instants in UTC, ``datetime64[us]``, shape (n_deals,).
    """
    rows = slice(0, len(changes)) if changes.whole else changes.rows_of(CREATED)
    every = np.arange(rows.start, rows.stop)
    return _firsts(changes, every[changes.known_from[rows] != ALWAYS], deals)


def entry_times(
    changes: Changes,
    deals: Sequence[str | None],
    stage: str,
    *,
    column: str | None = None,
    created: Times | None = None,
) -> Times:
    """Return when each deal first entered a stage; NaT where it never did.

    Parameters
    ----------
    stage
        The stage as the history writes it.
    column
        The column of the stage, by default the one that is called like it in the CRMs known here.
    created
        When the deals were created, by default `creation_times`: when those entered whose history
        begins in the stage.

    Raises
    ------
    DealsError
        When the history has no such column, or no deal was ever in the stage.
    """
    rows = changes.rows_of(_stage_column(changes, column))
    stages, places = changes.values, changes.value[rows]
    is_stage = np.append(pc.equal(stages, stage).to_numpy(zero_copy_only=False), False)
    entered = np.flatnonzero(is_stage[places]) + rows.start  # the place -1 finds the last entry
    if not len(entered):
        met = stages.take(pa.array(np.unique(places[places >= 0]))).to_pylist()
        what = f"no deal of the history was ever in the stage '{stage}'"
        raise DealsError([Problem(where="history", what=what, hint=did_you_mean(stage, met))])
    found = _firsts(changes, entered, deals)
    born = creation_times(changes, deals) if created is None else created
    return np.where(found == ALWAYS, born, found)


def _stage_column(changes: Changes, column: str | None) -> str:
    by_key = {header_key(name): name for name in changes.columns}
    wanted = STAGES if column is None else (header_key(column),)
    for key in wanted:
        if key in by_key:
            return by_key[key]
    what = "has no column of stages" if column is None else f"has no column '{column}'"
    hint = did_you_mean(column or "stage", changes.columns)
    raise DealsError([Problem(where="history", what=what, hint=hint)])


def _firsts(changes: Changes, rows: Codes, deals: Sequence[str | None]) -> Times:
    """Return the first instant of each deal among some changes, NaT where there is none."""
    first = np.full(len(changes.deals) + 1, LATEST)  # the place -1 finds the last entry
    np.minimum.at(first, changes.deal[rows], changes.known_from[rows].astype(np.int64))
    found = first[changes.places(deals)]
    return np.where(found == LATEST, np.datetime64("NaT", "us"), found.astype("datetime64[us]"))
