"""Dates in the notations of exports, day and month decided by the column."""

from datetime import date, datetime

import numpy as np
import pyarrow as pa
import pytest
from babel import Locale, localedata
from babel.dates import format_date, format_datetime
from hypothesis import given, settings
from hypothesis import strategies as st

from training.readers.date_texts import DAY_FIRST, MONTH_FIRST, DateTexts

FEWER = settings(max_examples=settings().max_examples // 4)
DAYS = st.dates(date(1970, 1, 1), date(2069, 12, 31))
FIRST, LAST = (datetime.fromisoformat(day) for day in ("1970-01-01", "2069-12-31"))
FORMATS = [
    (locale, width) for locale in ("fr_FR", "en_GB", "de_DE", "en_US", "de_CH", "fr_CH")
    for width in ("short", "medium", "long", "full")
]  # fmt: skip


def texts_of(*values, unknown=()):
    return DateTexts.of(pa.chunked_array([pa.array(values)]), unknown)


def days(*values, way=None):
    told = texts_of(*values)
    return [str(day)[:10] for day in told.read(told.votes.way(way)).values]


@FEWER
@given(st.lists(DAYS, min_size=1, max_size=6), st.sampled_from(FORMATS))
def test_what_babel_writes_is_read_back(some_days, form):
    locale, width = form
    told = texts_of(*(format_date(day, width, locale) for day in some_days))
    found = told.read(told.votes.way(MONTH_FIRST if locale == "en_US" else DAY_FIRST))
    assert found.values.astype("datetime64[D]").tolist() == some_days, found.wrong


@FEWER
@given(st.datetimes(FIRST, LAST), st.sampled_from(FORMATS))
def test_a_time_of_day_stays_with_its_day(moment, form):
    locale, width = form
    if width in {"long", "full"}:  # with the names of zones
        return
    written = format_datetime(moment, width, locale=locale)
    told = texts_of(written).read(MONTH_FIRST if locale == "en_US" else DAY_FIRST)
    found = told.values.astype("datetime64[m]").tolist()[0]
    assert found == moment.replace(second=0, microsecond=0) or width == "medium"
    assert found.date() == moment.date()


@FEWER
@given(st.lists(st.tuples(st.integers(1, 12), st.integers(1, 12)), min_size=1, max_size=6))
def test_small_numbers_alone_decide_nothing_and_one_large_one_decides(pairs):
    written = [f"{a:02}/{b:02}/2026" for a, b in pairs]
    differ = [text for text, (a, b) in zip(written, pairs, strict=True) if a != b]
    votes = texts_of(*written).votes
    assert votes.way(None) is None
    assert set(votes.undecided) <= set(differ)
    assert bool(votes.undecided) == bool(differ)
    assert texts_of(*written, "13/01/2026").votes.way(None) == DAY_FIRST
    assert texts_of(*written, "01/13/2026").votes.way(None) == MONTH_FIRST


def test_no_country_writes_the_month_first_with_points():
    """Why points between the numbers decide for the day: so it is in every locale of the CLDR."""
    for name in localedata.locale_identifiers():
        pattern = Locale.parse(name).date_formats["short"].pattern
        letters = [letter for letter in pattern if letter in "dMLy"]
        if "." in pattern.strip(".") and "/" not in pattern and letters[0] in "ML":
            raise AssertionError((name, pattern))
    assert days("02.03.2026") == ["2026-03-02"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-01-15", "2026-01-15"), ("2026-01-15T10:30:00.123Z", "2026-01-15"),
        ("2026-01-15 23:59:59+02:00", "2026-01-15"), ("2026/1/5", "2026-01-05"),
        ("15/01/2026 14:30", "2026-01-15"), ("15.1.26", "2026-01-15"),
        ("15-01-2026", "2026-01-15"),
        ("01/15/2026 1:05 PM", "2026-01-15"), ("15 janv. 2026", "2026-01-15"),
        ("1er août 2026", "2026-08-01"), ("Jan 15, 2026", "2026-01-15"),
        ("January 15th, 2026", "2026-01-15"), ("15-Jan-26", "2026-01-15"),
        ("jeudi 15 janvier 2026", "2026-01-15"), ("20260115", "2026-01-15"),
        ("46037", "2026-01-15"), ("46037.75", "2026-01-15"), ("1768435200000", "2026-01-15"),
        ("1768435200", "2026-01-15"), ("15/01/2026 à 14h30", "2026-01-15"),
    ],
)  # fmt: skip
def test_how_exports_write_days(text, day):
    assert days(text) == [day]


@pytest.mark.parametrize(
    "text",
    ["2026-02-30", "2026-13-01", "31/04/2026", "32/01/2026", "2025-02-29", "2026-01-15T25:00",
     "2026-01-15 10:61", "15/01/2026 13:00 PM", "9999-12-31", "1899-12-31", "15 brumaire 2026",
     "20261301", "tomorrow", "2026-03-04 or so", "0000-00-00", "12:30"],
)  # fmt: skip
def test_impossible_days_are_wrong_and_never_moved(text):
    found = texts_of(text).read(DAY_FIRST)
    assert np.isnat(found.values[0])
    assert f"'{text}' is not a date" in found.wrong[0].what


def test_serials_and_dates_of_a_workbook_s_types():
    assert days(46037.5, 46038.0) == ["2026-01-15", "2026-01-16"]
    typed = texts_of(date(2026, 1, 15), None)
    assert np.isnat(typed.read(None).values[1])
    assert typed.notation is None


def test_one_notation_a_column_and_the_others_are_wrong():
    told = texts_of("2026-01-15", "2026-01-16", "46037", "15/01/2026")
    found = told.read(None)
    assert [wrong.row for wrong in found.wrong] == [2, 3]
    assert "written like 2026-03-31" in str(found.wrong[0].hint)


def test_a_day_first_column_with_one_american_date_shows_it():
    found = texts_of("15/01/2026", "16/01/2026", "01/17/2026").read(DAY_FIRST)
    assert found.wrong[0].row == 2
    assert "the day first" in str(found.wrong[0].hint)


def test_words_for_unknown_are_no_dates():
    assert not texts_of("never", "2026-01-15", unknown={"never"}).read(None).wrong
