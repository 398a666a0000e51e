"""The trees: capacity follows the number of deals, and the text is what scores."""

import numpy as np

from models.boosting import (
    MOST_ROUNDS,
    cross_fit_trees,
    fit_trees,
    raw_contributions,
    raw_score,
    tree_settings,
)


def world(n):
    random = np.random.default_rng(0)
    X = random.normal(size=(n, 3))
    return X, (random.random(n) < 1 / (1 + np.exp(-2 * X[:, 0]))).astype(float)


def test_more_deals_make_larger_trees():
    leaves = [tree_settings(n, np.zeros(2, int), 0)["num_leaves"] for n in (100, 3_000, 50_000)]
    assert leaves == sorted(set(leaves))


def test_every_deal_is_judged_by_trees_that_did_not_see_it():
    X, y = world(300)
    places = np.arange(300)
    folds = [(places[places % 3 != fold], places[places % 3 == fold]) for fold in range(3)]
    settings = tree_settings(300, np.zeros(3, int), 0)
    rounds, log_odds = cross_fit_trees(X, y, folds, settings)
    assert 1 <= rounds <= MOST_ROUNDS
    assert np.isfinite(log_odds).all()
    seen = raw_score(fit_trees(X, y, settings, rounds), X)

    def loss(scores):
        return (np.logaddexp(0, scores) - y * scores).mean()

    assert loss(seen) < loss(log_odds) < np.log(2)


def test_contributions_add_up_to_the_raw_score():
    X, y = world(300)
    booster = fit_trees(X, y, tree_settings(300, np.zeros(3, int), 0), 40)
    np.testing.assert_allclose(raw_contributions(booster, X).sum(axis=1), raw_score(booster, X))
