"""The effort report's page and terminal say what it holds, in both languages, and load nothing."""

import re
from io import StringIO

import pytest
from rich.console import Console

from reports.effort.page import render_effort
from reports.effort.report import Effort
from reports.effort.sentences import (
    basis_sentences,
    headline,
    outcome_sentences,
    probability_sentences,
)
from reports.effort.table import effort_lines
from tests.unit.reports.effort_reports import HOSTILE, nothing_lost, report, without_money
from tests.unit.reports.test_review_page import Page

REPORTS = {"whole": report(), "without money": without_money(), "nothing lost": nothing_lost()}


@pytest.fixture(params=["en", "fr"])
def language(request):
    return request.param


@pytest.fixture(params=REPORTS)
def found(request):
    return REPORTS[request.param]


def page(found, language="en"):
    return Page(render_effort(found, language).replace("<input", "<meta"))


def printed(found, language="en"):
    console = Console(width=240, file=StringIO(), record=True, highlight=False)
    for part in effort_lines(found, language):
        console.print(part)
    return console.export_text()


def test_it_is_whole_in_both_languages_and_opens_in_one(found, language):
    read, said = page(found, language), printed(found, language)
    for one in ("en", "fr"):
        for text in (headline(found), *outcome_sentences(found), *basis_sentences(found),
                     *probability_sentences(found)):  # fmt: skip
            assert text.in_(one) in read.words
    assert outcome_sentences(found) == () or outcome_sentences(found)[0].in_(language) in said
    chosen = [dict(a) for tag, a in read.tags if tag == "meta" and "checked" in a]
    assert [one["id"] for one in chosen] == [f"show-{language}"]


def test_it_loads_nothing_and_runs_nothing(found, language):
    html = render_effort(found, language)
    assert "<script" not in html
    assert HOSTILE not in html
    assert not re.search(r"(src|href)=|url\(|https?://|@import", html)
    assert "{{" not in html.replace("{{ 7 * 7 }}", "")
    assert "None" not in page(found, language).text.replace("None of", "").replace(
        "None written", ""
    )
    ids = [a["id"] for _, a in page(found, language).tags if "id" in a]
    assert len(ids) == len(set(ids))


def test_the_sentence_holds_the_numbers():
    told = headline(report()).en.replace("\N{NO-BREAK SPACE}", " ")
    assert told == (
        "Of 12,340 hours on 140 deals pursued to the end, 2,310 hours (19%, 90% interval 14–25%) "
        "went to 61 deals that the policy would not have pursued."
    )
    assert "would have refused" in headline(nothing_lost()).en
    assert "which brought" in " ".join(one.en for one in outcome_sentences(report()))
    assert "€" not in printed(without_money())


def test_unknown_hours_are_counted_beside_the_known_and_in_no_zero():
    read = page(report())
    assert "1 unknown" in read.row("All of them 61")
    assert "–" in read.row("Still open")
    assert "288 unknown" in read.row("Declined by us")


def test_sellers_are_there_only_where_somebody_asked():
    assert "By seller" not in page(report()).text
    assert "By seller" in page(nothing_lost()).text
    assert "Others (3 together)" in page(report()).text
    assert "None written" in page(report()).text


def test_bands_say_their_ends():
    text = page(report()).text
    for told in ("Negative, even if won", "€0 to €1,500", "€9,000 and more"):
        assert told in text, told
    assert "10–20%" in page(without_money()).text


def test_wins_are_named():
    read = page(report())
    assert "knocked out" in read.row("D7 Aciéries & Fils")
    assert "€48,000" in read.row("D7 Aciéries & Fils value below zero")
    assert "None of them was won" in page(nothing_lost()).text


def test_quarters_with_deals_that_nobody_could_know_say_so():
    assert "at least what is told" not in page(report()).text
    one = report().quarters[0]
    young = one.model_copy(update={"pursued": one.pursued.model_copy(update={"estimated": 3})})
    read = page(report(quarters=(young,)))
    assert "at least what is told" in read.text
    assert "not estimated" in read.row("Q3 2025")


def test_the_json_twin_reads_back_as_the_same_report(found):
    assert Effort.model_validate(found.to_data()) == found


def test_where_nothing_could_be_learned_it_says_so():
    source = report().source.model_copy(update={"method": "none"})
    assert "too little to learn from" in page(report(source=source)).text
    assert "At each of 8 days" in page(report()).text
    assert probability_sentences(report(source=None)) == ()
