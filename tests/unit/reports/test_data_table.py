"""The report in a terminal says what the page says."""

import io

import pytest
from rich.console import Console

from features.texts import LANGUAGES
from reports import numbers
from reports.data_alerts import alerts
from reports.data_report import AlikeAnswers
from reports.data_table import data_lines
from reports.data_words import WORDS
from tests.unit.reports.data_reports import make_report, missing_ends


def printed(language, width=120, **changes):
    told = io.StringIO()
    console = Console(file=told, width=width, soft_wrap=True)
    for part in data_lines(make_report(**changes), language):
        console.print(part)
    return told.getvalue()


@pytest.mark.parametrize("language", LANGUAGES)
def test_alerts_leaks_rates_coverage_and_columns_are_there(language):
    text, report = printed(language, width=240), make_report()
    for alert in alerts(report):
        assert alert.text.in_(language) in text
    assert report.leaks[0].evidence.in_(language) in text
    for key in ("leaks_title", "months_title", "coverage_title", "uses_title"):
        assert WORDS[key].in_(language) in text
    assert "▲ Score" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_tables_fit_into_120_columns(language):
    report = make_report()
    said = {alert.text.in_(language) for alert in alerts(report)}
    lines = [line for line in printed(language).splitlines() if line.strip() not in said]
    assert max(map(len, lines)) <= 120


def test_a_file_without_findings_is_short():
    text = printed("en", leaks=(), columns=(), bulk=(), drift=None, truncation=None)
    assert WORDS["alerts_none"].en in text
    assert WORDS["leaks_title"].en not in text


def test_markup_in_names_stays_what_it_is():
    assert "[red]x[/red]" in printed("en", outcome_column="x", source="[red]x[/red]")


@pytest.mark.parametrize("language", LANGUAGES)
def test_ends_that_nobody_recorded_and_answers_alike_are_told_where_there_are_any(language):
    alike = (AlikeAnswers(column="product", spellings=("GTX Pro", "[b]GTXPro"), deals=12),)
    text = printed(language, width=240, unrecorded=missing_ends(), alike=alike)
    for key in ("unrecorded_title", "no_month", "alike_title"):
        assert WORDS[key].in_(language) in text
    for told in ("2025-03", numbers.whole(1040, language), "GTX Pro", "[b]GTXPro"):
        assert told in text
    assert WORDS["unrecorded_title"].in_(language) not in printed(language)
    assert WORDS["alike_title"].in_(language) not in printed(language)
