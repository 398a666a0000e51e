"""The judgment of a model: its figures, its confidence, its verdict."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from scipy.special import expit

from reports.review import EvaluationSummary
from tests.closed_worlds import POLICY, made_up
from training.evaluation.judge import judge_splits
from training.evaluation.metrics import calibration, log_losses, scores
from training.evaluation.plan import evaluate
from training.evaluation.reliability import reliability
from training.evaluation.splits import split_deals
from training.evaluation.summary import summarise
from training.tracking import run_metrics


@pytest.fixture
def world():
    random = np.random.default_rng(0)
    log_odds = random.normal(size=20_000)
    return log_odds, (random.random(20_000) < expit(log_odds)).astype(float)


def test_the_truth_is_calibrated_and_an_exaggeration_is_not(world):
    log_odds, won = world
    truth, loud = calibration(expit(log_odds), won), calibration(expit(2 * log_odds + 1), won)
    assert truth["calibration_slope"] == pytest.approx(1.0, abs=0.05)
    assert truth["calibration_intercept"] == pytest.approx(0.0, abs=0.05)
    assert loud["calibration_slope"] == pytest.approx(0.5, abs=0.05)
    assert calibration(np.full(100, 0.3), won[:100]) == {}


def test_scores_agree_with_their_definitions():
    p_win, won = np.array([0.8, 0.4, 0.6]), np.array([1.0, 0.0, 0.0])
    found = scores(p_win, won)
    assert found["log_loss"] == pytest.approx(-np.log([0.8, 0.6, 0.4]).mean())
    assert found["brier"] == pytest.approx(np.mean([0.04, 0.16, 0.36]))
    assert found["auc"] == 1.0


def test_reliability_bins_hold_every_deal_once(world):
    log_odds, won = world
    bins = reliability(expit(log_odds), won)
    assert sum(one.deals for one in bins) == len(won)
    assert all(abs(one.promised - one.won) < 0.05 for one in bins)
    assert len(reliability(np.array([0.5, 0.6]), np.array([0.0, 1.0]))) == 2


def summary(confidence):
    return EvaluationSummary(
        split="grouped", n_splits=1, splits_won=1, confidence=confidence,
        metrics={"log_loss": 0.5}, spread={"log_loss": 0.0}, base_rate={"log_loss": 0.6},
        reliability=(),
    )  # fmt: skip


def test_the_metrics_are_flat():
    assert run_metrics(summary(0.95)) == {
        "held_out_log_loss": 0.5,
        "held_out_log_loss_sd": 0.0,
        "base_rate_log_loss": 0.6,
        "confidence_over_base_rate": 0.95,
    }


@pytest.fixture(scope="module")
def dated():
    deals = made_up(0, 700)
    human = np.where(np.arange(700) % 2, np.clip(deals.won * 0.8 + 0.1, 0, 1), np.nan)
    return replace(deals, human_p=human)


@pytest.fixture(scope="module")
def evaluation(dated):
    champion = np.full(len(dated), 0.4)
    return evaluate(dated, POLICY, seed=3, champion_p=champion)


def test_dated_deals_get_every_part_of_the_summary(evaluation, dated):
    found = evaluation.summary
    assert (found.split, found.n_splits, len(found.rolling)) == ("time", 1, 3)
    assert found.held_out == len(evaluation.judged[0].split.held_out)
    assert {one.name for one in found.baselines} == {"base_rate", "scorecard", "champion", "human"}
    for name, (low, high) in found.intervals.items():
        assert low <= found.metrics[name] <= high, name
    assert set(found.intervals) >= {"log_loss", "skill", "auc", "calibration_slope", "brier"}
    assert found.windows.taught == len(evaluation.judged[0].split.train)
    assert found.optimism is not None
    assert found.optimism.taught <= found.windows.taught
    assert found.gains[0] == (0.0, 0.0)
    assert found.gains[-1] == (1.0, 1.0)
    assert found.affordable.columns == len(evaluation.judged[0].model.schema.columns)
    assert type(found).model_validate_json(found.model_dump_json()) == found


def test_each_figure_of_a_baseline_is_of_the_same_rows(evaluation, dated):
    human = next(one for one in evaluation.summary.baselines if one.name == "human")
    rows = evaluation.judged[0].split.held_out
    told = rows[~np.isnan(dated.human_p[rows])]
    assert human.deals == len(told)
    assert human.log_loss == pytest.approx(log_losses(dated.human_p[told], dated.won[told]).mean())
    assert human.gain < 0  # people who knew the outcome do better, and it shows
    base = next(one for one in evaluation.summary.baselines if one.name == "base_rate")
    assert base.sure == evaluation.summary.confidence


def test_the_metrics_are_flat_and_have_their_ends(evaluation):
    flat = run_metrics(evaluation.summary)
    assert flat["held_out_skill_low"] <= flat["held_out_skill"] <= flat["held_out_skill_high"]
    assert "gain_over_scorecard_low" in flat
    assert "cut_3_log_loss" in flat
    assert all(np.isfinite(value) for value in flat.values())


def test_the_same_seed_gives_the_same_bytes(evaluation, dated):
    again = evaluate(dated, POLICY, seed=3, champion_p=np.full(len(dated), 0.4))
    assert again.summary.model_dump_json() == evaluation.summary.model_dump_json()


def test_undated_deals_are_judged_by_groups_and_each_counts_once():
    deals = made_up(1, 160, dated=False)
    found = evaluate(deals, POLICY, seed=0, n_splits=8).summary
    assert (found.split, found.n_splits, found.held_out) == ("grouped", 8, 160)
    assert found.windows is None
    assert found.optimism is None
    assert found.rolling == ()
    first: Any = found.reliability[0]
    assert first.high - first.low > 0.1  # 16 deals judged twice are 16 deals
    assert found.metrics["skill"] == pytest.approx(
        1 - found.metrics["log_loss"] / found.base_rate["log_loss"]
    )


def test_without_a_policy_there_is_no_scorecard_and_no_segment(dated):
    kind, splits = split_deals(dated, seed=0)
    judged = judge_splits(dated, POLICY, splits, seed=0)
    found = summarise(dated, judged, kind, seed=0)
    assert found.baselines == ()
    assert found.segments == ()


def test_more_deals_than_needed_teach_only_the_split_that_counts(dated, monkeypatch):
    monkeypatch.setattr("training.evaluation.splits.MOST_TEACHING", 200)
    found: Any = evaluate(dated, POLICY, seed=0).summary
    assert [one.sampled for one in found.rolling] == [True, True, False]
    assert found.optimism.sampled
    assert found.optimism.taught == 200
