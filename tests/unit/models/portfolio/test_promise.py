"""The promise of a plan, against what can be computed by hand."""

import numpy as np
import pytest
from scipy.stats import binom

from models.portfolio.promise import promise_of


def test_sums_at_both_probabilities():
    p, rates = np.array([0.5, 0.2]), np.array([0.4, 0.1])
    if_won, cost = np.array([100.0, 50.0]), np.array([10.0, 5.0])
    found = promise_of(p, rates, if_won, cost)
    assert found.expected_value == pytest.approx(45)
    assert found.comparable_value == pytest.approx(30)
    assert (found.expected_wins, found.comparable_wins) == pytest.approx((0.7, 0.5))


def test_without_a_comparable_deal_for_each_there_is_no_sum():
    found = promise_of(np.array([0.5, 0.2]), np.array([0.4, np.nan]), np.ones(2), np.ones(2))
    assert (found.comparable_value, found.comparable_wins) == (None, None)


def test_the_interval_of_wins_is_that_of_the_binomial_where_all_are_alike():
    n, p = 60, 0.3
    found = promise_of(np.full(n, p), np.full(n, p), np.ones(n), np.zeros(n))
    exact = binom.ppf([0.05, 0.95], n, p)
    assert np.abs(np.array(found.wins) - exact).max() <= 1
    assert found.value == pytest.approx(found.wins, abs=1)


def test_nothing_chosen_promises_nothing_and_the_same_seed_draws_the_same():
    nothing = promise_of(*(np.array([]),) * 4)
    assert (nothing.expected_value, nothing.wins, nothing.value) == (0, (0, 0), (0, 0))
    p = np.linspace(0.1, 0.9, 7)
    assert promise_of(p, p, p, p, seed=3) == promise_of(p, p, p, p, seed=3)
