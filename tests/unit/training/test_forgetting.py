"""Forgetting is chosen where the market drifts, and hardly where it stands still."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from features.policy import load_policy
from simulation import MarketSettings, simulate, write_deals
from tests.closed_worlds import POLICY, made_up
from training.closed_deals import closed_deals
from training.fit import fit_model
from training.forgetting import chosen_half_life, forget, forgetting_weights
from training.intake import read_deals

DEMO = Path(__file__).parents[3] / "examples" / "demo_company" / "policy.yaml"


def market(seed, drift, place):
    settings = MarketSettings(
        n_deals=2000, seed=seed, months=60, drift_per_year=drift, competition_drift_per_year=0.0
    )
    write_deals(simulate(settings), place)
    policy = load_policy(DEMO)
    on_file = read_deals(place, policy, as_of=date(2030, 1, 1), needs_outcome=True)
    return closed_deals(on_file, policy), policy


def test_a_drifting_market_is_forgotten_and_a_still_one_is_not(tmp_path):
    drifting: list[Any] = [chosen_half_life(*market(s, 0.8, tmp_path / "d.csv")) for s in range(3)]
    still: list[Any] = [chosen_half_life(*market(s, 0.0, tmp_path / "s.csv")) for s in range(5)]
    assert all(one.half_life_months in {12, 24} for one in drifting)
    assert sum(one.half_life_months is None for one in still) >= 4
    assert all(one.half_life_months != 12 for one in still)


def test_made_up_deals_say_the_same():
    drifting: Any = chosen_half_life(made_up(0, 1500, days=2000, drift_per_year=-0.8), POLICY)
    assert drifting.half_life_months in {12, 24}
    assert drifting.tried[12] < drifting.tried[0]


def test_nothing_after_the_last_closing_weighs_and_weights_halve():
    deals = made_up(0, 300)
    weights = forgetting_weights(deals.closed_on, 12)
    assert weights.max() == 1.0
    assert (weights > 0).all()
    order = np.argsort(deals.closed_on, kind="stable")
    assert (np.diff(weights[order]) >= 0).all()


def test_few_or_undated_deals_try_nothing():
    assert chosen_half_life(made_up(0, 150), POLICY) is None
    assert chosen_half_life(made_up(0, 300, dated=False), POLICY) is None
    assert forget(made_up(0, 300, dated=False), POLICY).weights is None
    half = made_up(0, 300)
    gone = np.where(np.arange(300) < 150, np.datetime64("NaT"), half.closed_on)
    assert chosen_half_life(replace(half, closed_on=gone), POLICY) is None


def test_weights_reach_the_estimator_where_it_takes_them(monkeypatch):
    deals, seen = made_up(0, 300), {}

    class WeighedError(Exception):
        pass

    def fit(self, X, y, groups=None, **more):
        seen.update(more)
        raise WeighedError

    monkeypatch.setattr("models.win_probability.WinProbability.fit", fit)
    with pytest.raises(WeighedError):
        fit_model(deals, POLICY, seed=0, weights=np.ones(300))
    assert (seen["weights"] == 1.0).all()
    seen.clear()
    with pytest.raises(WeighedError):
        fit_model(deals, POLICY, seed=0)
    assert seen["weights"] is None
