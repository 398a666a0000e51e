"""The cut of the index keeps its word at any count, and a fixed one does not."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from training.monitoring.psi import (
    design_effect,
    found_by_benjamini_hochberg,
    label_bins,
    number_bins,
    stability,
)

N_COMPANIES = 1_000
COUNTS = ((30, 1_000), (100, 1_000), (100, 200))
"""Deals since, and deals before."""


def indices(m, n=1_000, shift=0.0, seed=1):
    """Return the tests of companies whose ``m`` new deals are like the others but for a shift."""
    random = np.random.default_rng(seed)
    found = []
    for _ in range(N_COMPANIES):
        reference, current = random.normal(size=n), random.normal(shift, size=m)
        codes = number_bins(reference, reference), number_bins(reference, current)
        found.append(stability(*codes))
    return found


@pytest.mark.parametrize(("m", "n"), COUNTS)
def test_at_most_seven_still_companies_of_a_hundred_are_said_to_move(m, n):
    tests = indices(m, n)
    assert all(one.bins == 5 for one in tests)
    assert np.mean([one.psi > one.cut for one in tests]) <= 0.07
    assert np.mean([one.p < 0.05 for one in tests]) <= 0.07


@pytest.mark.parametrize(("m", "n"), [COUNTS[0], COUNTS[2]])
def test_a_fixed_cut_of_a_tenth_fails_the_same(m, n):
    """With 100 deals beside 1,000 it happens to be the right one, 0.104."""
    assert np.mean([one.psi > 0.1 for one in indices(m, n)]) > 0.1


def test_what_moves_is_seen():
    assert np.mean([one.psi > one.cut for one in indices(100, shift=0.8)]) > 0.95


def is_found(*sides):
    told = stability(*sides)
    assert told is not None
    return told.p < 0.05


def test_deals_of_one_customer_do_not_count_as_so_many():
    """Five deals an account, all alike: without the accounts half of the still would move."""
    random = np.random.default_rng(2)
    groups = np.repeat(np.arange(80), 5), np.repeat(np.arange(40), 5)
    right, wrong = [], []
    for _ in range(400):
        codes = [random.integers(0, 3, group.max() + 1)[group] for group in groups]
        right.append(is_found(*codes, groups))
        wrong.append(is_found(*codes))
    assert np.mean(right) <= 0.07
    assert np.mean(wrong) > 0.3


@given(hnp.arrays(np.intp, st.integers(2, 60), elements=st.integers(0, 4)))
def test_a_group_beside_itself_is_not_apart(codes):
    found = stability(codes, codes)
    assert found is None or (found.psi == pytest.approx(0) and found.p == pytest.approx(1))
    assert design_effect(codes, np.arange(len(codes))) == pytest.approx(1.0)


@given(hnp.arrays(np.float64, st.integers(1, 50), elements=st.integers(-3, 3)))
def test_bins_rise_with_the_values_and_are_five_at_most(values):
    codes = number_bins(values, values)
    order = np.argsort(values)
    assert (np.diff(codes[order]) >= 0).all()
    assert codes.min() == 0
    assert codes.max() <= 4


def test_rare_labels_share_a_bin():
    reference = np.repeat(np.arange(6), [50, 40, 30, 20, 10, 5])
    assert label_bins(reference, np.arange(7), 7).tolist() == [0, 1, 2, 3, 4, 4, 4]


def test_many_looks_are_paid_for():
    random = np.random.default_rng(3)
    false = [found_by_benjamini_hochberg(random.random(20)).any() for _ in range(1_000)]
    assert np.mean(false) <= 0.07
    assert found_by_benjamini_hochberg(np.array([])).size == 0
    assert found_by_benjamini_hochberg(np.full(5, 0.04)).all()
