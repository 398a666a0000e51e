"""Bounded Newton: the one minimum of a convex problem, whatever the start."""

import numpy as np
import pytest
from scipy.optimize import minimize
from scipy.special import expit

from models import bounded_newton
from models.bounded_newton import GaussianPrior, LogisticLoss, Vector, minimise


def problem(seed):
    """Return a random problem: its loss, its prior with ties between parameters, its bounds."""
    random = np.random.default_rng(seed)
    n_deals, n_columns = int(random.integers(3, 120)), int(random.integers(1, 8))
    Z = random.normal(size=(n_deals, n_columns)) * random.choice([0.1, 1.0, 5.0], n_columns)
    y = (random.random(n_deals) < expit(Z @ random.normal(size=n_columns))).astype(float)
    root = random.normal(size=(n_columns + 2, n_columns + 2))
    prior = GaussianPrior(random.normal(size=n_columns + 2), root @ root.T / 4 + np.eye(len(root)))
    signs = np.array([0, *random.integers(-1, 2, n_columns), 0])
    bounds = np.array([np.where(signs > 0, 0, -np.inf), np.where(signs < 0, 0, np.inf)])
    return LogisticLoss(Z, y, random.random(n_deals) * 2), prior, bounds


def by_scipy(loss, prior, bounds):
    """Return the minimum that L-BFGS-B finds from the slopes alone."""

    def loss_and_slope(theta: Vector, /, *_: object) -> tuple[float, Vector]:
        return loss.at(theta) + prior.loss(theta), loss.derivatives(theta)[0] + prior.slope(theta)

    start: Vector = np.clip(np.zeros(bounds.shape[1]), *bounds)
    found = minimize(
        loss_and_slope,
        start,
        jac=True,
        method="L-BFGS-B",
        bounds=[(float(low), float(high)) for low, high in bounds.T],
        options={"ftol": 1e-15, "gtol": 1e-10, "maxiter": 5000, "maxfun": 20_000},
    )
    return found.x


@pytest.mark.parametrize("seed", range(40))
def test_it_finds_what_scipy_finds_whatever_the_start(seed):
    loss, prior, bounds = problem(seed)
    expected = by_scipy(loss, prior, bounds)
    random = np.random.default_rng(seed)
    starts = [np.zeros(bounds.shape[1]), *(random.normal(size=(3, bounds.shape[1])) * 4)]
    for start in starts:
        found = minimise(loss, prior, bounds, start)
        np.testing.assert_allclose(found, expected, atol=1e-5)
        assert (
            loss.at(found) + prior.loss(found) <= loss.at(expected) + prior.loss(expected) + 1e-6
        )
        assert ((found >= bounds[0]) & (found <= bounds[1])).all()


def test_one_step_is_not_enough_for_the_same_law(monkeypatch):
    monkeypatch.setattr(bounded_newton, "MOST_STEPS", 1)
    off = []
    for seed in range(5):
        loss, prior, bounds = problem(seed)
        found = minimise(loss, prior, bounds, np.full(bounds.shape[1], 4.0))
        off.append(np.abs(found - by_scipy(loss, prior, bounds)).max())
    assert max(off) > 0.01


def test_the_derivatives_are_those_of_the_loss():
    for seed in range(5):
        loss, prior, bounds = problem(seed)
        theta = np.random.default_rng(seed).normal(size=bounds.shape[1])
        slope, curve = loss.derivatives(theta)
        for place in range(len(theta)):
            step = np.zeros(len(theta))
            step[place] = 1e-5
            rise = (loss.at(theta + step) - loss.at(theta - step)) / 2e-5
            bend = (loss.derivatives(theta + step)[0] - loss.derivatives(theta - step)[0]) / 2e-5
            assert slope[place] == pytest.approx(rise, rel=1e-4, abs=1e-4)
            np.testing.assert_allclose(curve[place], bend, rtol=1e-4, atol=1e-4)
        again = prior.loss(theta + step) - prior.loss(theta - step)
        assert prior.slope(theta)[-1] == pytest.approx(again / 2e-5, rel=1e-4, abs=1e-4)


def test_piece_by_piece_is_the_whole(monkeypatch):
    loss, prior, bounds = problem(3)
    whole = minimise(loss, prior, bounds, np.zeros(bounds.shape[1]))
    monkeypatch.setattr(bounded_newton, "ROWS_AT_ONCE", 7)
    pieces = minimise(loss, prior, bounds, np.zeros(bounds.shape[1]))
    np.testing.assert_allclose(pieces, whole, atol=1e-9)


def test_deals_that_are_told_apart_without_error_and_no_deals_at_all_still_have_an_answer():
    line = np.linspace(-1, 1, 20)[:, None]
    ends = np.array([[-np.inf] * 3, [np.inf] * 3])
    prior = GaussianPrior(np.array([0.5, -0.5, 1.0]), 0.01 * np.eye(3))
    told_apart = LogisticLoss(line, (line[:, 0] > 0).astype(float), np.ones(20))
    found = minimise(told_apart, prior, ends, np.zeros(3))
    assert np.isfinite(found).all()
    assert found[1] > 5
    none = LogisticLoss(np.empty((0, 1)), np.empty(0), np.empty(0))
    np.testing.assert_allclose(minimise(none, prior, ends, np.zeros(3)), prior.centre, atol=1e-9)


def test_a_column_of_no_variance_without_a_penalty_stays_where_it_is():
    Z = np.column_stack([np.zeros(30), np.linspace(-1, 1, 30)])
    precision = np.diag([0.0, 0.0, 1.0, 1.0])
    y = (np.arange(30) % 3 > 0).astype(float)
    ends = np.array([[-np.inf] * 4, [np.inf] * 4])
    start = np.array([0.0, 0.25, 0.0, 0.0])
    found = minimise(
        LogisticLoss(Z, y, np.ones(30)), GaussianPrior(np.zeros(4), precision), ends, start
    )
    assert np.isfinite(found).all()
    assert found[1] == 0.25
