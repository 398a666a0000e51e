"""How the deals end, held against the truth that they were drawn from."""

from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pytest

from simulation import MarketSettings, SimulatedMarket, simulate
from simulation.choices import Vector

ENDS = {"won": "p_win", "lost": "p_lost", "no_decision": "p_no_decision"}
SAMPLING_ERRORS = 4.0
LONGEST_DAYS = 365


@cache
def market(**changes: Any) -> SimulatedMarket:
    return simulate(MarketSettings(**{"n_deals": 30_000, "seed": 3, **changes}))


def outcome() -> "pd.Series[str]":
    return market().deals.outcome


def days_taken(deals: pd.DataFrame) -> "pd.Series[int]":
    closed = pd.to_datetime(deals.closed_on, format="ISO8601")
    return (closed - pd.to_datetime(deals.qualified_on, format="ISO8601")).dt.days


def sampling_errors(happened: Vector, p: Vector) -> float:
    """Return how many standard errors what happened lies off what was promised."""
    return float(abs((happened - p).sum()) / np.sqrt((p * (1 - p)).sum()))


@pytest.mark.parametrize(("end", "column"), ENDS.items())
def test_what_happens_is_what_the_truth_promised_in_every_tenth(end, column):
    happened = np.asarray(market().truth.outcome_if_pursued == end, dtype=float)
    p = market().truth[column].to_numpy()
    assert sampling_errors(happened, p) < SAMPLING_ERRORS
    for rows in np.array_split(np.argsort(p), 10):
        assert sampling_errors(happened[rows], p[rows]) < SAMPLING_ERRORS


def test_the_measure_of_calibration_notices_a_small_bias():
    won = np.asarray(market().truth.outcome_if_pursued == "won", dtype=float)
    assert sampling_errors(won, market().truth.p_win.to_numpy() + 0.02) > SAMPLING_ERRORS


def test_the_scale_is_that_of_the_trade():
    closed = outcome()[outcome().isin(ENDS)]
    assert 0.30 < (closed == "won").mean() < 0.36
    assert 0.22 < (closed == "no_decision").mean() < 0.28
    assert 0.01 < (outcome() == "declined_by_us").mean() < 0.08


def test_the_ceiling_of_any_model_is_about_eighty():
    won, p = outcome().eq("won"), market().truth.p_win
    closed = outcome().isin(ENDS)
    winners, losers = p[won].to_numpy(), p[closed & ~won].to_numpy()
    beaten = np.searchsorted(np.sort(losers), winners).sum()
    assert 0.77 < beaten / (len(winners) * len(losers)) < 0.84


def test_a_pursued_and_closed_deal_ended_as_it_was_drawn():
    closed = outcome().isin(ENDS)
    assert (outcome()[closed] == market().truth.outcome_if_pursued[closed]).all()


def test_declined_deals_are_not_hidden_losses():
    declined = (outcome() == "declined_by_us").to_numpy()
    truth = market().truth[declined]
    assert set(truth.outcome_if_pursued) == set(ENDS)
    won = np.asarray(truth.outcome_if_pursued == "won", dtype=float)
    assert sampling_errors(won, truth.p_win.to_numpy()) < SAMPLING_ERRORS
    assert truth.spent_hours.sum() < 0.1 * truth.usual_hours.sum()
    assert days_taken(market().deals[declined]).median() <= 7


def test_we_decline_by_what_is_on_record():
    deals = market().deals[outcome() != "open"]
    declined = deals.outcome == "declined_by_us"
    full = market(unknown_share=0.0).deals.loc[deals.index]
    insolvent = full.insolvency_proceeding.isin(["receivership", "liquidation"])
    recorded = deals.insolvency_proceeding.notna()
    harmless = (full.financial_health != "distressed") & (full.delivery_load_percent <= 125)
    assert declined[insolvent & recorded].mean() == pytest.approx(0.85, abs=0.07)
    assert declined[insolvent & ~recorded].mean() < 0.5
    assert declined[harmless].mean() == pytest.approx(0.015, abs=0.005)


def test_wins_take_longer_than_losses():
    early = market().deals.qualified_on < "2024-12-01"  # later ones show their short pursuits only
    days = days_taken(market().deals[early]).groupby(outcome()[early]).median()
    assert days["won"] > 1.4 * days["lost"]
    assert days["no_decision"] > days["won"]


def test_open_deals_are_late_deals_without_a_closing_day():
    deals, last_day = market().deals, market().settings.last_day
    is_open = outcome() == "open"
    assert deals.closed_on.isna().equals(is_open)
    opened = pd.to_datetime(deals.qualified_on[is_open], format="ISO8601")
    assert (pd.Timestamp(last_day) - opened).dt.days.max() <= LONGEST_DAYS
    assert is_open.iloc[-300:].mean() > 0.9
    assert not is_open.iloc[:15_000].any()
    closed = deals[~is_open]
    assert (closed.closed_on <= last_day.isoformat()).all()
    assert days_taken(closed).between(1, LONGEST_DAYS).all()


def test_an_open_deal_has_used_only_a_part_of_its_hours():
    truth, is_open = market().truth, outcome() == "open"
    used = truth.spent_hours / truth.expected_hours
    assert 0.2 < used[is_open].mean() < 0.8
    assert (truth.spent_hours >= 0).all()
