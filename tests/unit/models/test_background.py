"""A missing answer is averaged over the answers of the background, and nothing else changes."""

import numpy as np

from models.background import DEALS_AT_ONCE, N_BACKGROUND, background_of, over_background


def double(X):
    return 2.0 * X[:, 0] + np.where(np.isnan(X[:, 1]), 100.0, X[:, 1])


def test_only_what_the_trees_cannot_read_is_averaged():
    background = np.array([[1.0, np.nan], [3.0, np.nan]])  # the second column may be unknown
    X = np.array([[5.0, 7.0], [np.nan, 7.0], [5.0, np.nan], [np.nan, np.nan]])
    assert over_background(double, X, background).tolist() == [17.0, 11.0, 110.0, 104.0]


def test_many_deals_are_worked_off_in_parts_with_the_same_result():
    random = np.random.default_rng(0)
    X = random.normal(size=(2 * DEALS_AT_ONCE + 3, 2))
    X[random.random(len(X)) < 0.5, 0] = np.nan
    background = random.normal(size=(16, 2))
    together = over_background(double, X, background)
    alone = [over_background(double, row[None, :], background)[0] for row in X[:50]]
    assert together[:50].tolist() == alone


def test_the_background_is_some_deals_without_the_columns_that_know_unknown():
    X = np.arange(120.0).reshape(40, 3)
    X[5, 1] = np.nan
    background = background_of(X, seed=0)
    assert background.shape == (N_BACKGROUND, 3)
    assert np.isnan(background[:, 1]).all()
    assert set(background[:, 0]) <= set(X[:, 0])
    np.testing.assert_array_equal(background_of(X, seed=0), background)


def test_without_deals_there_is_no_background():
    assert background_of(np.empty((0, 3)), seed=0).shape == (0, 3)
