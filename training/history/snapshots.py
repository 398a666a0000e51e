"""Histories of whole states: Salesforce OpportunityHistory, type-2 tables, our decision log."""

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from training.history.changes import Changes, Codes, Times
from training.history.texts import deal_keys, ranked


def snapshots(
    deals: pa.Array, times: Times, states: Mapping[str, pa.Array], ids: pa.Array | None
) -> Changes:
    """Return the changes that states say: each holds from its instant until the deal's next.

    Parameters
    ----------
    deals, times, ids
        Whose state it is, from when on, and the history's own id, which breaks ties of time; all
        of shape (n_rows,). Without ids, states of one instant follow in the order of their values.
    states
        The values by column, as texts, each of shape (n_rows,).
    """
    known, deal = ranked(deal_keys(deals))
    coded = {name: ranked(column) for name, column in states.items()}
    by_id = np.zeros(len(deal), np.int64) if ids is None else ranked(ids)[1]
    by_value = [codes for _, codes in coded.values()]
    order = np.lexsort((*reversed(by_value), by_id, times, deal))
    names = tuple(sorted(coded))
    deal, times = deal[order], times[order]
    codes = [coded[name][1][order] for name in names]
    rows = [_changed(deal, column) for column in codes]
    values, starts = _pooled([coded[name][0] for name in names])
    shifted = [
        np.where(column[r] >= 0, column[r] + start, -1)
        for column, r, start in zip(codes, rows, starts, strict=True)
    ]
    changed = np.concatenate([*rows, np.zeros(0, np.intp)])
    return Changes(
        deals=tuple(known.to_pylist()),
        columns=names,
        column=np.repeat(np.arange(len(names)), [len(r) for r in rows]),
        deal=deal[changed],
        known_from=times[changed],
        value=np.concatenate([*shifted, np.zeros(0, np.int64)]),
        values=values,
        whole=True,
    )


def _changed(deal: Codes, column: Codes) -> NDArray[np.intp]:
    """Return the rows that begin a deal or say something new of it: most columns hardly change."""
    new = np.ones(len(deal), dtype=bool)
    new[1:] = (np.diff(deal) != 0) | (np.diff(column) != 0)
    return np.flatnonzero(new)


def _pooled(columns: list[pa.Array]) -> tuple[pa.Array, list[int]]:
    """Return the values of all columns one after another, and where each column's begin."""
    starts = np.cumsum([0, *(len(column) for column in columns)]).tolist()[:-1]
    return pa.concat_arrays([*columns, pa.array([], pa.string())]), starts
