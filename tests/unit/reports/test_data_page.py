"""The page: one file, two languages, no script, everything escaped, everything there."""

import re

import pytest

from features.texts import LANGUAGES, Language
from reports.data_alerts import alerts
from reports.data_page import chance, every, render_data_report
from reports.data_report import AlikeAnswers, Drift
from reports.data_words import WORDS
from reports.findings import Severity
from reports.numbers import percent, whole
from tests.unit.reports.data_reports import (
    HOSTILE,
    hostile_text,
    leak,
    make_report,
    missing_ends,
    rate,
)
from tests.unit.reports.test_review_page import Page, contrast


@pytest.fixture(params=LANGUAGES)
def language(request):
    return request.param


def half(html, language):
    """Return the part of the page in one language."""
    (found,) = re.findall(rf'<main lang="{language}".*?</main>', html, re.DOTALL)
    return Page(found)


def render(language="en", **changes):
    # The parser of the tests knows no void element but meta.
    return render_data_report(make_report(**changes), language).replace("<input", "<meta")


def test_both_languages_are_there_and_do_not_mix(language):
    html = render(language)
    assert f'<html lang="{language}">' in html
    assert f'id="show-{language}" checked' in html
    for one in LANGUAGES:
        other: Language = "fr" if one == "en" else "en"
        text = half(html, one).text
        plain = [w for w in WORDS.values() if w.en != w.fr and "{" not in w.en]
        leaked = [w.in_(other) for w in plain if len(w.in_(other)) > 9 and w.in_(other) in text]
        assert leaked == []


def test_the_page_loads_and_runs_nothing_and_is_small(language):
    html = render(language)
    assert not re.search(r"https?:|//|src=|url\(|@import|<script|<link", html)
    assert len(html.encode()) < 100_000
    Page(html)


def test_hostile_names_stay_words():
    clue = leak().clues[0].model_copy(update={"evidence": hostile_text()})
    hostile = leak(HOSTILE, clues=(clue,), remedy=hostile_text())
    html = render(source=HOSTILE, leaks=(hostile,), outcome_column=HOSTILE, notes=(HOSTILE,))
    assert "<script" not in html
    assert HOSTILE in half(html, "en").text


def test_figures_alerts_and_leaks_are_there(language):
    report = make_report()
    page = half(render(language), language)
    assert whole(1200, language) in page.text
    assert percent(613 / 1200, language) in page.text
    for alert in alerts(report):
        assert alert.text.in_(language) in page.text
    row = page.row("Tags")
    assert report.leaks[0].evidence.in_(language) in row
    assert report.leaks[0].remedy.in_(language) in row
    assert "2025.csv" not in page.text
    assert "deals <2025>.csv" in page.text


def test_alerts_come_before_all_tables():
    html = render()
    assert html.index('class="alerts"') < html.index("<table")


def test_a_clean_file_says_so(language):
    nothing = {"leaks": (), "columns": (), "bulk": (), "months": None, "drift": None,
               "truncation": None, "lifetimes": None, "coverage": ()}  # fmt: skip
    page = half(render(language, **nothing), language)
    for key in ("alerts_none", "leaks_none", "months_none", "ends_none", "uses_none"):
        assert WORDS[key].in_(language) in page.text
    assert not [tag for tag, _ in page.tags if tag == "rect"]


def test_the_chart_stacks_what_the_months_hold():
    html = render()
    bar = r'<rect class="(\w+)" x="[\d.]+" y="[\d.]+" width="[\d.]+" height="([\d.]+)"'
    heights = re.findall(bar, html.partition("</main>")[0])
    assert [kind for kind, _ in heights] == ["won", "others", "declined", "others", "open"]
    assert sum(float(height) for _, height in heights[:3]) == pytest.approx(166, abs=0.2)


def test_a_quarter_apart_has_another_mark():
    quarters = (rate("2024Q1", 82, 100, 0.001), rate("2024Q2", 40, 100, 0.2))
    base = make_report(drift=None)
    plain = render_data_report(base, "en")
    html = render_data_report(base.model_copy(update={"drift": Drift(quarters=quarters, p=0.0)}),
                              "en")  # fmt: skip
    assert html.count('<path class="not-met"') - plain.count('<path class="not-met"') == 4
    assert "T1 2024" in html
    assert "Q1 2024" in html


def test_an_excused_leak_gives_its_reason(language):
    page = half(render(language, excused={"Tags": "agreed beforehand"}), language)
    assert "agreed beforehand" in page.row("Tags")


def test_what_one_would_compute_is_marked(language):
    made = leak("closed - opened", made_of=("closed", "opened"))
    page = half(render(language, leaks=(made,)), language)
    assert WORDS["derived"].in_(language) in page.row("closed - opened")


def test_tables_and_charts_can_be_heard_and_ids_are_unique(language):
    html = render(language)
    page = Page(html)
    assert all(attrs.get("scope") in {"row", "col"} for tag, attrs in page.tags if tag == "th")
    ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    named = {attrs["aria-labelledby"] for _, attrs in page.tags if "aria-labelledby" in attrs}
    assert named <= set(ids)
    charts = [attrs for tag, attrs in page.tags if tag == "svg"]
    assert all("aria-hidden" in attrs or attrs.get("role") == "img" for attrs in charts)
    assert all("aria-label" in attrs for attrs in charts if attrs.get("role") == "img")


def test_the_colour_of_what_stops_can_be_read():
    (colour,) = re.findall(r"--stop: (#\w+);", render())
    assert contrast(colour, "#fff") >= 4.5


def test_small_chances_are_told_as_such(language):
    assert chance(0.00001, language).startswith("<")
    assert chance(1.0, "en") == "1.00"
    assert chance(0.0402, "en") == "0.040"


@pytest.mark.parametrize("n", [1, 14, 15, 29, 240])
def test_axes_name_at_most_fourteen_places(n):
    assert len(range(0, n, every(n))) <= 14


def test_suspects_are_counted_and_marked(language):
    page = half(render(language, leaks=(leak("Score", Severity.SUSPECT),)), language)
    assert WORDS["figure_leaks_note"].in_(language).format(suspects="1") in page.text
    assert WORDS["to_ask"].in_(language) in page.text


def test_missing_ends_and_answers_alike_have_their_tables(language):
    alike = (AlikeAnswers(column=HOSTILE, spellings=("GTX Pro", HOSTILE), deals=12),)
    html = render(language, unrecorded=missing_ends(), alike=alike)
    text = half(html, language).text
    for key in ("unrecorded_title", "unrecorded_hint", "no_month", "alike_title", "alike_hint"):
        assert WORDS[key].in_(language) in text
        assert WORDS[key].in_(language) not in half(render(language), language).text
    assert "<script" not in html
    assert HOSTILE in text
