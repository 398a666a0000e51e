from datetime import date

import numpy as np
import pyarrow as pa
import pytest

from training.distinct import distinct_texts, few_texts
from training.sources.raw_table import RawTable


def raw_of(column):
    return RawTable(table=pa.table({"a": column}), where="a.csv", first_line=2)


@pytest.mark.parametrize(
    ("column", "texts"),
    [
        (pa.array(["b", None, "a", "b", " a "]), ["b", "", "a", "b", "a"]),
        (pa.array(["b", None, "b"]).dictionary_encode(), ["b", "", "b"]),
        (pa.chunked_array([pa.array(["a"]), pa.array(["b", "a"])]), ["a", "b", "a"]),
        (
            pa.chunked_array(
                [pa.array(["a"]).dictionary_encode(), pa.array(["b", "a"]).dictionary_encode()]
            ),
            ["a", "b", "a"],
        ),
        (pa.array([True, None, False]), ["true", "", "false"]),
        (pa.array([1.0, 0.0, 0.5]), ["1", "0", "0.5"]),
        (pa.array([1, None, 2]), ["1", "", "2"]),
        (pa.array([date(2026, 1, 5), None]), ["2026-01-05", ""]),
        (pa.array([None, None]), ["", ""]),
        (pa.array([], pa.string()), []),
        (pa.chunked_array([], pa.string()), []),
    ],
)
def test_any_column_comes_back_as_texts(column, texts):
    found = distinct_texts(raw_of(column), "a")
    assert [found.texts[code] for code in found.codes] == texts
    assert len(set(found.texts)) == len(found.texts)
    assert set(found.texts) == set(texts)


def test_counts_are_of_the_kept_rows_and_leave_out_what_none_has():
    found = distinct_texts(raw_of(pa.array(["x", "y", "x", None])), "a")
    assert found.counts() == {"x": 2, "y": 1, "": 1}
    assert found.counts(np.array([True, False, True, False])) == {"x": 2}
    assert found.first_row("y") == 1


def test_a_column_of_many_texts_is_not_looked_into():
    raw = raw_of(pa.array([str(n) for n in range(50)]))
    assert few_texts(raw, "a", 49) is None
    few = few_texts(raw, "a", 50)
    assert few is not None
    assert few.counts() == {str(n): 1 for n in range(50)}
