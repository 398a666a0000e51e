"""Folds: siblings stay together, every deal is judged once, and the win rate is even."""

import numpy as np
import pytest

from models.folds import FEWEST_GROUPS, grouped_folds


def outcomes(n, rate=0.3, seed=0):
    return (np.random.default_rng(seed).random(n) < rate).astype(float)


@pytest.mark.parametrize("seed", range(6))
def test_every_deal_is_held_out_once_and_no_group_is_torn(seed):
    random = np.random.default_rng(seed)
    y, groups = outcomes(200, seed=seed), random.integers(0, 60, 200)
    folds = grouped_folds(y, groups, seed, 5)
    held_out = np.concatenate([rows for _, rows in folds])
    assert sorted(held_out.tolist()) == list(range(200))
    for train, rows in folds:
        assert not set(groups[train]) & set(groups[rows])
        assert len(set(train) | set(rows)) == 200


def test_without_the_groups_the_same_check_fails():
    groups = np.repeat(np.arange(60), 3)
    folds = grouped_folds(outcomes(180), None, 0, 5)
    assert any(set(groups[train]) & set(groups[rows]) for train, rows in folds)


def test_the_win_rate_is_about_even():
    y = outcomes(500)
    rates = [y[rows].mean() for _, rows in grouped_folds(y, None, 0, 5)]
    assert np.ptp(rates) < 0.02


@pytest.mark.parametrize("rarer", [0, FEWEST_GROUPS - 1, FEWEST_GROUPS, 5, 40])
def test_a_rare_outcome_makes_fewer_folds_and_a_very_rare_one_none(rarer):
    y = np.zeros(100)
    y[:rarer] = 1.0
    expected = 0 if rarer < FEWEST_GROUPS else min(5, rarer)
    assert len(grouped_folds(y, None, 0, 5)) == expected
    for train, _ in grouped_folds(y, None, 0, 5):
        assert 0 < y[train].sum() < len(train)


def test_it_is_groups_that_count_and_not_deals():
    y = np.repeat([1.0, 0.0], 50)
    assert grouped_folds(y, np.where(y == 1, 0, np.arange(100)), 0, 5) == []


def test_no_deals_make_no_folds_and_a_seed_makes_the_same_ones():
    assert grouped_folds(np.empty(0), None, 0, 5) == []
    y = outcomes(100)
    one, again, other = ([r.tolist() for _, r in grouped_folds(y, None, s, 5)] for s in (1, 1, 2))
    assert one == again != other
