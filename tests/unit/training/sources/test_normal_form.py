"""Columns of any source in few types."""

from datetime import date, time

import pyarrow as pa
import pytest

from training.sources.normal_form import normal_column


@pytest.mark.parametrize(
    ("values", "kind", "found"),
    [
        (["\u00a0a ", "", " ", None], pa.large_string(), ["a", None, None, None]),
        ([1, None], pa.uint64(), [1.0, None]), ([1, 2], pa.int8(), [1, 2]),
        ([float("nan"), 1.5], pa.float32(), [None, 1.5]), ([None], pa.null(), [None]),
        ([date(2026, 1, 15)], pa.date64(), [date(2026, 1, 15)]),
        ([time(10, 30)], pa.time64("us"), ["10:30:00.000000"]),
        ([b"\xc3\xa9"], pa.binary(), ["é"]),
        ([[1]], pa.list_(pa.int8()), ["[1]"]), ([True, None], pa.bool_(), [True, None]),
    ],
)  # fmt: skip
def test_every_type_has_its_place(values, kind, found):
    assert normal_column(pa.chunked_array([pa.array(values, kind)])).to_pylist() == found
