"""Which deals had the time to close."""

from datetime import date

import numpy as np

from training.maturity import burn_in_end, is_mature, q90_days

FIRST = np.datetime64("2024-01-01")


def pipeline(years=3, slow_days=90):
    """Return a deal opened every day that closes after one to ``slow_days`` days in turn."""
    opened = FIRST + np.arange(365 * years)
    return opened, opened + 1 + np.arange(len(opened)) % slow_days


def test_nine_of_ten_deals_close_within_the_slow_days():
    opened, closed = pipeline()
    slow = q90_days(opened, closed)
    assert 0.89 <= np.mean((closed - opened).astype(int) <= slow) <= 0.91


def test_open_deals_and_deals_closed_before_they_opened_do_not_count():
    opened = np.array([FIRST] * 3)
    closed = np.array([FIRST + 10, np.datetime64("NaT"), FIRST - 500])
    assert q90_days(opened, closed) == 10
    assert np.isnan(q90_days(opened[1:], closed[1:]))


def test_the_burn_in_ends_when_slow_deals_can_have_closed():
    opened, closed = pipeline()
    end = burn_in_end(opened, closed)
    assert end is not None
    assert abs((np.datetime64(end) - FIRST).astype(int) - q90_days(opened, closed)) < 1


def test_a_short_past_is_not_cut_shorter():
    opened, closed = pipeline(years=1, slow_days=365)
    assert burn_in_end(opened, closed) is None
    assert burn_in_end(opened[:0], closed[:0]) is None


def test_young_deals_are_not_mature():
    opened, closed = pipeline()
    mature = is_mature(opened, date(2026, 12, 31), q90_days(opened, closed))
    assert mature[:900].all()
    assert not mature[-80:].any()
