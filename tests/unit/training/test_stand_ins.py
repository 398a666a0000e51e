"""Fields that only tell when: found by their days, and nothing else is taken for one."""

import numpy as np
import pytest

from features import DealTable
from features.columns import CategoryColumn, NumericColumn
from training.stand_ins import FEWEST_DEALS, MOST_ANSWERS, stand_ins_for_time

START = np.datetime64("2025-01-01")


def category(answers):
    levels = tuple(sorted({answer for answer in answers if answer is not None}))
    codes = [-1 if answer is None else levels.index(answer) for answer in answers]
    return CategoryColumn(np.array(codes, dtype=np.int32), levels)


def table_of(days, **columns):
    return DealTable(ids=(None,) * len(days), as_of=START + np.asarray(days), columns=columns)


def months(days):
    return [str((START + int(day)).astype("datetime64[M]")) for day in days]


@pytest.fixture
def year():
    random = np.random.default_rng(0)
    days = random.integers(0, 365, 400)
    sectors = random.choice(["Public", "Industry", "Trade"], 400).tolist()
    return days, sectors


def test_the_month_of_a_first_year_is_one_and_a_sector_is_not(year):
    days, sectors = year
    table = table_of(days, month=category(months(days)), sector=category(sectors))
    assert stand_ins_for_time(table, ["month", "sector"]) == ("month",)


def test_only_the_fields_that_are_asked_about_are_told(year):
    days, sectors = year
    table = table_of(days, month=category(months(days)), sector=category(sectors))
    assert stand_ins_for_time(table, ["sector"]) == ()
    assert stand_ins_for_time(table, ["not there"]) == ()


def test_a_season_that_comes_back_is_none(year):
    days, _ = year
    four_years = np.concatenate([days + 365 * n for n in range(4)])
    month = category([name[-2:] for name in months(four_years)])
    assert stand_ins_for_time(table_of(four_years, month=month), ["month"]) == ()


def test_a_month_that_is_half_unknown_still_is_one(year):
    days, _ = year
    half = [name if n % 2 else None for n, name in enumerate(months(days))]
    assert stand_ins_for_time(table_of(days, month=category(half)), ["month"]) == ("month",)


@pytest.mark.parametrize(("n", "told"), [(FEWEST_DEALS - 1, ()), (FEWEST_DEALS, ("half",))])
def test_on_too_few_deals_there_are_none(n, told):
    days = np.where(np.arange(n) < n // 2, 0, 300)
    half = category(["first" if day == 0 else "second" for day in days])
    assert stand_ins_for_time(table_of(days, half=half), ["half"]) == told


def test_without_different_days_there_is_nothing_to_tell(year):
    days, _ = year
    same = table_of(np.zeros(400, int), month=category(months(days)))
    assert stand_ins_for_time(same, ["month"]) == ()


def test_nearly_unique_answers_numbers_and_a_single_answer_are_none(year):
    days, _ = year
    many = category([str(day) for day in days])
    assert len(many.levels) > MOST_ANSWERS
    table = table_of(
        days, name=many, day=NumericColumn(days.astype(float)), same=category(["x"] * 400)
    )
    assert stand_ins_for_time(table, ["name", "day", "same"]) == ()
