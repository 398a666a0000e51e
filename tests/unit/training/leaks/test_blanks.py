"""Blanks that know the outcome."""

import numpy as np
import pytest

from reports.findings import LeakKind, Severity
from training.leaks.blanks import blank_clues

N_COLUMNS, N_OPEN = 20, 60


@pytest.fixture
def clues(won):
    def find(closed, opened):
        found = blank_clues("cf_1", closed, won, opened, N_COLUMNS)
        return {clue.kind: clue for clue in reversed(found)}  # the first of a kind

    return find


def some(rng, share, n):
    return rng.random(n) < share


def test_filled_in_only_once_closed_is_certain(clues, won, rng):
    found = clues(some(rng, 0.6, len(won)), np.zeros(N_OPEN, bool))
    clue = found[LeakKind.FILLED_AT_CLOSING]
    assert clue.severity is Severity.CERTAIN
    assert clue.numbers["open"] == 0
    assert "0%" in clue.evidence.en


def test_filled_in_more_often_once_closed_is_suspect(clues, won, rng):
    found = clues(some(rng, 1.0, len(won)), some(rng, 0.5, N_OPEN))
    assert found[LeakKind.FILLED_AT_CLOSING].severity is Severity.SUSPECT


def test_emptied_once_closed_is_suspect(clues, won, rng):
    found = clues(some(rng, 0.1, len(won)), some(rng, 0.8, N_OPEN))
    assert found[LeakKind.EMPTIED_AT_CLOSING].severity is Severity.SUSPECT


def test_two_open_deals_prove_nothing(clues, won, rng):
    assert clues(some(rng, 0.6, len(won)), np.zeros(2, bool)) == {}


def test_alike_in_all_is_no_leak(clues, won, rng):
    assert clues(some(rng, 0.6, len(won)), some(rng, 0.6, N_OPEN)) == {}


def test_filled_in_only_where_won_is_certain(clues, won, rng):
    found = clues((won == 1) & some(rng, 0.5, len(won)), some(rng, 0.2, N_OPEN))
    assert found[LeakKind.TELLING_BLANKS].severity is Severity.CERTAIN


def test_empty_only_where_lost_is_certain(clues, won, rng):
    found = clues((won == 1) | some(rng, 0.5, len(won)), some(rng, 0.7, N_OPEN))
    clue = found[LeakKind.TELLING_BLANKS]
    assert clue.severity is Severity.CERTAIN
    assert clue.evidence.en.startswith("Empty, 0 of")


def test_filled_in_more_often_where_won_is_suspect(clues, won, rng):
    found = clues(some(rng, 0.5, len(won)) | (won == 1) & some(rng, 0.8, len(won)),
                  some(rng, 0.6, N_OPEN))  # fmt: skip
    assert found[LeakKind.TELLING_BLANKS].severity is Severity.SUSPECT
