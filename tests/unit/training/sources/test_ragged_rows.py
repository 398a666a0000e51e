"""Rows that are too short or too wide stand where they stood, or are refused."""

import pyarrow as pa
import pytest

from features import DealsError
from training.sources.header import Header
from training.sources.ragged_rows import RaggedRows, with_ragged_rows

HEADER = Header(names=("a", "b"), delimiter=",", end=0, line=2)
TABLE = pa.table({"0": ["1", "2"], "1": ["x", "y"]})


def test_rows_go_back_to_their_places():
    ragged = RaggedRows([0, 2], ["first", "third,z,"])
    whole = with_ragged_rows(TABLE, ragged, HEADER, "deals.csv")
    assert whole["0"].to_pylist() == ["first", "1", "third", "2"]
    assert whole["1"].to_pylist() == ["", "x", "z", "y"]


@pytest.mark.parametrize(
    ("text", "words"), [("1,2,3", "deals.csv:4: more values"), ('"1,2', "never closed")]
)
def test_what_cannot_be_put_right_is_refused(text, words):
    with pytest.raises(DealsError, match=words):
        with_ragged_rows(TABLE, RaggedRows([2], [text]), HEADER, "deals.csv")
