"""The page on refused deals says what the report holds, in both languages, and loads nothing."""

import re

import pytest

from reports.refused.page import render_refused
from reports.refused.report import Refused
from reports.refused.words import VERDICTS, beside_sentences, lead_sentences, verdict_sentence
from tests.unit.reports.refused_reports import EMPTY, OFF, WHOLE
from tests.unit.reports.test_review_page import HOSTILE, Page


@pytest.fixture(params=["en", "fr"])
def language(request):
    return request.param


def read(found, language):
    return Page(render_refused(found, language).replace("<input", "<meta"))


@pytest.mark.parametrize("found", [WHOLE, OFF, EMPTY], ids=["whole", "off", "empty"])
def test_it_is_whole_in_both_languages_and_opens_in_one(found, language):
    page = read(found, language)
    for one in ("en", "fr"):
        for sentence in lead_sentences(found):
            assert sentence.in_(one) in page.words
        for rule in found.rules:
            if rule.refused:
                assert VERDICTS[rule.verdict].in_(one) in page.text
                assert verdict_sentence(rule).in_(one) in page.words
                for sentence in beside_sentences(rule):
                    assert sentence.in_(one) in page.words
    chosen = [dict(a) for tag, a in page.tags if tag == "meta" and "checked" in a]
    assert [one["id"] for one in chosen] == [f"show-{language}"]


def test_it_loads_nothing_and_runs_nothing(language):
    html = render_refused(WHOLE, language)
    assert "<script" not in html
    assert HOSTILE not in html
    assert not re.search(r"(src|href)=|url\(|https?://|@import", html)
    assert "prefers-color-scheme: dark" in html


def test_ids_are_unique_and_tables_are_named(language):
    page = read(WHOLE, language)
    ids = [a["id"] for _, a in page.tags if "id" in a]
    assert len(ids) == len(set(ids))
    tags = [tag for tag, _ in page.tags]
    assert tags.count("table") == tags.count("caption")
    images = [a for tag, a in page.tags if tag == "svg" and "aria-hidden" not in a]
    assert images
    assert all(a.get("aria-label") for a in images)


def test_figures_are_those_of_the_report():
    page = read(WHOLE, "en")
    row = next(row for row in page.rows if "1,260" in row)
    for told in ("15 of 30 (35–65%)", "20%", "11%", "8 of 9 (60–98%)", "worth working again"):
        assert told in row, told
    assert any(row.split() == ["1.5", "45%", "540.0", "30%", "yes"] for row in page.rows)


def test_the_json_twin_reads_back_as_the_same_report():
    data = WHOLE.to_data()
    assert data["rules"][0]["bias"] == pytest.approx(0.114 - 0.5)
    for rule in data["rules"]:
        rule.pop("bias")
    assert Refused.model_validate(data) == WHOLE
    assert WHOLE.to_loosen == WHOLE.rules[:1]
