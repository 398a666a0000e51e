"""``qualifox monitor --recalibrate`` on a real registry: one number moves, once, and back."""

import json
import shutil
from datetime import date
from pathlib import Path

import mlflow
import numpy as np
import pytest
from scipy.special import logit

from features import RegistryError, load_policy
from models.artifact import load_artifact
from models.champions import champions, crown
from models.registry import FOLDER_NAME, Registry
from qualifox.cli import run
from qualifox.home import be_quiet
from reports.promotion import Rule
from reports.recalibration import RecalibrationCode
from simulation import MarketSettings, simulate, write_deals
from tests.integration.conftest import DEMO_POLICY
from tests.integration.test_monitor_command import promote
from tests.unit.reports.monitoring_reports import report
from training.intake import read_deals
from training.monitoring.report import monitor
from training.promotion.gate import plan_of
from training.promotion.promote import incumbent_of
from training.recalibrate import MONITORING_FILE, counts_after, recalibrate
from training.train import read_teaching

NAME, SEEN = "demo_company", "2025-06-30"


@pytest.fixture(scope="module")
def market(tmp_path_factory):
    """Return a home whose champion has seen its odds fall since, and the deals."""
    be_quiet()
    place = tmp_path_factory.mktemp("market")
    settings = MarketSettings(
        n_deals=1_500, seed=1, drift_per_year=-0.8, competition_drift_per_year=0.0
    )
    write_deals(simulate(settings), place / "deals.csv")
    registry = Registry(place / "home")
    policy = load_policy(DEMO_POLICY)
    promote(registry, policy, place / "deals.csv", place / FOLDER_NAME)
    crown(registry, registry.get(NAME))
    return place


@pytest.fixture
def home(market, tmp_path, monkeypatch):
    place = Path(shutil.copytree(market / "home", tmp_path / "home"))
    monkeypatch.setenv("QUALIFOX_HOME", str(place))
    monkeypatch.setattr("training.recalibrate.try_in_a_process_of_its_own", lambda _: None)
    return place


@pytest.fixture
def watch(home, market, capsys):
    assert home.exists()

    def run_on(*more):
        capsys.readouterr()
        deals = str(market / "deals.csv")
        status = run(["monitor", "--deals", deals, "--as-of", SEEN, *more])
        return status, capsys.readouterr().out

    return run_on


@pytest.fixture
def seen(market):
    return read_deals(
        market / "deals.csv", load_policy(DEMO_POLICY), as_of=date.fromisoformat(SEEN),
        needs_outcome=True,
    )  # fmt: skip


def watched(registry, seen):
    champion = registry.get(NAME)
    qualifier = load_artifact(registry.fetch(champion))
    day = date.fromisoformat(SEEN)
    start = counts_after(champion, None)
    found = monitor(seen, qualifier, qualifier.policy, as_of=day, since=start)
    return champion, qualifier, found


def test_it_moves_every_deal_by_the_shift_once_and_a_rollback_undoes_it(watch, home, seen):
    registry = Registry(home)
    status, said = watch("--recalibrate", "--dry-run", "--language", "fr")
    assert status == 0
    assert "serait recalé" in said
    assert len(registry.versions(NAME)) == 1

    status, said = watch("--recalibrate", "--json")
    told = json.loads(said)
    done = told["recalibration"]
    assert (status, done["code"], done["champion"], done["version"]) == (
        0, "recalibrated", "1", "2",
    )  # fmt: skip
    assert done["refit"]["after"] < done["refit"]["before"]
    after, before = registry.versions(NAME)
    assert registry.get(NAME) == after
    assert after.recalibrated == date.fromisoformat(told["counted_until"])
    assert (after.training, after.code) == (before.training, before.code)
    _is_moved_by(registry, before, after, done["shift"], seen)
    _is_on_record(registry, after, done)

    for again in ([], ["--since", "2024-11-01"]):
        status, said = watch("--recalibrate", "--json", *again)
        told = json.loads(said)
        assert (status, told["recalibration"]["code"]) == (0, "not_called_for")
        assert told["verdict"] == "too_early"
        assert told["since"] >= str(after.recalibrated)
    assert len(registry.versions(NAME)) == 2

    assert run(["rollback"]) == 0
    assert registry.get(NAME).number == "1"
    status, said = watch("--recalibrate")
    assert status == 1
    assert "--to 2" in said
    assert len(registry.versions(NAME)) == 2


def _is_moved_by(registry, before, after, shift, seen):
    old, new = (load_artifact(registry.fetch(one)).model for one in (before, after))
    assert old is not None
    assert new is not None
    table = seen.table.take(np.arange(200))
    ours, theirs = new.odds(table), old.odds(table)
    np.testing.assert_allclose(ours.log_odds - theirs.log_odds, shift["value"], atol=1e-9)
    np.testing.assert_allclose(logit(ours.p_win), ours.log_odds, atol=1e-9)
    comparable = [(one.deals, one.won) for one in new.bands(ours.p_win) if one]
    assert comparable == [(one.deals, one.won) for one in old.bands(theirs.p_win) if one]
    assert len(set(comparable)) > 3
    origin, former = new.provenance, old.provenance
    assert origin.data_fingerprint == former.data_fingerprint
    assert origin.policy_fingerprint == former.policy_fingerprint
    assert origin.trained_on == former.trained_on
    assert origin.metrics["recalibrations"] == 1.0
    assert origin.metrics["recalibration_shift"] == shift["value"]
    assert origin.metrics["recalibration_shift_se"] == shift["se"]
    assert origin.metrics["recalibration_deals"] == shift["n"]


def _is_on_record(registry, after, done):
    of_run = mlflow.MlflowClient(registry.uri).get_run(after.run_id).data
    assert of_run.tags["qualifox.verdict"] == "recalibrated"
    assert of_run.tags["qualifox.recalibrated_from"] == "1"
    assert of_run.metrics["recalibration_shift"] == done["shift"]["value"]
    assert json.loads(registry.run_file(after, MONITORING_FILE))["verdict"] == "recalibrate"


def test_what_moved_the_intercept_does_not_judge_the_next_model(watch, home, market):
    registry, policy = Registry(home), load_policy(DEMO_POLICY)
    teaching = read_teaching(policy, market / "deals.csv", as_of=date.fromisoformat(SEEN))
    plan = plan_of(teaching, incumbent_of(registry, registry.get(NAME)))
    assert (plan.rule, plan.can_judge) == (Rule.REFRESH, True)
    assert watch("--recalibrate")[0] == 0
    plan = plan_of(teaching, incumbent_of(registry, registry.get(NAME)))
    assert (plan.rule, plan.summary.deals, plan.can_judge) == (Rule.REFRESH, 0, False)


@pytest.mark.parametrize("verdict", ["steady", "retrain", "too_early"])
def test_another_verdict_asks_for_nothing(home, seen, verdict):
    registry = Registry(home)
    champion, qualifier, found = watched(registry, seen)
    done = recalibrate(
        registry, champion, qualifier, found.model_copy(update={"verdict": verdict})
    )
    assert (done.code, done.exit_code) == (RecalibrationCode.NOT_CALLED_FOR, 0)
    assert len(registry.versions(NAME)) == 1


def test_a_shift_that_does_not_help_out_of_sample_is_refused(home, seen):
    registry = Registry(home)
    champion, qualifier, _ = watched(registry, seen)
    found = report()
    assert found.refit is not None
    worse = found.refit.model_copy(update={"after": found.refit.before})
    for refit in (worse, None):
        none = found.model_copy(update={"refit": refit})
        done = recalibrate(registry, champion, qualifier, none)
        assert (done.code, done.exit_code) == (RecalibrationCode.NO_BETTER, 1)
    assert len(registry.versions(NAME)) == 1


MUTATIONS = (
    "create_model_version", "set_model_version_tag", "set_registered_model_alias",
    "set_registered_model_tag",
)  # fmt: skip


class KilledError(BaseException):
    """As sudden as kill -9."""


def killed_at(dying, count):
    """Die instead of the change to the registry that comes after so many."""
    done = [0]

    def deadly(method):
        def change(*arguments, **more):
            if done[0] == count:
                raise KilledError
            done[0] += 1
            return method(*arguments, **more)

        return change

    for name in MUTATIONS:
        dying.setattr(mlflow.MlflowClient, name, deadly(getattr(mlflow.MlflowClient, name)))


def test_interrupted_anywhere_somebody_answers_and_the_next_run_arrives(home, seen, monkeypatch):
    registry = Registry(home)
    case = watched(registry, seen)
    deaths = 0
    # at the version, at a tag, at the tag that makes it whole, at the alias, there again where the
    # version is found whole, and at the history, when it answers already
    for count in (0, 4, 8, 9, 0, 1):
        with monkeypatch.context() as dying:
            killed_at(dying, count)
            try:
                recalibrate(registry, *case)
            except KilledError:
                deaths += 1
        assert registry.fetch(registry.get(NAME)).exists()
        assert (registry.get(NAME).artifact == case[0].artifact) is (deaths < 6)
    assert deaths == 6
    assert len(registry.versions(NAME)) == 2
    assert registry.get(NAME).recalibrated is not None
    assert champions(registry, NAME) == ["1", registry.get(NAME).number]
    with pytest.raises(RegistryError, match="became the champion meanwhile"):
        recalibrate(registry, *case)


def test_a_provisional_champion_stays_provisional(home, seen):
    registry = Registry(home)
    registry.mark_provisional(registry.get(NAME), provisional=True)
    assert recalibrate(registry, *watched(registry, seen)).version == "2"
    assert registry.get(NAME).provisional
