"""What every question has in common: its states, its costs, and how values are shown."""

import pytest
from pydantic import ValidationError

from features.fields import BooleanField, CostToKnow
from features.fields.base import shown


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "null"),
        (True, "true"),
        ("High", "'High'"),
        ("a\nb", r"'a\nb'"),
        (1.5, "1.5"),
        (10**500, "an integer this long"),
        ({}, "an object"),
        ([1], "a list"),
        (object(), "this"),
    ],
)
def test_a_value_is_shown_in_a_few_printable_characters(value, text):
    assert shown(value) == text
    assert len(shown("x" * 1_000_000)) <= 40


@pytest.mark.parametrize("cost", [{"hours": -1.0}, {"money": float("inf")}, {"days": 1.0}])
def test_what_it_costs_to_find_out_is_hours_and_money(cost):
    with pytest.raises(ValidationError):
        CostToKnow.model_validate(cost)


@pytest.mark.parametrize(
    "settings",
    [
        {"valid_for_days": 0},
        {"valid_for_days": 36_501},
        {"column": ""},
        {"unknown": "Unknown"},
        {"label": {"en": "only"}},
        {"used_by_model": "yes"},
        {"unknown": ["?"], "not_applicable": ["?"]},
    ],
)
def test_settings_that_make_no_sense_are_refused(settings):
    with pytest.raises(ValidationError):
        BooleanField.model_validate({"type": "boolean", **settings})


def test_that_a_question_may_not_apply_is_a_state_of_its_own_even_without_a_word_for_it():
    assert BooleanField(type="boolean").not_applicable is None
    assert BooleanField(type="boolean", not_applicable=()).not_applicable == ()
