"""The page of a plan says what the plan holds, in both languages, safely, and loads nothing."""

import re

import pytest

from reports.plan.page import MOST_ROWS, curve_of, render_plan
from reports.plan.sentences import further_sentences, verdict_sentence
from tests.unit.reports.plans import EMPTY, HOSTILE, chosen, report
from tests.unit.reports.test_review_page import Page


@pytest.fixture(params=["en", "fr"])
def language(request):
    return request.param


def page(found, language):
    return Page(render_plan(found, language).replace("<input", "<meta"))


@pytest.mark.parametrize("found", [report(), EMPTY], ids=["whole", "empty"])
def test_it_is_whole_in_both_languages_and_opens_in_one(found, language):
    read = page(found, language)
    for one in ("en", "fr"):
        assert verdict_sentence(found).in_(one) in read.words
        for text in further_sentences(found):
            assert text.in_(one) in read.words
    checked = [dict(a) for tag, a in read.tags if tag == "meta" and "checked" in a]
    assert [one["id"] for one in checked] == [f"show-{language}"]


def test_it_loads_nothing_and_runs_nothing(language):
    html = render_plan(report(), language)
    assert "<script" not in html
    assert HOSTILE not in html
    assert not re.search(r"(src|href)=|url\(|https?://|@import", html)
    assert "{{" not in html.replace("{{ 7 * 7 }}", "")


def test_figures_are_those_of_the_plan():
    read = page(report(), "en")
    for told in ("€123,456", "€98,765", "19 of 50", "Prepayment", "presales: 20.5\xa0hours"):
        assert told in read.text, told
    assert "€1,224" in read.row("€10,224")
    assert "does not fit at all" in read.row("€42,600")
    assert "at least €804" in read.row("€1,704")
    assert "−€3,000 to €50,000" in read.row("Solvent")
    assert "nobody can tell" in read.row("D7")
    assert "−€1,500" in read.row("8.7%")
    assert "Bank guarantee" in read.row("8.7%")
    assert "–" in read.row("X2")


def test_where_nothing_is_drawn_nothing_is_said_of_it(language):
    without = report(drawn=(), exploration=None)
    assert "tirage" not in render_plan(without, language)
    assert "column_drawn" not in render_plan(without, language)
    assert "tirage" in render_plan(report(), language)


def test_ids_are_unique_and_tables_have_captions(language):
    read = page(report(), language)
    ids = [a["id"] for _, a in read.tags if "id" in a]
    assert len(ids) == len(set(ids))
    tables = [tag for tag, _ in read.tags if tag == "table"]
    assert len(tables) == len([tag for tag, _ in read.tags if tag == "caption"])
    for tag, attributes in read.tags:
        if tag == "svg":
            assert attributes["aria-label"]


def test_the_curve_turns_where_the_plan_ends():
    curve = curve_of(report())
    assert curve.chosen.split()[-1] == curve.left_out.split()[0]
    assert len(curve.chosen.split()) == 3
    assert (curve.hours, round(curve.value)) == (681, 42_591)


def test_a_long_plan_is_cut_and_says_so():
    many = report(chosen=tuple(chosen(f"D{n}") for n in range(MOST_ROWS + 7)))
    read = page(many, "en")
    assert "and 7 more, in the JSON" in read.text
    assert len(render_plan(many, "en")) < 500_000
