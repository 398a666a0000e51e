"""Histories of one value a row: Salesforce OpportunityFieldHistory, HubSpot property history."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from training.history.changes import ALWAYS, CREATED, Changes, Codes, Times
from training.history.texts import deal_keys, header_key, ranked

SALESFORCE_ID = r"^0[0-9A-Za-z]{14}(?:[0-9A-Za-z]{3})?$"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldRows:
    """Rows that each say one change; all of shape (n_rows,), in any order.

    ``old`` is None where the history writes down no old values: then a deal's first row is taken
    for the first that was known. ``ids`` are the history's own, which break ties of time.
    """

    deals: pa.Array
    columns: pa.Array
    times: Times
    new: pa.Array
    old: pa.Array | None
    ids: pa.Array | None


def field_changes(rows: FieldRows) -> Changes:
    """Return the changes that some rows say.

    Rows of one instant follow one another as their old and new values say, else as their ids do,
    else in the order of their values: never as they happen to stand in the file.
    """
    deals, deal = ranked(deal_keys(rows.deals))
    columns, column = ranked(_column_names(rows))
    old = pa.nulls(len(rows.new), pa.string()) if rows.old is None else rows.old
    values, both = ranked(pa.concat_arrays([rows.new, old]))
    new, before = both[: len(deal)], both[len(deal) :]
    order = _in_order(rows, column, deal, new, before)
    column, deal, new = column[order], deal[order], new[order]
    known_from = rows.times[order]
    if rows.old is not None:
        first = _first_of_each(column, deal)
        known_from = np.insert(known_from, first, ALWAYS)
        new = np.insert(new, first, before[order][first])
        column, deal = np.insert(column, first, column[first]), np.insert(deal, first, deal[first])
    return Changes(
        deals=tuple(deals.to_pylist()),
        columns=tuple(columns.to_pylist()),
        column=column,
        deal=deal,
        known_from=known_from,
        value=new,
        values=values,
        whole=rows.old is None,
    )


def _column_names(rows: FieldRows) -> pa.Array:
    """Return the column of each row.

    Salesforce tells a change of a lookup twice, by name and by id: the ids are a column of their
    own, as in an export ("Owner", "OwnerId"). A row that says "created" has no value.
    """
    if rows.old is None:
        return rows.columns
    created = [
        name for name in pc.unique(rows.columns).to_pylist() if header_key(name) == "created"
    ]
    names = pc.if_else(
        pc.is_in(rows.columns, pa.array(created, pa.string())), CREATED, rows.columns
    )
    by_id = _is_id_or_empty(rows.new), _is_id_or_empty(rows.old)
    valued = pc.or_(pc.is_valid(rows.new), pc.is_valid(rows.old))
    already = pc.ends_with(pc.utf8_lower(names), "id")
    renamed = pc.and_(pc.and_(*by_id), pc.and_(valued, pc.invert(already)))
    return pc.if_else(renamed, pc.binary_join_element_wise(names, "Id", ""), names)


def _is_id_or_empty(values: pa.Array) -> pa.Array:
    return pc.fill_null(pc.match_substring_regex(values, SALESFORCE_ID), fill_value=True)


def _in_order(
    rows: FieldRows, column: Codes, deal: Codes, new: Codes, before: Codes
) -> NDArray[np.intp]:
    """Return the order by column, deal, time, and within an instant as one followed another."""
    by_id = np.zeros(len(new)) if rows.ids is None else ranked(rows.ids)[1]
    order = np.lexsort((before, new, by_id, rows.times, deal, column))
    tied = np.zeros(len(order), dtype=np.int64)
    changed = [np.diff(part[order]) != 0 for part in (column, deal, rows.times.astype(np.int64))]
    tied[1:] = np.cumsum(changed[0] | changed[1] | changed[2])
    several = np.flatnonzero(np.bincount(tied, minlength=1)[tied] > 1)
    if rows.old is None or not len(several):
        return order
    some, width = order[several], int(max(new.max(), before.max())) + 2
    became = tied[several] * width + new[some] + 1
    was = tied[several] * width + before[some] + 1
    passed, follows = np.isin(became, was), np.isin(was, became)
    # Last comes what no other row of the instant went on from, first what follows from none.
    order[several] = some[np.lexsort((follows, ~passed, tied[several]))]
    return order


def _first_of_each(column: Codes, deal: Codes) -> NDArray[np.intp]:
    first = np.ones(len(deal), dtype=bool)
    first[1:] = (np.diff(column) != 0) | (np.diff(deal) != 0)
    return np.flatnonzero(first)
