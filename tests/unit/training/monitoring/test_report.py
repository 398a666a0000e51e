"""The whole report on companies whose true probabilities are the model."""

from datetime import date

import numpy as np
import pytest

from features import parse_policy
from tests.unit.training.monitoring.conftest import TRAINED
from training.monitoring.cusum import ODDS_RATIOS, cusum
from training.monitoring.report import watch

POLICY = b"""
policy: shop
title: {en: Shop, fr: Boutique}
deals: {outcome: {column: Result, won: [Won], lost: [Lost]}}
fields: {size: {type: number}}
decision: {go_at: {p_win: 0.5}}
"""
SEEDS = range(30)


@pytest.fixture(scope="module")
def policy():
    return parse_policy(POLICY)


@pytest.fixture(scope="module")
def report(model, policy):
    def make(deals, **options):
        return watch(deals, model, policy, trained_on=TRAINED, **options)

    return make


def naive_alarm(deals):
    """Return whether the charts ring for deals decided since and closed already."""
    outcomes = deals.decided_after(TRAINED).outcomes_after(TRAINED)
    charts = [cusum(outcomes.p_win, outcomes.won, ratio) for ratio in ODDS_RATIOS]
    return any(chart.standing is not None for chart in charts)


@pytest.mark.parametrize("seen_until", [date(2023, 5, 1), date(2023, 9, 1), date(2024, 7, 1)])
def test_a_still_market_is_not_alarmed_though_its_young_deals_look_bad(
    company, report, seen_until
):
    each = [report(company(seed, 200, seen_until=seen_until)) for seed in SEEDS]
    assert np.mean([one.verdict in {"recalibrate", "retrain"} for one in each]) <= 0.10
    if seen_until.year == 2023:
        assert not any(cohort.off for one in each for cohort in one.cohorts if not cohort.mature)


def test_the_naive_way_alarms_it(company):
    """The double takes deals decided since and closed already: mostly lost, as these are fast."""
    each = [company(seed, 200, seen_until=date(2023, 5, 1)) for seed in SEEDS]
    assert np.mean([naive_alarm(deals) for deals in each]) > 0.5


def test_a_market_that_moves_is_flagged_and_the_shift_is_its_size(company, report):
    for seed in range(10):
        found = report(company(seed, a_month=60, shift=-0.7, shift_from="2023-01-01"))
        assert found.verdict == "recalibrate"
        assert "cusum_fewer" in found.triggers
        assert found.exit_code == 1
        assert found.intercept_shift.value < -0.4
        assert found.refit.after < found.refit.before


def test_where_the_order_is_lost_a_shift_would_not_do(company, report):
    found = report(company(1, a_month=100, slope=0.1))
    assert found.verdict == "retrain"
    assert "slope" in found.triggers


def test_a_file_that_begins_late_is_too_early_to_judge_by(company, report):
    """Its first closings are the fast ones: mostly lost, however still the market is."""
    each = [company(seed, 200, begins=np.datetime64("2024-03-01")) for seed in SEEDS]
    found = [report(deals) for deals in each]
    assert {one.verdict for one in found} == {"too_early"}
    assert all(one.since > one.trained_on for one in found)
    assert np.mean([naive_alarm(deals) for deals in each]) > 0.5


def test_one_that_begins_less_late_is_judged_by_its_end(company, report):
    each = [report(company(seed, 200, begins=np.datetime64("2023-10-01"))) for seed in SEEDS]
    assert any(one.overall.deals for one in each)
    assert np.mean([one.exit_code for one in each]) <= 0.10


def test_the_charts_start_anew_at_promotion(company, report):
    deals = company(2, shift=-0.7, shift_from="2023-01-01")
    whole, later = report(deals), report(deals, since=date(2024, 1, 1))
    assert later.overall.deals < whole.overall.deals
    assert later.since == "2024-01-01"
    assert later.charts[0].deals == later.overall.deals
    assert report(deals, since=date(2022, 1, 1)) == whole
    assert report(deals, since=date(2024, 6, 20)).verdict == "too_early"


def test_no_outcome_that_the_champion_learned_from_counts(company, report):
    deals = company(4)
    known = np.flatnonzero(deals.closed_on <= np.datetime64(TRAINED))
    deals.won[known] = 1 - deals.won[known]
    assert report(deals).to_data() == report(company(4)).to_data()


def test_the_newest_outcomes_beside_the_base_rate(company, report):
    found = report(company(5))
    assert [one.deals for one in found.losses] == [100, 250]
    assert found.losses[1].model < found.losses[1].base_rate
    assert found.slow_days > 100
    assert found.mature_deals > 0
    assert len(found.charts[0].path) <= 160


def test_a_source_of_closed_deals_only_is_compared_by_its_mature_ones(company, report):
    deals = company(6)
    closed = deals.take(np.flatnonzero(deals.is_closed))
    assert report(closed).drift.current < report(deals).drift.current


def test_no_deals_at_all(company, report):
    deals = company(7)
    found = report(deals.take(np.array([], dtype=int)))
    assert found.verdict == "too_early"
    assert found.slow_days is None
    assert found.intercept_shift is None
    assert found.to_data()["overall"]["gap"] is None
