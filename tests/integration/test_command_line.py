"""Every command, as people call it, on the demo company."""

import csv
import io
import json
import os
from pathlib import Path

import pytest

from qualifox.cli import run
from training.trial import TRIAL

ROOT = Path(__file__).parent.parent.parent
POLICY = ROOT / "examples" / "demo_company" / "policy.yaml"


def test_training_promotes_a_model_that_beats_the_base_rate_and_says_so(
    new_home, demo_deals, capsys
):
    assert run(["train", "--policy", str(POLICY), "--deals", str(demo_deals), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["verdict"] == "promoted"
    assert told["evaluation"]["split"] == "time"
    assert told["evaluation"]["metrics"]["log_loss"] < told["evaluation"]["base_rate"]["log_loss"]
    assert not [p for p in ROOT.iterdir() if p.name in {"mlruns", "mlflow.db"}]


def test_training_says_what_it_found_in_french(new_home, demo_deals, capsys):
    arguments = ["train", "--policy", str(POLICY), "--deals", str(demo_deals), "--language", "fr"]
    assert run(arguments) == 0
    told = capsys.readouterr().out
    assert "affaires closes" in told
    assert "promu" in told


def test_score_prints_a_line_a_deal(home, demo_deals, capsys):
    assert run(["score", "--deals", str(demo_deals)]) == 0
    lines = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert len(lines) == 3000
    assert {line["recommendation"] for line in lines} <= {
        "go", "conditional_go", "find_out", "no_go",
    }  # fmt: skip
    assert all(0 < float(line["p_win"]) < 1 for line in lines)
    assert {line["evidence_level"] for line in lines} <= {"few", "enough", "plenty"}
    for line in lines:
        if line["p_no_decision"]:
            three = [float(line[name]) for name in ("p_win", "p_lost", "p_no_decision")]
            assert sum(three) == pytest.approx(1, abs=1e-12)


def test_score_as_json_has_the_whole_answers_and_the_same_numbers(
    home, demo_deals, capsys, tmp_path
):
    few = tmp_path / "few.csv"
    few.write_text("".join(demo_deals.read_text().splitlines(keepends=True)[:31]))
    assert run(["score", "--deals", str(few)]) == 0
    plain = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert run(["score", "--deals", str(few), "--json", "--language", "fr"]) == 0
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [answer["p_win"] for answer in answers] == [float(line["p_win"]) for line in plain]
    assert [a["recommendation"] for a in answers] == [line["recommendation"] for line in plain]
    assert all(answer["reasons"] for answer in answers)


def test_a_policy_alone_scores_without_a_model(new_home, demo_deals, capsys):
    assert run(["score", "--policy", str(POLICY), "--deals", str(demo_deals)]) == 0
    told = capsys.readouterr()
    lines = list(csv.DictReader(io.StringIO(told.out)))
    assert {(line["evidence_level"], line["comparable_deals"]) for line in lines} == {
        ("none", "0")
    }
    assert {line["p_lost"] for line in lines} == {line["comparable_low"] for line in lines} == {""}
    assert all(0 < float(line["p_win"]) < 1 for line in lines)
    assert "no deal has closed" in told.err
    assert not (new_home / "mlflow.db").exists()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_review_prints_a_table_and_writes_a_page(home, capsys, tmp_path, language):
    page = tmp_path / "review.html"
    assert run(["review", "--page", str(page), "--language", language]) == 0
    assert page.read_text(encoding="utf-8").count("<html") == 1
    assert capsys.readouterr().out.strip()


def test_review_as_json_has_a_row_for_each_criterion_and_knockout(home, capsys):
    from features import load_policy

    assert run(["review", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    policy = load_policy(POLICY)
    ids = [rule.id for rule in policy.criteria] + [rule.id for rule in policy.knockouts]
    assert [row["id"] for row in told["rules"]] == ids
    assert all(row["met"]["deals"] + row["not_met"]["deals"] > 0 for row in told["rules"])
    assert {row["name"] for row in told["unmentioned"]}.isdisjoint(policy.mentioned_fields())


def test_doctor_finds_everything_well_and_says_when_it_is_not(home, capsys, monkeypatch, tmp_path):
    assert run(["doctor", "--policy", str(POLICY)]) == 0
    assert "FAIL" not in capsys.readouterr().out
    monkeypatch.setenv("QUALIFOX_HOME", str(tmp_path / "empty"))
    assert run(["doctor", "--policy", str(tmp_path / "none.yaml"), "--json"]) == 1
    told = {check["check"]: check["ok"] for check in json.loads(capsys.readouterr().out)}
    assert (told["policy"], told["model"], told["numpy"]) == (False, False, True)


def test_mistakes_of_the_user_are_told_without_a_traceback(home, capsys, tmp_path, demo_deals):
    bad = tmp_path / "bad.yaml"
    bad.write_text("policy: bad\nfields: 3\n")
    wrong = {
        ("train", "--policy", str(bad), "--deals", str(demo_deals)): 2,
        ("train", "--policy", str(POLICY), "--deals", str(bad)): 2,
        ("train", "--policy", str(POLICY)): 2,
        ("train", "--policy", str(POLICY), "--deals", str(demo_deals), "--effort", "much"): 2,
        ("retrain", "--policy", str(POLICY), "--deals", str(demo_deals), "--effort", ""): 2,
        ("score", "--deals", str(tmp_path / "gone.csv")): 2,
        ("score", "--deals", str(demo_deals), "--model", "demo_compani"): 1,
        ("score", "--deals", str(demo_deals), "--as-of", "today"): 2,
        ("review", "--language", "de"): 2,
        ("serve", "--host", "0.0.0.0"): 2,
        ("nonsense",): 2,
    }
    for arguments, status in wrong.items():
        assert run(list(arguments)) == status, arguments
        told = capsys.readouterr()
        assert told.out == ""
        assert "Traceback" not in told.err
        assert told.err.strip()


def test_a_wrong_model_name_is_answered_with_the_nearest(home, demo_deals, capsys):
    run(["score", "--deals", str(demo_deals), "--model", "demo_compani"])
    assert "did you mean 'demo_company'?" in capsys.readouterr().err


def test_a_failed_training_leaves_nothing_in_the_registry(new_home, demo_deals, tmp_path, capsys):
    lines = demo_deals.read_text(encoding="utf-8").splitlines(keepends=True)
    no_outcome = tmp_path / "no_outcome.csv"
    no_outcome.write_text(lines[0].replace("outcome", "ending") + "".join(lines[1:]))
    few = tmp_path / "few.csv"
    few.write_text("".join(lines[:12]))
    for file, status in ((no_outcome, 2), (few, 1)):
        assert run(["train", "--policy", str(POLICY), "--deals", str(file)]) == status
    assert not new_home.exists()
    assert "outcome" in capsys.readouterr().err


def test_an_artifact_that_cannot_be_read_back_never_reaches_the_registry(
    new_home, demo_deals, monkeypatch, capsys
):
    monkeypatch.setattr("training.trial.TRIAL", TRIAL + "; raise SystemExit('broken')")
    assert run(["train", "--policy", str(POLICY), "--deals", str(demo_deals)]) == 1
    assert "broken" in capsys.readouterr().err
    assert not new_home.exists()


def test_a_home_that_cannot_be_used_is_told_without_a_traceback(tmp_path, monkeypatch, capsys):
    (tmp_path / "file").write_text("")
    damaged = tmp_path / "damaged"
    damaged.mkdir()
    (damaged / "mlflow.db").write_bytes(b"not a database" * 100)
    for place in (tmp_path / "file" / "home", damaged, tmp_path / "what?"):
        monkeypatch.setenv("QUALIFOX_HOME", str(place))
        assert run(["review"]) == 1
        assert "Traceback" not in capsys.readouterr().err
        assert run(["doctor"]) == 1
        assert "FAIL" in capsys.readouterr().out


def test_a_damaged_copy_of_the_champion_is_fetched_again(home, demo_deals, capsys):
    folder = next(place for place in (home / "served").iterdir() if place.is_dir())
    (folder / "numbers.json").write_text("{}")
    assert run(["doctor"]) == 0
    capsys.readouterr()


def test_two_trainings_at_once_both_arrive(tmp_path, demo_deals):
    import subprocess
    import sys

    command = [sys.executable, "-m", "qualifox", "train", "--policy", str(POLICY)]
    command += ["--deals", str(demo_deals), "--json"]
    environment = {**os.environ, "QUALIFOX_HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    running = [
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    told = [process.communicate() for process in running]
    assert [process.returncode for process in running] == [0, 0], told
    assert sorted(json.loads(out)["version"] for out, _ in told) == ["1", "2"]


def test_help_and_version(capsys):
    assert run(["--version"]) == 0
    assert run(["--help"]) == 0
    assert "train" in capsys.readouterr().out
