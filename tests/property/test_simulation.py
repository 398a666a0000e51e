"""Laws of every simulated market, whatever its settings."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from features import load_policy
from simulation import MarketSettings, simulate

POLICY = load_policy(Path(__file__).parents[2] / "examples" / "demo_company" / "policy.yaml")
FEW = settings(max_examples=30)

MARKETS = st.builds(
    MarketSettings,
    n_deals=st.integers(100, 300),
    seed=st.integers(0, 2**63 - 1),
    start=st.dates(date(1900, 1, 1), date(2200, 1, 1)),
    months=st.integers(6, 240),
    base_logit=st.floats(-5, 5),
    drift_per_year=st.floats(-2, 2),
    competition_drift_per_year=st.floats(-1, 1),
    unknown_share=st.floats(0, 0.9),
    deals_per_account=st.floats(1, 100),
    account_spread=st.floats(0, 3),
    latent_spread=st.floats(0, 3),
    n_sellers=st.integers(1, 1000),
)


@FEW
@given(MARKETS)
def test_equal_settings_make_equal_markets(settings):
    first, again = simulate(settings), simulate(settings)
    assert first.deals.to_csv() == again.deals.to_csv()
    assert first.truth.to_csv() == again.truth.to_csv()


@FEW
@given(MARKETS)
def test_another_seed_makes_another_market(settings):
    other = replace(settings, seed=settings.seed ^ 1)
    here, there = simulate(settings), simulate(other)
    assert not here.deals.equals(there.deals)
    assert not here.truth.p_win.equals(there.truth.p_win)


@FEW
@given(MARKETS)
def test_the_three_probabilities_add_up_to_one_and_are_never_certain(settings):
    p = simulate(settings).truth[["p_win", "p_lost", "p_no_decision"]].to_numpy()
    np.testing.assert_allclose(p.sum(axis=1), 1.0, atol=1e-12)
    assert ((p > 0) & (p < 1)).all()


@FEW
@given(MARKETS)
def test_every_written_answer_is_read_by_its_field(settings):
    deals = simulate(settings).deals
    for name, field in POLICY.fields.items():
        for answer in deals[name].dropna().unique():
            assert field.read(str(answer)) is not None


@FEW
@given(MARKETS)
def test_outcomes_days_and_drawn_ends_agree(settings):
    market = simulate(settings)
    deals, drawn = market.deals, market.truth.outcome_if_pursued
    closed = deals.outcome != "open"
    assert deals.closed_on.notna().equals(closed)
    assert (deals.closed_on[closed] > deals.qualified_on[closed]).all()
    assert (deals.closed_on[closed] <= settings.last_day.isoformat()).all()
    pursued = closed & (deals.outcome != "declined_by_us")
    assert (deals.outcome[pursued] == drawn[pursued]).all()
    assert set(drawn) <= {"won", "lost", "no_decision"}


@FEW
@given(MARKETS)
def test_open_deals_stand_within_a_year_of_the_end(settings):
    deals = simulate(settings).deals
    opened = deals.qualified_on[deals.outcome == "open"]
    first = np.datetime64(settings.last_day) - 365
    assert all(np.datetime64(day) >= first for day in opened)
    assert deals.qualified_on.is_monotonic_increasing


@FEW
@given(MARKETS, st.floats(0, 0.9))
def test_what_is_written_down_changes_neither_the_deals_nor_the_truth(settings, share):
    here, there = simulate(settings), simulate(replace(settings, unknown_share=share))
    same_truth = ["p_win", "p_lost", "p_win_of_facts", "outcome_if_pursued", "expected_hours"]
    pd.testing.assert_frame_equal(here.truth[same_truth], there.truth[same_truth])
    for name in POLICY.fields:
        both = here.deals[name].notna() & there.deals[name].notna()
        assert (here.deals[name][both] == there.deals[name][both]).all()
