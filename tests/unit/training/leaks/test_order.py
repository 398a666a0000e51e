"""Ids that were numbered after the outcome was known."""

import numpy as np
import pandas as pd
import pytest

from reports.findings import Severity
from training.leaks.order import id_numbers, order_clue


def test_ids_sorted_by_outcome_are_certain_whatever_the_direction(won, rng):
    for key in (won, -won):
        rank = np.argsort(np.argsort(key + 0.2 * rng.random(len(won))))
        for ids in ([f"X-{n:05}" for n in rank], rank.astype(float)):
            clue = order_clue("id", pd.Series(ids), won, 20)
            assert clue is not None
            assert clue.severity is Severity.CERTAIN


def test_ids_somewhat_sorted_are_suspect_and_ids_in_no_order_nothing(won, rng):
    rank = np.argsort(np.argsort(won + 2.0 * rng.random(len(won))))
    clue = order_clue("id", pd.Series(rank.astype(float)), won, 20)
    assert clue is not None
    assert clue.severity is Severity.SUSPECT
    plain = pd.Series(rng.permutation(len(won)).astype(float))
    assert order_clue("id", plain, won, 20) is None


@pytest.mark.parametrize(
    "values",
    [
        [1.5, 2.5, 3.5],
        [12.0, 5_000.0, 1_000_000.0],
        [1.0, 2.0, np.nan],
        ["red", "blue", "green"],
        ["1a2", "3b4", "5c6"],
        ["D1", "D1", "D1"],
        pd.to_datetime(["2025-01-01", "2025-01-02", "2025-01-03"]),
        [],
    ],
)
def test_amounts_words_dates_and_repeated_numbers_are_no_ids(values):
    assert id_numbers(pd.Series(values)) is None
