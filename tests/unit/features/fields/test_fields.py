"""The questions of a policy: what each accepts as a fact, and what it says to the rest."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from features.deal import Fact
from features.fields import (
    BooleanField,
    CategoryField,
    DateField,
    NumberField,
    TextField,
    WrongFactError,
)
from features.texts import Text

NUMBER = NumberField(type="number")
RANGE = NumberField(type="number", unit="EUR", min=0, max=100)
YES_NO = BooleanField(type="boolean")
CLOSED = CategoryField(type="category", values=("Low", "Mid", "High", "No"))
OPEN = CategoryField(type="category")

ANYTHING = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(),
    st.lists(st.integers(), max_size=2),
    st.dictionaries(st.text(max_size=3), st.integers(), max_size=2),
)


KINDS = (
    (NUMBER, float), (RANGE, float), (YES_NO, bool), (CLOSED, str), (OPEN, str),
    (DateField(type="date"), date), (TextField(type="text"), str),
)  # fmt: skip


def tried(way: Callable[[Any], Fact], value: object) -> tuple[Fact | None, WrongFactError | None]:
    """Return the fact, or what is wrong with the value."""
    try:
        return way(value), None
    except WrongFactError as wrong:
        return None, wrong


def refusal(field: Any, value: object) -> WrongFactError:
    with pytest.raises(WrongFactError) as caught:
        field.check(value)
    return caught.value


@pytest.mark.parametrize("field", [NUMBER, RANGE, YES_NO, CLOSED, OPEN])
@pytest.mark.parametrize("digits", [400, 5000])
def test_an_integer_of_thousands_of_digits_is_refused_like_any_other(field, digits):
    wrong = refusal(field, 10**digits)
    assert len(wrong.what) < 100


@given(ANYTHING)
def test_a_field_returns_a_fact_of_its_kind_or_says_what_is_wrong_in_one_short_line(value):
    for field, kind in KINDS:
        fact, wrong = tried(field.check, value)
        assert wrong is None or (len(wrong.what) < 120 and wrong.what.isprintable() and wrong.hint)
        assert wrong or type(fact) is kind


@given(st.text(max_size=30))
def test_a_field_reads_any_text_or_says_what_is_wrong(text):
    for field, _ in KINDS:
        fact, wrong = tried(field.read, text)
        assert wrong is None or wrong.what.isprintable()
        assert wrong or field.check(fact) == fact


def test_a_field_without_a_label_is_called_by_its_name():
    assert YES_NO.label_in("budget_allocated", "fr") == "Budget allocated"
    labelled = BooleanField(type="boolean", label=Text(en="Budget", fr="Budget alloué"))
    assert labelled.label_in("budget_allocated", "fr") == "Budget alloué"
