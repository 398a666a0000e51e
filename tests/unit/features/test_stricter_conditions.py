"""Which of two conditions is stricter, proven: every pair of simple ones against every deal."""

import random
from datetime import date
from functools import cache
from itertools import combinations, product

import pytest

from features.conditions import COMPARISONS, All, AnyOf, Applies, Comparison, IsOneOf, Not
from features.deal import NOT_APPLICABLE
from features.fields import CategoryField, DateField, NumberField, PolicyField
from features.reasoning import Reasoning

NA = ("does not apply",)
FIELDS: dict[str, PolicyField] = {
    "n": NumberField(type="number", not_applicable=NA),
    "limit": NumberField(type="number"),
    "d": DateField(type="date"),
    "a": CategoryField(type="category", values=["x", "y", "z"], not_applicable=NA),
    "b": CategoryField(type="category", values=["x", "y", "z"], not_applicable=NA),
}
N_PAIRS = 3_000


def implies(one, other):
    return Reasoning(FIELDS).implies(one, other)


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
        (above(date(2026, 2, 1), field="d"), above(date(2026, 1, 1), field="d")),
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
    ],
)
def test_what_nobody_can_tell_is_no(one, other):
    assert not implies(one, other)
    assert not implies(other, one)


def test_what_does_not_apply_is_neither_above_nor_at_most():
    assert implies(above(5.0, "at_most"), Not(above(5.0)))
    assert not implies(Not(above(5.0)), above(5.0, "at_most"))


DEALS = [
    {"n": number, "a": answer}
    for number, answer in product(
        (0.0, 1.0, 1.5, 2.0, 3.0, NOT_APPLICABLE), ("x", "y", "z", NOT_APPLICABLE)
    )
]
"""Every deal there is, as far as these conditions can tell."""


@cache
def every_condition():
    """Return simple conditions, their opposites, and all their pairs joined in both ways."""
    simple = [above(limit, test) for test in COMPARISONS for limit in (1.0, 2.0)]
    simple += [among(1.0, field="n"), among(1.0, 2.0, field="n"), Applies("n")]
    simple += [among("x"), among("x", "y")]
    simple += [Not(one) for one in simple]
    joined = [branch(pair) for pair in combinations(simple, 2) for branch in (All, AnyOf)]
    return [(one, holds_for(one)) for one in simple], [(one, holds_for(one)) for one in joined]


def holds_for(condition):
    """Return the deals for which a condition holds, as bits."""
    return sum(bool(condition.holds(deal)) << place for place, deal in enumerate(DEALS))


def count(told):
    """Return how many of some pairs are wrongly, rightly and not told to imply each other."""
    simple, joined = every_condition()
    pairs = [*product(simple, joined), *product(joined, simple), *product(simple, simple)]
    wrong = right = silent = 0
    for (one, mine), (other, theirs) in random.Random(0).sample(pairs, N_PAIRS):
        implied = not mine & ~theirs
        said = told(one, other)
        wrong += said and not implied
        right += said and implied
        silent += implied and not said
    return wrong, right, silent


def test_what_is_said_is_so_for_every_deal_and_all_that_is_so_is_said():
    wrong, right, silent = count(implies)
    assert (wrong, silent) == (0, 0)
    assert right > N_PAIRS / 20


def test_the_count_catches_a_broken_implication():
    def turns_around(one, other):
        return implies(other, one)

    wrong, _, silent = count(turns_around)
    assert wrong > 0
    assert silent > 0
