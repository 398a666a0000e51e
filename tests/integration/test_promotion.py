"""Champion and challenger with a real registry: first, refresh, change, rollback, and kill -9."""

import json
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import mlflow
import numpy as np
import pytest

from features import RegistryError, load_policy, parse_policy
from models.champions import champions
from models.registry import Registry
from qualifox.cli import run
from qualifox.home import be_quiet
from reports.promotion import GateReport, Rule, Verdict
from simulation import MarketSettings, simulate, write_deals
from training import retrain as retraining
from training import train as training
from training.promotion import contender, gate, promote
from training.promotion.on_record import readings_of
from training.retrain import retrain
from training.train import read_teaching, train

ROOT = Path(__file__).parent.parent.parent
POLICY_FILE = ROOT / "examples" / "demo_company" / "policy.yaml"
EARLY, LATE = date(2025, 1, 1), date(2026, 1, 5)
NAME = "demo_company"


@pytest.fixture(scope="module")
def market(tmp_path_factory):
    place = tmp_path_factory.mktemp("market") / "deals.csv"
    write_deals(simulate(MarketSettings(n_deals=1_500, seed=7)), place)
    return place


@pytest.fixture(scope="module")
def policy():
    return load_policy(POLICY_FILE)


@pytest.fixture(autouse=True)
def quick(monkeypatch, learned):
    """Learn once what several tests train, and try no artifact in a process of its own."""
    be_quiet()
    monkeypatch.setattr(training, "learn", learned)
    monkeypatch.setattr(training, "try_in_a_process_of_its_own", lambda _: None)


@pytest.fixture(scope="module")
def learned():
    known, learn = {}, training.learn

    def once(policy, deals, *, seed, **more):
        key = (policy.fingerprint, len(deals), seed)
        if key not in known:
            known[key] = learn(policy, deals, seed=seed, **more)
        return known[key]

    return once


@pytest.fixture(scope="module")
def crowned(tmp_path_factory, market, policy):
    """A home whose champion learned what had closed by the early day."""
    be_quiet()
    home = tmp_path_factory.mktemp("crowned") / "home"
    first = train(policy, market, lambda: Registry(home), as_of=EARLY)
    assert (first.verdict, first.report.rule) == (Verdict.PROMOTED, Rule.FIRST)
    return home


@pytest.fixture
def place(crowned, tmp_path):
    """A copy of that home."""
    return Path(shutil.copytree(crowned, tmp_path / "home"))


@pytest.fixture
def commands(place, monkeypatch):
    """That home, as the commands find it."""
    monkeypatch.setenv("QUALIFOX_HOME", str(place))
    return place


def state(registry, name=NAME):
    return {alias: getattr(registry.find(name, alias), "number", None)
            for alias in ("champion", "challenger")}  # fmt: skip


def everything_answers(registry, name=NAME):
    """No alias stands on a version that was never finished, and the champion can be fetched."""
    for alias in ("champion", "challenger"):
        held = registry.find(name, alias)
        assert held is None or held.artifact, alias
    assert registry.fetch(registry.get(name)).exists()


def test_a_refresh_is_judged_by_deals_that_its_champion_never_saw(place, market, policy):
    registry = Registry(place)
    done = retrain(policy, market, lambda: registry, as_of=LATE)
    report = done.report
    assert report.rule is Rule.REFRESH
    assert report.champion_as == "artifact"
    assert report.holdout is not None
    incumbent = promote.incumbent_of(registry, registry.versions(NAME)[-1])
    assert incumbent is not None
    assert incumbent.model is not None
    assert str(report.holdout.since) > str(incumbent.model.provenance.trained_on)
    everything_answers(registry)
    run_of = mlflow.MlflowClient(registry.uri).get_run(done.published.run_id).data
    assert run_of.tags["qualifox.verdict"] == report.verdict.value
    assert run_of.metrics["promotion_difference"] == report.figures["difference"]
    kept = registry.run_file(done.published, "promotion/verdict.json")
    assert GateReport.model_validate_json(kept) == report

    before = state(registry)
    again = retrain(policy, market, lambda: registry, as_of=LATE)
    assert not again.is_news
    assert not again.trained
    assert again.published == done.published
    assert state(registry) == before
    assert len(registry.versions(NAME)) == 2
    assert len(readings_of(registry, NAME)) == 2


def test_without_fresh_deals_the_champion_stays(place, market, policy):
    other_seed = train(policy, market, lambda: Registry(place), as_of=EARLY, seed=5)
    assert other_seed.verdict is Verdict.INSUFFICIENT_EVIDENCE
    assert state(Registry(place)) == {"champion": "1", "challenger": "2"}


def test_other_rules_need_no_proof_and_other_fields_do(place, market, policy):
    registry = Registry(place)
    text = policy.text.replace("expected_value: 0,", "expected_value: 500,")
    rules = parse_policy(text.encode())
    assert rules.fingerprint != policy.fingerprint
    judged = train(rules, market, lambda: registry, as_of=EARLY)
    assert (judged.report.rule, judged.verdict) == (Rule.RULES, Verdict.PROMOTED)

    field = next(name for name, one in policy.asked.items() if one.kind == "category")
    without = parse_policy(_unseen(rules.text, field).encode())
    judged = train(without, market, lambda: registry, as_of=EARLY)
    assert judged.report.rule is Rule.CHANGE
    assert judged.report.champion_as == "specification"
    assert judged.verdict is Verdict.NOT_BETTER_THAN_CHAMPION
    assert judged.report.attempts == 3
    assert state(registry) == {"champion": "2", "challenger": "3"}


def _unseen(text, field):
    """Return a policy in which the model does not see a field."""
    lines = text.splitlines()
    place = next(i for i, line in enumerate(lines) if line.startswith(f"  {field}:"))
    if "{" in lines[place]:
        lines[place] = lines[place].replace("{", "{used_by_model: false, ", 1)
    else:
        lines.insert(place + 1, "    used_by_model: false")
    return "\n".join(lines)


def test_permuted_outcomes_are_never_promoted(tmp_path, market, policy):
    teaching = read_teaching(policy, market, as_of=LATE)
    for seed in range(3):
        won = np.random.default_rng(seed).permutation(teaching.deals.won)
        mixed = replace(teaching, deals=replace(teaching.deals, won=won))
        plan = gate.plan_of(mixed, None)
        draft = GateReport(
            model=NAME, challenger="1", champion=None, rule=plan.rule,
            verdict=Verdict.INSUFFICIENT_EVIDENCE,
        )  # fmt: skip
        report = gate.read_holdout(plan, mixed, None, attempts=1, acknowledged=False, draft=draft)
        assert report.verdict is Verdict.NOT_BETTER_THAN_BASE_RATE


def test_a_rollback_goes_back_and_no_cron_undoes_it(commands, market, policy, capsys):
    registry = Registry(commands)
    assert run(["rollback"]) == 1
    assert "no champion before version 1" in capsys.readouterr().err
    text = policy.text.replace("expected_value: 0,", "expected_value: 500,")
    rules = parse_policy(text.encode())
    train(rules, market, lambda: registry, as_of=EARLY)
    assert champions(registry, NAME) == ["1", "2"]
    assert run(["rollback", "--dry-run", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["to"] == "1"
    assert state(registry)["champion"] == "2"
    assert run(["rollback"]) == 0
    assert state(registry)["champion"] == "1"
    assert retrain(rules, market, lambda: registry, as_of=EARLY).report.verdict is (
        Verdict.ROLLED_BACK
    )
    assert state(registry)["champion"] == "1"
    assert run(["rollback", "--to", "9"]) == 1
    assert run(["rollback", "--to", "2"]) == 0
    assert (state(registry)["champion"], champions(registry, NAME)) == ("2", ["1", "2"])
    assert run(["rollback", "--to", "2"]) == 0
    assert "already" in capsys.readouterr().out


def test_promote_says_every_check_and_its_exit_status_is_the_verdict(
    commands, market, policy, capsys, tmp_path
):
    place = commands
    command = ["promote", "--policy", str(POLICY_FILE)]
    assert run(command) == 0
    assert "already" in capsys.readouterr().out
    train(policy, market, lambda: Registry(place), as_of=EARLY, seed=5)
    assert run(command) == 2  # no verdict beside this champion: the deals are needed
    assert "--deals" in capsys.readouterr().err
    judge = [*command, "--deals", str(market), "--as-of", LATE.isoformat()]
    status = run([*judge, "--dry-run", "--json"])
    told = json.loads(capsys.readouterr().out)
    assert status == (0 if told["verdict"] == "promoted" else 1)
    assert told["dry_run"]
    assert len(told["checks"]) >= 8
    assert state(Registry(place))["champion"] == "1"
    assert run([*judge, "--language", "fr"]) == status
    french = capsys.readouterr().out
    assert "affaires tenues à l'écart" in french
    assert "déjà rendu" in french  # the dry run has read the holdout; nobody reads it twice
    assert state(Registry(place))["champion"] == ("2" if status == 0 else "1")
    other = tmp_path / "other.yaml"
    other.write_text(policy.text.replace("expected_value: 0,", "expected_value: 500,"))
    assert run(["promote", "--policy", str(other)]) == 2
    assert "another state of this policy" in capsys.readouterr().err


class KilledError(BaseException):
    """As sudden as kill -9: no ``except Exception`` sees it."""


MUTATIONS = (
    "create_registered_model", "create_model_version", "set_model_version_tag", "set_tag",
    "set_registered_model_alias", "set_registered_model_tag", "log_text", "log_batch",
    "delete_model_version",
)  # fmt: skip


def killed_at(monkeypatch, count):
    """Die instead of the change to the store that comes after so many; return what counts."""
    done = [0]

    def dying(method):
        def change(*arguments, **more):
            if done[0] == count:
                raise KilledError
            done[0] += 1
            return method(*arguments, **more)

        return change

    for name in MUTATIONS:
        method = getattr(mlflow.MlflowClient, name)
        monkeypatch.setattr(mlflow.MlflowClient, name, dying(method))
    return done


STEP = 1 if os.environ.get("HYPOTHESIS_PROFILE") == "thorough" else 2
"""Every other change is tried, all of them where laws are tried thoroughly."""


def test_a_retraining_that_dies_at_any_change_harms_nothing_and_the_next_one_arrives(
    place, market, policy, monkeypatch
):
    registry = Registry(place)
    teaching = read_teaching(policy, market, as_of=LATE)
    rows: list[contender.JudgedRows] = []

    def judged_once(*arguments, **more):
        rows[:] = rows or [contender.judge_rows(*arguments, **more)]
        return rows[0]

    monkeypatch.setattr(retraining, "read_teaching", lambda *_, **__: teaching)
    monkeypatch.setattr(gate, "judge_rows", judged_once)
    deaths, count, whole = 0, 0, False
    while deaths < 100:
        with monkeypatch.context() as dying:
            killed_at(dying, count)
            try:
                done = retrain(policy, market, lambda: registry, as_of=LATE)
                break
            except KilledError:
                deaths += 1
        everything_answers(registry)
        finished = len(registry.versions(NAME)) == 2
        count = 0 if finished and not whole else count + STEP
        whole = finished
    assert deaths * STEP >= 14
    everything_answers(registry)
    expected = "2" if done.report.promotes else "1"
    assert done.published.number in {one.number for one in registry.versions(NAME)}
    assert (state(registry)["champion"] == done.published.number) == (expected == "2")
    assert state(registry)["challenger"] == done.published.number
    assert len(readings_of(registry, NAME)) == 2
    assert done.report.attempts == 1 or done.report.rule is Rule.REFRESH


KILL_THERE = """
import os, signal, sys
import mlflow
from datetime import date
from pathlib import Path
from features import load_policy
from models.registry import Registry
from training.retrain import retrain
def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)
mlflow.MlflowClient.set_model_version_tag = die
policy, deals, home = map(Path, sys.argv[1:])
retrain(load_policy(policy), deals, lambda: Registry(home), as_of=date(2026, 1, 5))
"""


def test_a_process_that_is_killed_leaves_a_registry_that_the_next_one_finishes(
    place, market, policy
):
    killed = subprocess.run(
        [sys.executable, "-c", KILL_THERE, str(POLICY_FILE), str(market), str(place)],
        cwd=ROOT, capture_output=True, check=False, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert killed.returncode == -signal.SIGKILL
    registry = Registry(place)
    everything_answers(registry)
    assert state(registry) == {"champion": "1", "challenger": "1"}
    assert len(registry.versions(NAME)) == 1
    done = retrain(policy, market, lambda: registry, as_of=LATE)
    everything_answers(registry)
    number = done.published.number
    assert [one.number for one in registry.versions(NAME)] == [number, "1"]
    assert state(registry)["champion"] == (number if done.report.promotes else "1")


def test_there_is_no_model_to_roll_back_in_an_empty_home(new_home):
    with pytest.raises(RegistryError):
        Registry(new_home).get(NAME)
    assert run(["rollback", "--model", NAME]) == 1
