"""Numbers stand as the reader writes them, and never as a surprise."""

from math import inf, nan
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from features.texts import Language, Text
from reports.numbers import (
    counted,
    decimal,
    decimal_range,
    part_of,
    percent,
    percent_range,
    points,
    points_of_percent,
    whole,
)

LANGUAGES = get_args(Language)
DEAL, DEALS = Text(en="deal", fr="affaire"), Text(en="deals", fr="affaires")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("nothing", [None, nan, inf, -inf])
@pytest.mark.parametrize("written", [percent, points_of_percent, points, decimal])
def test_what_is_not_known_is_a_dash(written, nothing, language):
    assert written(nothing, language) == "–"


@pytest.mark.parametrize(("low", "high"), [(None, 0.5), (0.5, None), (nan, 0.5)])
def test_a_range_without_one_end_is_a_dash(low, high):
    assert percent_range(low, high, "fr") == "–"
    assert decimal_range(low, high, "fr", digits=2) == "–"


def test_french_has_a_comma_and_no_break_spaces():
    assert percent(0.634, "fr") == "63\N{NO-BREAK SPACE}%"
    assert points_of_percent(0.083, "fr") == "+8,3\N{NO-BREAK SPACE}pts"
    assert whole(1234567, "fr") == "1\N{NARROW NO-BREAK SPACE}234\N{NARROW NO-BREAK SPACE}567"
    assert decimal(0.5, "fr", digits=2) == "0,50"


def test_english_has_a_point_and_commas():
    assert percent(0.634, "en") == "63%"
    assert points_of_percent(0.083, "en") == "+8.3 pp"
    assert whole(1234567, "en") == "1,234,567"
    assert part_of(41, 1065, "en") == "41 of 1,065"


@pytest.mark.parametrize("language", LANGUAGES)
@given(share=st.floats(-0.00049, 0.00049))
def test_what_rounds_to_zero_has_no_sign(language, share):
    assert points_of_percent(share, language)[0] == "0"
    assert percent(share, language)[0] == "0"


@given(share=st.floats(-10, 10))
def test_the_sign_is_that_of_the_share_and_the_digits_those_of_its_opposite(share):
    written, opposite = points_of_percent(share, "en"), points_of_percent(-share, "en")
    assert written.lstrip("+−") == opposite.lstrip("+−")
    assert written == opposite or {written[0], opposite[0]} == {"+", "−"}


@given(value=st.floats(-1e9, 1e9), language=st.sampled_from(LANGUAGES))
def test_a_number_never_breaks_over_two_lines(value, language):
    assert not set(" -\n") & set(decimal(value, language))


def test_decimals_are_those_that_a_fact_has():
    assert [decimal(value, "en") for value in (3.0, 2.5, 0.1 + 0.2)] == ["3", "2.5", "0.3"]


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ["0 deals", "1 deal", "2 deals"]), ("fr", ["0 affaire", "1 affaire", "2 affaires"])],
)
def test_nouns_follow_their_count(language, words):
    said = [counted(n, DEAL, DEALS, language) for n in range(3)]
    assert [one.replace("\N{NO-BREAK SPACE}", " ") for one in said] == words
