"""The replay's page says what the report holds, in both languages, safely, and loads nothing."""

import re

import pytest

from reports.replay.gains import gain_sentences
from reports.replay.page import render_replay, written_money
from reports.replay.report import Replay
from reports.replay.sentences import basis_sentences, headline, more_sentences, source_sentences
from tests.unit.reports.replay_reports import HOSTILE, deal, next_to_nothing, policy, replay
from tests.unit.reports.test_review_page import Page

WHOLE, QUIET = replay(), next_to_nothing()
SECTIONS = ("lost", "verdicts", "knockouts", "swap", "curves", "net", "declined", "source")


@pytest.fixture(params=["en", "fr"])
def language(request):
    return request.param


def page(found, language="en"):
    return Page(render_replay(found, language).replace("<input", "<meta"))


@pytest.mark.parametrize("found", [WHOLE, QUIET], ids=["whole", "quiet"])
def test_it_is_whole_in_both_languages_and_opens_in_one(found, language):
    read = page(found, language)
    for one in ("en", "fr"):
        for text in (headline(found), *more_sentences(found), *basis_sentences(found),
                     *gain_sentences(found), *source_sentences(found.probability)):  # fmt: skip
            assert text.in_(one) in read.words
    chosen = [dict(a) for tag, a in read.tags if tag == "meta" and "checked" in a]
    assert [one["id"] for one in chosen] == [f"show-{language}"]


@pytest.mark.parametrize("found", [WHOLE, QUIET], ids=["whole", "quiet"])
def test_it_loads_nothing_and_runs_nothing(found, language):
    html = render_replay(found, language)
    assert "<script" not in html
    assert HOSTILE not in html
    assert not re.search(r"(src|href)=|url\(|https?://|@import", html)
    assert "{{" not in html.replace("{{ 7 * 7 }}", "")
    assert "None" not in Page(html.replace("<input", "<meta")).text


def test_the_sections_come_in_the_order_in_which_a_director_asks():
    ids = [a["id"] for _, a in page(WHOLE).tags if "id" in a]
    assert [one for one in ids if one in {f"en-{name}" for name in SECTIONS}] == [
        f"en-{name}" for name in SECTIONS
    ]
    assert len(ids) == len(set(ids))


def test_wins_lost_stand_there_by_name_with_what_stopped_them():
    read = page(WHOLE)
    assert "Insolvent" in read.row("expected value −€1,200, below €0")
    assert "€31,000" in read.row("expected value −€1,200, below €0")
    assert "€17,000" in read.row("deals.csv:12")
    assert "to be found out: No budget" in read.row("Fonderie")


def test_a_knockout_is_judged_by_its_whole_interval():
    read = page(WHOLE)
    assert "saves money" in read.row("k1")
    assert "costs more than it saves" in read.row("k2")
    assert "no clear effect" in read.row("k3")
    assert "costs" not in read.row("k4")
    assert "9\N{NO-BREAK SPACE}" not in read.row("k1")
    assert "9 to Go" in read.row("k1").replace("\N{NO-BREAK SPACE}", " ")


def test_figures_have_text_alternatives_and_their_numbers_beside_them():
    tags = page(WHOLE).tags
    drawn = [a for tag, a in tags if tag == "svg"]
    assert all(a.get("role") == "img" or a.get("aria-hidden") == "true" for a in drawn)
    assert all(a.get("aria-label") for a in drawn if a.get("role") == "img")
    assert len([a for a in drawn if a.get("role") == "img"]) == 4  # two figures, two languages
    assert page(WHOLE).text.count("The same in numbers") == 2


def test_tables_that_may_be_wide_are_reached_by_the_keyboard():
    scrolled = [a for tag, a in page(WHOLE).tags if a.get("class") == "scroll"]
    assert scrolled
    assert all(a["tabindex"] == "0" and a["role"] == "region" for a in scrolled)


def test_more_deals_than_can_be_read_are_counted_not_dropped_in_silence():
    many = replay(policy=policy(lost_wins=tuple(deal(id=f"D{n}", name=None) for n in range(530))))
    assert "30 more in the JSON report" in page(many).text


def test_what_is_not_counted_is_not_there():
    read = page(QUIET)
    assert "€" not in read.text
    assert "The file holds no deal that we declined" in read.text
    assert "no knockout" in read.text


@pytest.mark.parametrize(
    ("amount", "told"), [(None, "–"), (-12.2, "−€12"), (12.2, "+€12"), (0, "€0")]
)
def test_amounts(amount, told):
    assert written_money(amount, currency="EUR", language="en", signed=True) == told


def test_the_json_twin_reads_back_as_the_same_report():
    assert Replay.model_validate(WHOLE.to_data()) == WHOLE
