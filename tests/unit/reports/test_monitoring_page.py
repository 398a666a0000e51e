"""The page says what the report holds, in both languages, safely, and loads nothing."""

import re

import pytest

from reports.monitoring import Monitoring
from reports.monitoring_page import reach, render_monitoring, tops
from reports.monitoring_sentences import recalibration_sentences, verdict_sentence
from reports.monitoring_words import VERDICTS
from tests.unit.reports.monitoring_reports import EMPTY, HOSTILE, report
from tests.unit.reports.test_review_page import Page


@pytest.fixture(params=["en", "fr"])
def language(request):
    return request.param


def page(found, language):
    return Page(render_monitoring(found, language).replace("<input", "<meta"))


@pytest.mark.parametrize("found", [report(), EMPTY], ids=["whole", "empty"])
def test_it_is_whole_in_both_languages_and_opens_in_one(found, language):
    read = page(found, language)
    for one in ("en", "fr"):
        assert VERDICTS[found.verdict].in_(one) in read.words
        assert verdict_sentence(found).in_(one) in read.words
    chosen = [dict(a) for tag, a in read.tags if tag == "meta" and "checked" in a]
    assert [one["id"] for one in chosen] == [f"show-{language}"]


def test_it_loads_nothing_and_runs_nothing(language):
    html = render_monitoring(report(), language)
    assert "<script" not in html
    assert HOSTILE not in html
    assert not re.search(r"(src|href)=|url\(|https?://|@import", html)
    assert "{{" not in html.replace("{{ 7 * 7 }}", "")


def test_figures_are_those_of_the_report():
    read = page(report(), "en")
    for told in ("1,597", "promised: 654.4", "0.73", "0.561", "Mar 2025", "0.123", "10% → 35%"):
        assert told in read.text, told
    assert "20–24%" in read.row("mature, fewer than promised")
    assert "fewer" not in read.row("not mature")
    for one in recalibration_sentences(report()):
        assert one.en in read.text


def test_fields_that_moved_come_first():
    rows = [row for row in page(report(), "fr").rows if "0,123" in row]
    assert "autres réponses" in rows[0]
    assert "aucun changement" in rows[1]


def test_ids_are_unique(language):
    ids = [a["id"] for _, a in page(report(), language).tags if "id" in a]
    assert len(ids) == len(set(ids))


def test_axes_hold_all_that_is_drawn():
    found = report()
    assert reach(found) >= max(abs(one.gap_low) for one in found.periods)
    assert reach(EMPTY) == 0.1
    assert tops(found.charts) == 7.5


def test_the_json_twin_reads_back_as_the_same_report():
    assert Monitoring.model_validate(report().to_data()) == report()
    assert report().exit_code == 1
    assert report().mature_deals == 104
    assert EMPTY.exit_code == 0
