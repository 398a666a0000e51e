"""The logistic regression: bounded, scaled, and the same for one deal as for many."""

import numpy as np
import pytest
from scipy.special import expit
from sklearn.linear_model import LogisticRegression

from models.expert import ExpertPrior
from models.logistic import FLAT_SLOPE, MANY_DEALS, LogisticProblem, fit_logistic
from models.scaling import Scaling
from tests.unit.models.expert_worlds import EXPERT, company


@pytest.fixture(scope="module")
def world():
    random = np.random.default_rng(0)
    X = (random.random((800, 5)) < 0.4).astype(float)
    y = (random.random(800) < expit(X @ [1.0, -1.0, 0.5, 0.0, 0.0])).astype(float)
    return X, y


def test_without_bounds_it_is_the_ridge_of_scikit_learn(world):
    X, y = world
    ours = fit_logistic(X, y, penalty=2.0)
    theirs = LogisticRegression(C=1 / 2.0, tol=1e-10, max_iter=5000).fit(X - X.mean(axis=0), y)
    np.testing.assert_allclose(ours.coefficients, theirs.coef_[0], atol=1e-4)
    assert ours.intercept == pytest.approx(theirs.intercept_[0], abs=1e-4)


def test_a_direction_bounds_the_sign(world):
    X, y = world
    ways = np.array([-1, 1, 1, 0, 0])
    bound = fit_logistic(X, y, penalty=1.0, directions=ways)
    assert bound.coefficients[0] == 0.0 == bound.coefficients[1]
    assert bound.coefficients[2] > 0


def test_unknown_weighs_nothing_and_extremes_are_held_to_what_was_seen(world):
    random = np.random.default_rng(1)
    X = np.column_stack([random.lognormal(10, 2, 500), random.normal(size=500)])
    y = (random.random(500) < 0.5).astype(float)
    model = fit_logistic(X, y, penalty=1.0)
    assert (model.terms(np.array([[np.nan, np.nan]])) == 0).all()
    assert model.log_odds(np.array([[np.nan, np.nan]]))[0] == model.intercept
    high, far = model.log_odds(np.array([[X[:, 0].max(), 0.0], [1e15, 0.0]]))
    assert high == far


def test_a_column_that_is_unknown_or_constant_everywhere_is_harmless():
    X = np.column_stack([np.full(50, np.nan), np.full(50, 7.0), np.arange(50.0)])
    scaling = Scaling.learn(X)
    centred = scaling.centred(X)
    assert np.isfinite(centred).all()
    assert (centred[:, :2] == 0).all()


def test_weight_two_is_the_deal_twice_and_none_is_without_it(world):
    X, y = world
    X, y = X[:200], y[:200]
    weights = np.repeat([2.0, 1.0, 0.0], [50, 100, 50])
    rows = np.concatenate([np.arange(50), np.arange(150)])
    # The scale is that of yes and no, and the penalty is the same: only the mean is another.
    whole = LogisticProblem(X, y, weights, np.zeros(5, dtype=int)).solve(1.0)
    parts = LogisticProblem(X[rows], y[rows], np.ones(200), np.zeros(5, dtype=int)).solve(1.0)
    np.testing.assert_allclose(whole, parts, atol=1e-6)
    alike = LogisticProblem(X, y, np.ones(200), np.zeros(5, dtype=int)).solve(1.0)
    assert np.abs(whole - alike).max() > 0.01


def test_without_deals_the_solution_is_the_prior():
    none = LogisticProblem(np.empty((0, 6)), np.empty(0), np.empty(0), np.zeros(6, int), EXPERT)
    theta = none.solve(10.0)
    assert theta[0] == pytest.approx(none.opinion.log_odds)
    np.testing.assert_allclose(theta[1:], [*[FLAT_SLOPE] * 4, 0, 0, FLAT_SLOPE], atol=1e-6)


def test_the_slope_of_the_scorecard_is_learned_and_a_hard_penalty_leaves_only_it():
    X, y = company(3000, 0, worth=(2.0, 2.0, 0.2, 0.2))
    stiff, loose = (fit_logistic(X, y, penalty=p, expert=EXPERT) for p in (1e6, 1.0))
    np.testing.assert_allclose(stiff.coefficients[:4], stiff.slope, atol=1e-2)
    assert stiff.slope > FLAT_SLOPE
    assert loose.coefficients[:2].min() > 2 * loose.coefficients[2:4].max()


def test_points_in_another_unit_are_the_same_model():
    X, y = company(200, 1)
    larger = X * np.array([7.0] * 4 + [1.0] * 2)
    seven = ExpertPrior(EXPERT.unit / 7, EXPERT.middle * 7, EXPERT.reach * 7)
    one = fit_logistic(X, y, penalty=10.0, expert=EXPERT)
    other = fit_logistic(larger, y, penalty=10.0, expert=seven)
    np.testing.assert_allclose(other.log_odds(larger), one.log_odds(X), atol=1e-8)


def test_many_deals_are_told_what_each_is_told_alone(world):
    X, y = world
    model = fit_logistic(X, y, penalty=1.0)
    many = np.resize(X, (MANY_DEALS + 7, X.shape[1]))
    many[::5, 0] = np.nan
    together = model.log_odds(many)
    assert together[: MANY_DEALS - 1].tobytes() == model.log_odds(many[: MANY_DEALS - 1]).tobytes()
    assert together[3] == model.log_odds(many[3:4])[0]
