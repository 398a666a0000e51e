"""The terminal: the verdict first, few lines, nothing interpreted as markup."""

from io import StringIO

import pytest
from rich.console import Console

from reports.monitoring_sentences import trigger_sentences, verdict_sentence
from reports.monitoring_table import MOST_PERIODS, monitoring_lines
from reports.monitoring_words import VERDICTS
from tests.unit.reports.monitoring_reports import EMPTY, balance, report


def printed(found, language):
    page = StringIO()
    console = Console(file=page, width=200)
    for part in monitoring_lines(found, language):
        console.print(part)
    return page.getvalue()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_verdict_comes_first_and_then_why(language):
    lines = printed(report(), language).splitlines()
    assert lines[0].startswith(VERDICTS["recalibrate"].in_(language))
    assert verdict_sentence(report()).in_(language) in lines[0]
    for line, text in zip(lines[1:], trigger_sentences(report()), strict=False):
        assert line.startswith("▲")
        assert text.in_(language) in line


def test_it_is_short():
    many = report(periods=tuple(balance(f"2024-{n:02}", 50, 20, 21.0) for n in range(1, 13)))
    text = printed(many, "en")
    assert text.count("as promised") == MOST_PERIODS
    assert len(text.splitlines()) < 40
    assert printed(EMPTY, "fr").splitlines()[0].startswith("Trop tôt pour conclure")
