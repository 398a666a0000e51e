"""Hours and margins."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from simulation import MarketSettings, simulate
from simulation.accounts import draw_accounts
from simulation.answers import Answers, draw_answers
from simulation.choices import Choice
from simulation.odds import Odds
from simulation.stakes import expected_hours, margin_if_won, usual_hours

SETTINGS = MarketSettings(n_deals=20_000)


@cache
def answers() -> Answers:
    random = np.random.default_rng(8)
    return draw_answers(SETTINGS, draw_accounts(SETTINGS, random), random)


def everybody(choice: Choice, level: str) -> Choice:
    return Choice(choice.levels, np.full_like(choice.codes, choice.levels.index(level)))


def test_a_known_deal_takes_the_hours_of_the_equation():
    known = replace(
        answers(),
        deliverable=everybody(answers().deliverable, "equipment"),
        request_type=everybody(answers().request_type, "open tender"),
        amount=np.full(SETTINGS.n_deals, 3_200_000.0),
        strategic=np.ones(SETTINGS.n_deals, dtype=bool),
    )
    np.testing.assert_allclose(usual_hours(known), 90 * 1.35 * 32**0.3 * 1.2)


def test_expected_hours_weigh_the_three_ends():
    certain, never = np.ones(SETTINGS.n_deals), np.zeros(SETTINGS.n_deals)
    usual = usual_hours(answers())
    for odds, factor in (
        (Odds(certain, never, never), 1.25),
        (Odds(never, certain, never), 1.0),
        (Odds(never, never, certain), 0.7),
    ):
        np.testing.assert_allclose(expected_hours(answers(), odds), usual * factor)


def test_pursuits_to_the_end_take_the_expected_hours_on_average():
    market = simulate(MarketSettings(n_deals=50_000, months=60))
    years = np.arange(len(market.deals)) * 5 // len(market.deals)
    ended = market.deals.outcome.isin(["won", "lost", "no_decision"]).to_numpy() & (years < 3)
    truth = market.truth[ended]
    of_outcome = truth.outcome_if_pursued.map({"won": 1.25, "lost": 1.0, "no_decision": 0.7})
    noise = truth.spent_hours / (truth.usual_hours * of_outcome)
    assert noise.mean() == pytest.approx(1.0, abs=0.01)
    assert noise.std() == pytest.approx(0.417, abs=0.02)
    assert (truth.spent_hours / truth.expected_hours).mean() == pytest.approx(1.0, abs=0.015)


def test_bigger_deals_take_more_hours_but_fewer_an_euro():
    amount, hours = answers().amount, usual_hours(answers())
    parts = answers().deliverable.is_one_of("parts")
    large = parts & (amount > np.quantile(amount[parts], 0.8))
    small = parts & (amount < np.quantile(amount[parts], 0.2))
    assert hours[large].mean() > 1.5 * hours[small].mean()
    assert (hours / amount)[large].mean() < 0.5 * (hours / amount)[small].mean()


def test_a_known_deal_has_the_margin_of_the_equation():
    known = replace(
        answers(),
        deliverable=everybody(answers().deliverable, "services"),
        amount=np.full(SETTINGS.n_deals, 100_000.0),
        competitors=np.full(SETTINGS.n_deals, 7.0),
        financial_health=everybody(answers().financial_health, "watch"),
        insolvency_proceeding=everybody(answers().insolvency_proceeding, "safeguard"),
    )
    np.testing.assert_allclose(margin_if_won(known), 100_000 * (0.32 * 0.8 - 0.7 * 0.03))


def test_an_insolvent_customer_is_a_loss_even_when_won():
    insolvent = everybody(answers().insolvency_proceeding, "liquidation")
    margin = margin_if_won(replace(answers(), insolvency_proceeding=insolvent))
    equipment = answers().deliverable.is_one_of("equipment", "complete line")
    assert (margin[equipment] < 0).all()
    assert margin_if_won(answers())[equipment].mean() > 0
