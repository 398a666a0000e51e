"""The stack leans on the part that knows, starts from shares, and never turns a part round."""

import numpy as np
import pytest
from scipy.special import expit

from models.stack import LOGISTIC_ALONE, Stack, even_share, fit_stack


def outcomes(truth, seed=0):
    return (np.random.default_rng(seed).random(len(truth)) < expit(truth)).astype(float)


def test_the_stack_leans_on_the_part_that_knows_whichever_it_is():
    random = np.random.default_rng(0)
    truth, noise = random.normal(size=(2, 3000))
    y = outcomes(truth, 1)
    stack = fit_stack(truth, noise, y)
    assert stack.logistic > 0.8
    assert stack.trees < 0.15
    other = fit_stack(noise, truth, y)
    assert other.trees > 0.8
    assert other.logistic < 0.15


def test_a_part_that_says_the_opposite_gets_no_weight_and_never_a_negative_one():
    truth = np.random.default_rng(2).normal(size=3000)
    stack = fit_stack(-truth, -truth, outcomes(truth))
    assert (stack.logistic, stack.trees) == (0.0, 0.0)
    told = fit_stack(truth, -truth, outcomes(truth))  # the control: the right way round has some
    assert told.logistic > 0.5


@pytest.mark.parametrize("share", [0.0, 0.2, 0.5])
def test_a_handful_of_deals_hardly_moves_the_weights_from_where_they_start(share):
    random = np.random.default_rng(3)
    one, other = random.normal(size=(2, 4)) / 3
    stack = fit_stack(one, other, np.array([0.0, 1.0, 0.0, 1.0]), share=share)
    assert stack.logistic == pytest.approx(1 - share, abs=0.15)
    assert stack.trees == pytest.approx(share, abs=0.15)


def test_calibration_is_part_of_it():
    truth = np.random.default_rng(4).normal(size=20_000)
    y = outcomes(truth - 0.7)
    stack = fit_stack(3 * truth, 3 * truth, y)  # both are three times too sure, and too hopeful
    assert 3 * (stack.logistic + stack.trees) == pytest.approx(1.0, abs=0.08)
    assert stack.intercept == pytest.approx(-0.7, abs=0.08)


def test_weight_two_is_the_deal_twice_and_none_is_without_it():
    random = np.random.default_rng(5)
    one, other = random.normal(size=(2, 60))
    y = outcomes(one)
    twice, gone = np.arange(60) < 10, np.arange(60) >= 50
    weights = np.where(twice, 2.0, np.where(gone, 0.0, 1.0))
    rows = np.concatenate([np.flatnonzero(~gone), np.flatnonzero(twice)])
    ours = fit_stack(one, other, y, weights)
    theirs = fit_stack(one[rows], other[rows], y[rows])
    assert (ours.logistic, ours.trees, ours.intercept) == pytest.approx(
        (theirs.logistic, theirs.trees, theirs.intercept), abs=1e-4
    )


def test_the_share_of_the_trees_grows_without_a_step_and_sooner_without_an_expert():
    for has_expert in (True, False):
        shares = [even_share(n, has_expert=has_expert) for n in range(300)]
        assert shares[0] == 0.0
        assert shares[-1] == 0.5
        assert 0 <= np.diff(shares).min() <= np.diff(shares).max() < 0.02
    assert even_share(20, has_expert=False) > even_share(20, has_expert=True)


def test_drawn_to_a_log_odds_keeps_the_share_of_every_distance_from_it():
    stack, base = Stack(0.6, 0.5, 0.2), -1.0
    linear, trees = np.random.default_rng(6).normal(size=(2, 9))
    before = stack.log_odds(linear, trees)
    for kept in (0.0, 0.3, 1.0):
        after = stack.drawn_to(base, kept).log_odds(linear, trees)
        np.testing.assert_allclose(after - base, kept * (before - base), atol=1e-12)


def test_the_logistic_part_alone_is_left_as_it_is():
    linear = np.array([-1.0, 2.0])
    assert LOGISTIC_ALONE.log_odds(linear, np.zeros(2)).tolist() == linear.tolist()


def test_a_moved_stack_adds_the_shift_and_moves_back():
    one, other = np.random.default_rng(9).normal(size=(2, 40))
    stack = Stack(0.4, 0.6, -0.2)
    moved = stack.moved(0.5)
    np.testing.assert_allclose(
        moved.log_odds(one, other), stack.log_odds(one, other) + 0.5, atol=1e-12
    )
    assert moved.moved(-0.5).intercept == pytest.approx(stack.intercept)
