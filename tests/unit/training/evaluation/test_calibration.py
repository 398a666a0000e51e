"""May probabilities be taken at their word? A perfect model hardly ever fails."""

import numpy as np
import pytest
from scipy.special import expit

from training.evaluation.calibration import gap_error, is_calibrated
from training.evaluation.reliability import calibration_error

MANY = 200


def failures(n, *, slope=1.0, shift=0.0, spread=1.0, base=-0.5, many=MANY, seed=0):
    """Return how often a model fails whose log-odds should be stretched and shifted so."""
    random = np.random.default_rng(seed)
    failed = 0
    for turn in range(many):
        log_odds = base + spread * random.normal(size=n)
        won = (random.random(n) < expit(shift + slope * log_odds)).astype(float)
        failed += not is_calibrated(expit(log_odds), won, seed=turn).passed
    return failed / many


@pytest.mark.parametrize(("n", "spread", "base"), [(100, 1.0, -0.5), (400, 1.5, -1.5)])
def test_a_perfect_model_fails_at_most_one_time_in_twenty(n, spread, base):
    # three standard errors of the share over so many draws
    assert failures(n, spread=spread, base=base) <= 0.05 + 3 * np.sqrt(0.05 * 0.95 / MANY)


@pytest.mark.parametrize("wrong", [{"slope": 2.0}, {"slope": 0.5}, {"shift": 0.5}])
def test_a_plainly_wrong_one_mostly_fails(wrong):
    assert failures(1000, many=30, **wrong) >= 0.9


def test_the_checks_say_which_of_them_failed():
    random = np.random.default_rng(0)
    log_odds = random.normal(size=3000)
    won = (random.random(3000) < expit(0.6 + log_odds)).astype(float)
    checks = {one.name: one for one in is_calibrated(expit(log_odds), won).checks}
    assert not checks["in_the_large"].passed
    assert checks["in_the_large"].value == pytest.approx(np.mean(won - expit(log_odds)))
    assert checks["slope"].passed
    assert not checks["ece"].passed


def test_one_probability_for_all_has_no_slope_and_may_be_right():
    random = np.random.default_rng(0)
    won = (random.random(500) < 0.3).astype(float)
    verdict = is_calibrated(np.full(500, 0.3), won)
    assert verdict.passed
    assert verdict.checks[1].value is None
    assert not is_calibrated(np.full(500, 0.6), won).passed


def test_deals_that_are_alike_make_the_interval_wider():
    won = np.repeat(np.arange(40) % 2, 10).astype(float)
    p, alone, alike = np.full(400, 0.5), np.arange(400), np.repeat(np.arange(40), 10)
    assert gap_error(p, won, alike) > 2 * gap_error(p, won, alone)


def test_the_band_of_the_error_holds_that_of_perfect_models():
    random = np.random.default_rng(1)
    inside = []
    for turn in range(100):
        p = random.uniform(0.05, 0.9, 300)
        error = calibration_error(p, (random.random(300) < p).astype(float), seed=turn)
        inside.append(error.null_low <= error.value <= error.null_high)
    assert 0.82 <= np.mean(inside) <= 0.98


def test_the_band_is_as_wide_as_is_known_of_so_many_deals():
    """What perfect models have by chance: 0.110 at 100 deals, 0.024 at 2,000 (MODELLING)."""
    p = expit(np.random.default_rng(0).normal(size=2000))
    won = (np.random.default_rng(1).random(2000) < p).astype(float)
    few, many = (calibration_error(p[:n], won[:n], seed=0) for n in (100, 2000))
    assert few.null_low < 0.110 < few.null_high
    assert many.null_low < 0.026 < many.null_high
