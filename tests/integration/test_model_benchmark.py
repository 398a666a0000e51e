"""The benchmark of the win probability in small: it measures what it says, and can say "short"."""

import json
import math
import os

import numpy as np
import pandas as pd
import pytest

from benchmarks.model import baselines, cost, summary
from benchmarks.model.__main__ import main
from benchmarks.model.baselines import BASELINES, Teaching
from benchmarks.model.companies import company, settings_of
from benchmarks.model.experts import CRITERIA, EXPERTS, criteria_of
from benchmarks.model.facts import Facts, OneHot, facts_of, native_matrix
from benchmarks.model.measures import mean_loss
from benchmarks.model.naive_bayes import NaiveBayes
from benchmarks.model.ours import coverage
from benchmarks.model.real import real_rows
from benchmarks.model.real_sets import X_LEFT_OUT, X_NUMBERS, x_education
from benchmarks.model.simulated import OURS, TRUTHS, Plan, one_company
from benchmarks.model.wide_deals import N_FIELDS, read_wide_deals, wide_policy, write_wide_deals
from benchmarks.model.workers import THREAD_LIMITS, each
from models.evidence import Evidence

PLAN = Plan(n_seeds=1, sizes=(40,), test_deals=600)


@pytest.fixture(scope="module")
def small():
    return company(3, largest=200, test_deals=800)


@pytest.fixture(autouse=True)
def a_small_forest(monkeypatch):
    monkeypatch.setattr(baselines, "N_TREES", 40)


def facts(numbers, codes):
    return Facts(
        {"size": np.array(numbers, dtype=float)},
        {"need": np.array(codes)},
        {"need": ("clear", "partial", "unclear")},
        len(codes),
    )


def test_the_run_prints_one_table_and_writes_it_down(tmp_path, capsys):
    file = tmp_path / "build" / "run.json"
    main(["--only", "companies,evidence", "--seeds", "1", "--sizes", "40", "--test-deals", "600",
          "--workers", "1", "--json", str(file)])  # fmt: skip
    told, run = capsys.readouterr(), json.loads(file.read_text(encoding="utf-8"))
    (row,) = run["companies"]
    losses = row["log_loss"]
    assert set(losses) == {*BASELINES, *OURS.values(), *TRUTHS}
    assert min(losses, key=losses.get) == "truth"
    assert all(0 < loss < 3 for loss in losses.values())
    assert [line for line in told.out.splitlines() if line.startswith("40 deals (1)")]
    assert all(bar["name"] in told.out for bar in run["bars"])
    assert "companies: 1 of 1" in told.err
    again = json.loads(json.dumps(one_company(PLAN, 0)))
    assert again == [row]


def test_what_is_unknown_to_the_command_is_refused(capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["--only", "companys"])
    assert stopped.value.code == 2
    assert "'companys' is none of" in capsys.readouterr().err


def test_no_probability_loses_less_than_the_truth():
    random = np.random.default_rng(0)
    truth = random.random(500)
    assert mean_loss(truth, truth) < mean_loss(np.clip(truth + 0.05, 0, 1), truth)
    outcomes = np.array([1.0, 0.0])
    assert mean_loss(np.array([0.8, 0.4]), outcomes) == pytest.approx(
        -(math.log(0.8) + math.log(0.6)) / 2
    )


def test_the_naive_bayes_multiplies_smoothed_shares_and_leaves_out_the_unknown():
    """By hand: 3 won and 1 not; "clear" twice among the won and never else."""
    taught = facts([np.nan] * 4, [0, 0, 1, 1])
    model = NaiveBayes.learn(taught, np.array([1.0, 1.0, 1.0, 0.0]))
    odds = 3 * ((2.1 / 3.2) / (0.1 / 1.2))
    p_win = model.p_win(facts([np.nan, 7.0, np.nan], [0, -1, 2]))
    assert p_win == pytest.approx([odds / (1 + odds), 0.75, 0.75])


def test_encodings_are_learned_from_the_teaching_deals_alone():
    taught, judged = facts([1.0, np.nan, 3.0], [0, 1, -1]), facts([np.nan, 1e9], [2, 0])
    matrix = OneHot.learn(taught).matrix(judged)
    assert matrix.shape == (2, 5)  # number, its indicator, unknown, clear, partial
    assert matrix[0].tolist() == [0.0, 1.0, 0.0, 0.0, 0.0]
    values, categories = native_matrix(taught)
    assert categories == [1]
    assert np.isnan(values[2, 1])


@pytest.mark.parametrize("name", BASELINES)
def test_a_baseline_learns_what_there_is_and_nothing_of_noise(name):
    random = np.random.default_rng(1)
    size, need = random.normal(size=400), random.integers(0, 3, 400)
    won = (random.random(400) < 1 / (1 + np.exp(-2 * size))).astype(float)
    taught, judged = facts(size[:200], need[:200]), facts(size[200:], need[200:])
    learn, groups = BASELINES[name], np.arange(200)
    loss = mean_loss(learn(Teaching(taught, won[:200], groups, 0))(judged), won[200:])
    shuffled = random.permutation(won[:200])
    noise = mean_loss(learn(Teaching(taught, shuffled, groups, 0))(judged), won[200:])
    assert (loss < noise - 0.1) == (name != "base_rate")


def test_experts_know_the_side_except_the_wrong_one():
    effects = np.array([effect for _, effect in CRITERIA.values()])
    for seed in range(5):
        points = {
            name: np.array([one["points"] for one in criteria_of(name, seed)]) for name in EXPERTS
        }
        assert (np.sign(points["sensible"]) == np.sign(effects)).all()
        assert set(np.abs(points["equal"])) == {10.0}
        assert 1 < (np.sign(points["wrong"]) != np.sign(effects)).sum() < len(effects)
        assert sorted(points["none"]) == []
        assert criteria_of("wrong", seed) == criteria_of("wrong", seed)


def test_companies_differ_and_their_deals_are_either_learned_from_or_judged_by(small):
    settings = [settings_of(seed, 400) for seed in range(6)]
    assert len({one.base_logit for one in settings}) == 6
    assert settings[0].unknown_share == 0.0 < settings[1].unknown_share
    assert all(one.drift_per_year == one.competition_drift_per_year == 0.0 for one in settings)
    assert not set(small.closed.table.ids) & set(small.test.ids)
    assert len(small.test) == len(small.p_win) == 800
    policies = [small.policy(name) for name in EXPERTS]
    assert len({str(one.fields) for one in policies}) == 1
    assert [len(one.criteria) for one in policies] == [len(CRITERIA)] * 3 + [0]
    assert len(facts_of(small.test, policies[0]).numbers) == 9


def test_what_the_facts_can_tell_is_the_mean_over_what_nobody_sees(small):
    """A spread of the unseen pulls the probability to one half, which the raw one forgets."""
    assert mean_loss(small.p_win, small.p_win) < mean_loss(small.p_of_facts, small.p_win)
    assert small.p_of_facts.mean() == pytest.approx(small.p_win.mean(), abs=0.02)


def test_training_deals_hold_both_outcomes(small):
    for size in (10, 40):
        deals = small.training(size)
        assert len(deals) == size
        assert 5 <= deals.n_won <= size - 5
        assert small.training(size).table.ids == deals.table.ids
    with pytest.raises(ValueError, match="9999 deals to learn from"):
        small.training(9_999)


def test_coverage_counts_the_deals_whose_band_holds_the_truth():
    random = np.random.default_rng(2)
    p_win = random.random(2_000)
    evidence = Evidence.learn(p_win, (random.random(2_000) < p_win).astype(float))
    assert coverage(evidence, p_win, p_win) > 0.75
    assert coverage(evidence, p_win, np.clip(p_win + 0.4, 0, 1)) < 0.2


def losses(ours, best=0.50):
    each = dict.fromkeys(BASELINES, best + 0.1) | {"logistic_cv": best, "base_rate": 0.69}
    each |= dict.fromkeys([*OURS.values(), "ours_policy"], ours)
    return each | {"truth": best - 0.03, "truth_of_facts": best - 0.01}


@pytest.mark.parametrize(("ours", "ok"), [(0.50, True), (0.52, False)])
def test_a_bar_is_short_where_ours_loses_more(ours, ok):
    rows = [{"size": size, "log_loss": losses(ours)} for size in (40, 2_000)]
    bars = {bar.name: bar for bar in summary.company_bars(rows)}
    regret = bars["companies, none: mean regret"]
    assert regret.ok is ok
    assert regret.reached == pytest.approx(ours - 0.50)
    assert bars["companies, sensible at 40: better than logistic by"].ok
    assert bars["companies, none at 2,000: ours - truth"].ok is ok
    of_set = [{"set": "maven_crm", "log_loss": losses(ours)}]
    verdict = {"set": "maven_crm", "verdict": "not_better_than_base_rate" if ok else "promoted"}
    found = summary.real_bars(of_set, verdict)
    assert [bar.ok for bar in found] == [ok, True, ok]


def test_coverage_and_cost_have_their_bars():
    rows = [{"size": 40, "covered": {"none": held}} for held in (0.90, 0.92)]
    assert summary.evidence_bars(rows)[0].ok
    assert not summary.evidence_bars([{"size": 40, "covered": {"none": 1.0}}])[0].ok
    took = cost.compared(cost.Took(50.0, 30.0), [cost.Took(2.0, 2.0), cost.Took(9.0, 2.0)] * 2)
    assert (took["times_clock"], took["times_processor"]) == (50 / 5.5, 15.0)
    spent = {"deals": 9, "fields": 40, "threads": 1, **took}
    bars = summary.cost_bars(spent | {"times_clock": 21.0}, {"deals": 9, "peak_gb": 12.5})
    assert [bar.ok for bar in bars] == [True, False, False]


def test_wide_deals_have_forty_fields(tmp_path):
    file = tmp_path / "deals.csv"
    write_wide_deals(300, file)
    deals = read_wide_deals(file)
    assert len(deals) == 300
    assert len(facts_of(deals.table, wide_policy()).numbers) == 20
    assert len(wide_policy().fields) == N_FIELDS


def leads(n=120):
    random = np.random.default_rng(5)
    numbers = {name: random.integers(0, 9, n) for name in X_NUMBERS}
    left_out = {name: random.integers(0, 9, n) for name in X_LEFT_OUT}
    own = {"Lead Number": random.permutation(n), "Converted": random.integers(0, 2, n)}
    return pd.DataFrame(left_out | numbers | own | {"City": random.choice(["A", "Select"], n)})


def test_a_real_set_is_read_in_order_without_its_leaks(tmp_path):
    (tmp_path / "x_education").mkdir()
    frame = leads()
    frame.to_csv(tmp_path / "x_education" / "Leads.csv", index=False)
    found = x_education(tmp_path)
    columns = {field.column for field in found.policy.asked.values()}
    assert columns == {*X_NUMBERS, "City"}
    ordered = frame.sort_values("Lead Number")
    assert found.deals.won.tolist() == ordered["Converted"].tolist()
    assert found.splits[0].held_out.tolist() == list(range(90, 120))
    (row,) = real_rows(tmp_path, ["x_education"], 1)
    assert (row["train"], row["test"], row["fields"]) == (90, 30, 4)
    assert set(row["log_loss"]) == {*BASELINES, "ours_policy"}


def test_work_is_done_in_order_and_leaves_the_environment_alone(capsys):
    before = [os.environ.get(limit) for limit in THREAD_LIMITS]
    assert each(math.sqrt, [1.0, 4.0, 9.0], 2, "roots") == [1.0, 2.0, 3.0]
    assert [os.environ.get(limit) for limit in THREAD_LIMITS] == before
    assert capsys.readouterr().err.splitlines()[-1] == "roots: 3 of 3"
