"""Columns of a source as the facts of a field."""

from datetime import date

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from features.columns import NumericColumn
from features.deal import NOT_APPLICABLE
from features.fields import (
    BooleanField,
    CategoryField,
    DateField,
    NumberField,
    PolicyField,
    TextField,
    WrongFactError,
)
from training.field_columns import day_column, field_column, without_expired
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


NONE = ("none asked",)
INAPPLICABLE: dict[str, tuple[PolicyField, str, object]] = {
    "number": (NumberField(type="number", not_applicable=NONE), "12,5", 12.5),
    "boolean": (BooleanField(type="boolean", not_applicable=NONE), "oui", True),
    "category": (CategoryField(type="category", not_applicable=NONE), "low", "low"),
    "date": (DateField(type="date", not_applicable=NONE), "2026-03-31", date(2026, 3, 31)),
}


@pytest.mark.parametrize("kind", INAPPLICABLE)
def test_the_words_for_not_applicable_are_answers_of_their_own(kind):
    field, text, fact = INAPPLICABLE[kind]
    facts, problems = field_column(pa.chunked_array([["none asked", None, text]]), field, NOBODY)
    assert not problems
    assert [facts.fact(row) for row in range(3)] == [NOT_APPLICABLE, None, fact]


def test_days_of_a_field_keep_to_its_range():
    field = DateField(type="date", min=date(2020, 1, 1), max=date(2030, 1, 1))
    column = pa.chunked_array([["2026-03-31", "1999-01-01", "2031-01-01"]])
    facts, problems = field_column(column, field, NOBODY)
    assert facts.fact(0) == date(2026, 3, 31)
    assert [problem.row for problem in problems] == [1]
    assert "(2 deals)" in problems[0].what


def test_texts_are_levels_in_order_and_blanks_are_unknown():
    facts, problems = field_column(
        pa.chunked_array([["b", None, "a", "b"]]), TextField(type="text"), NOBODY
    )
    assert not problems
    assert [facts.fact(row) for row in range(4)] == ["b", None, "a", "b"]


DAYS = st.integers(-400, 400) | st.none()


@FEWER
@given(st.lists(st.tuples(st.sampled_from([1.0, 0.0]), DAYS), min_size=1), st.integers(0, 300))
def test_an_answer_counts_from_its_day_until_it_has_expired(answers, valid_days):
    as_of = np.full(len(answers), np.datetime64("2026-01-15"))
    observed = np.array(
        [np.datetime64("NaT", "D") if age is None else as_of[0] - age for _, age in answers]
    )
    column = NumericColumn(np.array([value for value, _ in answers]))
    found = without_expired(column, observed, as_of, valid_days)
    for row, (value, age) in enumerate(answers):
        counts = age is None or 0 <= age <= valid_days
        assert found.fact(row) == (value if counts else None)


def test_an_expired_category_and_an_expired_not_applicable_are_unknown():
    as_of = np.full(2, np.datetime64("2026-01-15"))
    observed = np.array(["2025-01-01", "2026-01-01"], dtype="datetime64[D]")
    field = CategoryField(type="category", not_applicable=NONE)
    facts, _ = field_column(pa.chunked_array([["none asked", "none asked"]]), field, NOBODY)
    kept = without_expired(facts, observed, as_of, 90)
    assert [kept.fact(row) for row in range(2)] == [None, NOT_APPLICABLE]
    number = NumberField(type="number", not_applicable=NONE)
    facts, _ = field_column(pa.chunked_array([["none asked", "7"]]), number, NOBODY)
    kept = without_expired(facts, observed, as_of, 90)
    assert [kept.fact(row) for row in range(2)] == [None, 7.0]
