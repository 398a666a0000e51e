"""The logistic regression: bounded, scaled, and the same for one deal as for many."""

import numpy as np
import pytest
from scipy.special import expit
from sklearn.linear_model import LogisticRegression

from models.logistic import fit_logistic
from models.scaling import Scaling


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
