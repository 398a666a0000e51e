"""Columns as levels: few values stay, many become ranges, none goes missing."""

import numpy as np
import pandas as pd
import pytest

from training.leaks.levels import levels_of


def test_each_kind_of_column_has_its_levels_and_blanks_have_none():
    for column in (
        pd.Series(["a", None, "b"]),
        pd.Series(["a", None, "b"], dtype="category"),
        pd.Series([1.0, np.nan, 2.0]),
        pd.Series(pd.to_datetime(["2025-01-01", "NaT", "2025-01-02"])),
    ):
        levels = levels_of(column)
        assert levels.codes.tolist() == [1, 0, 2]
        assert levels.distinct == len(levels.names) == 2
    assert levels_of(pd.Series([True, False, True])).distinct == 2


def test_a_value_that_many_deals_share_is_a_level_of_its_own(rng):
    """Else 'value 0 for every lost deal' would hide in a range."""
    values = np.r_[np.zeros(400), rng.uniform(1, 9, 600)]
    levels = levels_of(pd.Series(values))
    zeros = levels.codes[:400]
    assert len(set(zeros)) == 1
    assert not np.isin(levels.codes[400:], zeros).any()
    assert levels.names[zeros[0] - 1] == "0"


def test_ranges_are_about_equal_and_in_order(rng):
    values = rng.normal(size=5000)
    levels = levels_of(pd.Series(values))
    counts = np.bincount(levels.codes)[1:]
    assert len(counts) == 64
    assert counts.min() > 70
    order = np.argsort(values)
    assert (np.diff(levels.codes[order]) >= 0).all()


def test_counts_put_blanks_first():
    levels = levels_of(pd.Series(["a", None, "a", "b"]))
    deals, wins = levels.counts(np.array([1.0, 1.0, 0.0, 0.0]))
    assert deals.tolist() == [1, 2, 1]
    assert wins.tolist() == [1.0, 1.0, 0.0]
    assert levels.unique_share == pytest.approx(2 / 3)


def test_an_empty_column_has_no_levels():
    assert levels_of(pd.Series([np.nan, np.nan])).names == ()
    assert levels_of(pd.Series([], dtype=float)).names == ()
