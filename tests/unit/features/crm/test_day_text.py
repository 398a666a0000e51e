"""A day as an API or a person writes it; a day that may be two is asked about."""

from datetime import date

import pytest

from features.crm.day_text import day_of
from features.fields import WrongFactError

MARCH = date(2026, 3, 31)


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-31", "2026-03-31T00:00:00Z", "2026-03-31T23:59:59.123+0000", "31/03/2026",
        "2026-03-31 10:30:00", "03/31/2026", "31 mars 2026", "March 31, 2026", "20260331",
        "1774915200000", "1774915200", "46112", "31.03.26", "mardi 31 mars 2026 à 10h30",
    ],
)  # fmt: skip
def test_every_notation_of_an_export(text):
    assert day_of(text) == MARCH


def test_a_day_that_may_be_two_is_the_policys_to_decide():
    with pytest.raises(WrongFactError, match="day first or month first"):
        day_of("03/04/2026")
    assert day_of("03/04/2026", "day_first") == date(2026, 4, 3)
    assert day_of("03/04/2026", "month_first") == date(2026, 3, 4)
    assert day_of("03.04.2026", "month_first") == day_of("03/04/2026", "day_first")


@pytest.mark.parametrize(
    "text",
    ["soon", "2026-02-30", "2026-03-31T25:00", "1899-12-31", "2201-01-01", "31/13/2026", "9" * 61,
     "15 nothing 2026", "12345"],
)  # fmt: skip
def test_what_is_no_day(text):
    with pytest.raises(WrongFactError, match="is not a date between 1900 and 2200"):
        day_of(text)
