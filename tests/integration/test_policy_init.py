"""``qualifox policy init``: a policy from an export, that loads as it is and reads all of it."""

import contextlib
import json
import sqlite3
from datetime import date
from pathlib import Path

import pytest

from features import load_policy
from features.lint import lint_policy
from qualifox.cli import run
from training.intake import deals_of, read_deals
from training.policy_draft import draft_policy
from training.sources.location import read_source

ROOT = Path(__file__).parent.parent.parent
EXPORTS = [
    *sorted((ROOT / "tests" / "fixtures" / "crm").iterdir()),
    *sorted((ROOT / "examples").glob("*/deals.csv")),
]
DAY = date(2026, 1, 5)


def drafted(export, place, *options):
    file = place / "policy.yaml"
    assert run(["policy", "init", str(export), "--out", str(file), *options]) == 0
    return file


def test_there_are_twenty_exports():
    assert len(EXPORTS) == 20


@pytest.mark.parametrize("export", EXPORTS, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_the_draft_of_an_export_reads_it_whole(export):
    raw = read_source(export)
    policy = draft_policy(raw, name="draft", title="draft", as_of=DAY).policy
    deals = deals_of(raw, policy, as_of=DAY, needs_outcome=True)
    assert len(deals.raw) == len(raw)
    assert not deals.missing
    found = lint_policy(policy, deals=deals.table, as_of=DAY)
    assert {one.severity for one in found} <= {"note"}


def test_the_file_loads_as_it_is_and_the_next_commands_are_told(tmp_path, capsys):
    file = drafted(EXPORTS[-1], tmp_path)
    policy = load_policy(file)
    deals = read_deals(EXPORTS[-1], policy, as_of=DAY, needs_outcome=True)
    assert len(deals.table) == 123
    told = capsys.readouterr().err
    assert f"qualifox policy check {file} --deals {EXPORTS[-1]}" in told
    assert run(["policy", "check", str(file), "--deals", str(EXPORTS[-1]), "--strict"]) == 0


def test_a_recognised_crm_is_named_and_its_leaks_are_no_fields(tmp_path):
    file = drafted(ROOT / "tests" / "fixtures" / "crm" / "salesforce_api.csv", tmp_path)
    policy, text = load_policy(file), file.read_text(encoding="utf-8")
    assert policy.deals.preset == "salesforce"
    columns = {field.column for field in policy.fields.values()}
    assert not columns & {"StageName", "IsWon", "Probability", "Loss_Reason__c", "CloseDate"}
    assert "# - StageName: known only when the deal closes, or after" in text
    assert "# - StageName\u00a0: connu seulement à la clôture de l'affaire, ou après" in text


def test_the_schema_stands_beside_and_is_named_first(tmp_path):
    file = drafted(EXPORTS[-1], tmp_path)
    first = file.read_text(encoding="utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=./policy.schema.json"
    assert json.loads((tmp_path / "policy.schema.json").read_text(encoding="utf-8"))
    assert {one.name for one in tmp_path.iterdir()} == {"policy.yaml", "policy.schema.json"}


def test_remarks_in_one_language(tmp_path):
    french = drafted(EXPORTS[-1], tmp_path, "--language", "fr").read_text(encoding="utf-8")
    assert "Un brouillon" in french
    assert "A draft" not in french


def test_a_file_that_is_there_stays_unless_forced(tmp_path, capsys):
    file = tmp_path / "policy.yaml"
    file.write_text("mine", encoding="utf-8")
    assert run(["policy", "init", str(EXPORTS[-1]), "--out", str(file)]) == 2
    assert "--force" in capsys.readouterr().err
    assert file.read_text(encoding="utf-8") == "mine"
    assert load_policy(drafted(EXPORTS[-1], tmp_path, "--force")).name == "deals"


def test_a_folder_is_no_file(tmp_path, capsys):
    assert run(["policy", "init", str(EXPORTS[-1]), "--out", str(tmp_path), "--force"]) == 2
    assert "that is a folder" in capsys.readouterr().err


def test_a_database_with_its_query(tmp_path, capsys):
    place = tmp_path / "deals.db"
    with contextlib.closing(sqlite3.connect(place)) as database:
        database.execute("create table deals (status text, colour text)")
        rows = [("Won" if n % 3 else "Lost", "red" if n % 2 else "blue") for n in range(60)]
        database.executemany("insert into deals values (?, ?)", rows)
        database.commit()
    query = "select * from deals"
    file = drafted(f"sqlite:///{place}", tmp_path, "--query", query)
    assert set(load_policy(file).fields) == {"colour"}
    assert f"--query '{query}'" in capsys.readouterr().err


def test_nothing_is_written_where_nothing_can_be_drafted(tmp_path, capsys):
    export = tmp_path / "odd.csv"
    export.write_text("Colour,Size\nred,1\nblue,2\n", encoding="utf-8")
    assert run(["policy", "init", str(export), "--out", str(tmp_path / "policy.yaml")]) == 2
    told = capsys.readouterr().err
    assert "no column says which deals were won" in told
    assert "--outcome COLUMN" in told
    assert [one.name for one in tmp_path.iterdir()] == ["odd.csv"]


def test_an_outcome_that_is_not_there_is_told_with_the_nearest(tmp_path, capsys):
    arguments = ["policy", "init", str(EXPORTS[-1]), "--out", str(tmp_path / "policy.yaml")]
    assert run([*arguments, "--outcome", "reslt"]) == 2
    told = capsys.readouterr().err
    assert "there is no column 'reslt'" in told
    assert "result" in told


def test_what_was_drafted_as_json(tmp_path, capsys):
    drafted(EXPORTS[-1], tmp_path, "--json")
    told = json.loads(capsys.readouterr().out)
    assert (told["closed_deals"], told["won"]) == (82, 46)
    assert told["kept_out"]["result"] == "says how the deal ended"
    assert set(told["used_by_model"]) < set(told["fields"])
    assert told["unsure_outcomes"] == ["cancelled"]
