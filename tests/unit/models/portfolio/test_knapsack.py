"""Hand-made choices; the laws and the exhaustive oracle are in the property tests."""

import numpy as np
import pytest

from models.portfolio.knapsack import CLOSE_CALLS, EXACT_UP_TO, Effort, choose, choose_with


def array(*values):
    return np.array(values, float)


def test_two_small_deals_beat_the_one_with_the_most_value_an_hour():
    """A greedy choice takes the first, which leaves no room for the two others."""
    found = choose(array(61, 50, 50), array(6, 5, 5)[:, None], array(10))
    assert found.taken.tolist() == [False, True, True]
    assert (found.value, found.bound, found.gap) == (100, 100, 0)


def test_the_price_of_an_hour_is_what_the_next_one_brings():
    found = choose(array(30, 20, 10), array(1, 1, 1)[:, None], array(2))
    assert found.prices == pytest.approx([10])
    assert choose(array(30, 20, 10), array(1, 1, 1)[:, None], array(3)).prices == pytest.approx(
        [0]
    )


def test_each_role_has_its_own_price():
    hours = np.array([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0]])
    found = choose(array(30, 20, 10), hours, array(1, 5))
    assert found.taken.tolist() == [True, False, True]
    assert found.prices == pytest.approx([20, 0])


@pytest.mark.parametrize(("limit", "taken"), [(0, [True, False]), (4, [True, True])])
def test_deals_without_hours_are_free(limit, taken):
    found = choose(array(1, 5), np.array([[0.0], [4.0]]), array(limit))
    assert found.taken.tolist() == taken


def test_no_deal_is_a_choice_too():
    found = choose(array(), np.empty((0, 1)), array(10))
    assert (found.taken.tolist(), found.value, found.bound, found.gap) == ([], 0, 0, 0)


def test_tenths_of_hours_fit_exactly():
    """0.1 + 0.2 is more than 0.3 in floating point, and not in hours."""
    assert choose(array(1, 1), np.array([[0.1], [0.2]]), array(0.3)).taken.all()


def test_a_deal_that_is_forced_is_taken_or_nothing_is():
    hours = array(6, 5, 5)[:, None]
    found = choose_with(0, array(61, 50, 50), hours, array(10))
    assert found is not None
    assert found.taken.tolist() == [True, False, False]
    assert choose_with(0, array(61, 50, 50), hours, array(5)) is None


def hard(n, roles, seed=0):
    random = np.random.default_rng(seed)
    hours = np.ceil(random.lognormal(3.5, 0.8, (n, roles)))
    return hours.sum(axis=1) * 50 + 2_000, hours, hours.sum(axis=0) * 0.4


def test_where_the_effort_ends_the_best_found_comes_with_its_gap():
    values, hours, limits = hard(150, 3)
    found = choose(values, hours, limits, effort=Effort(seconds=0.02, branches=1))
    assert (hours[found.taken].sum(axis=0) <= limits).all()
    assert 0 < found.gap < 0.05
    assert found.value == values[found.taken].sum()


def test_many_deals_come_near_their_bound_and_fit():
    values, hours, limits = hard(EXACT_UP_TO + 10 * CLOSE_CALLS, 3)
    found = choose(values, hours, limits)
    assert (hours[found.taken].sum(axis=0) <= limits).all()
    assert found.gap <= 1e-3
    whole = (found.prices @ limits) + np.maximum(values - hours @ found.prices, 0).sum()
    assert found.bound == pytest.approx(whole, rel=1e-6)
