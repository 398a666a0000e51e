"""What can be chosen about the market, and what is refused."""

from datetime import date
from typing import Any

import pytest

from simulation import MarketSettings
from simulation.settings import RANGES, WHOLE


def settings_with(name: str, value: object) -> MarketSettings:
    changes: dict[str, Any] = {name: value}
    return MarketSettings(**changes)


@pytest.mark.parametrize("name", RANGES)
def test_both_ends_of_a_range_are_accepted_and_what_lies_beyond_is_refused(name):
    step = 1 if name in WHOLE else 0.001
    low, high = RANGES[name]
    for inside in (low, high):
        assert getattr(settings_with(name, inside), name) == inside
    for outside in (low - step, high + step):
        with pytest.raises(ValueError, match=rf"^{name} is .*, and goes from .* to .*"):
            settings_with(name, outside)


@pytest.mark.parametrize("name", sorted(set(RANGES) - WHOLE))
def test_what_is_no_number_is_refused(name):
    with pytest.raises(ValueError, match=f"{name} is nan, and goes from"):
        settings_with(name, float("nan"))


@pytest.mark.parametrize("name", sorted(WHOLE))
@pytest.mark.parametrize("value", [150.5, 150.0, True])
def test_a_count_is_a_whole_number(name, value):
    with pytest.raises(ValueError, match=f"{name} is {value}, and is a whole number"):
        settings_with(name, value)


@pytest.mark.parametrize("start", [date(1899, 12, 31), date(2200, 1, 2)])
def test_a_start_out_of_time_is_refused(start):
    with pytest.raises(ValueError, match=r"^start is .*, and goes from 1900-01-01 to 2200-01-01"):
        MarketSettings(start=start)


def test_the_window_ends_after_its_months():
    settings = MarketSettings(start=date(2024, 1, 1), months=12)
    assert settings.n_days == 365
    assert settings.last_day == date(2024, 12, 30)
