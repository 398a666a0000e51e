"""Answers out of a list: each once, in order or not."""

import pytest
from pydantic import ValidationError

from features.fields import CategoryField


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"values": ["a", "b", "a"]}, "'a' is given twice"),
        ({"values": ["a", "b"], "unknown": ["b"]}, "'b' stands under 'unknown' too"),
        ({"values": ["a", "b"], "not_applicable": ["b"]}, "'b' stands under 'not_applicable' too"),
        ({"unknown": ["?"], "not_applicable": ["?"]}, "means unknown already"),
        ({"ordered": True}, "no values to order"),
        ({"values": ["a", "b"], "better": "higher"}, "have no order"),
    ],
)
def test_settings_that_contradict_each_other_are_refused(settings, words):
    with pytest.raises(ValidationError, match=words):
        CategoryField.model_validate({"type": "category", **settings})


def test_every_mistake_of_a_field_is_told_at_once():
    with pytest.raises(ValidationError) as refused:
        CategoryField.model_validate(
            {"type": "category", "values": ["a", "a"], "better": "up", "label": {"en": "a"}}
        )
    assert refused.value.error_count() == 3


def test_an_ordered_category_may_say_which_end_is_the_good_one():
    field = CategoryField.model_validate(
        {"type": "category", "values": ["low", "high"], "ordered": True, "better": "higher"}
    )
    assert field.better == "higher"
