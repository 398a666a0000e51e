"""Laws of the history: neither what comes after the event matters, nor the order of rows."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from training.history.changes import as_known
from training.history.forms import read_history
from training.sources.raw_table import RawTable

DEALS = ("d1", "d2", "d3", "nobody")
COLUMNS = ("StageName", "Amount")
VALUES = ("a", "b", "c", None)
START = np.datetime64("2025-01-01T00:00:00", "us")
TO_THE_FIRST_FAILURE = settings(
    report_multiple_bugs=False, database=None, phases=(Phase.explicit, Phase.generate)
)


@dataclass(frozen=True)
class Row:
    """One change: the minute it was made, and all values of the deal after it."""

    deal: str
    minute: int
    changed: str
    state: Mapping[str, str | None]
    old: str | None


def some_rows(seed: int, size: int) -> list[Row]:
    """Return what happened to some deals, in order of time, every minute at most once a deal."""
    random = Random(seed)
    states: dict[str, dict[str, str | None]] = {}
    rows = []
    for minute in sorted(random.sample(range(1, 50), size)):
        deal, column = random.choice(DEALS[:3]), random.choice(COLUMNS)
        state = states.setdefault(deal, dict.fromkeys(COLUMNS, random.choice(VALUES)))
        old, state[column] = state[column], random.choice(VALUES)
        rows.append(Row(deal, minute, column, dict(state), old))
    return rows


def pasts() -> st.SearchStrategy[list[Row]]:
    return st.builds(some_rows, st.integers(0, 10**9), st.integers(0, 25))


def written(form: str, rows: list[Row]) -> RawTable:
    """Return the file that a CRM would give."""
    times = pa.array([f"{START + np.timedelta64(row.minute, 'm')}Z" for row in rows], pa.string())
    deals = pa.array([row.deal for row in rows], pa.string())
    new = pa.array([row.state[row.changed] for row in rows], pa.string())
    column = pa.array([row.changed for row in rows], pa.string())
    columns: dict[str, dict[str, Any]] = {
        "salesforce_history": {
            "OpportunityId": deals,
            "CreatedDate": times,
            **{name: pa.array([r.state[name] for r in rows], pa.string()) for name in COLUMNS},
        },
        "salesforce_field_history": {
            "OpportunityId": deals,
            "CreatedDate": times,
            "Field": column,
            "OldValue": pa.array([row.old for row in rows], pa.string()),
            "NewValue": new,
        },
        "hubspot_property_history": {
            "deal_id": deals, "name": column, "value": new, "timestamp": times,
        },
        "decision_log": {
            "deal_id": deals,
            "as_of": times,
            "facts": pa.array([json.dumps(row.state) for row in rows], pa.string()),
        },
    }  # fmt: skip
    return RawTable(table=pa.table(columns[form]), where=f"{form}.csv", first_line=2)


STATES = ("salesforce_history", "decision_log")
READERS = ("salesforce_history", "salesforce_field_history", "hubspot_property_history")
FORMS = (*READERS, "decision_log")  # whose states are read like those of Salesforce


def known(form: str, rows: list[Row], minute: int) -> dict[str, list[str | None]]:
    times = np.full(len(DEALS), START + np.timedelta64(minute, "m"))
    changes = read_history(written(form, rows), form=form)
    found = as_known(changes, DEALS, times, columns=COLUMNS)
    return {name: values.to_pylist() for name, values in found.items()}


def looks_ahead(form: str, rows: list[Row], minute: int) -> dict[str, list[str | None]]:
    """The mistake to catch: also sees what changes just after the event."""
    return known(form, rows, minute + 1)


def by_loop(form: str, rows: list[Row], minute: int) -> dict[str, list[str | None]]:
    """Return the same by walking through the rows, with none of the product's code."""
    found: dict[str, list[str | None]] = {}
    for name in COLUMNS:
        found[name] = []
        for deal in DEALS:
            mine = [row for row in rows if row.deal == deal]
            if form not in STATES:
                mine = [row for row in mine if row.changed == name]
            value = mine[0].old if mine and form == "salesforce_field_history" else None
            for row in mine:
                value = row.state[name] if row.minute <= minute else value
            found[name].append(value)
    return found


def with_another_future(form: str, rows: list[Row], minute: int, seed: int) -> list[Row]:
    """Return the rows with all that comes after a minute deleted or made up anew.

    Of a history of old and new values the first change after it still has its old value: that is
    what was known until then.
    """
    random = Random(seed)
    kept = [row for row in rows if row.minute <= minute]
    if form == "salesforce_field_history":
        told: set[tuple[str, str]] = set()
        for row in rows:
            if row.minute > minute and (row.deal, row.changed) not in told:
                told.add((row.deal, row.changed))
                state = {**row.state, row.changed: random.choice(VALUES)}
                kept.append(Row(row.deal, random.randrange(60, 70), row.changed, state, row.old))
        return kept
    for _ in range(random.randrange(6)):
        state = {name: random.choice(VALUES) for name in COLUMNS}
        deal, changed = random.choice(DEALS), random.choice(COLUMNS)
        kept.append(Row(deal, random.randrange(minute + 1, 99), changed, state, None))
    return kept


def assert_blind_to_the_future(form: str, look: Any) -> None:
    @TO_THE_FIRST_FAILURE
    @given(pasts(), st.integers(0, 50), st.integers(0, 10**9))
    def law(rows: list[Row], minute: int, seed: int) -> None:
        other = with_another_future(form, rows, minute, seed)
        assert look(form, rows, minute) == look(form, other, minute)

    law()


@pytest.mark.parametrize("form", READERS)
def test_nothing_after_the_event_changes_what_was_known(form):
    assert_blind_to_the_future(form, known)


@pytest.mark.parametrize("form", FORMS)
def test_the_law_catches_a_look_ahead(form):
    with pytest.raises(AssertionError):
        assert_blind_to_the_future(form, looks_ahead)


@pytest.mark.parametrize("form", FORMS)
@given(rows=pasts(), minute=st.integers(0, 50))
def test_what_was_known_is_what_a_loop_finds(form, rows, minute):
    assert known(form, rows, minute) == by_loop(form, rows, minute)


@pytest.mark.parametrize("form", READERS)
@given(rows=pasts(), random=st.randoms(use_true_random=False), coarse=st.integers(1, 20))
def test_the_order_of_rows_does_not_matter(form, rows, random, coarse):
    """Not even where clocks are so coarse that several changes bear the same time."""
    tied = [Row(r.deal, r.minute // coarse, r.changed, r.state, r.old) for r in rows]
    mixed = random.sample(tied, len(tied))
    one, other = (read_history(written(form, some), form=form) for some in (tied, mixed))
    for name in ("deals", "columns", "column", "deal", "known_from", "value"):
        assert np.array_equal(getattr(one, name), getattr(other, name))
    assert one.values.equals(other.values)


@given(rows=pasts(), coarse=st.integers(1, 60))
def test_of_one_instant_the_value_that_was_not_changed_again_is_last(rows, coarse):
    """Old and new values tell the order where the clock does not, but for going in circles."""
    form = "salesforce_field_history"
    for name in COLUMNS:
        mine = [row for row in rows if row.deal == "d1" and row.changed == name]
        path = [row.old for row in mine[:1]] + [row.state[name] for row in mine]
        if mine and len(set(path)) == len(path):
            tied = [Row(r.deal, r.minute // coarse, r.changed, r.state, r.old) for r in mine]
            assert known(form, tied, 60)[name][0] == path[-1]
            assert known(form, tied, -1)[name][0] == path[0]
