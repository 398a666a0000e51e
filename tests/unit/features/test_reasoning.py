"""Proofs about conditions, and what is said where a proof would take too long."""

import time

from features.conditions import All, Comparison, IsOneOf, Not
from features.fields import CategoryField, NumberField, PolicyField
from features.reasoning import Reasoning

FIELDS: dict[str, PolicyField] = {
    "size": NumberField(type="number", min=0),
    "need": CategoryField(type="category", values=["clear", "partial", "unclear"]),
    **{f"n{place}": NumberField(type="number") for place in range(8)},
}
CLEAR = IsOneOf("need", frozenset({"clear"}))
NOT_CLEAR = IsOneOf("need", frozenset({"partial", "unclear"}))


def above(limit: float, name: str = "size") -> Comparison:
    return Comparison(name, "above", limit)


def test_one_condition_may_imply_another():
    reasoning = Reasoning(FIELDS)
    assert reasoning.implies(above(5), above(2))
    assert not reasoning.implies(above(2), above(5))
    assert reasoning.implies(All((CLEAR, above(5))), CLEAR)


def test_conditions_may_be_equal_however_they_are_written():
    reasoning = Reasoning(FIELDS)
    assert reasoning.are_equal(Not(CLEAR), NOT_CLEAR)
    assert not reasoning.are_equal(CLEAR, NOT_CLEAR)


def test_conditions_may_cover_every_deal_together():
    reasoning = Reasoning(FIELDS)
    assert reasoning.cover_all((CLEAR, NOT_CLEAR))
    assert not reasoning.cover_all((CLEAR, above(5)))
    assert not reasoning.cover_all(())


def test_a_range_is_part_of_a_proof():
    assert Reasoning(FIELDS).is_certain(Comparison("size", "at_least", 0.0))


def test_where_a_proof_takes_too_long_nothing_is_said_and_soon():
    """Eight numbers in a circle, each above the next: impossible, and long to see."""
    circle = All(tuple(Comparison(f"n{n}", "above", f"n{(n + 1) % 8}") for n in range(8)))
    begin = time.perf_counter()
    reasoning = Reasoning(FIELDS, most_steps=1_000)
    assert reasoning.can_hold(circle) is None
    assert not reasoning.is_impossible(circle)
    assert time.perf_counter() - begin < 5
