"""No decision: learned where there are enough, nothing where not, and found where it is."""

import numpy as np
import pytest
from scipy.special import expit

from models.no_decision import FEWEST_OF_EACH, fit_no_decision


def not_won(n, seed, worth=1.5):
    """Return deals that were not won, of which one fact says whether they end undecided."""
    random = np.random.default_rng(seed)
    X = np.column_stack([random.random(n) < 0.5, random.normal(size=n)]).astype(float)
    undecided = random.random(n) < expit(worth * (X[:, 0] - 0.5))
    return X, undecided, np.arange(n)


def learned(n, seed, worth=1.5):
    """Return the model of some deals that were not won."""
    X, undecided, groups = not_won(n, seed, worth)
    return fit_no_decision(X, undecided, groups, 0)


@pytest.mark.parametrize(
    ("undecided", "lost", "there"),
    [
        (FEWEST_OF_EACH - 1, 500, False),
        (500, FEWEST_OF_EACH - 1, False),
        (FEWEST_OF_EACH, FEWEST_OF_EACH, True),
        (0, 0, False),
        (0, 100, False),
    ],
)
def test_below_forty_of_each_there_is_none(undecided, lost, there):
    n = undecided + lost
    X = np.random.default_rng(0).normal(size=(n, 2))
    found = fit_no_decision(X, np.arange(n) < undecided, np.arange(n), 0)
    assert (found is not None) is there


def effect(n, seed, worth=1.5):
    """Return what the first fact is found to be worth, and the coefficient of the other."""
    found = learned(n, seed, worth)
    assert found
    yes, no = found.log_odds(np.array([[1.0, 0.0], [0.0, 0.0]]))
    return yes - no, found.coefficients[1]


def test_a_known_effect_is_found_the_closer_the_more_deals_there_are_and_noise_is_not():
    """On fewer deals it is drawn to zero, and never past what it is."""
    some, many = np.array([[effect(n, seed) for seed in range(3)] for n in (600, 6000)])
    assert many[:, 0].mean() == pytest.approx(1.5, abs=0.15)
    assert 0.7 < some[:, 0].mean() < many[:, 0].mean() + 0.1
    assert np.abs(many[:, 1]).max() < 0.1


def test_an_effect_that_is_not_there_is_not_found():
    assert abs(np.mean([effect(1500, seed, worth=0.0)[0] for seed in range(3)])) < 0.15


def test_three_probabilities_add_up_to_one_and_none_is_negative():
    found = learned(300, 1)
    assert found
    X = np.array([[1.0, 0.0], [0.0, 1e9], [np.nan, np.nan], [1.0, -1e9]])
    share = expit(found.log_odds(X))
    for p_win in (0.0, 0.3, 1.0):
        p_no_decision = (1 - p_win) * share
        p_lost = 1 - p_win - p_no_decision
        assert (p_lost >= 0).all()
        np.testing.assert_allclose(p_win + p_lost + p_no_decision, 1.0, atol=1e-15)


def test_it_is_the_same_for_a_seed():
    one, again = (learned(200, 2) for _ in range(2))
    assert one
    assert again
    assert (one.coefficients == again.coefficients).all()
