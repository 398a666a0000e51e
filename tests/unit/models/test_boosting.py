"""The trees: capacity follows the number of deals, and the text is what scores."""

import numpy as np
import pytest

from models.boosting import (
    HUGE,
    LARGE,
    MOST_ROUNDS,
    SMALL,
    TreeShape,
    choose_trees,
    cross_fit_trees,
    fit_trees,
    shapes_for,
    tree_settings,
)
from models.forest import raw_contributions, raw_score

FREE = np.zeros(3, int)
STUMPS = TreeShape(2, 0.1, 5)


def world(n):
    random = np.random.default_rng(0)
    X = random.normal(size=(n, 3))
    return X, (random.random(n) < 1 / (1 + np.exp(-2 * X[:, 0]))).astype(float)


def thirds(n):
    places = np.arange(n)
    return [(places[places % 3 != fold], places[places % 3 == fold]) for fold in range(3)]


def settings_for(n, shape=None):
    return tree_settings(shape or shapes_for(n)[0], n, FREE, 0)


def test_more_deals_make_larger_trees_and_more_effort_tries_no_fewer():
    largest = [max(s.leaves for s in shapes_for(n)) for n in (100, SMALL, LARGE, HUGE)]
    assert largest == sorted(largest)
    assert largest[0] < largest[-1]
    for n in (10, SMALL - 1, SMALL, LARGE - 1, LARGE, HUGE - 1, HUGE, 10**6):
        assert len(shapes_for(n, "quick")) == 1 <= len(shapes_for(n))
        assert max(s.leaves for s in shapes_for(n, "quick")) <= max(
            s.leaves for s in shapes_for(n)
        )


def test_a_leaf_of_few_deals_grows_with_them_and_is_never_below_five():
    few = [shapes_for(n)[0].deals_a_leaf for n in (0, 10, 150, 1_499)]
    assert few == sorted(few)
    assert few[0] == 5


def test_every_deal_is_judged_by_trees_that_did_not_see_it():
    X, y = world(300)
    found = cross_fit_trees(X, y, np.ones(300), thirds(300), settings_for(300))
    assert 1 <= found.rounds <= MOST_ROUNDS
    assert np.isfinite(found.log_odds).all()
    seen = raw_score(fit_trees(X, y, np.ones(300), found.settings, found.rounds), X)

    def loss(scores):
        return (np.logaddexp(0, scores) - y * scores).mean()

    assert loss(seen) < loss(found.log_odds) < np.log(2)
    assert found.loss == pytest.approx(loss(found.log_odds), abs=0.01)


def test_the_settings_of_least_loss_out_of_fold_are_chosen_in_any_order():
    X, y = world(400)
    w, folds = np.ones(400), thirds(400)
    good, bad = settings_for(400), settings_for(400, TreeShape(2, 1e-5, 190))
    for candidates in ([good, bad], [bad, good]):
        assert choose_trees(X, y, w, folds, iter(candidates)).settings == good
    assert choose_trees(X, y, w, folds, iter([bad])).settings == bad


def test_contributions_add_up_to_the_raw_score():
    X, y = world(300)
    booster = fit_trees(X, y, np.ones(300), settings_for(300), 40)
    np.testing.assert_allclose(raw_contributions(booster, X).sum(axis=1), raw_score(booster, X))


def test_a_direction_is_kept_and_without_it_the_same_data_breaks_it():
    random = np.random.default_rng(2)
    X = random.normal(size=(600, 3))
    y = (random.random(600) < 1 / (1 + np.exp(2 * X[:, 0]))).astype(float)  # the wrong way
    line = np.zeros((50, 3))
    line[:, 0] = np.linspace(-3, 3, 50)
    rises = [
        np.diff(
            raw_score(fit_trees(X, y, np.ones(600), tree_settings(STUMPS, 600, ways, 0), 60), line)
        )
        for ways in (np.array([1, 0, 0]), FREE)
    ]
    assert (rises[0] >= 0).all()
    assert (rises[1] < 0).any()


def test_the_text_scores_as_the_trees_do_to_the_last_bit():
    import lightgbm as lgb

    X, y = world(300)
    booster = fit_trees(X, y, np.ones(300), settings_for(300), 40)
    again = lgb.Booster(model_str=booster.model_to_string())
    assert (raw_score(again, X) == raw_score(booster, X)).all()


def test_deals_of_no_weight_teach_nothing():
    X, y = world(300)
    settings = settings_for(300, STUMPS) | {"bagging_freq": 0, "extra_trees": False}
    weights = np.where(np.arange(300) < 150, 1.0, 1e-12)
    turned = np.where(weights == 1.0, y, 1 - y)
    one, other = (
        raw_score(fit_trees(X, ended, weights, settings, 20), X) for ended in (y, turned)
    )
    np.testing.assert_allclose(one, other, atol=1e-6)
    alike = raw_score(fit_trees(X, turned, np.ones(300), settings, 20), X)
    assert np.abs(alike - one).max() > 0.1  # with full weight they would teach


def test_without_trees_there_is_nothing_to_add():
    X, _ = world(4)
    assert raw_score(None, X).tolist() == [0.0] * 4
    assert raw_contributions(None, X).shape == (4, 4)
    assert not raw_contributions(None, X).any()
