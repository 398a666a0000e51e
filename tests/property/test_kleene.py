"""Kleene's strong logic, on every combination of truths and on columns of them."""

from itertools import product
from typing import TypeAlias

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from features.kleene import Truth

Three: TypeAlias = bool | None

THREE: tuple[Three, ...] = (True, False, None)
PAIRS = list(product(THREE, repeat=2))
TRIPLES = list(product(THREE, repeat=3))
COLUMNS = st.lists(st.tuples(*[st.sampled_from(THREE)] * 3), min_size=1, max_size=30)


def truth(value: Three) -> Truth:
    return column([value])


def column(values: list[Three]) -> Truth:
    known = np.array([value is not None for value in values])
    return Truth.where_known(known, np.array([value is True for value in values]))


def read(answer: Truth) -> Three:
    (one,) = read_column(answer)
    return one


def read_column(answer: Truth) -> list[Three]:
    masks = np.stack([answer.true, answer.false, answer.unknown])
    assert (masks.sum(axis=0) == 1).all()
    return [(True, False, None)[place] for place in masks.argmax(axis=0)]


def refines(earlier: Three, later: Three) -> bool:
    """Whether ``later`` may follow ``earlier`` once something more is known."""
    return earlier is None or earlier is later


@pytest.mark.parametrize(
    ("one", "other", "both", "either"),
    [
        (True, True, True, True),
        (True, False, False, True),
        (True, None, None, True),
        (False, True, False, True),
        (False, False, False, False),
        (False, None, False, None),
        (None, True, None, True),
        (None, False, False, None),
        (None, None, None, None),
    ],
)
def test_and_and_or_follow_the_truth_table(one, other, both, either):
    assert read(truth(one) & truth(other)) is both
    assert read(truth(one) | truth(other)) is either


@pytest.mark.parametrize(("one", "opposite"), [(True, False), (False, True), (None, None)])
def test_not_follows_the_truth_table(one, opposite):
    assert read(~truth(one)) is opposite


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_de_morgan(one, other):
    a, b = truth(one), truth(other)
    assert read(~(a & b)) is read(~a | ~b)
    assert read(~(a | b)) is read(~a & ~b)
    assert read(~~a) is one


@pytest.mark.parametrize(("one", "other", "third"), TRIPLES)
def test_and_and_or_commute_associate_distribute_and_absorb(one, other, third):
    a, b, c = truth(one), truth(other), truth(third)
    same = [
        (a & b, b & a),
        (a | b, b | a),
        ((a & b) & c, a & (b & c)),
        ((a | b) | c, a | (b | c)),
        (a & (b | c), (a & b) | (a & c)),
        (a | (b & c), (a | b) & (a | c)),
        *((alike, a) for alike in (a & a, a | a, a & (a | b), a | (a & b))),
    ]
    for left, right in same:
        assert read(left) is read(right)


@pytest.mark.parametrize(("one", "other"), PAIRS)
@pytest.mark.parametrize(("later", "later_other"), PAIRS)
def test_learning_what_was_unknown_never_flips_what_was_decided(one, other, later, later_other):
    if not (refines(one, later) and refines(other, later_other)):
        return
    before, after = (truth(one), truth(other)), (truth(later), truth(later_other))
    assert refines(read(before[0] & before[1]), read(after[0] & after[1]))
    assert refines(read(before[0] | before[1]), read(after[0] | after[1]))
    assert refines(read(~before[0]), read(~after[0]))


def test_the_law_of_learning_catches_an_and_that_reads_unknown_as_no():
    def careless_and(one: Three, other: Three) -> Three:
        return bool(one) and bool(other)

    flips = [
        (one, other, later, later_other)
        for (one, other), (later, later_other) in product(PAIRS, repeat=2)
        if refines(one, later)
        and refines(other, later_other)
        and not refines(careless_and(one, other), careless_and(later, later_other))
    ]
    assert (True, None, True, True) in flips


@given(COLUMNS)
def test_a_column_answers_as_its_deals_one_by_one(rows):
    firsts, seconds, thirds = (list(values) for values in zip(*rows, strict=True))
    a, b, c = column(firsts), column(seconds), column(thirds)
    one_by_one = [
        read((truth(x) & truth(y)) | ~(truth(z) & truth(x)))
        for x, y, z in zip(firsts, seconds, thirds, strict=True)
    ]
    assert read_column((a & b) | ~(c & a)) == one_by_one


@given(COLUMNS)
def test_a_column_keeps_its_shape_and_its_type(rows):
    a = column([row[0] for row in rows])
    b = column([row[1] for row in rows])
    for answer in (a & b, a | b, ~a):
        for mask in (answer.true, answer.false, answer.unknown):
            assert mask.shape == (len(rows),)
            assert mask.dtype == bool


@given(st.lists(st.sampled_from(THREE), min_size=1, max_size=30))
def test_a_column_is_true_false_or_unknown_and_only_one_of_them(values):
    answer = column(values)
    together = answer.true.astype(int) + answer.false.astype(int) + answer.unknown.astype(int)
    assert together.tolist() == [1] * len(values)
    assert read_column(answer) == values
