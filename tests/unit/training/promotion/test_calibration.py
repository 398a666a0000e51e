"""The slope of outcomes on log-odds, with an interval that covers."""

import numpy as np
import pytest
from scipy.special import expit

from training.promotion.calibration import calibration_slope


def deals(seed, n=800):
    random = np.random.default_rng(seed)
    log_odds = random.normal(-0.5, 1.0, n)
    return log_odds, (random.random(n) < expit(log_odds)).astype(float)


def test_the_interval_of_a_perfect_model_covers_one():
    covered = []
    for seed in range(100):
        log_odds, won = deals(seed)
        slope = calibration_slope(expit(log_odds), won, np.arange(len(won)))
        assert slope is not None
        covered.append(slope.low <= 1 <= slope.high)
    assert np.mean(covered) >= 0.88


def test_an_exaggeration_has_half_the_slope_and_copies_no_narrower_interval():
    log_odds, won = deals(1)
    once = calibration_slope(expit(2 * log_odds), won, np.arange(800))
    copied = calibration_slope(
        expit(2 * np.tile(log_odds, 5)), np.tile(won, 5), np.tile(np.arange(800), 5)
    )
    assert once is not None
    assert copied is not None
    assert once.value == pytest.approx(0.5, abs=0.1)
    assert copied.high - copied.low == pytest.approx(once.high - once.low, rel=1e-6)


def test_there_is_no_slope_where_nothing_differs_or_everything_is_parted():
    won = np.repeat([0.0, 1.0], 50)
    assert calibration_slope(np.full(100, 0.3), won, np.arange(100)) is None
    assert calibration_slope(np.linspace(0.1, 0.9, 100), won * 0, np.arange(100)) is None
    assert calibration_slope(np.linspace(0.1, 0.9, 100), won, np.arange(100)) is None
