"""The true odds, calculated a second time by hand from the equations in `simulation.market`."""

import math
from dataclasses import asdict
from datetime import date
from functools import cache
from typing import Any

import numpy as np
import pytest

from simulation import MarketSettings, SimulatedMarket, simulate
from simulation.odds import odds_of

ALL_SEEN = MarketSettings(n_deals=2_000, unknown_share=0.0, account_spread=0.0, latent_spread=0.0)
REGION = {"Île-de-France": 0.10, "Grand Est": 0.15, "Rhône-Alpes": 0.20, "Benelux": 0.0,
          "DACH": -0.20, "Iberia": 0.0, "Nordics": -0.10, "North Africa": -0.25}  # fmt: skip


@cache
def market(**changes: float) -> SimulatedMarket:
    settings: Any = {**asdict(ALL_SEEN), **changes}
    return simulate(MarketSettings(**settings))


def logistic(x: float) -> float:
    return 1 / (1 + math.exp(-x))


def p_win_by_hand(deal: Any, settings: MarketSettings) -> float:
    years = (date.fromisoformat(deal.qualified_on) - settings.start).days / 365.25
    specified, decider = deal.specified_by_us == "yes", deal.contact_level == "decision maker"
    by_level = [
        {"new": -0.40, "past": 0.0, "current": 0.40}[deal.relationship],
        {"direct request": 0.35, "invited tender": 0.0, "open tender": -0.45}[deal.request_type],
        {"user": -0.35, "influencer": 0.0, "decision maker": 0.35}[deal.contact_level],
        {"us": 0.40, "nobody": 0.0, "competitor": -0.45}[deal.incumbent],
        {"clear": 0.25, "partial": 0.0, "unclear": -0.35}[deal.need],
        {"sound": 0.0, "watch": -0.10, "distressed": -0.40}[deal.financial_health],
        REGION[deal.region],
    ]
    a_competitor = -0.45 + settings.competition_drift_per_year * years
    return logistic(
        settings.base_logit
        + settings.drift_per_year * years
        + sum(by_level)
        + 0.40 * (deal.budget_confirmed == "yes")
        + 0.60 * specified
        + 0.50 * (specified and decider)
        - 0.70 * (deal.request_type == "open tender" and deal.relationship == "new")
        + a_competitor * math.log(1 + deal.competitors)
        - 2.6 * math.exp(-deal.days_to_deadline / 14)
        - 0.30 * math.log10(deal.amount / 120_000) ** 2
        - 0.015 * max(deal.delivery_load_percent - 90, 0)
    )


def p_no_decision_by_hand(deal: Any, p_win: float) -> float:
    log_odds = (
        -0.55
        + {"clear": -0.45, "partial": 0.10, "unclear": 0.80}[deal.need]
        + {"sound": 0.0, "watch": 0.25, "distressed": 0.70}[deal.financial_health]
        + (-0.40 if deal.budget_confirmed == "yes" else 0.55)
        + {"direct request": 0.25, "invited tender": 0.0, "open tender": -0.35}[deal.request_type]
        + 0.25 * math.log10(deal.amount / 120_000)
    )
    return (1 - p_win) * logistic(log_odds)


def test_the_odds_are_those_of_the_equations():
    settings = market(drift_per_year=-0.3, competition_drift_per_year=-0.2).settings
    here = simulate(settings)
    for deal, truth in zip(here.deals.itertuples(), here.truth.itertuples(), strict=True):
        p_win = p_win_by_hand(deal, settings)
        assert truth.p_win == pytest.approx(p_win, abs=1e-12)
        assert truth.p_no_decision == pytest.approx(p_no_decision_by_hand(deal, p_win), abs=1e-12)


def test_what_nobody_sees_comes_on_top():
    truth = market(account_spread=0.5, latent_spread=0.7).truth
    log_odds = np.log(truth.p_win / (1 - truth.p_win))
    of_facts = np.log(truth.p_win_of_facts / (1 - truth.p_win_of_facts))
    unseen = truth.account_effect + truth.latent_effect
    np.testing.assert_allclose(log_odds, of_facts + unseen, atol=1e-9)
    assert truth.latent_effect.std() == pytest.approx(0.7, rel=0.06)
    np.testing.assert_allclose(truth.p_win_of_facts, market().truth.p_win, atol=1e-12)


def test_probabilities_add_up_and_stay_inside_at_extreme_log_odds():
    win, no_decision = np.meshgrid(np.linspace(-30, 30, 41), np.linspace(-5, 5, 11))
    odds = odds_of(win.ravel(), no_decision.ravel())
    total = odds.p_win + odds.p_lost + odds.p_no_decision
    np.testing.assert_allclose(total, 1.0, atol=1e-12)
    for p in (odds.p_win, odds.p_lost, odds.p_no_decision):
        assert (p > 0).all()
        assert (p < 1).all()


def test_the_base_rate_drifts():
    steady, falling = (market(drift_per_year=drift).truth.p_win for drift in (0.0, -0.8))
    years = np.arange(len(steady)) * 3 // len(steady)
    assert falling[years == 0].mean() - falling[years == 2].mean() > 0.15
    assert abs(steady[years == 0].mean() - steady[years == 2].mean()) < 0.06


def test_competition_costs_more_every_year():
    """The gap between crowded and empty deals widens, where the base rate stays the same."""

    def widening(drift: float) -> float:
        here = market(competition_drift_per_year=drift, drift_per_year=0.0)
        p = here.truth.p_win
        log_odds, crowded = np.log(p / (1 - p)), here.deals.competitors.to_numpy() >= 3
        late = np.arange(len(p)) > 0.8 * len(p)
        early = np.arange(len(p)) < 0.2 * len(p)
        gaps = [log_odds[part & ~crowded].mean() - log_odds[part & crowded].mean()
                for part in (early, late)]  # fmt: skip
        return float(gaps[1] - gaps[0])

    assert widening(-0.4) - widening(0.0) == pytest.approx(0.4 * 2.4 * 1.3, rel=0.25)
