"""A terminal tells the same as the page: the sentence, the names, and what is not known."""

from io import StringIO

import pytest
from rich.console import Console

from reports.replay.sentences import headline
from reports.replay.table import replay_lines
from tests.unit.reports.replay_reports import HOSTILE, next_to_nothing, replay


def printed(found, language="en"):
    console = Console(width=200, file=StringIO(), record=True, highlight=False)
    for part in replay_lines(found, language):
        console.print(part)
    return console.export_text()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_sentence_comes_first_and_names_follow(language):
    said = printed(replay(), language)
    assert " ".join(said.split()).startswith(
        " ".join(headline(replay()).in_(language).split())[:60]
    )
    assert HOSTILE in said
    assert "deals.csv:12" in said


def test_all_parts_are_there():
    said = printed(replay())
    parts = ("costs more than it saves", "Stopped by both", "Kept at 25%", "0–40",
             "At each of 6 days", "other combinations", "The interval holds zero")  # fmt: skip
    for told in parts:
        assert told in said, told


@pytest.mark.parametrize(
    ("language", "stopped", "pursued"),
    [
        ("en", "asks about stopped: 81% (75–89%) kept with 42% (36–50%) of the work",
         "asks about pursued: 95% (89–100%) kept with 56% (50–64%) of the work"),
        ("fr", "demande étant arrêté : 81 % (75–89 %) gardé avec 42 % (36–50 %) du travail",
         "demande étant poursuivi : 95 % (89–100 %) gardé avec 56 % (50–64 %) du travail"),
    ],
)  # fmt: skip
def test_the_policy_stands_there_with_its_own_intervals(language, stopped, pursued):
    said = printed(replay(), language).replace("\xa0", " ").replace("\u202f", " ")
    assert stopped in said
    assert pursued in said


def test_of_nothing_nothing_is_told():
    said = printed(next_to_nothing())
    assert "would have stopped none of 12" in said
    assert "No win would have been lost" in said
    assert "points of the policy decide" in said
    assert "€" not in said
    assert "None" not in said
