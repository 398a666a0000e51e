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
DEALS_OVER_HTTP = 448

pytestmark = pytest.mark.skipif(
    not all(file.exists() for file in SETS.values()),
    reason=f"the public data sets are not in {DATA} (see docs/data.md)",
)


def command(capsys, *arguments):
    assert run(list(arguments)) == 0
    return capsys.readouterr().out


def main_job(name, capsys, tmp_path, monkeypatch, serving, *options):
    """Train, review, score and serve; check that file and service agree; return what was told."""
    monkeypatch.setenv("QUALIFOX_HOME", str(tmp_path))
    policy_file, file = ROOT / "examples" / name / "policy.yaml", str(SETS[name])
    told = command(
        capsys, "train", "--policy", str(policy_file), "--deals", file, *options
    )  # fmt: skip
    review = json.loads(command(capsys, "review", "--json"))
    scored = list(csv.DictReader(io.StringIO(command(capsys, "score", "--deals", file))))
    assert len(scored) == review["closed_deals"]
    policy = load_policy(policy_file)
    table = read_deals(Path(file), policy, as_of=date(2026, 1, 5), needs_outcome=False).table
    with serving(tmp_path) as client:
        for row in range(min(DEALS_OVER_HTTP, len(table))):
            status, answer = client.score(dict(table.deal(row).facts))
            assert status == 200
            assert answer["p_win"] == float(scored[row]["p_win"])
            assert answer["recommendation"] == scored[row]["recommendation"]
            assert answer["scorecard"]["points"] == float(scored[row]["points"])
    return told, review


def test_the_448_deals_with_qualification_answers(capsys, tmp_path, monkeypatch, serving):
    told, review = main_job("b2b_solutions", capsys, tmp_path, monkeypatch, serving)
    assert (review["closed_deals"], review["won"]) == (448, 227)
    assert review["twins"] >= 83
    evaluation = review["evaluation"]
    assert (evaluation["split"], evaluation["n_splits"]) == ("grouped", 20)
    assert evaluation["metrics"]["log_loss"] < evaluation["base_rate"]["log_loss"] - 0.1
    assert evaluation["splits_won"] >= 19
    assert 0.7 < evaluation["metrics"]["calibration_slope"] < 1.4
    for document in ("README.md", "docs/data.md"):
        assert told in (ROOT / document).read_text(encoding="utf-8"), document


def test_the_78025_deals_of_a_wholesaler(capsys, tmp_path, monkeypatch, serving):
    told, review = main_job(
        "ibm_win_loss", capsys, tmp_path, monkeypatch, serving, "--splits", "1"
    )  # fmt: skip
    assert (review["closed_deals"], review["won"]) == (78_025, 17_627)
    assert "Sales Stage Change Count" in review["left_out"]
    metrics, base = review["evaluation"]["metrics"], review["evaluation"]["base_rate"]
    assert metrics["log_loss"] < base["log_loss"] - 0.1
    assert metrics["auc"] > 0.8
    assert "promoted" in told
    assert "not promoted" not in told
