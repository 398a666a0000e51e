"""A question answered by a number."""

import json
import math
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from features.columns import number_of
from features.fields import LARGEST_NUMBER, NumberField, WrongFactError

NUMBER = NumberField(type="number")
RANGE = NumberField(type="number", unit="EUR", min=0, max=100)


def refusal(field: NumberField, value: Any) -> WrongFactError:
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
