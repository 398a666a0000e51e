"""Columns as texts."""

from datetime import date

import pyarrow as pa
import pytest

from training.history.texts import ranked, texts_of


@pytest.mark.parametrize(
    ("column", "texts"),
    [
        (pa.array([True, None]), ["true", None]),
        (pa.array([1.0, 1e15, None]), ["1", "1000000000000000", None]),
        (pa.array([1.5, 2.0]), ["1.5", "2"]),
        (pa.array([float("inf"), 1.0]), ["inf", "1"]),
        (pa.array([date(2024, 1, 2)], pa.date64()), ["2024-01-02"]),
        (pa.array([" é ", "", None]).dictionary_encode(), ["é", None, None]),
        (pa.nulls(2), [None, None]),
        (pa.chunked_array([["a"], ["b"]]), ["a", "b"]),
        (pa.chunked_array([], pa.string()), []),
    ],
)
def test_any_column_becomes_texts(column, texts):
    assert texts_of(column).to_pylist() == texts


def test_an_empty_column_has_no_ranks():
    values, places = ranked(pa.array([None, None], pa.string()))
    assert values.to_pylist() == []
    assert places.tolist() == [-1, -1]
