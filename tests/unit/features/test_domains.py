"""The answers worth trying: enough of them, and only valid ones."""

from datetime import date
from typing import Any

import pytest

from features import domains
from features.conditions import All, AnyOf, Applies, Comparison, Condition, IsOneOf
from features.deal import NOT_APPLICABLE
from features.domains import ANOTHER_ANSWER, domains_of
from features.fields import (
    BooleanField,
    CategoryField,
    DateField,
    DaysField,
    NumberField,
    PolicyField,
)
from features.reasoning import Reasoning

NUMBER = NumberField(type="number")


def answers(condition: Condition, name: str) -> list[Any]:
    return list(domains_of(condition, FIELDS)[name])


FIELDS: dict[str, PolicyField] = {
    "a": NUMBER,
    "b": NUMBER,
    "c": NUMBER,
    "small": NumberField(type="number", min=0, max=9),
    "yes": BooleanField(type="boolean"),
    "maybe": BooleanField(type="boolean", not_applicable=["n/a"]),
    "size": CategoryField(type="category", values=["S", "M", "L", "XL"]),
    "open": CategoryField(type="category"),
    "day": DateField(type="date", min=date(2026, 1, 1), max=date(2026, 1, 31)),
    "asked": DateField(type="date", not_applicable=["-"]),
    "age": DaysField(type="days_between", start="asked", end="as_of"),
}
IN_A_ROW = All(
    (
        Comparison("a", "above", 0.0),
        Comparison("a", "below", "b"),
        Comparison("b", "below", "c"),
        Comparison("c", "below", 0.5),
    )
)
"""Three numbers between the same two limits, in an order."""


def test_numbers_stay_within_the_range_of_their_field():
    found = answers(Comparison("small", "above", 20.0), "small")
    assert min(found) == 0
    assert max(found) == 9


def test_there_is_a_number_on_a_limit_and_on_both_sides_of_it():
    found = answers(Comparison("small", "above", 4.0), "small")
    assert 4.0 in found
    assert any(0 < number < 4 for number in found)
    assert any(4 < number < 9 for number in found)


def test_answers_that_a_condition_cannot_tell_apart_stand_for_each_other():
    condition = AnyOf((IsOneOf("size", frozenset({"S", "M"})), IsOneOf("size", frozenset({"S"}))))
    assert domains_of(condition, FIELDS)["size"] == ("S", "M", "L")


def test_an_open_category_has_another_answer():
    condition = IsOneOf("open", frozenset({"x"}))
    assert set(domains_of(condition, FIELDS)["open"]) == {"x", ANOTHER_ANSWER}


def test_what_may_not_apply_may_not_apply_and_so_may_what_follows_from_it():
    condition = All((Applies("maybe"), Comparison("age", "above", 3.0)))
    found = domains_of(condition, FIELDS)
    assert NOT_APPLICABLE in found["maybe"]
    assert NOT_APPLICABLE in found["age"]
    assert NOT_APPLICABLE not in domains_of(IsOneOf("yes", frozenset({True})), FIELDS)["yes"]


def test_days_are_whole_and_within_their_range():
    found = answers(Comparison("day", "above", date(2026, 1, 30)), "day")
    assert set(found) >= {date(2026, 1, 30), date(2026, 1, 31)}
    assert max(found) == date(2026, 1, 31)
    between = All((Comparison("age", "above", 3.0), Comparison("age", "below", 4.0)))
    assert Reasoning(FIELDS).is_impossible(between)


def test_the_first_and_the_last_day_there_is_are_no_trouble():
    condition = All(
        (Comparison("asked", "below", date.max), Comparison("asked", "above", date.min))
    )
    assert Reasoning(FIELDS).can_hold(condition)


@pytest.mark.parametrize("limit", [-1e300, -1e15, 1e15, 0.1 + 0.2])
def test_extreme_limits_are_no_trouble(limit):
    assert Reasoning(FIELDS).can_hold(Comparison("a", "at_least", limit)) is not None


def test_fields_compared_with_each_other_find_room_between_the_same_limits():
    assert Reasoning(FIELDS).can_hold(IN_A_ROW)


def test_with_fewer_points_than_fields_they_would_not(monkeypatch):
    one_point = domains._dense_points
    monkeypatch.setattr(domains, "_dense_points", lambda cuts, _many: one_point(cuts, 1))
    assert Reasoning(FIELDS).is_impossible(IN_A_ROW)
