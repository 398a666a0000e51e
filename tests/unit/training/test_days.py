from datetime import UTC, date, datetime

import pyarrow as pa
import pytest

from training.days import readable_days
from training.readers.conventions import Conventions
from training.sources.raw_table import RawTable


def days(values, **others):
    raw = RawTable(table=pa.table({"day": values, **others}), where="a.csv")
    found = readable_days(raw, "day", Conventions(raw.table))
    return None if found is None else [str(day) for day in found]


@pytest.mark.parametrize(
    "values",
    [
        ["2026-03-31", None, "2026-04-02"],
        ["2026-03-31T10:00:00.000Z", None, "2026-04-02T09:30:00.000Z"],
        ["2026-03-31 10:15", None, "2026-04-02 00:00"],
        ["31/03/2026", None, "02/04/2026"],
        ["31/03/2026 11:20", None, "02/04/2026 08:00"],
        ["3/31/2026", None, "4/2/2026"],
        [date(2026, 3, 31), None, date(2026, 4, 2)],
        [datetime(2026, 3, 31, 10, tzinfo=UTC), None, datetime(2026, 4, 2, tzinfo=UTC)],
    ],
)
def test_one_form_for_the_whole_column(values):
    assert days(values) == ["2026-03-31", "NaT", "2026-04-02"]


@pytest.mark.parametrize("values", [["02/03/2026", "04/05/2026"], ["soon"], ["2026-02-30"]])
def test_what_has_no_one_form_is_not_guessed(values):
    assert days(values) is None


def test_another_column_of_the_file_may_decide():
    assert days(["02/03/2026"], other=["31/03/2026"]) == ["2026-03-02"]


def test_what_cannot_be_read_is_no_day_and_costs_no_other():
    assert days(["31/03/2026", "soon"]) == ["2026-03-31", "NaT"]


def test_an_empty_column_has_no_days_and_no_column_none():
    assert days(pa.array([None], pa.string())) == ["NaT"]
    assert (
        readable_days(RawTable(table=pa.table({}), where="a"), None, Conventions(pa.table({})))
        is None
    )
