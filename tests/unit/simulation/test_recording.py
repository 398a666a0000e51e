"""What gets written down, and what it hides."""

from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd
import pytest

from simulation import MarketSettings, SimulatedMarket, simulate
from simulation.recording import DIFFICULTY

SETTINGS = MarketSettings(n_deals=20_000)
ALWAYS = ("deliverable", "region", "relationship", "amount", "request_type", "strategic", "seller")


@cache
def market(unknown_share: float) -> SimulatedMarket:
    return simulate(replace(SETTINGS, unknown_share=unknown_share))


def blanks(unknown_share: float = SETTINGS.unknown_share) -> pd.DataFrame:
    return market(unknown_share).deals[list(DIFFICULTY)].isna()


def true_answers() -> pd.DataFrame:
    return market(0.0).deals


def test_another_share_of_blanks_leaves_the_same_deals_and_the_same_truth():
    seen, full = market(SETTINGS.unknown_share), market(0.0)
    assert not full.deals[[*ALWAYS, *DIFFICULTY]].isna().any().any()
    for name in (*ALWAYS, *DIFFICULTY):
        known = seen.deals[name].notna()
        assert (seen.deals[name][known] == full.deals[name][known]).all()
    for name in ("p_win", "p_no_decision", "outcome_if_pursued", "margin_if_won"):
        assert seen.truth[name].equals(full.truth[name])


def test_every_question_has_blanks_but_those_that_are_always_answered():
    assert (blanks().mean() > 0.02).all()
    assert not market(SETTINGS.unknown_share).deals[list(ALWAYS)].isna().any().any()


def test_a_greater_share_means_more_blanks():
    assert (blanks(0.5).mean() > blanks().mean() + 0.1).all()


def test_what_is_missing_is_not_missing_at_random():
    answers = true_answers()
    bad_news = {
        "budget_confirmed": answers.budget_confirmed == "no",
        "contact_level": answers.contact_level == "user",
        "competitors": answers.competitors >= 4,
        "incumbent": answers.incumbent == "competitor",
        "need": answers.need == "unclear",
        "specified_by_us": answers.specified_by_us == "no",
        "days_to_deadline": answers.request_type == "direct request",
        "financial_health": answers.financial_health == "distressed",
        "insolvency_proceeding": answers.insolvency_proceeding != "none",
        "exposure": answers.exposure > answers.credit_limit,
        "credit_limit": answers.relationship == "new",
    }
    assert set(bad_news) == set(DIFFICULTY) - {"delivery_load_percent"}
    for question, is_bad in bad_news.items():
        rows = is_bad.to_numpy(dtype=bool)
        blank = blanks()[question].to_numpy()
        assert blank[rows].mean() > 1.2 * blank[~rows].mean(), question
    load, silent = answers.delivery_load_percent, blanks().delivery_load_percent
    assert load[silent].mean() == pytest.approx(load[~silent].mean(), abs=1.0)


def test_the_recorded_share_flatters():
    recorded = market(SETTINGS.unknown_share).deals.budget_confirmed.dropna()
    assert (recorded == "yes").mean() > (true_answers().budget_confirmed == "yes").mean() + 0.02


def test_careless_sellers_leave_more_blanks():
    here = market(SETTINGS.unknown_share)
    quality = here.truth.seller_data_quality.groupby(here.deals.seller)
    assert (quality.max() == quality.min()).all()
    missing = blanks().mean(axis=1).groupby(here.deals.seller).mean()
    assert np.corrcoef(quality.first(), missing)[0, 1] < -0.95
    assert missing.max() > 2 * missing.min()
    assert (market(0.0).truth.seller_data_quality == 1.0).all()
