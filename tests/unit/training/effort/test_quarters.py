"""Quarters in order of time, each deal in one, those without a day apart."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from training.effort.quarters import quarters_of

DAYS = st.one_of(st.just("NaT"), st.dates().map(str))


@given(st.lists(DAYS, min_size=1, max_size=20))
def test_each_deal_is_in_the_quarter_of_its_day(days):
    some = np.array(days, dtype="datetime64[D]")
    found = quarters_of(some, np.ones(len(days), dtype=bool))
    for one in found:
        for row in np.flatnonzero(one.rows):
            day = str(days[row])
            expected = f"{int(day[:4])}Q{(int(day[5:7]) + 2) // 3}" if day != "NaT" else None
            assert one.period == expected
    assert np.sum([one.rows for one in found], axis=0).tolist() == [1] * len(days)
    told = [one.period for one in found if one.period]
    assert told == sorted(told, key=lambda period: tuple(map(int, period.split("Q"))))
