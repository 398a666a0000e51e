"""The facts of one field for many deals: numbers, days, answers, and what does not apply."""

from datetime import date

import numpy as np
import pytest

from features.columns import CategoryColumn, NumericColumn, column_of, day_number, number_of
from features.deal import NOT_APPLICABLE, Fact
from features.fields import BooleanField, CategoryField, DateField, NumberField, PolicyField

NUMBER = NumberField(type="number", not_applicable=())
ANSWER = CategoryField(type="category", not_applicable=())
DAY = DateField(type="date")
FACTS: list[tuple[PolicyField, list[Fact | None]]] = [
    (NUMBER, [1.0, None, NOT_APPLICABLE, 0.0]),
    (ANSWER, ["b", None, NOT_APPLICABLE, "a"]),
    (DAY, [date(2026, 1, 5), None, date(1969, 12, 31), date(2100, 2, 28)]),
    (BooleanField(type="boolean"), [True, None, False, True]),
]


@pytest.mark.parametrize(("field", "facts"), FACTS, ids=lambda value: getattr(value, "kind", ""))
def test_every_fact_comes_out_of_its_column_as_it_went_in(field, facts):
    column = column_of(facts, field)
    assert [column.fact(row) for row in range(4)] == facts
    assert [type(column.fact(row)) for row in range(4)] == [type(fact) for fact in facts]
    assert column.known().tolist() == [fact is not None for fact in facts]
    answered = [fact is not None and fact is not NOT_APPLICABLE for fact in facts]
    assert column.answered().tolist() == answered
    assert column.not_applicable().tolist() == [fact is NOT_APPLICABLE for fact in facts]


@pytest.mark.parametrize(("field", "facts"), FACTS, ids=lambda value: getattr(value, "kind", ""))
def test_some_rows_of_a_column_are_the_column_of_those_facts(field, facts):
    rows = np.array([2, 0, 3])
    taken = column_of(facts, field).take(rows)
    assert [taken.fact(row) for row in range(3)] == [facts[row] for row in rows]


def test_a_fact_is_one_of_the_values_whatever_its_kind():
    numbers = column_of([1.0, None, NOT_APPLICABLE, 0.0], NUMBER)
    assert numbers.is_one_of(frozenset({0.0})).tolist() == [False, False, False, True]
    assert numbers.is_one_of(frozenset({0.0, 1.0})).tolist() == [True, False, False, True]
    words = column_of(["b", None, NOT_APPLICABLE, "a"], ANSWER)
    assert words.is_one_of(frozenset({"a"})).tolist() == [False, False, False, True]
    assert words.is_one_of(frozenset({"a", "b"})).tolist() == [True, False, False, True]
    days = column_of([date(2026, 1, 5), None], DAY)
    assert days.is_one_of(frozenset({date(2026, 1, 5)})).tolist() == [True, False]


def test_a_column_in_which_the_question_always_applies_keeps_no_mask():
    column = column_of([1.0, None], NUMBER)
    assert isinstance(column, NumericColumn)
    assert column.inapplicable is None


def test_days_are_counted_as_numpy_counts_them():
    day = date(2026, 3, 31)
    assert day_number(day) == np.datetime64(day).astype("datetime64[D]").astype(float)
    assert number_of(True) == 1.0


def test_no_answer_at_all_is_a_column_of_unknown_facts():
    column = column_of([], ANSWER)
    assert isinstance(column, CategoryColumn)
    assert column.levels == ()
    assert column.is_one_of(frozenset({"a"})).tolist() == []
