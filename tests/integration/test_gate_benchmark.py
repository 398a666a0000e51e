"""The benchmark of the gate in small: all bars hold, and a gate without groups or counts fails."""

from benchmarks.gate import NOISE, Row, best_of, noise_with_gain, pairs, permuted, shortfalls
from reports.promotion import Rule

FEW = 40


def test_equal_models_stay_outside_and_better_ones_get_in():
    """All 300 pairs a row are in ``python -m benchmarks.gate``."""
    assert pairs("equal", Rule.CHANGE, 500, (NOISE, NOISE), FEW).promoted <= 0.15
    better = pairs("better", Rule.CHANGE, 2_000, (noise_with_gain(0.02), NOISE), 15)
    assert better.promoted >= 0.8
    assert 0.015 < better.true_gain < 0.025


def test_a_refresh_lets_equal_models_in_that_cost_nothing():
    equal = pairs("equal", Rule.REFRESH, 2_000, (NOISE, NOISE), 20)
    assert equal.promoted > 0.15  # the rule's nature, and why a change is not judged by it
    assert equal.true_gain > -0.002


def test_permuted_labels_never_get_in():
    for rule in (Rule.FIRST, Rule.CHANGE):
        assert permuted(rule, 100, FEW).promoted == 0


def test_attempts_that_are_not_counted_let_an_equal_model_in():
    loose = best_of(5, 200, counted=False, n_pairs=FEW).promoted
    strict = best_of(5, 200, counted=True, n_pairs=FEW).promoted
    assert strict <= loose


def test_a_missed_bar_is_said():
    rows = [
        Row("equal", Rule.CHANGE, 500, 0.3, 0.0),
        Row("permuted labels", Rule.FIRST, 500, 0.1, 0.0),
        Row("better by 0.02", Rule.CHANGE, 500, 0.5, 0.02),
    ]
    assert len(shortfalls(rows)) == 3
    assert shortfalls([Row("equal", Rule.CHANGE, 500, 0.05, 0.0)]) == []
