"""Deals through time: what the ends of a file hide, drift, tidying up, back-filling."""

import numpy as np
import pandas as pd
import pytest

from training import cohorts
from training.cohorts import bulk_days, first_day, last_day, period_rate
from training.leaks import LabelledDeals

START = np.datetime64("2024-01-01")


def company(n=4000, seed=0, *, crm_began=0, exported=700, odds=lambda day: 0.4):
    """Return deals of 700 days; won ones take about 90 days, lost ones 30.

    Only what closed from day ``crm_began`` on is on file; what has not by ``exported`` is open.
    """
    rng = np.random.default_rng(seed)
    began = np.sort(rng.integers(0, 700, n))
    won = rng.random(n) < np.array([odds(day) for day in began])
    took = np.round(rng.gamma(4, np.where(won, 22.5, 7.5))).astype(int)
    ended = began + took
    there = (ended >= crm_began) & (began < exported)
    is_open = ended > exported
    words = np.where(is_open, "open", np.where(won, "won", "lost")).astype(object)
    closed_on = START + ended.astype("timedelta64[D]")
    closed_on[is_open] = np.datetime64("NaT")
    return LabelledDeals(
        frame=pd.DataFrame(index=range(int(there.sum()))),
        outcome=words[there],
        created_on=(START + began.astype("timedelta64[D]"))[there],
        closed_on=closed_on[there],
        last_day=START + np.timedelta64(exported, "D"),
    )


def there(check):
    """Return a check that finds something, or fails."""

    def checked(deals):
        found = check(deals)
        assert found is not None
        return found

    return checked


drift, months, lifetimes, truncation = map(
    there, (cohorts.drift, cohorts.months, cohorts.lifetimes, cohorts.truncation)
)


def test_fast_losses_at_the_end_and_survivors_at_the_beginning_are_seen():
    ends = truncation(company(crm_began=120))
    assert ends.median_days_won > 2 * ends.median_days_others
    assert ends.recent.rate < ends.mature.rate < ends.early.rate
    assert ends.recent_p < 0.01
    assert ends.early_p < 0.01
    assert ends.mature.rate == pytest.approx(0.4, abs=0.04)


def test_where_endings_take_equally_long_and_all_is_on_file_nothing_is_cut():
    rng = np.random.default_rng(1)
    began = np.sort(rng.integers(0, 700, 3000))
    deals = LabelledDeals(
        frame=pd.DataFrame(index=range(3000)),
        outcome=np.where(rng.random(3000) < 0.4, "won", "lost").astype(object),
        created_on=START + began.astype("timedelta64[D]"),
        closed_on=START + (began + rng.integers(5, 60, 3000)).astype("timedelta64[D]"),
    )
    ends = truncation(deals)
    assert ends.early_p > 0.01
    assert ends.recent_p > 0.01
    assert ends.stale == 0


def test_open_deals_older_than_any_closed_one_are_stale():
    deals = company()
    deals.created_on[deals.open] = START
    ends = truncation(deals)
    assert ends.stale == deals.open.sum()


def test_a_steady_win_rate_is_not_called_drift_and_a_break_is():
    """Six in a hundred steady companies may look uneven at 1 %; the break never looks steady.

    Closings are steady only once deals of every age are under way: hence the CRM that began late.
    """
    steady = [drift(company(800, seed, crm_began=200)) for seed in range(100)]
    assert sum(found.p < 0.01 for found in steady) <= 6
    broken = drift(company(odds=lambda day: 0.25 if day > 350 else 0.5))
    assert broken.p < 1e-6
    assert any(quarter.p < 0.01 for quarter in broken.quarters)


def test_a_quarter_is_corrected_for_the_number_of_quarters():
    """Without the correction a steady company would have a quarter 'apart' far more often."""
    found = [drift(company(800, seed, crm_began=200)) for seed in range(100)]
    apart = sum(any(quarter.p < 0.05 for quarter in one.quarters) for one in found)
    naive = sum(
        any(quarter.p < 0.05 * len(one.quarters) for quarter in one.quarters) for one in found
    )
    assert apart <= 10 < naive


def test_one_quarter_has_nothing_beside_it():
    deals = LabelledDeals(
        frame=pd.DataFrame(index=range(2)),
        outcome=np.array(["won", "lost"], dtype=object),
        closed_on=np.array(["2025-01-03", "2025-02-03"], dtype="datetime64[D]"),
    )
    found = drift(deals)
    assert found.p is None
    assert [(one.period, one.deals, one.p) for one in found.quarters] == [("2025Q1", 2, None)]


def test_months_without_deals_are_there_and_undated_deals_are_counted():
    deals = LabelledDeals(
        frame=pd.DataFrame(index=range(4)),
        outcome=np.array(["won", "lost", "open", "declined_by_us"], dtype=object),
        created_on=np.array(["2025-01-31", "2025-03-01", "NaT", "2025-03-09"], "datetime64[D]"),
    )
    found = months(deals)
    assert [(one.month, one.deals) for one in found.months] == [
        ("2025-01", 1), ("2025-02", 0), ("2025-03", 2),
    ]  # fmt: skip
    assert found.months[2].outcomes["declined_by_us"] == 1
    assert (found.undated, found.counted_by) == (1, "opening")


def test_a_day_of_tidying_up_is_seen():
    closed_on = START + np.arange(200).astype("timedelta64[D]")
    closed_on[50:70] = START
    deals = LabelledDeals(
        frame=pd.DataFrame(index=range(200)),
        outcome=np.array(["won", "lost"] * 100, dtype=object),
        closed_on=closed_on,
    )
    (day,) = bulk_days(deals)
    assert (day.day, day.deals) == ("2024-01-01", 21)
    assert months(deals).counted_by == "closing"


def test_back_filled_deals_are_counted():
    deals = company(300)
    deals.closed_on[:9] = deals.created_on[:9]
    deals.outcome[:9] = "won"
    assert lifetimes(deals).short >= 9
    assert lifetimes(deals).short_won >= 9


def test_without_dates_nothing_is_said_of_time():
    deals = LabelledDeals(
        frame=pd.DataFrame(index=range(2)), outcome=np.array(["won", "lost"], dtype=object)
    )
    checks = (cohorts.months, cohorts.drift, cohorts.truncation, cohorts.lifetimes, first_day)
    assert [check(deals) for check in checks] == [None] * 5
    assert bulk_days(deals) == ()


def test_days_that_are_all_blank_are_no_dates():
    blank = np.full(2, np.datetime64("NaT"), dtype="datetime64[D]")
    deals = LabelledDeals(
        frame=pd.DataFrame(index=range(2)),
        outcome=np.array(["won", "lost"], dtype=object),
        created_on=blank,
        closed_on=blank,
    )
    checks = (cohorts.months, cohorts.drift, cohorts.truncation, first_day)
    assert [check(deals) for check in checks] == [None] * 4


def test_the_last_day_is_that_of_the_export_or_the_last_on_file():
    deals = company(300)
    assert last_day(deals) == START + np.timedelta64(700, "D")
    assert first_day(deals) == deals.created_on.min()


def test_rates_have_intervals_that_end_where_rates_do():
    assert period_rate("x", np.zeros(10)).low == 0
    assert period_rate("x", np.ones(10)).high == 1
    none = period_rate("x", np.array([]))
    assert (none.rate, none.low, none.high) == (None, None, None)
