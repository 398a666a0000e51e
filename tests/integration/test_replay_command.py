"""``qualifox replay`` on files: what it prints, and only what was known at the time counts."""

import json
import os
from datetime import date
from pathlib import Path
from random import Random
from types import SimpleNamespace

import pytest

from features import load_policy
from features.errors import RegistryError
from models.artifact import save_artifact
from qualifox.home import be_quiet
from qualifox.replay import replay as run_replay
from tests.integration.conftest import ROOT
from training.closed_deals import closed_deals
from training.fit import fit_model
from training.intake import read_deals
from training.replay.report import replay

EXAMPLES = ROOT / "examples"
DATA = Path(os.environ.get("QUALIFOX_DATA", ROOT.parent / "shared" / "data"))
BOHANEC = DATA / "bohanec_b2b" / "B2B_dataset.csv"
DAY = date(2026, 1, 5)
POLICY = """
policy: known
title: {en: Known, fr: Connue}
deals:
  id: Id
  created_on: Created
  as_of: Qualified
  closed_on: Closed
  outcome: {column: Result, won: [Won], lost: [Lost]}
  history: {file: history.csv, as_of: qualification}
fields:
  amount: {type: number, column: Amount, min: 0}
  need: {type: category, column: Need, values: [none, vague, urgent]}
criteria:
  - {id: urgent, when: {need: urgent}, points: 10, label: {en: Urgent, fr: Urgent}}
knockouts:
  - {id: no_need, when: {need: none}, then: no_go, reason: {en: No need, fr: Aucun besoin}}
  - {id: small, when: {amount: {below: 20}}, then: no_go, reason: {en: Small, fr: Petite}}
economics:
  currency: EUR
  margin: {field: amount, times: 0.5}
  remaining_hours: 2
  cost_per_hour: 3
decision: {go_at: {p_win: 0.4, points: 0}}
"""
NEEDS = ("none", "vague", "urgent")


def a_file(place, *, future=0):
    """Write deals with their history; what came after a decision is drawn by ``future``."""
    past, later = Random(1), Random(future)
    deals = ["Id,Result,Created,Qualified,Closed,Amount,Need"]
    history = ["Id,OpportunityId,Field,OldValue,NewValue,CreatedDate"]
    for place_of in range(120):
        name, month = f"006{place_of:012}", 1 + place_of // 10
        days = [f"2024-{month:02}-{day:02}" for day in (1, 10, 20)]
        amount, need = past.choice([10, 50, 90]), past.choice(NEEDS)
        won = past.random() < 0.2 + 0.3 * (need == "urgent")
        now = later.choice([1, 500]), later.choice(NEEDS)
        deals.append(f"{name},{'Won' if won else 'Lost'},{','.join(days)},{now[0]},{now[1]}")
        changes = (
            ("Amount", 5, amount, days[0]),
            ("Need", "", need, days[0]),
            ("Amount", amount, now[0], days[2]),
            ("Need", need, now[1], days[2]),
        )
        for field, old, new, day in changes:
            history.append(f"{len(history)},{name},{field},{old},{new},{day}T10:00:00Z")
    place.mkdir(exist_ok=True)
    (place / "deals.csv").write_text("\n".join(deals) + "\n", encoding="utf-8")
    (place / "history.csv").write_text("\n".join(history) + "\n", encoding="utf-8")
    (place / "policy.yaml").write_text(POLICY, encoding="utf-8")
    return load_policy(place / "policy.yaml"), place / "deals.csv"


def replay_of(place, *, future, history=True):
    policy, file = a_file(place, future=future)
    if not history:
        text = POLICY.replace("  history: {file: history.csv, as_of: qualification}\n", "")
        (place / "policy.yaml").write_text(text, encoding="utf-8")
        policy = load_policy(place / "policy.yaml")
    on_file = read_deals(file, policy, as_of=DAY, needs_outcome=True)
    data = replay(on_file, policy, as_of=DAY).to_data()
    return json.loads(json.dumps(data).replace(str(place), ""))


def without_fingerprints(data):
    return {**data, "policy": {**data["policy"], "fingerprint": ""}}


def test_what_was_written_after_the_decision_never_matters(tmp_path):
    found = replay_of(tmp_path / "one", future=1)
    assert found["probability"]["method"] == "rolling_origin"
    assert found["policy"]["knockouts"][0]["fires"]["deals"] > 10
    other = replay_of(tmp_path / "other", future=2)
    assert without_fingerprints(other) == without_fingerprints(found)


def test_a_replay_of_what_is_on_file_now_would_be_caught(tmp_path):
    found = replay_of(tmp_path / "one", future=1, history=False)
    other = replay_of(tmp_path / "other", future=2, history=False)
    assert without_fingerprints(other) != without_fingerprints(found)


EQUIPMENT = EXAMPLES / "industrial_equipment"


def command(folder=EQUIPMENT, *, deals=None, as_of="2026-06-30", **options):
    """Run the command itself, as the command line calls it."""
    file = folder / "deals.csv" if deals is None else deals
    run_replay(policy=folder / "policy.yaml", deals=str(file), as_of=as_of, **options)


def test_the_command_prints_data_and_writes_a_page(tmp_path, capsys):
    page, against = tmp_path / "new" / "page.html", str(EQUIPMENT / "pieces_et_prestations.yaml")
    command(against=against, page=page, json=True)
    told = capsys.readouterr()
    data = json.loads(told.out)
    assert data["population"]["pursued"] == data["everything"]["deals"]["value"]
    cells = data["swap"]["cells"]
    assert sum(cell["deals"]["deals"] for cell in cells) == data["population"]["pursued"]
    assert "<html" in page.read_text(encoding="utf-8")
    assert "page:" in told.err


def test_the_command_speaks_both_languages(capsys):
    command(language="fr")
    assert "affaires poursuivies" in capsys.readouterr().out


def test_nobody_is_current_before_a_model_was_promoted(new_home):
    be_quiet()
    with pytest.raises(RegistryError):
        command(against="current")


def test_the_champions_policy_is_the_current_one(tmp_path, monkeypatch, capsys):
    """The registry has tests of its own; here it holds one model, learned in a moment."""
    policy = load_policy(EQUIPMENT / "policy.yaml")
    on_file = read_deals(EQUIPMENT / "deals.csv", policy, as_of=DAY, needs_outcome=True)
    folder = tmp_path / "artifact"
    save_artifact(fit_model(closed_deals(on_file, policy), policy, seed=0), policy, folder)
    registry = SimpleNamespace(fetch=lambda published: folder / published)
    monkeypatch.setattr("models.registry.Registry", lambda home: registry)
    monkeypatch.setattr("qualifox.replay.chosen_model", lambda registry, name: ".")
    command(against="current", json=True)
    data = json.loads(capsys.readouterr().out)
    assert data["policy"]["fingerprint"] == data["against"]["fingerprint"] == policy.fingerprint
    moved = [cell for cell in data["swap"]["cells"] if cell["before"] != cell["after"]]
    assert not any(cell["deals"]["deals"] for cell in moved)


@pytest.mark.skipif(not BOHANEC.exists(), reason="no public data sets (see docs/data.md)")
def test_on_real_deals_the_model_keeps_more_than_all_alike_and_less_than_the_best(capsys):
    command(EXAMPLES / "b2b_solutions", deals=BOHANEC, json=True)
    curves = json.loads(capsys.readouterr().out)["efficiency"]["curves"]
    half = {curve["order"]: curve["wins_by_deals"]["marks"][1] for curve in curves}
    assert half["pursue_all"]["value"] == pytest.approx(0.5)
    assert half["model"]["low"] > 0.6
    assert half["model"]["value"] == pytest.approx(0.75, abs=0.05)
    assert half["best_possible"]["value"] > half["model"]["high"]
