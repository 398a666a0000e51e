"""A direction is given up where outcomes clearly go the other way, and rarely by chance."""

import numpy as np
import pytest
from scipy.special import expit

from models.contradictions import contradicted
from models.logistic import LogisticProblem


def found(n, truth, ways, seed):
    random = np.random.default_rng(seed)
    Z = random.normal(size=(n, len(truth)))
    y = (random.random(n) < expit(Z @ np.array(truth))).astype(float)
    problem = LogisticProblem(Z, y, np.ones(n), np.array(ways))
    return contradicted(problem, problem.solve(10.0), np.array(ways))


@pytest.mark.parametrize("seed", range(5))
def test_what_clearly_goes_the_other_way_is_found_and_nothing_else(seed):
    wrong = found(1000, [-0.7, 0.7, 0.7, -0.7, -0.7], [1, 1, -1, -1, 0], seed)
    assert wrong.tolist() == [True, False, True, False, False]


def test_where_there_is_nothing_to_find_it_is_the_chance_that_is_claimed():
    wrong = [found(200, [0.0, 0.0], [1, -1], seed) for seed in range(300)]
    assert 0.01 < np.mean(wrong) < 0.09


def test_without_deals_nothing_is_contradicted():
    assert not found(0, [1.0, 1.0], [1, -1], 0).any()


def test_a_column_that_never_varies_is_not_contradicted():
    problem = LogisticProblem(np.zeros((50, 1)), np.zeros(50), np.ones(50), np.array([1]))
    assert not contradicted(problem, problem.solve(10.0), np.array([1])).any()
