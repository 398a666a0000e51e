"""Which of two conditions is stricter, by examples; the law is a property."""

from datetime import date

import pytest

from features.conditions import All, AnyOf, Applies, Comparison, IsOneOf, Not
from features.policy.implication import implies


def among(*values, field="a"):
    return IsOneOf(field, frozenset(values))


def above(limit, test="above", field="n"):
    return Comparison(field, test, limit)


@pytest.mark.parametrize(
    ("stricter", "wider"),
    [
        (among("x"), among("x", "y")),
        (above(5.0), above(3.0)),
        (above(5.0), above(5.0, "at_least")),
        (above(3.0, "below"), above(3.0, "at_most")),
        (above(date(2026, 2, 1)), above(date(2026, 1, 1))),
        (above("limit"), above("limit", "at_least")),
        (among(3.0, 4.0, field="n"), above(2.0)),
        (among("x"), Applies("a")),
        (above(1.0), Applies("n")),
        (All((among("x"), above(1.0))), above(1.0)),
        (among("x"), AnyOf((above(1.0), among("x", "y")))),
        (Not(among("x", "y")), Not(among("x"))),
        (among("x"), Not(among("y"))),
        (above(5.0), Not(above(3.0, "below"))),
        (Not(AnyOf((among("x"), above(1.0)))), Not(above(2.0))),
        (Not(Not(among("x"))), among("x", "y")),
        (AnyOf((among("x"), among("y"))), among("x", "y", "z")),
        (above(9.0), Not(All((among("x"), above(3.0, "below"))))),
        (among("x"), Not(AnyOf((among("y"), among("z"))))),
        (among("x"), Not(Not(among("x")))),
    ],
)
def test_the_stricter_implies_the_wider_and_not_the_other_way_round(stricter, wider):
    assert implies(stricter, stricter)
    assert implies(wider, wider)
    assert implies(stricter, wider)
    if stricter != Not(Not(among("x"))) and wider != Not(Not(among("x"))):
        assert not implies(wider, stricter)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (among("x"), among("x", field="b")),
        (above(5.0), above(3.0, "below")),
        (above(5.0), above("limit")),
        (among("x"), above(1.0, field="a")),
    ],
)
def test_what_nobody_can_tell_is_no(one, other):
    assert not implies(one, other)
    assert not implies(other, one)


def test_what_does_not_apply_is_neither_above_nor_at_most():
    assert implies(above(5.0, "at_most"), Not(above(5.0)))
    assert not implies(Not(above(5.0)), above(5.0, "at_most"))
