"""Drawn deals stand for those that were not drawn, up to ten; all others count as before."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import expit

from models.logistic import fit_logistic
from tests.unit.training.closed import closed_of, policy_of
from training.fit import fit_model
from training.propensity import (
    HEAVIEST,
    effective_deals,
    propensity_weights,
    told_drawn,
    weighed,
)

chances = st.lists(st.floats(0.001, 1), min_size=1, max_size=30)


@given(chances)
def test_a_weight_is_one_over_the_chance_and_never_more_than_ten(found):
    chance = np.array(found)
    weights = propensity_weights(chance)
    if weights is None:
        assert (chance == 1).all()
        return
    assert ((weights >= 1) & (weights <= HEAVIEST)).all()
    fair = chance >= 1 / HEAVIEST
    assert weights[fair] * chance[fair] == pytest.approx(1)
    assert 1 <= effective_deals(weights) <= len(weights) + 1e-9


def test_forgetting_and_the_draw_multiply():
    forgetting, chance = np.array([0.5, 1.0, 0.25]), np.array([1.0, 0.2, 0.02])
    found = weighed(forgetting, chance)
    assert found is not None
    assert found.tolist() == pytest.approx([0.5, 5.0, 2.5])
    assert weighed(None, None) is None
    assert weighed(forgetting, None) is forgetting
    assert weighed(forgetting, np.ones(3)) is forgetting


def test_weights_bring_back_the_rate_of_all_that_were_refused():
    """A segment of which a tenth was drawn, half of it with less of a chance, which wins less."""
    random = np.random.default_rng(0)
    n = 40_000
    large = random.random(n) < 0.5
    won = (random.random(n) < np.where(large, 0.1, 0.5)).astype(float)
    chance = np.where(large, 0.1, 0.4)
    worked = random.random(n) < chance
    weights = propensity_weights(chance[worked])
    fair = np.average(won[worked], weights=weights)
    assert fair == pytest.approx(won.mean(), abs=0.02)
    assert abs(won[worked].mean() - won.mean()) > 0.1  # as it is without weights


def test_the_model_learns_with_them_and_without_a_draw_as_before():
    policy = policy_of()
    deals = closed_of(300, 1, policy)
    plain = fit_model(deals, policy, seed=0, effort="quick")
    same = fit_model(replace(deals, propensity=np.ones(300)), policy, seed=0, effort="quick")
    chance = np.where(deals.won == 1, 0.1, 1.0)  # those won stand for ten each
    drawn = fit_model(replace(deals, propensity=chance), policy, seed=0, effort="quick")
    table = deals.table
    assert np.array_equal(plain.p_win(table)[0], same.p_win(table)[0])
    assert drawn.p_win(table)[0].mean() > plain.p_win(table)[0].mean() + 0.2
    taken = replace(deals, propensity=chance).take(np.arange(5))
    assert taken.propensity is not None
    assert len(taken.propensity) == 5


def test_what_they_count_is_told():
    policy = policy_of()
    deals = closed_of(100, 1, policy)
    assert told_drawn(deals) is None
    assert told_drawn(replace(deals, propensity=np.ones(100))) is None
    chance = np.ones(100)
    chance[:4] = 0.05
    told = told_drawn(replace(deals, propensity=chance))
    assert told is not None
    assert told.startswith("4 deals drawn among refused ones count as 40 ")
    assert "all 100 deals are worth 37 that count alike" in told


def test_a_segment_that_has_become_good_is_learned_sooner_with_them():
    """As in the research notes: a long bad past and few drawn deals of the good present."""
    random = np.random.default_rng(3)
    old, new = 600, 40
    X = np.concatenate([np.ones(old), np.ones(new), np.zeros(2_000)])[:, None]
    p = np.concatenate([np.full(old, 0.08), np.full(new, 0.45), np.full(2_000, 0.34)])
    won = (random.random(len(p)) < p).astype(float)
    chance = np.concatenate([np.ones(old), np.full(new, 0.1), np.ones(2_000)])
    said = [
        float(expit(fit_logistic(X, won, penalty=1.0, weights=weights).log_odds(X[:1]))[0])
        for weights in (None, propensity_weights(chance))
    ]
    assert said[0] < 0.14
    assert said[1] > 0.20
