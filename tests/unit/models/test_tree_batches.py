"""Many deals at once are told what each is told alone, to the last bit."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.background import background_of, over_background
from models.forest import MANY_DEALS, Forest
from models.small_trees import FILLED_AT_ONCE, SmallTrees
from models.tree_batches import DEALS_AT_ONCE, TreeBatches
from tests.unit.models.test_small_trees import grown, small

FOUR, ROWS = grown(4, seed=3)
BACKGROUND = background_of(ROWS, 0)


def with_gaps(X, share, seed=1):
    random = np.random.default_rng(seed)
    return np.where(random.random(X.shape) < share, np.nan, X)


def same(batches, trees, X, background):
    for told, one_by_one in (
        (batches.log_odds, trees.log_odds),
        (batches.contributions, trees.contributions),
    ):
        found, wanted = told(X, background), over_background(one_by_one, X, background)
        assert found.flags.c_contiguous
        assert found.tobytes() == wanted.tobytes()


@pytest.mark.parametrize("leaves", [2, 3, 4, 8])
@pytest.mark.parametrize("share", [0.0, 0.2, 0.9])
def test_a_batch_has_the_bits_of_each_deal_alone(leaves, share):
    booster, X = grown(leaves)
    X = with_gaps(np.vstack([X[:150], np.full((1, 7), np.nan), np.zeros((1, 7)), X[:3] * 1e9]),
                  share)  # fmt: skip
    trees, background = small(booster), background_of(ROWS, 0)
    same(TreeBatches(small(booster)), trees, X, background)
    for row in (0, 7, 150):
        alone = over_background(trees.contributions, X[[row]], background)
        together = TreeBatches(trees).contributions(X, background)
        assert together[row].tobytes() == alone[0].tobytes()


def test_more_deals_than_stand_side_by_side_are_told_the_same():
    X = with_gaps(np.resize(ROWS, (2 * DEALS_AT_ONCE + 3, 7)), 0.3)
    same(TreeBatches(small(FOUR)), small(FOUR), X, BACKGROUND)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.floats(width=64) | st.sampled_from([0.0, -0.0, np.nan, 1.0]),
                         min_size=7, max_size=7), min_size=1, max_size=5))  # fmt: skip
def test_so_it_does_for_any_deals(rows):
    same(TreeBatches(small(FOUR)), small(FOUR), np.array(rows), BACKGROUND)


def test_what_is_filled_only_when_met_is_told_the_same(monkeypatch):
    monkeypatch.setattr("models.tree_batches.FEW_CELLS", 0)
    booster, X = grown(8, rounds=FILLED_AT_ONCE // 128 + 4)
    trees = small(booster)
    assert not trees.met.all()
    same(TreeBatches(trees), small(booster), with_gaps(X[:90], 0.2), BACKGROUND)
    assert not trees.met.all()


@pytest.mark.parametrize("n_deals", [1, MANY_DEALS - 1, MANY_DEALS, 300])
@pytest.mark.parametrize("leaves", [4, 40])
def test_a_forest_says_so_however_many_are_asked_about(n_deals, leaves):
    booster, X = grown(leaves, n=800)
    forest, X = Forest.of(booster), with_gaps(X[:n_deals], 0.3)
    assert (SmallTrees.of(booster.model_to_string()) is None) == (leaves == 40)
    log_odds = over_background(forest.log_odds, X, BACKGROUND)
    told = over_background(forest.contributions, X, BACKGROUND)
    assert forest.log_odds_over(X, BACKGROUND).tobytes() == log_odds.tobytes()
    assert (forest.contributions_over(X, BACKGROUND) == told).all()


def test_another_order_of_the_trees_would_be_noticed():
    """The negative control: the comparison above sees a last bit."""
    trees = small(FOUR)
    turned = over_background(trees.log_odds, ROWS[:200], BACKGROUND)
    leaves = trees.leaf.reshape(len(trees.first), -1)
    kinds = TreeBatches(trees).kinds(ROWS[:200])
    backwards = sum(leaf[kind] for leaf, kind in zip(leaves[::-1], kinds[::-1], strict=True))
    assert np.allclose(turned, backwards)
    assert (turned != backwards).any()
