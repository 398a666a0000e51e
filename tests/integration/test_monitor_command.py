"""``qualifox monitor`` on real registries: a still market is steady, a drifting one is flagged."""

import json
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from features import load_policy
from models.artifact import load_artifact, save_artifact
from models.registry import FOLDER_NAME, Registry
from qualifox.cli import run
from qualifox.home import be_quiet
from simulation import MarketSettings, simulate, write_deals
from tests.integration.conftest import DEMO_POLICY
from tests.logged_market import keep_market
from training.closed_deals import closed_deals
from training.fit import fit_model
from training.intake import read_deals
from training.monitoring.report import monitor
from training.tracking import Tracker

TRAINED_ON, SEEN = date(2024, 9, 30), "2026-01-05"


def promote(registry, policy, deals, place):
    """Learn from what had closed, and make it the champion without the judging, which is slow."""
    on_file = read_deals(deals, policy, as_of=TRAINED_ON, needs_outcome=True)
    closed = closed_deals(on_file, policy)
    artifact = save_artifact(fit_model(closed, policy, seed=0), policy, place)
    run_id = Tracker(registry).start(policy, closed, {})
    registry.name_it(registry.publish(place, artifact, policy, run_id), "champion")


@pytest.fixture(scope="module")
def markets(tmp_path_factory):
    """Return a home with two champions of September 2024; their policies and deals by name."""
    place, made = tmp_path_factory.mktemp("markets"), {}
    be_quiet()
    registry = Registry(place / "home")
    for name, drift in (("still", 0.0), ("drifting", -0.8)):
        deals, policy = place / f"{name}.csv", place / f"{name}.yaml"
        text = DEMO_POLICY.read_text(encoding="utf-8")
        policy.write_text(text.replace("policy: demo_company", f"policy: {name}"), "utf-8")
        settings = MarketSettings(
            n_deals=2_000, seed=1, drift_per_year=drift, competition_drift_per_year=0.0
        )
        write_deals(simulate(settings), deals)
        promote(registry, load_policy(policy), deals, place / name / FOLDER_NAME)
        made[name] = ["--policy", str(policy), "--deals", str(deals)]
    return place / "home", made


@pytest.fixture
def watch(markets, monkeypatch, capsys):
    home, made = markets

    def run_on(name, *more):
        monkeypatch.setenv("QUALIFOX_HOME", str(home))
        capsys.readouterr()
        status = run(["monitor", *made[name], "--as-of", SEEN, *more])
        return status, capsys.readouterr()

    return run_on


def test_a_still_market_is_steady(watch):
    status, said = watch("still", "--json")
    found = json.loads(said.out)
    assert (status, found["verdict"], found["triggers"]) == (0, "steady", [])
    assert found["trained_on"] <= str(TRAINED_ON)
    assert found["overall"]["deals"] > 500
    assert abs(found["overall"]["gap"]) < 0.05
    assert found["refresh"]["reasons"] == ["more_deals", "age"]


def test_a_drifting_market_is_flagged_with_exit_1_and_what_to_do(watch):
    status, said = watch("drifting", "--json")
    found = json.loads(said.out)
    assert status == 1
    assert found["verdict"] in {"recalibrate", "retrain"}
    assert "cusum_fewer" in found["triggers"]
    assert found["intercept_shift"]["value"] < -0.3
    assert found["refit"]["after"] < found["refit"]["before"]


def test_early_on_it_says_so_and_is_content(watch):
    status, said = watch("drifting", "--json", "--as-of", "2024-10-08")
    assert (status, json.loads(said.out)["verdict"]) == (0, "too_early")


def test_a_person_reads_the_verdict_first_and_the_page_says_the_same(watch, tmp_path):
    page = tmp_path / "pages" / "monitoring.html"
    status, said = watch("drifting", "--page", str(page), "--language", "fr")
    assert status == 1
    assert said.out.startswith("À recaler")
    assert f"page: {page}" in said.err
    written = page.read_text(encoding="utf-8")
    assert "À recaler" in written
    assert "Recalibrate" in written
    assert len(written) < 200_000


def test_it_answers_alike_whatever_happens_later(watch):
    """What closes after the day to pretend to be is open, hence changes nothing."""
    early = watch("still", "--json", "--as-of", "2025-06-30")[1].out
    found = json.loads(early)
    assert found["seen_until"] <= "2025-06-30"
    assert sum(one["deals"] for one in found["periods"]) == found["overall"]["deals"]
    assert found["periods"][-1]["period"] <= "2025-06"


@pytest.mark.parametrize(
    ("since", "word"), [("last week", "not a day"), ("2026-02-01", "is after 2026-01-05")]
)
def test_a_wrong_day_is_wrong_use(watch, since, word):
    status, said = watch("still", "--since", since)
    assert status == 2
    assert word in said.err


def test_an_unknown_model_is_told_with_a_hint(watch):
    status, said = watch("still", "--model", "drifing")
    assert status == 1
    assert "drifting" in said.err


def test_the_registry_is_left_as_it_was(watch, markets):
    registry = Registry(markets[0])
    before = registry.get("drifting")
    watch("drifting")
    assert registry.get("drifting") == before
    assert load_artifact(registry.fetch(before)).model is not None


def test_under_the_champions_own_policy_and_under_another_one(watch, markets, capsys, tmp_path):
    deals = markets[1]["still"][-1]
    own = watch("still", "--json")[1].out
    assert run(["monitor", "--deals", deals, "--model", "still", "--as-of", SEEN, "--json"]) == 0
    assert capsys.readouterr().out == own
    other = tmp_path / "other.yaml"
    text = DEMO_POLICY.read_text(encoding="utf-8").replace("points: 15", "points: 14")
    other.write_text(text.replace("policy: demo_company", "policy: still"), encoding="utf-8")
    said = watch("still", "--json", "--policy", str(other))[1].out
    assert "policy_changed" in json.loads(said)["refresh"]["reasons"]
    assert json.loads(said)["overall"] == json.loads(own)["overall"]


def test_the_log_says_what_the_file_says_and_p_win_is_what_was_told(watch, markets, capsys):
    """The champion's own decisions are in the log: the report is that of the deals on file."""
    home, made = markets
    policy = load_policy(Path(made["still"][1]))
    champion = load_artifact(Registry(home).fetch(Registry(home).get("still")))
    on_file = read_deals(made["still"][3], policy, as_of=date(2026, 1, 5), needs_outcome=True)
    keep_market(home, on_file.take(np.arange(1_000, 2_000)), champion)
    made["logged"] = [*made["still"][:2], "--from-log"]
    try:
        status, said = watch("logged", "--json")
    finally:
        del made["logged"]
    found = json.loads(said.out)
    assert "1000 deals were decided by this champion" in said.err
    assert status == 0
    some = on_file.take(np.arange(1_000, 2_000))
    straight = monitor(some, champion, policy, as_of=date(2026, 1, 5))
    assert found["overall"] == pytest.approx(straight.to_data()["overall"], abs=1e-9)
    for ours, theirs in zip(found["cohorts"], straight.to_data()["cohorts"], strict=True):
        assert ours == pytest.approx(theirs, abs=1e-9)
    told = dict.fromkeys(map(str, some.table.ids), 0.9)
    boasted = monitor(some, champion, policy, as_of=date(2026, 1, 5), told=told)
    assert boasted.overall.expected == pytest.approx(0.9 * boasted.overall.deals)
