"""A missing answer is averaged over the answers of the background, and nothing else changes."""

import numpy as np

from models.background import DEALS_AT_ONCE, over_background


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
