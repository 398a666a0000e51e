"""Intervals from draws of whole groups."""

import numpy as np
import pytest

from training.evaluation.bootstrap import (
    confidence_of_gain,
    drawn_counts,
    drawn_sums,
    interval_of,
)


def test_every_draw_takes_as_many_groups_as_there_are(monkeypatch):
    monkeypatch.setattr("training.evaluation.bootstrap.AT_ONCE", 70)
    counts = list(drawn_counts(10, 25, seed=1))
    assert [len(some) for some in counts] == [7, 7, 7, 4]
    assert (np.concatenate(counts).sum(axis=1) == 10).all()


def test_the_same_seed_draws_the_same_and_another_does_not():
    values, cluster = np.random.default_rng(0).normal(size=(50, 2)), np.arange(50) // 2
    assert np.array_equal(drawn_sums(values, cluster, seed=1), drawn_sums(values, cluster, seed=1))
    assert not np.array_equal(
        drawn_sums(values, cluster, seed=1), drawn_sums(values, cluster, seed=2)
    )


def test_intervals_of_a_mean_hold_it_nine_times_of_ten_and_those_of_single_deals_do_not():
    """Deals of an account share half of their variance; drawing deals alone ignores it."""
    random = np.random.default_rng(5)
    held = {True: 0, False: 0}
    for turn in range(300):
        cluster = np.repeat(np.arange(60), 8)
        values = random.normal(size=60)[cluster] + random.normal(size=480)
        for whole in held:
            by = cluster if whole else np.arange(480)
            means = drawn_sums(values[:, None], by, seed=turn, n_draws=200)[:, 0] / 480
            low, high = interval_of(means) or (0.0, 0.0)
            held[whole] += low <= 0 <= high
    assert held[True] / 300 == pytest.approx(0.9, abs=0.08)
    assert held[False] / 300 < 0.7


def test_noise_is_rarely_called_a_gain_and_a_gain_is_found():
    random = np.random.default_rng(1)
    groups = np.arange(300)
    sure = [
        confidence_of_gain(random.normal(0.0, 1.0, 300), groups, seed=s) >= 0.95 for s in range(60)
    ]
    assert np.mean(sure) <= 0.12
    assert confidence_of_gain(random.normal(0.3, 1.0, 300), groups, seed=0) >= 0.95


def test_twins_count_as_one_in_the_confidence():
    random = np.random.default_rng(2)
    gains = random.normal(0.12, 1.0, 60)
    alone = confidence_of_gain(gains, np.arange(60), seed=0)
    copied = confidence_of_gain(np.tile(gains, 20), np.arange(1200), seed=0)
    grouped = confidence_of_gain(np.tile(gains, 20), np.tile(np.arange(60), 20), seed=0)
    assert abs(grouped - alone) < 0.03
    assert copied > grouped


def test_no_interval_where_most_draws_tell_nothing():
    assert interval_of(np.array([np.nan, np.nan, np.nan, 1.0, 2.0, np.nan])) is None
