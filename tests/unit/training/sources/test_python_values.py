"""Python's values as columns of one type."""

from datetime import datetime
from decimal import Decimal

import pyarrow as pa
import pytest

from training.sources.python_values import column_of, joined, text_of

MOMENT = datetime.fromisoformat("2026-01-15 10:30")


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ([True, None], pa.bool_()), ([1, None], pa.int64()), ([1, Decimal("2.5")], pa.float64()),
        ([MOMENT, MOMENT.date()], pa.timestamp("ms")), (["a", 1], pa.string()),
        ([None, None], pa.null()), ([True, 1], pa.string()), ([1 << 70], pa.float64()),
    ],
)  # fmt: skip
def test_values_of_one_kind_have_its_type(values, kind):
    column = column_of(values)
    assert column.type == kind
    assert column.null_count == values.count(None)


def test_parts_of_several_types_are_joined_as_texts():
    parts = [column_of([1]), column_of([None]), column_of(["x"]), column_of([2.0])]
    assert joined(parts).to_pylist() == ["1", None, "x", "2"]
    assert joined([*parts[:2], column_of([2.5])]).to_pylist() == [1.0, None, 2.5]
    assert joined([column_of([None])]).type == pa.string()


def test_a_value_reads_as_in_a_file():
    assert [text_of(v) for v in (MOMENT, 1e20, 0.1, False, 7)] == [
        "2026-01-15 10:30:00", "1e+20", "0.1", "false", "7",
    ]  # fmt: skip
