"""``qualifox policy check`` and ``qualifox explain``, as people call them."""

import json
from pathlib import Path

import pytest

from qualifox.cli import run

EXAMPLES = Path(__file__).parents[2] / "examples"
DEMO = EXAMPLES / "demo_company" / "policy.yaml"

FLAWED = """\
policy: flawed
title: {en: "Flawed", fr: "Défaillante"}
deals: {outcome: {column: Status, won: [Won], lost: [Lost]}}
fields:
  amount: {type: number, min: 0, label: {en: "Amount", fr: "Montant"}}
  need: {type: category, label: {en: "Need", fr: "Besoin"}}
knockouts:
  - id: dead
    when: {amount: {below: 0}}
    then: no_go
    reason: {en: "Below zero", fr: "Sous zéro"}
    owner: head of sales
decision: {go_at: {p_win: 0.3}}
"""
DEAD = "    when: {amount: {below: 0}}\n"


@pytest.fixture
def flawed(tmp_path):
    def write(text=FLAWED):
        path = tmp_path / "policy.yaml"
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write


def test_an_error_fails_the_check_at_its_line(flawed, capsys):
    path = flawed()
    assert run(["policy", "check", path]) == 1
    told = capsys.readouterr()
    assert f"{path}:9: error NEVER_HOLDS: the knockout 'dead' can hold for no deal" in told.out
    assert "\n  hint: " in told.out
    assert "1 error" in told.err
    assert "qualifox explain NEVER_HOLDS" in told.err


def test_warnings_fail_the_check_only_when_strict(flawed, capsys):
    path = flawed(FLAWED.replace("below: 0", "below: 9").replace("    owner: head of sales\n", ""))
    assert run(["policy", "check", path]) == 0
    assert "warning OWNER_MISSING" in capsys.readouterr().out
    assert run(["policy", "check", path, "--strict"]) == 1


def test_notes_never_fail_the_check(capsys):
    assert run(["policy", "check", str(DEMO), "--strict"]) == 0
    told = capsys.readouterr()
    assert " note " in told.out
    assert "error" not in told.out


def test_nothing_found_is_said(flawed, capsys):
    text = FLAWED.replace(FLAWED[FLAWED.index("knockouts") : FLAWED.index("decision")], "")
    assert run(["policy", "check", flawed(text), "--strict"]) == 0
    told = capsys.readouterr()
    assert told.out == ""
    assert "nothing found" in told.err


def test_as_json_every_finding_has_its_code_and_place(flawed, capsys):
    path = flawed()
    assert run(["policy", "check", path, "--json", "--language", "fr"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["errors"] == 1
    (dead,) = [one for one in told["findings"] if one["severity"] == "error"]
    assert dead["where"] == f"{path}:9"
    assert (
        dead["what"] == "le critère éliminatoire «\xa0dead\xa0» ne peut valoir pour aucune affaire"
    )


def test_past_deals_are_held_against_the_rules(flawed, tmp_path, capsys):
    deals = tmp_path / "deals.csv"
    deals.write_text("amount,need\n" + "5,clear\n9,unclear\n" * 10, encoding="utf-8")
    path = flawed(FLAWED.replace("{amount: {below: 0}}", "{amount: {above: 900}, need: clear}"))
    assert run(["policy", "check", path, "--deals", str(deals), "--strict"]) == 1
    told = capsys.readouterr().out
    assert f"{path}:9: warning BEYOND_OBSERVED_RANGE" in told
    assert f"{path}:9: warning MET_BY_NO_DEAL" in told


def test_the_day_of_the_check_is_an_option(flawed, capsys):
    path = flawed(FLAWED.replace(DEAD, "    when: {amount: {below: 9}}\n"
                                       "    in_effect: {until: 2026-06-30}\n"))  # fmt: skip
    assert run(["policy", "check", path, "--as-of", "2026-06-30", "--strict"]) == 0
    capsys.readouterr()
    assert run(["policy", "check", path, "--as-of", "2026-07-01", "--strict"]) == 1
    assert "NO_LONGER_IN_EFFECT" in capsys.readouterr().out


def test_a_policy_that_does_not_load_is_wrong_use(flawed, capsys):
    path = flawed(FLAWED.replace("type: number", "type: numbr").replace("then: no_go", "then: no"))
    assert run(["policy", "check", path, "--json"]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert f"{path}:5: there is no type 'numbr'" in told.err
    assert f"{path}:10:" in told.err


def test_a_missing_file_or_command_is_wrong_use(capsys, tmp_path):
    assert run(["policy", "check", str(tmp_path / "none.yaml")]) == 2
    assert run(["policy"]) == 2
    assert "hint: qualifox policy --help" in capsys.readouterr().err


def test_a_code_is_explained_in_both_languages(capsys):
    assert run(["explain", "shadowed"]) == 0
    assert "Why it matters" in capsys.readouterr().out
    assert run(["explain", "SHADOWED", "--language", "fr"]) == 0
    assert "Pourquoi c'est important" in capsys.readouterr().out
    assert run(["explain", "SHADOWED", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["severity"] == "warning"


def test_without_a_code_all_are_listed(capsys):
    from features.lint import EXPLANATIONS

    assert run(["explain"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == list(EXPLANATIONS)
    assert run(["explain", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)) == len(EXPLANATIONS)


def test_an_unknown_code_gets_a_hint(capsys):
    assert run(["explain", "SHADOW"]) == 2
    assert "did you mean 'SHADOWED'?" in capsys.readouterr().err
