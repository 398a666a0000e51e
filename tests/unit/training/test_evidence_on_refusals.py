"""Four looks a year are wrong in one year of ten at most, however few deals there are."""

import numpy as np
import pytest
from scipy.stats import beta

from models.evidence import win_rate_interval
from training.evidence_on_refusals import (
    LOOKS,
    deals_needed,
    highest_rate,
    jeffreys,
    look_level,
    lowest_rate,
)

YEARS = 1_000


def wrong_years(threshold, per_quarter, lowest, *, ramp, seed=5):
    """Return how often four looks in a row find a rate above the threshold that all deals have."""
    random = np.random.default_rng(seed)
    deals = random.poisson(per_quarter, size=(YEARS, 2 * LOOKS - 1))
    if ramp:  # exploration has just begun
        deals[:, : LOOKS - 1] = 0
    won = random.binomial(deals, threshold)
    found = np.zeros(YEARS, dtype=bool)
    for look in range(LOOKS):
        seen = slice(look, look + LOOKS)
        pairs = zip(won[:, seen].sum(axis=1), deals[:, seen].sum(axis=1), strict=True)
        found |= np.array([lowest(int(w), int(n), threshold) > threshold for w, n in pairs])
    return found.mean()


@pytest.mark.parametrize("threshold", [0.1, 0.2, 0.45])
@pytest.mark.parametrize("per_quarter", [1.5, 6, 30])
@pytest.mark.parametrize("ramp", [True, False])
def test_one_year_of_ten_at_most_is_wrong_even_at_the_threshold(threshold, per_quarter, ramp):
    assert wrong_years(threshold, per_quarter, lowest_rate, ramp=ramp) <= 0.10 + 0.015


def test_an_interval_read_without_paying_for_the_looks_is_wrong_more_often():
    """The plain 90 % interval, which people would read off the table four times a year."""

    def plain(won, deals, _):
        return jeffreys(won, deals, 0.9)[0]

    assert wrong_years(0.2, 6, plain, ramp=False) > 0.12


def test_the_other_side_is_the_mirror():
    assert highest_rate(3, 20, 0.3) == 1 - lowest_rate(17, 20, 0.7)
    assert highest_rate(0, 0, 0.3) == 1
    assert lowest_rate(0, 9, 0.3) == 0


@pytest.mark.parametrize("deals", [1, 3, 10, 25, 60])
@pytest.mark.parametrize("threshold", [0.05, 0.2, 0.5])
def test_a_level_is_between_four_looks_apart_and_one_look(deals, threshold):
    level = look_level(deals, threshold)
    assert 0.025 <= level <= 0.10
    rates = [lowest_rate(won, deals, threshold) for won in range(deals + 1)]
    assert rates == sorted(rates)
    # It convinces exactly where so many wins have no more of a chance than the level.
    for won in range(1, deals + 1):
        chance = beta.cdf(threshold, won, deals - won + 1)
        assert (rates[won] > threshold) == (chance < level)


def test_intervals_are_those_of_the_house_for_whole_counts():
    for won, deals in ((0, 4), (3, 9), (9, 9)):
        assert jeffreys(won, deals, 0.9) == pytest.approx(win_rate_interval(won, deals))
    wide, narrow = jeffreys(2.5, 5.0, 0.9), jeffreys(25.0, 50.0, 0.9)
    assert wide[0] < narrow[0] < narrow[1] < wide[1]


def test_how_many_deals_it_takes_is_told():
    numbers = [deals_needed(threshold) or 0 for threshold in (0.2, 0.1, 0.05)]
    assert 0 < numbers[0] < numbers[1] < numbers[2]
    assert deals_needed(0.001) is None
    assert deals_needed(0.5) is None
    needed = numbers[0]
    random = np.random.default_rng(2)
    shown = [lowest_rate(int(w), needed, 0.2) > 0.2 for w in random.binomial(needed, 0.4, 2_000)]
    assert np.mean(shown) >= 0.78
