"""The questions of a policy: what each accepts as a fact, and what it says to the rest."""

import json
import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from features.columns import number_of
from features.deal import Fact
from features.fields import (
    LARGEST_NUMBER,
    LONGEST_ANSWER,
    BooleanField,
    CategoryField,
    NumberField,
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


KINDS = ((NUMBER, float), (RANGE, float), (YES_NO, bool), (CLOSED, str), (OPEN, str))


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


@pytest.mark.parametrize("value", [0, -3, 2.5, 10**15, np.float64(1.5), -0.0])
def test_a_number_is_any_finite_number_and_becomes_a_float(value):
    fact = NUMBER.check(value)
    assert type(fact) is float or isinstance(fact, np.float64)
    assert fact == value


def test_minus_zero_and_zero_are_one_fact():
    assert math.copysign(1, number_of(NUMBER.check(-0.0))) == 1


@pytest.mark.parametrize(
    "value", [math.nan, math.inf, -math.inf, json.loads("1e400"), 10**400, -(10**400), 1.1e15]
)
def test_a_number_that_cannot_be_added_up_is_refused_with_a_hint(value):
    wrong = refusal(NUMBER, value)
    assert "is not a usable number" in wrong.what
    assert wrong.hint == "a finite number up to 1e15"


@pytest.mark.parametrize("value", [True, False, "12", "", None, [1], {"a": 1}, 1j])
def test_what_is_not_a_number_is_not_made_into_one(value):
    wrong = refusal(NUMBER, value)
    assert wrong.what.endswith("is not a number")
    assert wrong.hint


@pytest.mark.parametrize("field", [NUMBER, RANGE, YES_NO, CLOSED, OPEN])
@pytest.mark.parametrize("digits", [400, 5000])
def test_an_integer_of_thousands_of_digits_is_refused_like_any_other(field, digits):
    wrong = refusal(field, 10**digits)
    assert len(wrong.what) < 100


def test_the_ends_of_a_range_are_inside_it():
    assert [RANGE.check(value) for value in (0, 100)] == [0, 100]
    assert NUMBER.check(LARGEST_NUMBER) == LARGEST_NUMBER


@pytest.mark.parametrize("value", [-0.01, 100.01, -1e15])
def test_a_number_out_of_range_is_told_the_range_and_its_unit(value):
    wrong = refusal(RANGE, value)
    assert wrong.what == f"{value:.15g} is out of range"
    assert wrong.hint == "at least 0 and at most 100 EUR"


def test_a_range_may_have_one_end_only():
    assert refusal(NumberField(type="number", min=5), 4).hint == "at least 5"
    assert refusal(NumberField(type="number", max=5), 6).hint == "at most 5"


@pytest.mark.parametrize(
    ("text", "number"),
    [("12", 12), ("-1.5", -1.5), ("+3.", 3), (".5", 0.5), ("1e3", 1000), ("2.5E-1", 0.25)],
)
def test_a_number_is_read_from_a_text(text, number):
    assert NUMBER.read(text) == number


@pytest.mark.parametrize(
    "text", ["", " 1", "1\n", "1,5", "1 000", "1_000", "0x10", "nan", "inf", "Infinity", "-", "e5"]
)
def test_a_text_that_is_not_plainly_a_number_is_refused(text):
    with pytest.raises(WrongFactError, match="is not a number"):
        NUMBER.read(text)


def test_a_text_of_a_huge_number_is_refused():
    for text in ("1e400", "9" * 400):
        with pytest.raises(WrongFactError, match="not a usable number"):
            NUMBER.read(text)


@pytest.mark.parametrize("value", [1, 0, 1.0, "true", "Yes", "", None, [True]])
def test_only_true_and_false_are_yes_or_no(value):
    wrong = refusal(YES_NO, value)
    assert wrong.what.endswith("is not true or false")
    assert YES_NO.check(True) is True
    assert YES_NO.check(False) is False


@pytest.mark.parametrize("text", ["yes", "Yes", "TRUE", "y", "1", "oui", "O", "vrai"])
def test_yes_is_read_in_both_languages(text):
    assert YES_NO.read(text) is True


@pytest.mark.parametrize("text", ["no", "No", "FALSE", "n", "0", "non", "N", "faux"])
def test_no_is_read_in_both_languages(text):
    assert YES_NO.read(text) is False


@pytest.mark.parametrize("text", ["", "maybe", "2", "-", "yes no"])
def test_a_text_that_is_neither_yes_nor_no_is_refused(text):
    with pytest.raises(WrongFactError, match="is not yes or no"):
        YES_NO.read(text)


def test_an_answer_is_kept_without_the_spaces_around_it():
    assert CLOSED.check("  High ") == "High"
    assert OPEN.check("\tReferral\n") == "Referral"


@pytest.mark.parametrize("value", [1, 1.5, True, None, ["High"], {"is": "High"}])
def test_what_is_not_a_text_is_not_an_answer(value):
    wrong = refusal(CLOSED, value)
    assert wrong.what.endswith("is not a text")


@pytest.mark.parametrize(
    "value", ["", "   ", "x" * (LONGEST_ANSWER + 1), "a\x00b", "a\x1b[31mb", "a\nb", "\ud800"]
)
def test_an_empty_too_long_or_unprintable_answer_is_refused(value):
    wrong = refusal(OPEN, value)
    assert wrong.what.endswith("is not an answer")
    assert str(LONGEST_ANSWER) in wrong.hint
    assert wrong.what.isprintable()


def test_the_longest_answer_is_still_an_answer():
    assert OPEN.check("x" * LONGEST_ANSWER) == "x" * LONGEST_ANSWER


def test_an_answer_that_is_not_on_the_list_is_told_the_nearest_that_is():
    assert refusal(CLOSED, "Hihg").hint == "did you mean 'High'?"
    assert refusal(CLOSED, "zzz").hint == "one of: Low, Mid, High, No"


def test_an_open_question_takes_any_answer():
    assert OPEN.check("Anything at all, même l'été") == "Anything at all, même l'été"


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


@pytest.mark.parametrize(
    "written",
    [
        {"type": "number", "values": ["a"]},
        {"type": "number", "min": math.nan},
        {"type": "number", "max": math.inf},
        {"type": "number", "better": "more"},
    ],
)
def test_a_number_field_refuses_settings_that_make_no_sense(written):
    with pytest.raises(ValidationError):
        NumberField.model_validate(written)


@pytest.mark.parametrize("values", [[], [""], "Low"])
def test_a_closed_question_has_at_least_one_answer(values):
    with pytest.raises(ValidationError):
        CategoryField.model_validate({"type": "category", "values": values})
