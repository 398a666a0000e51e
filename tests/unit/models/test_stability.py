"""The stability range: it holds the estimate, narrows with deals, and is the same in any batch."""

import numpy as np
import pytest

from models.recipe import Taught
from models.stability import FEWEST_OF_EACH, N_REFITS, Stability
from models.win_probability import WinProbability
from tests.unit.models.expert_worlds import ROWS, company, p_of, with_expert


def range_of(model, X=ROWS):
    return model.stability_.range_of(model.log_odds(X), model.logistic_.scaling.centred(X))


@pytest.fixture(scope="module")
def model():
    return with_expert(*company(150, 0, unknown=0.1), refits=True)


def test_the_range_holds_the_estimate_and_is_a_range_of_probabilities(model):
    low, high = range_of(model)
    assert ((low > 0) & (low < p_of(model)) & (p_of(model) < high) & (high < 1)).all()
    assert model.stability_.deviations.shape == (N_REFITS, 7)


def test_it_is_narrower_with_more_deals():
    def width(n, seed):
        low, high = range_of(with_expert(*company(n, seed), refits=True))
        return np.mean(high - low)

    widths = [np.mean([width(n, seed) for seed in range(3)]) for n in (40, 130, 1300)]
    assert widths[0] > widths[1] > widths[2]


def test_it_is_about_how_far_other_deals_of_the_company_would_move_the_estimate(model):
    told = np.array(
        [p_of(with_expert(*company(150, seed, unknown=0.1))) for seed in range(30, 40)]
    )
    low, high = range_of(model)
    reach = np.mean(high - low) / 2 / 1.645
    assert 0.5 < reach / told.std(axis=0, ddof=1).mean() < 2.0


def test_one_deal_gets_the_same_last_bit_as_a_batch(model):
    low, high = range_of(model)
    for row in range(20):
        one, other = range_of(model, ROWS[[row]])
        assert (one[0], other[0]) == (low[row], high[row])


def test_it_is_the_same_for_a_seed_and_not_asked_for_it_is_not_there():
    X, y = company(60, 1)
    one, again = (with_expert(X, y, refits=True, seed=3).stability_ for _ in range(2))
    assert (one.deviations == again.deviations).all()
    assert one.leftover == again.leftover
    assert with_expert(X, y).stability_ is None


def test_asking_for_it_does_not_change_the_estimate():
    X, y = company(60, 2)
    assert (p_of(with_expert(X, y)) == p_of(with_expert(X, y, refits=True))).all()


@pytest.mark.parametrize(("won", "there"), [(FEWEST_OF_EACH - 1, False), (FEWEST_OF_EACH, True)])
def test_on_too_few_of_an_outcome_there_is_none(won, there):
    X, _ = company(50, 3)
    y = (np.arange(50) < won).astype(float)
    assert (with_expert(X, y, refits=True).stability_ is not None) is there


def test_deals_of_one_account_are_drawn_together():
    """Ten copies of each deal say no more than one of each, if they are known to be copies."""
    X, y = company(60, 4)
    many, ended, account = np.tile(X, (10, 1)), np.tile(y, 10), np.tile(np.arange(60), 10)
    model = WinProbability(effort="quick").fit(many, ended, groups=account)
    Z, spreads = model.logistic_.scaling.centred(ROWS), []
    for groups in (account, np.arange(600)):
        taught = Taught(
            X=many, y=ended, groups=groups, weights=np.ones(600), closed_on=None,
            firm=np.zeros(6, int), expected=np.zeros(6, int), expert=None,
        )  # fmt: skip
        learned = Stability.learn(taught, model.recipe_, model.logistic_.scaling, 0)
        assert learned
        spreads.append(learned.spread(Z).mean())
    assert spreads[0] > 2 * spreads[1]


def test_the_spread_is_the_root_of_the_mean_square_deviation():
    stability = Stability(np.array([[1.0, 0.5], [-1.0, -0.5]]), leftover=0.0)
    Z = np.array([[0.0], [1.0], [2.0]])
    np.testing.assert_allclose(stability.spread(Z), np.sqrt(2) * np.array([0.5, 1.5, 2.5]))
    more = Stability(stability.deviations, leftover=1.0).spread(Z)
    np.testing.assert_allclose(more**2, stability.spread(Z) ** 2 + 1)
