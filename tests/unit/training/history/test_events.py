"""When deals were created or entered a stage."""

import numpy as np
import pyarrow as pa
import pytest

from features import DealsError
from training.history.events import creation_times, entry_times
from training.history.forms import read_history
from training.sources.raw_table import RawTable

STATES = {
    "OpportunityId": ["a", "a", "a", "a", "b"],
    "CreatedDate": ["2024-01-01", "2024-01-05", "2024-01-09", "2024-01-12", "2024-02-01"],
    "StageName": ["New", "Qualified", "New", "Qualified", "Lost"],
}
FIELDS = {
    "OpportunityId": ["a", "a", "a"],
    "Field": ["created", "StageName", "StageName"],
    "OldValue": [None, "New", "Qualified"],
    "NewValue": [None, "Qualified", "Won"],
    "CreatedDate": ["2024-01-01", "2024-01-05", "2024-01-09"],
}


def changes_of(columns):
    return read_history(RawTable(table=pa.table(columns), where="history.csv", first_line=2))


def days(times):
    return [str(time)[:10] for time in times]


def test_states_begin_with_the_creation():
    assert days(creation_times(changes_of(STATES), ["b", "a", "c"])) == [
        "2024-02-01", "2024-01-01", "NaT",
    ]  # fmt: skip


def test_changes_know_the_creation_only_where_they_say_so():
    assert days(creation_times(changes_of(FIELDS), ["a"])) == ["2024-01-01"]
    unsaid = pa.table(FIELDS).slice(1).to_pydict()
    assert days(creation_times(changes_of(unsaid), ["a"])) == ["NaT"]


def test_the_first_entry_counts():
    found = entry_times(changes_of(STATES), ["a", "b"], "Qualified")
    assert days(found) == ["2024-01-05", "NaT"]


def test_the_first_stage_was_entered_when_the_deal_was_created():
    assert days(entry_times(changes_of(FIELDS), ["a"], "New")) == ["2024-01-01"]
    told = np.array(["2023-12-31"], dtype="datetime64[us]")
    assert days(entry_times(changes_of(FIELDS), ["a"], "New", created=told)) == ["2023-12-31"]


def test_a_stage_that_nobody_entered_is_refused_with_the_nearest():
    with pytest.raises(DealsError, match="did you mean 'Qualified'"):
        entry_times(changes_of(STATES), ["a"], "Qualifed")


def test_the_column_of_stages_must_be_there():
    amounts = {**FIELDS, "Field": ["Amount"] * 3}
    with pytest.raises(DealsError, match="has no column of stages"):
        entry_times(changes_of(amounts), ["a"], "New")
    with pytest.raises(DealsError, match="did you mean 'StageName'"):
        entry_times(changes_of(STATES), ["a"], "New", column="StagName")
    assert days(entry_times(changes_of(STATES), ["a"], "New", column="stage name"))
