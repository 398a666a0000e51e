"""Paired differences, drawn by whole groups."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.promotion.compare import compare, group_means, level_of, log_losses, mean_of


def test_an_unequal_gain_is_found_and_noise_is_rarely_called_one():
    random = np.random.default_rng(0)
    found = [
        compare(random.normal(size=300), random.normal(size=300), np.arange(300), seed=s).p_below
        for s in range(80)
    ]
    assert np.mean(np.array(found) >= 0.95) <= 0.12
    gain = random.normal(-0.3, 1.0, 300)
    assert compare(gain, np.zeros(300), np.arange(300), seed=0).p_below >= 0.95


def test_copies_of_a_deal_are_no_more_evidence_than_one():
    gains = np.random.default_rng(2).normal(-0.12, 1.0, 60)
    many, nothing = np.tile(gains, 20), np.zeros(1200)
    alone = compare(gains, np.zeros(60), np.arange(60), seed=0)
    copied = compare(many, nothing, np.arange(1200), seed=0)
    grouped = compare(many, nothing, np.tile(np.arange(60), 20), seed=0)
    assert grouped.p_below == pytest.approx(alone.p_below, abs=1e-12)
    assert copied.p_below > grouped.p_below


def test_equal_models_are_neither_better_nor_worse():
    losses = np.random.default_rng(3).random(50)
    same = compare(losses, losses, np.arange(50), seed=0)
    assert (same.value, same.upper, same.p_below, same.p_above) == (0.0, 0.0, 0.0, 0.0)


def test_the_draws_agree_with_a_loop_over_deals():
    """The same draws by hand: whole groups, means over the deals that came."""
    random = np.random.default_rng(4)
    values, groups = random.normal(size=(40, 2)), random.integers(9, size=40)
    fast = group_means(values, groups, seed=7, n_draws=20)
    labels = np.unique(groups)
    picks = np.random.default_rng(7).integers(len(labels), size=(20, len(labels)), dtype=np.int32)
    for draw, picked in enumerate(picks):
        rows = np.concatenate([np.flatnonzero(groups == labels[one]) for one in picked])
        assert fast[draw] == pytest.approx(values[rows].mean(axis=0))


def test_the_error_is_that_of_the_mean():
    values = np.random.default_rng(5).normal(size=400)
    found = mean_of(values, group_means(values[:, None], np.arange(400), seed=0)[:, 0])
    assert found.error == pytest.approx(values.std() / 20, rel=0.1)
    assert found.low < found.value < found.upper < found.high


@given(st.integers(1, 1000))
def test_more_attempts_never_lower_the_bar(attempts):
    assert 0.95 <= level_of(attempts) <= level_of(attempts + 1) < 1


def test_a_certain_mistake_costs_much_and_not_infinitely_much():
    assert np.isfinite(log_losses(np.array([0.0, 1.0]), np.array([1.0, 0.0]))).all()
