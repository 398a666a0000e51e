from datetime import UTC, date, datetime

import numpy as np
import pyarrow as pa
import pytest

from training.days import days_of
from training.sources.raw_table import RawTable


def days(values):
    found = days_of(RawTable(table=pa.table({"day": values}), where="a.csv"), "day")
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


@pytest.mark.parametrize(
    "values",
    [
        ["02/03/2026", "04/05/2026"],
        ["31/03/2026", "3/31/2026"],
        ["soon"],
        ["45000"],
        ["2026-02-30"],
    ],
)
def test_what_has_no_one_form_is_not_guessed(values):
    assert days(values) is None


def test_days_alike_in_both_orders_are_read():
    assert days(["03/03/2026", "05/05/2026"]) == ["2026-03-03", "2026-05-05"]


def test_an_empty_column_has_no_days():
    found = days_of(
        RawTable(table=pa.table({"day": pa.array([None], pa.string())}), where="a"), "day"
    )
    assert found is None or np.isnat(found).all()
