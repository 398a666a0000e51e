"""One number refitted: it finds a shift, knows when there is none, and never runs away."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy.special import expit, logit

from training.monitoring.recalibration import intercept_shift, mean_loss, refit, shifted, slope


def deals(n, shift=0.0, turned=1.0, seed=0):
    random = np.random.default_rng(seed)
    p = expit(random.normal(-0.5, 1.0, n))
    return p, (random.random(n) < expit(turned * logit(p) + shift)).astype(float)


def known(found):
    assert found is not None
    return found


@pytest.mark.parametrize("shift", [-0.7, 0.0, 1.2])
def test_a_shift_is_found_and_takes_the_balance_to_zero(shift):
    p, won = deals(20_000, shift)
    found = intercept_shift(p, won)
    assert found.value == pytest.approx(shift, abs=3 * found.se)
    assert shifted(p, found.value).sum() == pytest.approx(won.sum(), rel=1e-3)


def test_its_error_is_what_it_says():
    each = [intercept_shift(*deals(200, seed=seed)) for seed in range(300)]
    z = np.array([one.value / one.se for one in each])
    assert 0.85 < z.std() < 1.15
    assert np.mean(np.abs(z) > 1.96) < 0.09


def test_the_slope_covers_the_truth_and_tells_a_wrong_one():
    right = [known(slope(*deals(400, seed=seed))) for seed in range(200)]
    assert np.mean([one.low <= 1 <= one.high for one in right]) > 0.9
    flat = known(slope(*deals(2_000, turned=0.2)))
    assert flat.high < 0.7
    assert slope(np.full(9, 0.5), np.ones(9)) is None


@given(hnp.arrays(np.float64, st.integers(1, 60), elements=st.floats(0, 1)),
       st.sampled_from(["all won", "none won"]))  # fmt: skip
def test_where_all_end_alike_it_stays_finite(p, ended):
    won = np.full(len(p), float(ended == "all won"))
    found = intercept_shift(p, won)
    assert np.isfinite([found.value, found.se]).all()
    assert found.se > 0
    told = slope(p, won)
    assert told is None or np.isfinite([told.low, told.high]).all()


def test_it_helps_out_of_sample_where_odds_moved_and_not_elsewhere():
    moved, still = known(refit(*deals(2_000, -0.8))), known(refit(*deals(2_000)))
    assert moved.after < moved.before - 0.02
    assert abs(still.after - still.before) < 0.005
    assert moved.judged == moved.shift.n == 1_000
    assert refit(*deals(3)) is None


def test_mean_loss_is_that_of_the_definition():
    p, won = deals(50)
    assert mean_loss(p, won) == pytest.approx(-np.log(np.where(won == 1, p, 1 - p)).mean())
