"""The penalties are averaged, each by its likelihood on deals that it did not learn from."""

import numpy as np
import pytest
from scipy.special import expit

from models.folds import grouped_folds
from models.logistic import LogisticProblem
from models.penalties import MANY_DEALS, MORE_DEALS, Penalties, grid_for, weigh_penalties


def problem(n, strength, n_columns=6, seed=0):
    random = np.random.default_rng(seed)
    Z = random.normal(size=(n, n_columns))
    y = (random.random(n) < expit(strength * Z[:, 0])).astype(float)
    return LogisticProblem(Z, y, np.ones(n), np.zeros(n_columns, dtype=int))


def weighed(one):
    return weigh_penalties(one, grouped_folds(one.y, None, 0, 5))


@pytest.mark.parametrize("n", [0, 100, MORE_DEALS, MORE_DEALS + 1, MANY_DEALS + 1])
def test_with_more_deals_fewer_penalties_are_tried_and_their_weights_add_up_to_one(n):
    assert len(grid_for(n)) <= len(grid_for(0))
    assert sum(weight for _, weight in grid_for(n)) == pytest.approx(1.0)


def test_weights_add_up_to_one_and_without_folds_they_are_the_prior():
    one = problem(3, 1.0)
    penalties, log_odds = weigh_penalties(one, [])
    prior = np.array([weight for _, weight in grid_for(3)])
    np.testing.assert_allclose(penalties.weights, prior / prior.sum())
    assert log_odds.shape == (0,)
    assert sum(weighed(problem(200, 1.0))[0].weights) == pytest.approx(1.0)


def test_signal_asks_for_a_small_penalty_and_noise_for_a_large_one():
    def mean(strength):
        means = []
        for seed in range(5):
            found, _ = weighed(problem(300, strength, seed=seed))
            means.append(np.average(np.log(found.values), weights=found.weights))
        return np.mean(means)

    assert mean(2.0) < mean(0.0) - 1.0


def test_out_of_fold_log_odds_know_nothing_of_their_own_outcome():
    """On noise they do worse than the base rate, while what was seen does better."""
    out: list[float] = []
    seen: list[float] = []
    base: list[float] = []
    for seed in range(8):
        noise = problem(100, 0.0, seed=seed)
        _, log_odds = weighed(noise)
        assert log_odds.shape == (100,)
        theta, rate = noise.solve(10.0), noise.y.mean()
        for told, losses in (
            (log_odds, out),
            (theta[0] + noise.Z @ theta[1:-1], seen),
            (np.full(100, np.log(rate / (1 - rate))), base),
        ):
            losses.append((np.logaddexp(0, told) - noise.y * told).mean())
    assert np.mean(seen) < np.mean(base) < np.mean(out)


def test_the_average_is_the_average_of_the_solutions():
    one = problem(120, 1.0)
    both = Penalties((1.0, 30.0), (0.25, 0.75)).averaged(one)
    np.testing.assert_allclose(both, 0.25 * one.solve(1.0) + 0.75 * one.solve(30.0), atol=1e-6)
