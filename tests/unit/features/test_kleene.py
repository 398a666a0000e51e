"""Three-valued truth, for one deal and for a column; its laws stand in tests/property."""

import numpy as np
import pytest

from features.kleene import Truth


def test_a_known_truth_is_true_or_false_and_not_unknown():
    yes, no = Truth.known(True), Truth.known(False)
    assert (yes.true, yes.false, yes.unknown) == (True, False, False)
    assert (no.true, no.false, no.unknown) == (False, True, False)


def test_what_nobody_knows_is_neither_true_nor_false():
    truth = Truth.of_unknown()
    assert (truth.true, truth.false, truth.unknown) == (False, False, True)


@pytest.mark.parametrize("holds", [True, False])
def test_what_is_not_known_is_unknown_whatever_it_would_hold(holds):
    assert Truth.where_known(False, holds).unknown is True
    assert Truth.where_known(True, holds) == Truth.known(holds)


def test_a_column_of_known_answers_is_three_masks():
    truth = Truth.where_known(np.array([True, True, False]), np.array([True, False, True]))
    assert truth.true.tolist() == [True, False, False]
    assert truth.false.tolist() == [False, True, False]
    assert truth.unknown.tolist() == [False, False, True]


def test_combining_columns_leaves_the_columns_as_they_were():
    one = Truth.known(np.array([True, False]))
    other = Truth.where_known(np.array([False, True]), np.array([False, False]))
    before = [one.true.copy(), one.false.copy(), other.true.copy(), other.false.copy()]
    _ = (one & other) | ~one
    after = [one.true, one.false, other.true, other.false]
    assert all(np.array_equal(x, y) for x, y in zip(before, after, strict=True))
