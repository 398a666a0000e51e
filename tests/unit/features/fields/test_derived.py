"""Facts that follow from others: nobody gives them, and nobody is asked for them."""

import pytest
from pydantic import ValidationError

from features.fields import (
    DaysField,
    NumberField,
    PolicyField,
    RatioField,
    WrongFactError,
    may_not_apply,
)

RATE = RatioField(type="ratio", of="margin", to="price")


@pytest.mark.parametrize("way", [RATE.check, RATE.read])
def test_a_derived_fact_cannot_be_given(way):
    with pytest.raises(WrongFactError, match="cannot be given") as wrong:
        way("0.5")
    assert wrong.value.hint == "give margin and price"


@pytest.mark.parametrize(
    ("setting", "value"),
    [("column", "Rate"), ("unknown", ["?"]), ("not_applicable", ["n/a"]), ("cost", {"hours": 1.0}),
     ("valid_for_days", 3), ("observed_column", "Seen"), ("question", {"en": "a", "fr": "b"})],
)  # fmt: skip
def test_what_is_said_of_answers_has_no_place_there(setting, value):
    written = {"type": "ratio", "of": "margin", "to": "price", setting: value}
    with pytest.raises(ValidationError, match="nobody answers a derived fact"):
        RatioField.model_validate(written)


def test_the_day_of_the_decision_is_no_field():
    assert DaysField(type="days_between", start="as_of", end="due").sources() == ("due",)
    assert DaysField(type="days_between", start="asked", end="due").sources() == ("asked", "due")


def test_a_derived_question_may_not_apply_where_one_that_it_follows_from_may_not():
    plain, optional = NumberField(type="number"), NumberField(type="number", not_applicable=())
    fields: dict[str, PolicyField] = {"margin": plain, "price": plain, "rate": RATE}
    assert not may_not_apply(fields, "rate")
    assert may_not_apply({**fields, "price": optional}, "rate")
    assert not may_not_apply({**fields, "price": None}, "rate")
