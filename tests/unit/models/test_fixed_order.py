"""Sums in a fixed order: the same last bit in any batch, short way or long."""

import numpy as np
import pytest

from models.fixed_order import added_in_order

RANDOM = np.random.default_rng(0)
TERMS = RANDOM.normal(size=(73, 40)) * 10.0 ** RANDOM.integers(-8, 8, size=(73, 1))
START = RANDOM.normal(size=40)


def one_by_one(start, terms):
    return np.array(
        [sum(map(float, column), float(one)) for one, column in zip(start, terms.T, strict=True)]
    )


@pytest.mark.parametrize("few", [0, 10**9])
def test_terms_are_added_from_left_to_right_however_many_there_are(monkeypatch, few):
    monkeypatch.setattr("models.fixed_order.FEW_NUMBERS", few)
    assert (added_in_order(START, TERMS) == one_by_one(START, TERMS)).all()
    for row in range(5):
        alone = added_in_order(START[[row]], TERMS[:, [row]])
        assert alone[0] == added_in_order(START, TERMS)[row]


def test_the_check_would_notice_sums_by_pairs():
    assert not (START + TERMS.T.copy().sum(axis=1) == one_by_one(START, TERMS)).all()


def test_the_start_stays_as_it_was(monkeypatch):
    monkeypatch.setattr("models.fixed_order.FEW_NUMBERS", 0)
    before = START.copy()
    added_in_order(START, TERMS)
    assert (before == START).all()
