"""Drafts of the four public sets: they load, read every row, and learn what there is to learn."""

import json
import os
from datetime import date
from pathlib import Path

import pytest

from features import load_policy
from features.lint import lint_policy
from qualifox.cli import run
from training.intake import read_deals

ROOT = Path(__file__).parent.parent.parent
DATA = Path(os.environ.get("QUALIFOX_DATA", ROOT.parent / "shared" / "data"))
SETS = {
    "bohanec": ("bohanec_b2b/B2B_dataset.csv", 448),
    "ibm": ("ibm_win_loss/sales_win_loss.csv.gz", 78_025),
    "maven": ("maven_crm/sales_pipeline.csv", 8_800),
    "x_education": ("x_education/Leads.csv", 9_240),
}
LEARNS = {"bohanec": True, "ibm": True, "maven": False, "x_education": True}
SLOW = "QUALIFOX_SLOW" in os.environ

pytestmark = pytest.mark.skipif(
    not all((DATA / file).exists() for file, _ in SETS.values()),
    reason=f"the public data sets are not in {DATA} (see docs/data.md)",
)


def drafted(name, place):
    file = place / "policy.yaml"
    assert run(["policy", "init", str(DATA / SETS[name][0]), "--out", str(file)]) == 0
    return file


def fields_of(name, place):
    return load_policy(drafted(name, place)).data["fields"]


@pytest.mark.parametrize("name", SETS)
def test_the_draft_reads_every_row(name, tmp_path):
    policy = load_policy(drafted(name, tmp_path))
    day = date(2026, 1, 5)
    deals = read_deals(DATA / SETS[name][0], policy, as_of=day, needs_outcome=True)
    assert len(deals.table) == SETS[name][1]
    found = lint_policy(policy, deals=deals.table, as_of=day)
    assert {one.severity for one in found} <= {"note"}


def test_the_traps_of_the_sets(tmp_path):
    bohanec = fields_of("bohanec", tmp_path)
    assert "Unknown" in bohanec["competitors"]["values"]  # bad news, not a blank
    assert bohanec["authority"]["values"] == ["Low", "Mid", "High"]
    assert bohanec["client"]["used_by_model"]  # Current, New, Past: no account
    (tmp_path / "policy.yaml").unlink()
    leads = fields_of("x_education", tmp_path)
    assert leads["specialization"]["unknown"] == ["Select"]
    assert not {"Tags", "Lead Quality"} & {field["column"] for field in leads.values()}


@pytest.mark.skipif(not SLOW, reason="minutes: set QUALIFOX_SLOW")
@pytest.mark.parametrize("name", SETS)
def test_a_model_of_the_draft_is_promoted_where_there_is_something_to_learn(
    name, tmp_path, monkeypatch, capsys
):
    monkeypatch.setenv("QUALIFOX_HOME", str(tmp_path / "home"))
    file, deals = drafted(name, tmp_path), str(DATA / SETS[name][0])
    capsys.readouterr()
    command = ["train", "--policy", str(file), "--deals", deals, "--json", "--splits", "1"]
    assert run(command) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["verdict"] == "promoted") is LEARNS[name]
