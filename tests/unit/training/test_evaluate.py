"""The judgment of a model: its figures, its confidence, its verdict."""

import numpy as np
import pytest
from scipy.special import expit

from reports.review import EvaluationSummary
from training.evaluate import calibration, confidence_of_gain, reliability, scores
from training.tracking import run_metrics


@pytest.fixture
def world():
    random = np.random.default_rng(0)
    log_odds = random.normal(size=20_000)
    return log_odds, (random.random(20_000) < expit(log_odds)).astype(float)


def test_the_truth_is_calibrated_and_an_exaggeration_is_not(world):
    log_odds, won = world
    truth, loud = calibration(expit(log_odds), won), calibration(expit(2 * log_odds + 1), won)
    assert truth["calibration_slope"] == pytest.approx(1.0, abs=0.05)
    assert truth["calibration_intercept"] == pytest.approx(0.0, abs=0.05)
    assert loud["calibration_slope"] == pytest.approx(0.5, abs=0.05)
    assert calibration(np.full(100, 0.3), won[:100]) == {}


def test_scores_agree_with_their_definitions():
    p_win, won = np.array([0.8, 0.4, 0.6]), np.array([1.0, 0.0, 0.0])
    found = scores(p_win, won)
    assert found["log_loss"] == pytest.approx(-np.log([0.8, 0.6, 0.4]).mean())
    assert found["brier"] == pytest.approx(np.mean([0.04, 0.16, 0.36]))
    assert found["auc"] == 1.0


def test_reliability_bins_hold_every_deal_once(world):
    log_odds, won = world
    bins = reliability(expit(log_odds), won)
    assert sum(one.deals for one in bins) == len(won)
    assert all(abs(one.promised - one.won) < 0.05 for one in bins)
    assert len(reliability(np.array([0.5, 0.6]), np.array([0.0, 1.0]))) == 2


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


def summary(confidence):
    return EvaluationSummary(
        split="grouped", n_splits=1, splits_won=1, confidence=confidence,
        metrics={"log_loss": 0.5}, spread={"log_loss": 0.0}, base_rate={"log_loss": 0.6},
        reliability=(),
    )  # fmt: skip


def test_the_metrics_are_flat():
    assert run_metrics(summary(0.95)) == {
        "held_out_log_loss": 0.5,
        "held_out_log_loss_sd": 0.0,
        "base_rate_log_loss": 0.6,
        "confidence_over_base_rate": 0.95,
    }
