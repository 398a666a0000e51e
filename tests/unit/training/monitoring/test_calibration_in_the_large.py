"""Promised beside won: the two intervals agree, and a right model is off one time in twenty."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.monitoring.calibration_in_the_large import balance, two_in_a_row, way_off

ways = st.sampled_from([None, "fewer", "more"])


def told(*deals):
    """Return a balance of which no figure is missing."""
    found = balance(*deals)
    assert found.gap is not None
    return found


def test_a_right_model_is_off_one_time_in_twenty_and_a_wrong_one_mostly():
    random = np.random.default_rng(0)
    right, wrong = [], []
    for _ in range(1_000):
        p = random.beta(2, 3, 60)
        right.append(balance("", p, (random.random(60) < p).astype(float)).off)
        wrong.append(balance("", p, (random.random(60) < p / 2).astype(float)).off)
    assert 0.03 < np.mean([way is not None for way in right]) < 0.07
    assert np.mean([way == "fewer" for way in wrong]) > 0.9


@given(st.lists(st.tuples(st.floats(0.02, 0.98), st.booleans()), min_size=1, max_size=60))
def test_both_intervals_exclude_as_promised_in_the_same_cases(deals):
    p, won = (np.array(values, dtype=float) for values in zip(*deals, strict=True))
    found = told("2025-01", p, won)
    assert (found.off == "fewer") == (found.gap_high < 0)
    assert (found.off == "more") == (found.gap_low > 0)
    assert found.gap_low <= found.gap <= found.gap_high
    assert (found.ratio_low > 1) == (found.off == "more")
    assert found.ratio == pytest.approx(won.sum() / p.sum())


def test_of_many_deals_a_small_difference_is_no_finding():
    """It is beyond chance, and would change hardly a decision."""
    p = np.full(40_000, 0.4)
    small, large = (told("", p, np.arange(40_000) < 40_000 * rate) for rate in (0.385, 0.375))
    assert small.gap_high < 0
    assert (small.off, large.off) == (None, "fewer")


def test_no_deals_no_figures():
    found = balance("2025-01", np.array([]), np.array([]))
    assert (found.deals, found.gap, found.ratio, found.off) == (0, None, None, None)


@given(st.lists(ways, max_size=12))
def test_one_period_alone_never_asks_for_anything(found):
    alone = [way for one in found for way in (one, None)]
    assert two_in_a_row(alone) is None


@given(st.lists(ways, max_size=8), st.sampled_from(["fewer", "more"]))
def test_two_do_until_two_come_as_promised(earlier, way):
    assert two_in_a_row([*earlier, way, way]) == way
    assert two_in_a_row([*earlier, way, way, None, way, None]) == way
    assert two_in_a_row([*earlier, way, way, None, None]) is None


def test_open_deals_count_against_a_finding():
    assert way_off(-9, -7, 5) == "fewer"
    assert way_off(-9, -3, 5) is None
    assert way_off(6, 8, 5) == "more"
