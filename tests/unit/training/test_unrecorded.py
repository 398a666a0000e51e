from datetime import date

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from training.outcomes.outcome import Outcome
from training.unrecorded import GRACE_DAYS, MonthOfDeals, is_rising, unrecorded_by_month

AS_OF = date(2026, 7, 1)
DAYS = st.none() | st.dates(date(2025, 1, 1), date(2026, 12, 31))


def months_of(deals, as_of=AS_OF):
    outcomes = np.array([outcome for outcome, _, _ in deals], dtype=object)
    recorded = np.array([recorded for _, recorded, _ in deals], dtype=bool)
    due = np.array([day or "NaT" for _, _, day in deals], dtype="datetime64[D]")
    return unrecorded_by_month(outcomes, recorded=recorded, due_on=due, as_of=as_of)


def test_an_open_deal_past_its_day_is_counted_in_the_month_of_that_day():
    months = months_of(
        [
            (Outcome.WON, True, date(2026, 3, 3)),
            (Outcome.OPEN, True, date(2026, 3, 30)),
            (Outcome.DECLINED_BY_US, True, date(2026, 4, 2)),
            (Outcome.OPEN, True, date(2026, 6, 20)),  # within the grace
            (Outcome.OPEN, True, date(2026, 9, 1)),  # not yet due
            (Outcome.OPEN, True, None),  # open, and no day says that it should have ended
            (Outcome.OPEN, False, None),
            (None, True, date(2026, 3, 3)),  # set aside
        ]
    )
    assert months == (
        MonthOfDeals("2026-03", 2, 1),
        MonthOfDeals("2026-04", 1, 0),
        MonthOfDeals(None, 1, 1),
    )


def test_no_deals_make_no_months():
    assert months_of([]) == ()


@given(st.lists(st.tuples(st.sampled_from(list(Outcome)), st.booleans(), DAYS), max_size=30))
def test_months_are_in_order_and_count_every_due_deal_once(deals):
    months = months_of(deals)
    last = np.datetime64(AS_OF) - GRACE_DAYS
    dated = [month for month in months if month.month is not None]
    assert [month.month for month in dated] == sorted({m.month for m in dated})
    assert sum(m.deals for m in dated) == sum(d is not None and d <= last for _, _, d in deals)
    assert all(0 <= m.unrecorded <= m.deals for m in months)


@given(st.lists(st.tuples(st.sampled_from(list(Outcome)), st.booleans(), DAYS), max_size=30))
def test_nothing_after_the_day_changes_what_was_counted(deals):
    late = np.datetime64(AS_OF)
    earlier = [deal for deal in deals if deal[2] is None or deal[2] <= late]
    assert months_of(deals) == months_of(earlier)


def series(*shares, deals=60):
    return [
        MonthOfDeals(f"2025-{n:02}", deals, round(deals * share))
        for n, share in enumerate(shares, 1)
    ]


def test_a_rise_is_told_and_noise_is_not():
    assert is_rising(series(0.1, 0.1, 0.1, 0.1, 0.4, 0.5, 0.6))
    assert not is_rising(series(0.1, 0.12, 0.1, 0.08, 0.11, 0.1, 0.12))
    assert not is_rising(series(0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0.1))
    assert not is_rising(series(0.0, 0.0, 0.0, 0.0, 0.3, 0.0, 0.0, deals=4))  # too few to tell
    assert not is_rising(series(0.5, 0.5, 0.5))
    assert not is_rising(series(0.4, 0.4, 0.4, 0.41, 0.42, 0.42, deals=50_000))  # sure, but small


def test_false_alarms_are_rare():
    random = np.random.default_rng(5)
    alarms = sum(
        is_rising([MonthOfDeals(f"m{n:02}", 40, int(k)) for n, k in enumerate(counts)])
        for counts in random.binomial(40, 0.15, size=(1000, 15))
    )
    assert alarms <= 15
