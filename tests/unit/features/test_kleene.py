"""Three-valued truth for a column of deals; its laws stand in tests/property."""

import numpy as np
import pytest

from features.kleene import Truth


def test_a_known_truth_is_true_or_false_and_not_unknown():
    truth = Truth.known(np.array([True, False]))
    assert truth.true.tolist() == [True, False]
    assert truth.false.tolist() == [False, True]
    assert truth.unknown.tolist() == [False, False]


@pytest.mark.parametrize("holds", [True, False])
def test_what_is_not_known_is_unknown_whatever_it_would_hold(holds):
    known, value = np.array([False, True]), np.array([holds, holds])
    truth = Truth.where_known(known, value)
    assert truth.unknown.tolist() == [True, False]
    assert (truth.true[1], truth.false[1]) == (holds, not holds)


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
