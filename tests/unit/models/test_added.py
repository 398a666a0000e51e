"""What columns add is given to their owners, in equal parts, and all of it."""

import numpy as np
import pytest

from models.added import ByField, FieldContributions

OWNERS = [("a",), ("b", "a"), ("c",), ("a",)]
TERMS = np.random.default_rng(0).normal(size=(7, 4))


def test_every_column_goes_to_its_owners_in_equal_parts():
    sums = ByField.of_owners(OWNERS, ("a", "b", "c")).sums(TERMS)
    assert (sums[:, 0] == TERMS[:, 0] + TERMS[:, 1] / 2 + TERMS[:, 3]).all()
    assert (sums[:, 1] == TERMS[:, 1] / 2).all()
    assert sums.sum(axis=1) == pytest.approx(TERMS.sum(axis=1))


def test_one_deal_gets_the_same_last_bit_as_in_a_batch():
    by_field = ByField.of_owners(OWNERS, ("a", "b", "c"))
    together = by_field.sums(TERMS)
    for row in range(len(TERMS)):
        assert (by_field.sums(TERMS[[row]])[0] == together[row]).all()
    assert by_field.sums(TERMS[:0]).shape == (0, 3)


def test_without_columns_there_is_nothing():
    assert (ByField.of_owners([], ("a",)).sums(np.empty((2, 0))) == 0).all()
    alone = FieldContributions((), np.empty((2, 0)), np.zeros(2))
    assert alone.shares().shape == (2, 0)
