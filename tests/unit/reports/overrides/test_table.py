"""Overrides in a terminal, in both languages: who was right, never who was best."""

from io import StringIO

import pytest
from rich.console import Console

from features.override import override_of
from reports.overrides.report import Overrides, RoleOverrides
from reports.overrides.table import book_lines, override_lines
from reports.overrides.words import WORDS, override_sentences
from reports.typography import day
from tests.unit.features.test_override import WRITTEN
from tests.unit.reports.refused_reports import NO_DEALS, TITLE, rate

LONG = rate(60, 100, 0.52, 0.68)


def report(**more):
    settings = {
        "policy": "shop", "title": TITLE, "as_of": "2026-10-15", "let_through": 20,
        "held_back": 3, "standing": 4, "found": 18, "open": 2, "declined": 1,
        "rate": rate(4, 15, 0.12, 0.48), "own": LONG,
        "roles": (
            RoleOverrides(role="area lead", overrides=3, closed=2, rate=None),
            RoleOverrides(role="[bold]zone", overrides=17, closed=13, rate=rate(4, 13, 0.1, 0.5)),
        ),
    }  # fmt: skip
    return Overrides.model_validate({**settings, **more})


def printed(parts):
    written = StringIO()
    console = Console(width=200, file=written)
    for part in parts:
        console.print(part)
    return written.getvalue()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_sentence_and_role_is_printed(language):
    text = printed(override_lines(report(), language))
    for sentence in override_sentences(report(), day("2026-10-15")):
        assert sentence.in_(language)[:50] in text
    assert "[bold]zone" in text  # as it was written, and no markup
    assert text.index("area lead") < text.index("[bold]zone")


@pytest.mark.parametrize(("found", "words"), [
    (report(), "won less often"),
    (report(rate=rate(9, 10, 0.7, 0.99)), "right more often"),
    (report(rate=rate(5, 9, 0.4, 0.8)), "The intervals overlap"),
    (report(rate=NO_DEALS), "no evidence yet"),
])  # fmt: skip
def test_what_it_means_is_said(found, words):
    told = " ".join(one.en for one in override_sentences(found, day("2026-10-15")))
    assert words in told
    if found.rate.deals:
        assert "never pooled with those drawn" in told


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_book_is_printed_as_written(language):
    one = override_of({**WRITTEN, "why": "[red]because"})
    text = printed(book_lines([one], language))
    for told in ("D-1", "head of sales", "[red]because", "Go", "No-go", "2026"):
        assert told in text
    assert WORDS["none"].in_(language) in printed(book_lines([], language))
