"""The main job on real closed deals: train, review, score, serve, with the same numbers.

The data are public but not ours to ship (docs/data.md says where they come from); where they are
absent these tests are skipped, with that reason.
"""

import csv
import io
import json
import os
from datetime import date
from pathlib import Path

import pytest

from features import load_policy
from qualifox.cli import run
from training.intake import read_deals

ROOT = Path(__file__).parent.parent.parent
DATA = Path(os.environ.get("QUALIFOX_DATA", ROOT.parent / "shared" / "data"))
SETS = {
    "b2b_solutions": DATA / "bohanec_b2b" / "B2B_dataset.csv",
    "ibm_win_loss": DATA / "ibm_win_loss" / "sales_win_loss.csv.gz",
}
DEALS_OVER_HTTP = 500

pytestmark = pytest.mark.skipif(
    not all(file.exists() for file in SETS.values()),
    reason=f"the public data sets are not in {DATA} (see docs/data.md)",
)


def command(capsys, *arguments):
    assert run(list(arguments)) == 0
    return capsys.readouterr().out


def main_job(name, capsys, tmp_path, monkeypatch, serving, *options):
    """Return the training's summary, after checking that the file and the service agree."""
    monkeypatch.setenv("QUALIFOX_HOME", str(tmp_path))
    policy_file, file = ROOT / "examples" / name / "policy.yaml", str(SETS[name])
    trained = json.loads(
        command(capsys, "train", "--policy", str(policy_file), "--deals", file, "--json", *options)
    )
    review = json.loads(command(capsys, "review", "--json"))
    assert review["closed_deals"] == trained["closed_deals"]
    scored = list(csv.DictReader(io.StringIO(command(capsys, "score", "--deals", file))))
    policy = load_policy(policy_file)
    table = read_deals(Path(file), policy, as_of=date(2026, 1, 5), needs_outcome=False).table
    with serving(tmp_path) as client:
        for row in range(min(DEALS_OVER_HTTP, len(table))):
            status, answer = client.score(dict(table.deal(row).facts))
            assert status == 200
            assert answer["p_win"] == float(scored[row]["p_win"])
            assert answer["recommendation"] == scored[row]["recommendation"]
            assert answer["scorecard"]["points"] == float(scored[row]["points"])
    return trained, scored


def test_the_448_deals_with_qualification_answers(capsys, tmp_path, monkeypatch, serving):
    trained, _ = main_job("b2b_solutions", capsys, tmp_path, monkeypatch, serving)
    told = command(
        capsys, "train", "--policy", str(ROOT / "examples" / "b2b_solutions" / "policy.yaml"),
        "--deals", str(SETS["b2b_solutions"]),
    )  # fmt: skip
    for document in ("README.md", "docs/data.md"):
        shown = (ROOT / document).read_text(encoding="utf-8")
        assert told.replace("version 2", "version 1") in shown, document
    assert (trained["closed_deals"], trained["won"]) == (448, 227)
    assert trained["twins"] >= 83
    evaluation = trained["evaluation"]
    assert (evaluation["split"], evaluation["n_splits"]) == ("grouped", 20)
    assert evaluation["metrics"]["log_loss"] < evaluation["base_rate"]["log_loss"] - 0.1
    assert evaluation["splits_won"] >= 19
    assert 0.7 < evaluation["metrics"]["calibration_slope"] < 1.4
    assert trained["verdict"] == "promoted"


def test_the_78025_deals_of_a_wholesaler(capsys, tmp_path, monkeypatch, serving):
    trained, scored = main_job(
        "ibm_win_loss", capsys, tmp_path, monkeypatch, serving, "--splits", "1"
    )
    assert (trained["closed_deals"], trained["won"], len(scored)) == (78_025, 17_627, 78_025)
    assert "Sales Stage Change Count" in trained["left_out"]
    metrics, base = trained["evaluation"]["metrics"], trained["evaluation"]["base_rate"]
    assert metrics["log_loss"] < base["log_loss"] - 0.1
    assert metrics["auc"] > 0.8
    assert trained["verdict"] == "promoted"
