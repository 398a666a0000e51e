"""The estimate: three probabilities, evidence, stability, and shares that add up."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.special import expit, logit

from features import DealTable
from models.estimates import estimates_of
from models.no_decision import fit_no_decision
from models.qualifier import Qualifier
from models.win_probability import WinProbability


@pytest.fixture(scope="module")
def whole(qualifier, shop_deals):
    """Return the qualifier with all that a model to serve has learned."""
    deals, won = shop_deals
    model = qualifier.model
    X = model.matrix(DealTable.of(deals, qualifier.policy.fields)).values
    estimator = WinProbability(directions=model.estimator.directions, refits=True, seed=1)
    rest = np.flatnonzero(won == 0)
    no_decision = np.random.default_rng(0).random(len(rest)) < expit(np.nan_to_num(X[rest, 0]))
    return Qualifier(
        qualifier.policy,
        replace(
            model,
            estimator=estimator.fit(X, won),
            no_decision=fit_no_decision(X[rest], no_decision, np.arange(len(rest)), 0),
        ),
    )


def estimates(qualifier, deals):
    table = DealTable.of(deals, qualifier.policy.fields)
    return estimates_of(qualifier.model, table.fact, qualifier.model.odds(table))


def test_three_probabilities_sum_to_one_and_none_is_negative(whole, shop_deals):
    for one in estimates(whole, shop_deals[0]):
        three = (one.p_win, one.p_lost, one.p_no_decision)
        assert min(three) >= 0
        assert sum(three) == pytest.approx(1, abs=1e-15)


@pytest.mark.parametrize("share", [0.0, 1e-300, 0.3, 1 - 2**-53, 1.0])
def test_what_is_lost_is_never_below_nothing(whole, share):
    p_win = np.linspace(0, 1, 1001)
    odds = whole.model.odds(DealTable.of([], whole.policy.fields))
    undecided = (1 - p_win) * share
    told = replace(odds, p_win=p_win, p_no_decision=undecided)
    assert (told.p_lost >= 0).all()
    assert (p_win + told.p_lost + undecided) == pytest.approx(1, abs=1e-15)


def test_the_stability_range_is_around_the_estimate(whole, shop_deals):
    found = estimates(whole, shop_deals[0])
    for one in found:
        low, high = one.stability_range
        assert 0 < low < one.p_win < high < 1
    assert 0.01 < np.mean([one.stability_range[1] - one.stability_range[0] for one in found]) < 0.5


def test_what_was_not_learned_is_none(qualifier, shop_deals):
    (one,) = estimates(qualifier, shop_deals[0][:1])
    assert one.p_lost is one.p_no_decision is one.stability_range is None
    assert (one.level, one.closed_deals, one.decides) == ("enough", 400, True)
    assert one.base_rate == one.won / 400


def test_shares_and_contributions_add_up(whole, shop_deals):
    for one in estimates(whole, shop_deals[0]):
        total = one.baseline + sum(one.contributions.values())
        total += sum(part.log_odds for part in one.of_criteria.values())
        assert total == pytest.approx(logit(one.p_win), abs=1e-9)
        way = one.p_win - expit(one.baseline)
        assert sum(one.field_shares.values()) == pytest.approx(way, abs=1e-9)


def test_one_deal_gets_the_same_estimate_as_in_a_batch(whole, shop_deals):
    deals = shop_deals[0][:40]
    assert [estimates(whole, [one])[0] for one in deals] == estimates(whole, deals)


def test_a_batch_without_reasons_computes_no_ranges(whole, shop_deals, monkeypatch):
    def fails(*_):
        raise AssertionError

    monkeypatch.setattr("models.stability.Stability.range_of", fails)
    verdicts = whole.judge(DealTable.of(shop_deals[0], whole.policy.fields))
    assert verdicts.p_no_decision.shape == verdicts.p_lost.shape == (400,)
    with pytest.raises(AssertionError):  # the check can fail
        whole.decide(shop_deals[0][:1])
