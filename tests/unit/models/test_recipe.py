"""The recipe: what was chosen is learned again from other deals without choosing again."""

import numpy as np
import pytest

from models.recipe import FEWEST_FOR_TREES, Taught, learn_parts
from models.stack import LOGISTIC_ALONE
from tests.unit.models.expert_worlds import EXPECTED, EXPERT, ROWS, company


def taught_of(n, seed=0, **changes):
    X, y = company(n, seed)
    given = {
        "X": X, "y": y, "groups": np.arange(n), "weights": np.ones(n), "closed_on": None,
        "firm": np.zeros(6, int), "expected": np.array(EXPECTED), "expert": EXPERT,
    }  # fmt: skip
    return Taught(**{**given, **changes})


@pytest.fixture(scope="module")
def learned():
    taught = taught_of(200)
    return taught, learn_parts(taught, "quick", 0)


def test_learning_again_from_the_same_deals_says_the_same(learned):
    taught, parts = learned
    from models.forest import raw_score

    direct = parts.stack.log_odds(parts.logistic.log_odds(ROWS), raw_score(parts.trees, ROWS))
    assert (parts.recipe.log_odds(taught, ROWS) == direct).all()
    fewer = parts.recipe.log_odds(taught.take(np.arange(100)), ROWS)
    assert not (fewer == direct).all()


def test_every_deal_has_log_odds_from_others(learned):
    taught, parts = learned
    assert parts.log_odds_out_of_fold.shape == (200,)
    turned = taught.y.copy()
    turned[0] = 1 - turned[0]
    other = learn_parts(taught_of(200, y=turned), "quick", 0)
    # Its own outcome only reaches it through what is chosen for all.
    assert abs(other.log_odds_out_of_fold[0] - parts.log_odds_out_of_fold[0]) < 0.5


@pytest.mark.parametrize(
    ("won", "there"), [(FEWEST_FOR_TREES - 1, False), (FEWEST_FOR_TREES, True)]
)
def test_there_are_no_trees_on_too_few_of_an_outcome(won, there):
    parts = learn_parts(taught_of(60, y=(np.arange(60) < won).astype(float)), "quick", 0)
    assert (parts.trees is not None) is there
    assert (parts.stack == LOGISTIC_ALONE) is not there


def test_taking_deals_takes_all_that_belongs_to_them():
    days = np.datetime64("2026-01-01") + np.arange(30)
    taught = taught_of(30, closed_on=days, weights=np.arange(30.0))
    rows = np.array([7, 3, 3])
    some = taught.take(rows)
    assert some.closed_on is not None
    for one, whole in ((some.X, taught.X), (some.y, taught.y), (some.groups, taught.groups),
                       (some.weights, taught.weights), (some.closed_on, days)):  # fmt: skip
        assert (one == whole[rows]).all()
    assert taught.take(rows).expert is EXPERT
    assert taught_of(30).take(rows).closed_on is None


def test_a_firm_direction_stays_in_the_signs_and_a_contradicted_one_is_let_go():
    X, y = company(500, 1, worth=(-1.5,) * 4)
    firm = np.array([1, 0, 0, 0, 0, 0])
    parts = learn_parts(taught_of(500, X=X, y=y, firm=firm), "quick", 0)
    assert parts.recipe.signs.tolist() == [1, 0, 0, 0, 0, 0]
    assert parts.contradicted.tolist() == [False, True, True, True, False, False]
    assert (parts.conflicts > 0).tolist() == [True, True, True, True, False, False]
    right = learn_parts(taught_of(500), "quick", 0)
    assert right.recipe.signs.tolist() == list(EXPECTED)
    assert not right.conflicts.any()


def test_the_rarer_outcome_is_counted():
    assert taught_of(10, y=np.array([1.0] * 3 + [0.0] * 7)).n_rarer == 3
    assert taught_of(10, y=np.ones(10)).n_rarer == 0
