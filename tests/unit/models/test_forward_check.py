"""The check forward in time: what has passed is dropped, what holds is kept."""

import numpy as np
import pytest
from scipy.special import expit, logit

from models.forward_check import FEWEST_DEALS, kept_share, share_that_holds, slope_of
from models.win_probability import WinProbability

DAY = np.datetime64("2024-01-01")


def company(n, seed, *, reversed_later):
    """Return deals a day apart in which one number matters, the other way round at the end."""
    random = np.random.default_rng(seed)
    x = random.normal(size=n)
    later = np.arange(n) >= 3 * n // 4
    worth = np.where(later & reversed_later, -1.0, 1.0)
    y = (random.random(n) < expit(worth * x - 0.5)).astype(float)
    return x, y, DAY + np.arange(n)


def by_the_number(x, y):
    """Return what fits on some deals and asks about others, by hand."""

    def fit_and_ask(earlier, later):
        slope, _ = slope_of(x[earlier], y[earlier])
        return slope * x[later]

    return fit_and_ask


def share(n, seed, *, reversed_later=False, dated=True):
    x, y, closed_on = company(n, seed, reversed_later=reversed_later)
    if not dated:
        closed_on = np.where(np.arange(n) < n // 2, np.datetime64("NaT"), closed_on)
    return share_that_holds(by_the_number(x, y), y, closed_on)


def test_still_deals_keep_all_that_was_learned_nine_times_in_ten():
    assert np.mean([share(1200, seed) == 1.0 for seed in range(60)]) >= 0.9


def test_of_a_pattern_that_reversed_nothing_is_kept():
    assert {share(1200, seed, reversed_later=True) for seed in range(20)} == {0.0}


def test_too_few_dated_deals_say_nothing():
    assert share(FEWEST_DEALS - 1, 0, reversed_later=True) == 1.0
    assert share(FEWEST_DEALS, 0, reversed_later=True) == 0.0
    assert share(FEWEST_DEALS + 10, 0, reversed_later=True, dated=False) == 1.0


def test_too_few_of_one_outcome_on_a_side_say_nothing():
    x, _, closed_on = company(1200, 0, reversed_later=True)
    rare = (np.arange(1200) % 30 == 0).astype(float)
    assert share_that_holds(by_the_number(x, rare), rare, closed_on) == 1.0


def test_the_sides_share_no_day():
    x, y, _ = company(1200, 0, reversed_later=False)
    days = DAY + np.arange(1200) // 7
    asked = []

    def fit_and_ask(earlier, later):
        asked.append((earlier, later))
        return x[later]

    share_that_holds(fit_and_ask, y, days)
    ((earlier, later),) = asked
    assert days[earlier].max() < days[later].min()
    assert len(earlier) + len(later) == 1200


def test_the_order_of_the_deals_does_not_matter():
    x, y, closed_on = company(1200, 3, reversed_later=False)
    order = np.random.default_rng(0).permutation(1200)
    asked = share_that_holds(by_the_number(3 * x, y), y, closed_on)
    again = share_that_holds(by_the_number(3 * x[order], y[order]), y[order], closed_on[order])
    assert again == pytest.approx(asked)


def test_the_slope_is_that_of_the_outcomes_with_its_error():
    slopes, errors = [], []
    for seed in range(40):
        x, y, _ = company(1500, seed, reversed_later=False)
        slope, error = slope_of(2 * x + 5, y)
        slopes.append(slope)
        errors.append(error)
    assert np.mean(slopes) == pytest.approx(0.5, abs=0.02)
    assert np.std(slopes) == pytest.approx(np.mean(errors), rel=0.3)


def test_log_odds_that_are_all_alike_have_no_slope_and_keep_nothing():
    y = np.array([0.0, 1.0] * 50)
    assert slope_of(np.full(100, 2.0), y) == (0.0, np.inf)
    assert kept_share(np.full(100, 2.0), y) == 0.0


def test_what_is_somewhat_too_sure_is_kept_in_part_and_never_more_than_whole():
    x, y, _ = company(4000, 0, reversed_later=False)
    shares = [kept_share(times * x, y) for times in (0.5, 1.0, 2.0, 4.0, 16.0)]
    assert shares == sorted(shares, reverse=True)
    assert shares[:2] == [1.0, 1.0]
    assert 0.2 < shares[3] < 0.5
    assert shares[-1] > 0


@pytest.fixture(scope="module")
def reversed_company():
    x, y, closed_on = company(900, 1, reversed_later=True)
    return x[:, None], y, closed_on


def test_the_estimator_then_says_the_base_rate_and_without_dates_it_does_not(reversed_company):
    X, y, closed_on = reversed_company
    line = np.linspace(-2, 2, 9)[:, None]
    dated = WinProbability().fit(X, y, closed_on=closed_on)
    np.testing.assert_allclose(dated.log_odds(line), logit(y.mean()), atol=1e-9)
    assert (dated.stack_.logistic, dated.stack_.trees) == (0.0, 0.0)
    assert np.ptp(WinProbability().fit(X, y).log_odds(line)) > 0.5


def test_a_still_company_gets_the_same_model_with_dates_as_without():
    x, y, closed_on = company(900, 2, reversed_later=False)
    line = np.linspace(-2, 2, 9)[:, None]
    with_dates = WinProbability().fit(x[:, None], y, closed_on=closed_on).log_odds(line)
    assert (with_dates == WinProbability().fit(x[:, None], y).log_odds(line)).all()
