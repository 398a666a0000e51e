"""The tables say what LightGBM says, to the last bit, alone and in a batch."""

import lightgbm as lgb
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.small_trees import FILLED_AT_ONCE, MOST_CELLS, SmallTrees


def grown(leaves=4, rounds=60, n=600, seed=0, **more):
    random = np.random.default_rng(seed)
    X = np.column_stack(
        [random.normal(size=(n, 3)), random.integers(0, 2, (n, 3)), random.lognormal(size=n)]
    )
    X[random.random(X.shape) < 0.1] = np.nan
    X[:, [1, 4]] = np.nan_to_num(X[:, [1, 4]])  # always answered
    score = np.nan_to_num(X[:, 0]) + X[:, 1] * np.nan_to_num(X[:, 3])
    y = (random.random(n) < 1 / (1 + np.exp(-score))).astype(float)
    given = {"objective": "binary", "num_leaves": leaves, "verbosity": -1, "num_threads": 1,
             "min_data_in_leaf": 5, "feature_fraction": 0.6, "seed": seed, **more}  # fmt: skip
    booster = lgb.train(given, lgb.Dataset(X, y), num_boost_round=rounds)
    return lgb.Booster(model_str=booster.model_to_string()), X


def text_of(leaves, **more) -> str:
    return str(grown(leaves, rounds=5, **more)[0].model_to_string())


def small(booster) -> SmallTrees:
    trees = SmallTrees.of(booster.model_to_string())
    assert trees is not None
    return trees


def lightgbm_says(booster, X):
    told = booster.predict(X, pred_contrib=True, num_threads=1)[:, :-1]
    return booster.predict(X, raw_score=True, num_threads=1), told


@pytest.mark.parametrize("leaves", [2, 3, 4, 8])
def test_it_says_what_lightgbm_says_to_the_last_bit(leaves):
    booster, X = grown(leaves)
    X = np.vstack([X[:150], np.full((1, 7), np.nan), np.zeros((1, 7)), X[:3] * 1e9])
    trees, (log_odds, told) = small(booster), lightgbm_says(booster, X)
    assert (trees.log_odds(X) == log_odds).all()
    assert (trees.contributions(X) == told).all()
    for row in range(len(X)):
        assert trees.log_odds(X[[row]])[0] == log_odds[row]
        assert (trees.contributions(X[[row]])[0] == told[row]).all()


FOUR, ROWS = grown(4, seed=3)


@settings(max_examples=60)
@given(st.lists(st.floats(width=64) | st.sampled_from([0.0, -0.0, 1e-36, 1.0]), min_size=7,
                max_size=7))  # fmt: skip
def test_it_does_so_for_any_deal(row):
    X = np.array([row])
    log_odds, told = lightgbm_says(FOUR, X)
    trees = small(FOUR)
    assert (trees.log_odds(X) == log_odds).all()
    assert (trees.contributions(X) == told).all()


def test_what_is_filled_when_met_is_what_is_filled_at_load(monkeypatch):
    at_load = small(FOUR)
    monkeypatch.setattr("models.small_trees.FILLED_AT_ONCE", 0)
    later = small(FOUR)
    assert at_load.met.all()
    assert not later.met.any()
    assert len(at_load.met) <= FILLED_AT_ONCE
    assert (later.contributions(ROWS) == at_load.contributions(ROWS)).all()
    assert later.met.any()


def test_the_check_would_notice_another_order_of_adding():
    _, told = lightgbm_says(FOUR, ROWS)
    trees = small(FOUR)
    backwards = small(FOUR)
    backwards.added[:], backwards.column[:] = trees.added[:, ::-1], trees.column[:, ::-1]
    assert not (backwards.contributions(ROWS) == told).all()
    assert backwards.contributions(ROWS) == pytest.approx(told, abs=1e-12)


def test_large_trees_and_other_kinds_have_no_tables(monkeypatch):
    assert SmallTrees.of(text_of(31)) is None
    assert SmallTrees.of(text_of(4, zero_as_missing=True)) is None
    assert SmallTrees.of(text_of(4, min_gain_to_split=1e9)) is None  # not one split
    monkeypatch.setattr("models.small_trees.MOST_CELLS", 100)
    assert MOST_CELLS > 100
    assert SmallTrees.of(FOUR.model_to_string()) is None
