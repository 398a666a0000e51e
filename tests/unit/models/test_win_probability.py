"""The estimator keeps scikit-learn's contract and the laws of the house."""

import numpy as np
import pytest
from scipy.special import expit
from sklearn.utils.estimator_checks import parametrize_with_checks

from models.forest import raw_score
from models.win_probability import WinProbability

NEEDS_ANOTHER_SETTING = {
    "check_array_api_input": "runs only where SCIPY_ARRAY_API is set",
}


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.SkipTestWarning")
@parametrize_with_checks([WinProbability()])
def test_it_keeps_the_contract_of_scikit_learn(estimator, check):
    name = getattr(check, "func", check).__name__
    if name in NEEDS_ANOTHER_SETTING:
        pytest.skip(NEEDS_ANOTHER_SETTING[name])
    check(estimator)


@pytest.fixture(scope="module")
def world():
    """A thousand deals in which two columns matter, a fifth of the values unknown."""
    random = np.random.default_rng(0)
    X = random.normal(size=(1000, 4))
    X[:, 3] = (X[:, 3] > 0).astype(float)
    y = (random.random(1000) < expit(1.2 * X[:, 0] - 0.8 * X[:, 1] - 0.5)).astype(float)
    X[random.random(X.shape) < 0.2] = np.nan
    return X, y


@pytest.fixture(scope="module")
def fitted(world):
    return WinProbability(directions=(1, -1, 0, 0), seed=5).fit(*world)


def test_raising_a_better_fact_never_lowers_the_probability(fitted, world):
    X, _ = world
    for column, way in ((0, 1), (1, -1)):
        grid = np.sort(np.concatenate([np.linspace(-8, 8, 40), X[:20, column]]))
        grid = grid[~np.isnan(grid)]
        for row in X[:25]:
            many = np.tile(row, (len(grid), 1))
            many[:, column] = grid
            assert (np.diff(fitted.log_odds(many)) * way >= 0).all()


def test_without_directions_the_same_check_fails_on_a_column_that_bends():
    random = np.random.default_rng(1)
    X = random.normal(size=(600, 1))
    y = (random.random(600) < expit(2 - 3 * np.abs(X[:, 0]))).astype(float)
    free = WinProbability(seed=1).fit(X, y)
    assert (np.diff(free.log_odds(np.linspace(-3, 3, 50)[:, None])) < 0).any()
    bound = WinProbability(directions=(1,), seed=1).fit(X, y)
    assert (np.diff(bound.log_odds(np.linspace(-3, 3, 50)[:, None])) >= 0).all()


def test_a_deal_gets_the_same_last_bit_alone_as_in_a_batch(fitted, world):
    X, _ = world
    together = fitted.predict_proba(X)[:, 1]
    alone = np.array([fitted.predict_proba(row[None, :])[0, 1] for row in X[:300]])
    assert (together[:300] == alone).all()


def test_contributions_and_baseline_add_up_to_the_log_odds(fitted, world):
    X, _ = world
    terms, baseline = fitted.contributions(X)
    assert terms.shape == X.shape
    np.testing.assert_allclose(terms.sum(axis=1) + baseline, fitted.log_odds(X), atol=1e-12)
    np.testing.assert_allclose(baseline, baseline[0], atol=1e-9)


def test_the_same_seed_gives_the_same_bytes_and_another_seed_does_not(world, fitted):
    X, y = world
    again = WinProbability(directions=(1, -1, 0, 0), seed=5).fit(X, y)
    assert again.trees_
    assert again.trees_.model_to_string() == fitted.trees_.model_to_string()
    assert (again.log_odds(X) == fitted.log_odds(X)).all()
    other = WinProbability(directions=(1, -1, 0, 0), seed=6).fit(X, y)
    assert not (other.log_odds(X) == fitted.log_odds(X)).all()


def test_on_noise_it_says_the_base_rate_and_does_not_lose_to_it_by_much():
    random = np.random.default_rng(2)
    X, y = random.normal(size=(400, 8)), (random.random(400) < 0.3).astype(float)
    p_win = WinProbability(seed=0).fit(X, y).predict_proba(random.normal(size=(4000, 8)))[:, 1]
    expected_loss = -(0.3 * np.log(p_win) + 0.7 * np.log(1 - p_win)).mean()
    assert expected_loss - 0.6109 < 0.02


def test_members_of_a_group_are_never_learned_from_and_judged_by_each_other():
    random = np.random.default_rng(4)
    half = random.normal(size=(150, 6))
    X, ended = np.vstack([half, half]), (random.random(150) < 0.5).astype(float)
    y, groups = np.concatenate([ended, ended]), np.concatenate([np.arange(150)] * 2)
    kept = WinProbability(seed=0).fit(X, y, groups=groups).p_out_of_fold_
    torn = WinProbability(seed=0).fit(X, y).p_out_of_fold_

    def loss(p_win):
        return -np.log(np.where(y == 1, p_win, 1 - p_win)).mean()

    assert loss(kept) > loss(torn) + 0.02


def test_wrong_use_is_named():
    X, y = np.zeros((20, 2)), np.array([0, 1] * 10)
    with pytest.raises(ValueError, match="3 directions for 2 columns"):
        WinProbability(directions=(1, 0, 0)).fit(X, y)
    with pytest.raises(ValueError, match="1 class"):
        WinProbability().fit(X, np.ones(20))


@pytest.fixture(scope="module")
def always_answered():
    """Deals in which every question was answered: yes helps, and one of three levels hurts."""
    random = np.random.default_rng(7)
    yes, level = random.random(600) < 0.5, random.integers(0, 3, 600)
    X = np.column_stack([yes, level == 0, level == 1, level == 2]).astype(float)
    log_odds = 1.5 * yes - 1.0 * (level == 0) - 0.5
    return X, (random.random(600) < expit(log_odds)).astype(float)


def test_an_answer_that_all_closed_deals_had_lies_between_the_answers_when_unknown(
    always_answered,
):
    model = WinProbability(seed=0).fit(*always_answered)
    rows = np.array([[np.nan, 0, 1, 0], [1.0, 0, 1, 0], [0.0, 0, 1, 0]])
    unknown, yes, no = model.log_odds(rows)
    assert no + 0.1 < unknown < yes - 0.1
    levels = np.array([[1.0, *row] for row in ([np.nan] * 3, [1, 0, 0], [0, 1, 0], [0, 0, 1])])
    unknown, *answers = model.log_odds(levels)
    assert min(answers) < unknown < max(answers)


def test_without_the_background_unknown_would_be_no(always_answered):
    model = WinProbability(seed=0).fit(*always_answered)
    unknown, no = raw_score(model.trees_, np.array([[np.nan, 0, 1, 0], [0.0, 0, 1, 0]]))
    assert unknown == no


def test_unknown_answers_keep_bits_sums_and_directions(always_answered):
    X, y = always_answered
    model = WinProbability(directions=(1, 0, 0, 0), seed=0).fit(X, y)
    some = X[:60].copy()
    some[::2, 1:], some[::3, 0] = np.nan, np.nan
    together = model.log_odds(some)
    assert all(
        model.log_odds(row[None, :])[0] == one for row, one in zip(some, together, strict=True)
    )
    terms, baseline = model.contributions(some)
    np.testing.assert_allclose(terms.sum(axis=1) + baseline, together, atol=1e-12)
    lacking = np.full((2, 4), np.nan)
    lacking[:, 0] = (0.0, 1.0)
    assert np.diff(model.log_odds(lacking))[0] >= 0
