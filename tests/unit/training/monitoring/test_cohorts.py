"""Cohorts by decision and periods by closing: what is young is never off."""

from datetime import date

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from training.maturity import q90_days
from training.monitoring.cohorts import by_closing, by_decision, last_day, period_names

days = st.integers(0, 900).map(lambda n: np.datetime64("2023-01-01") + n)


@given(st.lists(days, min_size=1, max_size=60))
def test_every_day_is_in_its_period(found):
    found = np.array(found)
    for day, name in zip(found, period_names(found), strict=True):
        assert str(day)[:4] == name[:4]
        assert day <= np.datetime64(last_day(str(name)))


def test_months_where_there_are_enough_and_quarters_where_not():
    many = np.repeat(np.arange("2025-01", "2025-05", dtype="datetime64[M]"), 30)
    assert set(period_names(many.astype("datetime64[D]"))) == {
        "2025-01", "2025-02", "2025-03", "2025-04",
    }  # fmt: skip
    assert set(period_names(many[::10].astype("datetime64[D]"))) == {"2025Q1", "2025Q2"}
    assert len(period_names(np.array([], dtype="datetime64[D]"))) == 0


def test_each_deal_is_counted_once(company):
    deals = company(1)
    cohorts = by_decision(deals, 250)
    assert sum(one.decided for one in cohorts) == len(deals)
    assert sum(one.closed + one.open for one in cohorts) == len(deals)
    assert sum(one.won for one in cohorts) == np.nansum(deals.won)
    closed = deals.outcomes_after(date(2020, 1, 1))
    assert sum(one.deals for one in by_closing(closed)) == deals.is_closed.sum()


def test_a_young_cohort_is_never_off_and_a_mature_one_hardly_without_a_cause(company):
    """Counted as closed deals alone, young cohorts of a still market look far worse."""
    off, naive, mature = [], [], 0
    for seed in range(15):
        deals = company(seed, a_month=200)
        slow = q90_days(deals.decided_on, deals.closed_on)
        cohorts = by_decision(deals.decided_after(date(2023, 1, 1)), slow)
        young = [one for one in cohorts if not one.mature]
        assert young
        assert all(one.off is None for one in young)
        assert all(one.lowest <= one.highest for one in young)
        naive += [one.won / one.closed - one.expected for one in young if one.closed > 20]
        mature += len(cohorts) - len(young)
        off += [one for one in cohorts if one.off]
    assert len(off) / mature < 0.05
    assert np.mean(naive) < -0.02


def test_what_is_really_worse_is_off_whichever_way_its_open_deals_end(company):
    deals = company(3, a_month=200, shift=-0.9, shift_from="2023-01-01")
    cohorts = by_decision(deals.decided_after(date(2023, 1, 1)), 250)
    ways = [one.off for one in cohorts if one.mature]
    assert "more" not in ways
    assert ways.count("fewer") > 0.8 * len(ways)
    assert [one.off for one in by_closing(deals.outcomes_after(date(2023, 9, 1)))][-2] == "fewer"
