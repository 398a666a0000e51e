"""How many of the wins are among the deals put first."""

import numpy as np

from training.evaluation.gains import gains_curve


def test_equal_probabilities_find_wins_in_proportion():
    curve = dict(gains_curve(np.full(40, 0.3), (np.arange(40) % 2).astype(np.float64)))
    assert all(np.isclose(worked, found) for worked, found in curve.items())


def test_a_better_order_lies_above_and_no_wins_have_no_curve():
    won = np.repeat([1.0, 0.0], 50)
    best, worst = gains_curve(won, won), gains_curve(1 - won, won)
    assert all(b[1] >= w[1] for b, w in zip(best, worst, strict=True))
    assert gains_curve(np.array([0.5]), np.array([0.0])) == ()
