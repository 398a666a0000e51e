"""Columns of a source as the facts of a field."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from features.fields import BooleanField, CategoryField, NumberField, PolicyField, WrongFactError
from training.field_columns import day_column, field_column
from training.readers.conventions import Conventions

FEWER = settings(max_examples=settings().max_examples // 4)
NOBODY = Conventions(pa.table({}))
FIELDS: dict[str, PolicyField] = {
    "number": NumberField(type="number", min=0, max=1000, unknown=["?"]),
    "boolean": BooleanField(type="boolean", unknown=["?"]),
    "category": CategoryField(type="category", values=["yes", "7"], unknown=["?"]),
}
TEXTS = st.lists(st.none() | st.sampled_from(["yes", "no", "7", "12.5", "-3", "x", "?", "1e9"]))


def fact_of(field, text):
    """Return what the field makes of a text: a fact, None, or "wrong"."""
    if text is None or text in field.unknown:
        return None
    try:
        return field.read(text)
    except WrongFactError:
        return "wrong"


@FEWER
@given(TEXTS, st.sampled_from(sorted(FIELDS)))
def test_a_column_is_read_as_each_deal_alone_would_be(texts, kind):
    field = FIELDS[kind]
    column = pa.chunked_array([pa.array(texts, pa.string())])
    facts, problems = field_column(column, field, NOBODY)
    alone = [fact_of(field, text) for text in texts]
    assert bool(problems) == ("wrong" in alone)
    for row, fact in enumerate(alone):
        if fact != "wrong":
            assert facts.fact(row) == fact


@pytest.mark.parametrize("kind", ["number", "boolean", "category"])
def test_problems_carry_row_count_and_hint(kind):
    column = pa.chunked_array([["?", "oops", None, "oops"]])
    problem = field_column(column, FIELDS[kind], NOBODY)[1][0]
    assert problem.row == 1
    assert problem.what.endswith("(2 deals)")
    assert problem.hint


def test_days_are_whole_and_unknown_words_are_no_days():
    column = pa.chunked_array([["2026-01-15T23:59:59", "?", None]])
    days, problems = day_column(column, ("?",), NOBODY)
    assert not problems
    assert days.dtype == np.dtype("datetime64[D]")
    assert np.isnat(days).tolist() == [False, True, True]
