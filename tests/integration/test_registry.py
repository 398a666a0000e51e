"""What MLflow holds, loaded again by another process in another folder, gives the same bits."""

import json
from datetime import date
from pathlib import Path

import mlflow
import pytest

from features import RegistryError, load_policy
from models.artifact import load_artifact
from models.registry import Registry, _signature
from training.intake import read_deals
from training.run_record import DATA_FILE, DATA_PAGE, POLICY_FILE

ROOT = Path(__file__).parent.parent.parent
POLICY = ROOT / "examples" / "demo_company" / "policy.yaml"
NAME = "demo_company"

SCORE_THERE = """
import json, sys
from datetime import date
from pathlib import Path
from models.artifact import load_artifact
from training.intake import read_deals
qualifier = load_artifact(Path(sys.argv[1]))
policy, day = qualifier.policy, date(2026, 1, 5)
deals = read_deals(Path(sys.argv[2]), policy, as_of=day, needs_outcome=False)
print(json.dumps(list(qualifier.judge(deals.table).p_win)))
"""
PYFUNC_THERE = """
import json, sys, warnings
import mlflow, pandas as pd
mlflow.set_tracking_uri(sys.argv[1])
model = mlflow.pyfunc.load_model("models:/demo_company@champion")
print(json.dumps(list(model.predict(pd.read_json(sys.argv[2], dtype=False))["p_win"])))
"""


@pytest.fixture
def registry(home):
    return Registry(home)


@pytest.fixture
def local(registry, demo_deals):
    """The champion's folder, and its probabilities in this process."""
    folder = registry.fetch(registry.get(NAME))
    qualifier = load_artifact(folder)
    on_file = read_deals(demo_deals, qualifier.policy, as_of=date(2026, 1, 5), needs_outcome=False)
    p_win = qualifier.judge(on_file.table).p_win
    assert p_win is not None
    return folder, on_file.table, list(p_win)


def test_a_run_holds_parameters_metrics_fingerprints_and_the_review(registry):
    champion = registry.get(NAME)
    run = mlflow.MlflowClient(registry.uri).get_run(champion.run_id)
    assert run.data.metrics["held_out_log_loss"] < run.data.metrics["base_rate_log_loss"]
    assert run.data.params["split"] == "time"
    assert run.data.tags["qualifox.policy"] == load_policy(POLICY).fingerprint == champion.policy
    assert len(run.data.tags["qualifox.data"]) == 64
    for name in ("review/review.json", "review/review.en.html", "review/review.fr.html"):
        assert registry.run_file(champion, name)
    with pytest.raises(RegistryError):
        registry.run_file(champion, "review/none.json")


def test_runs_can_be_compared_by_what_was_set_and_what_was_chosen(registry):
    champion = registry.get(NAME)
    mlflow.set_tracking_uri(registry.uri)
    runs = mlflow.search_runs(experiment_names=[NAME])
    run = runs[runs.run_id == champion.run_id].iloc[0]
    assert run["params.effort"] == run["tags.qualifox.effort"] == champion.effort == "normal"
    assert int(run["params.columns"]) > int(run["params.criteria"]) > 0
    assert int(run["params.trees_rounds"]) >= 1
    assert int(run["params.trees_num_leaves"]) >= 2
    assert float(run["params.stack_logistic"]) + float(run["params.stack_trees"]) > 0
    assert sum(float(part.split(": ")[1]) for part in run["params.penalties"].split(", ")) == (
        pytest.approx(1.0, abs=0.01)
    )
    for name in ("seed", "split", "n_splits", "half_life_months", "points_slope", "as_of",
                 "evidence_level", "directions_given_up", "directions_kept"):  # fmt: skip
        assert run[f"params.{name}"]
    assert run["metrics.held_out_log_loss"] > 0
    assert "params.nothing_of_the_kind" not in runs


def test_a_run_holds_the_policy_and_the_report_on_its_data(registry):
    champion = registry.get(NAME)
    assert registry.run_file(champion, POLICY_FILE) == POLICY.read_text(encoding="utf-8")
    told = json.loads(registry.run_file(champion, DATA_FILE))
    run = mlflow.MlflowClient(registry.uri).get_run(champion.run_id)
    assert told["outcomes"]["won"] == int(run.data.params["won"])
    assert told["months"]
    page = registry.run_file(champion, DATA_PAGE)
    assert page.count("<html") == 1
    assert "http://" not in page.replace("http://www.w3.org", "")


def test_the_challenger_and_the_champion_are_aliases_of_versions(registry):
    assert registry.get(NAME, "challenger").number == registry.get(NAME).number
    with pytest.raises(RegistryError, match="no model 'nobody'"):
        registry.get("nobody")


def test_another_process_in_another_folder_gives_the_same_bits(local, elsewhere, demo_deals):
    folder, _, here = local
    assert json.loads(elsewhere(SCORE_THERE, folder, demo_deals)) == here


def test_the_pyfunc_of_the_champion_gives_the_same_bits_in_another_process(
    registry, local, elsewhere, tmp_path
):
    _, table, here = local
    frame = tmp_path / "facts.json"
    deals = [dict(table.deal(row).facts) for row in range(300)]
    names = sorted({name for facts in deals for name in facts})
    frame.write_text(json.dumps([{name: facts.get(name) for name in names} for facts in deals]))
    assert json.loads(elsewhere(PYFUNC_THERE, registry.uri, frame)) == here[:300]


def test_fetching_twice_gives_the_same_folder(registry):
    champion = registry.get(NAME)
    assert registry.fetch(champion) == registry.fetch(champion)


def test_the_signature_has_a_column_for_every_field_that_somebody_gives_and_for_the_day():
    policy = load_policy(ROOT / "examples" / "public_tenders" / "policy.yaml")
    columns = _signature(policy.fields).inputs.input_types_dict()
    assert set(columns) == {*policy.asked, "as_of"}
    assert str(columns["submission_on"]) == "DataType.datetime"
    assert str(columns["notes"]) == "DataType.string"
