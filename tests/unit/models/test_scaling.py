"""Scaling: what is unknown weighs nothing, extremes are held, points keep the expert's unit."""

import numpy as np
import pytest

from models.expert import ExpertPrior
from models.scaling import DEALS_OF_OPINION, Scaling

EXPERT = ExpertPrior(np.array([0.1, 0.0]), np.array([5.0, 0.0]), np.array([10.0, 0.0]))


@pytest.fixture
def columns():
    random = np.random.default_rng(0)
    X = np.column_stack([random.lognormal(10, 2, 200), random.random(200) < 0.3])
    X[random.random(X.shape) < 0.2] = np.nan
    return X


def test_columns_are_centred_and_what_is_unknown_is_zero(columns):
    Z = Scaling.learn(columns).centred(columns)
    np.testing.assert_allclose(Z.sum(axis=0), 0, atol=1e-9)
    assert (Z[np.isnan(columns)] == 0).all()


def test_order_is_kept_and_the_range_of_closed_deals_is_not_left(columns):
    scaling = Scaling.learn(columns)
    line = np.column_stack([np.geomspace(1e-3, 1e15, 200), np.linspace(0, 1, 200)])
    Z = scaling.centred(line)
    assert (np.diff(Z, axis=0) >= 0).all()
    ends = scaling.centred(np.array([np.nanmin(columns, axis=0), np.nanmax(columns, axis=0)]))
    np.testing.assert_allclose(Z[[0, -1]], ends)
    assert np.diff(Z[:, 0]).max() > 0  # the control: inside the range it moves


def test_yes_and_no_are_not_squeezed_and_numbers_are(columns):
    assert Scaling.learn(columns).squeezed.tolist() == [True, False]
    assert not Scaling.learn(columns, squeeze=False).squeezed.any()


def test_points_are_brought_to_the_unit_of_the_expert_whatever_deals_there_were():
    X = np.array([[0.0, 1.0], [10.0, 2.0], [np.nan, 3.0]])
    scaling = Scaling.learn(X, expert=EXPERT)
    far = scaling.centred(np.array([[0.0, 0], [10.0, 0], [-1000.0, 0], [1000.0, 0]]))[:, 0]
    np.testing.assert_allclose(np.diff(far), [1.0, -101.0, 200.0])


def test_points_are_centred_between_the_opinion_and_the_deals():
    def centre(n):
        X = np.column_stack([np.full(n, 10.0), np.zeros(n)])
        return Scaling.learn(X, expert=EXPERT).mean[0] / EXPERT.unit[0]

    assert centre(0) == 5.0
    centres = [centre(n) for n in range(200)]
    assert (np.diff(centres) > 0).all()
    assert centre(2) == pytest.approx((2 * 10 + DEALS_OF_OPINION * 5) / (2 + DEALS_OF_OPINION))
    assert centres[-1] == pytest.approx(10, abs=0.1)


@pytest.mark.parametrize("rows", [0, 1, 2])
def test_hardly_any_deals_are_no_trouble(rows):
    for expert in (None, EXPERT):
        scaling = Scaling.learn(np.full((rows, 2), 3.0), expert=expert)
        Z = scaling.centred(np.array([[np.nan, 7.0], [10.0, np.nan]]))
        assert np.isfinite(Z).all()
        assert Z[0, 0] == Z[1, 1] == 0.0


def test_an_outlier_does_not_move_the_scale_of_the_others(columns):
    before = Scaling.learn(columns)
    columns[np.flatnonzero(~np.isnan(columns[:, 0]))[0], 0] = 1e14
    after = Scaling.learn(columns)
    assert after.centre[0] == pytest.approx(before.centre[0], rel=0.1)
    assert after.spread[0] == pytest.approx(before.spread[0], rel=0.1)


def test_one_column_by_itself_has_the_same_bits(columns):
    scaling = Scaling.learn(columns)
    X = np.vstack([columns, np.full((2, columns.shape[1]), np.nan), columns[:3] * 1e9])
    together = scaling.centred(X)
    for place, column in enumerate(np.ascontiguousarray(X.T)):
        assert scaling.centred_column(place, column).tobytes() == together[:, place].tobytes()
