"""``qualifox policy show``, ``diff`` and ``schema``, as people call them."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from features.policy import load_policy
from features.policy.yaml_source import read_yaml
from qualifox import policy_pages
from qualifox.cli import run

ROOT = Path(__file__).parents[2]
MACHINES = ROOT / "tests" / "unit" / "reports" / "policy.yaml"
DEMO = ROOT / "examples" / "demo_company" / "policy.yaml"


@pytest.fixture
def mine(tmp_path):
    file = tmp_path / "ma politique.yaml"
    file.write_bytes(MACHINES.read_bytes())
    return file


def test_show_prints_the_page_in_each_language(capsys):
    assert run(["policy", "show", str(DEMO)]) == 0
    assert "Knockouts come first." in capsys.readouterr().out
    assert run(["policy", "show", str(DEMO), "--language", "fr"]) == 0
    assert "Nous refusons l'affaire" in capsys.readouterr().out


def test_show_as_json_holds_the_page_and_the_policy(capsys):
    assert run(["policy", "show", str(MACHINES), "--json", "--language", "fr"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["page"]["language"] == "fr"
    assert told["page"]["fingerprint"] == load_policy(MACHINES).fingerprint
    assert told["policy"]["policy"] == "machines"


def test_show_writes_the_page_and_nothing_else(capsys, tmp_path):
    page = tmp_path / "new folder" / "policy.html"
    assert run(["policy", "show", str(MACHINES), "--html", str(page)]) == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert str(page) in said.err
    assert page.read_text(encoding="utf-8").rstrip().endswith("</html>")
    assert [file.name for file in page.parent.iterdir()] == ["policy.html"]


def test_diff_of_a_policy_with_itself(capsys):
    assert run(["policy", "diff", str(DEMO), str(DEMO), "--exit-code"]) == 0
    assert capsys.readouterr().out.strip() == "The two policies are the same."


def test_diff_says_what_differs_and_fails_only_when_asked_to(capsys, mine):
    mine.write_text(
        MACHINES.read_text().replace("competitors: {above: 5}", "competitors: {above: 3}")
    )
    both = [str(MACHINES), str(mine)]
    assert run(["policy", "diff", *both]) == 0
    assert "Refuses more deals" in capsys.readouterr().out
    assert run(["policy", "diff", *both, "--exit-code", "--json", "--language", "fr"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["same"] is False
    assert told["groups"][0]["meaning"] == "refuses_more"


def test_schema_is_written_beside_the_file_which_names_it(mine, capsys):
    before = mine.read_bytes()
    mine.chmod(0o640)
    assert run(["policy", "schema", str(mine)]) == 0
    line, rest = mine.read_bytes().split(b"\n", 1)
    assert line == b"# yaml-language-server: $schema=./ma%20politique.schema.json"
    assert rest == before
    assert mine.stat().st_mode & 0o777 == 0o640
    schema = json.loads(mine.with_name("ma politique.schema.json").read_text(encoding="utf-8"))
    data: Any = read_yaml(mine.read_bytes(), "mine").data
    assert Draft7Validator(schema).is_valid(data)
    data["knockouts"][0]["when"] = {"helth": "distressed"}
    assert not Draft7Validator(schema).is_valid(data)
    assert load_policy(mine).fingerprint == load_policy(MACHINES).fingerprint
    files = {file.name: file.read_bytes() for file in mine.parent.iterdir()}
    assert len(files) == 2
    assert run(["policy", "schema", str(mine)]) == 0
    assert {file.name: file.read_bytes() for file in mine.parent.iterdir()} == files
    assert capsys.readouterr().out == ""


def test_a_policy_with_mistakes_still_gets_the_schema_of_any_policy(tmp_path, capsys):
    file = tmp_path / "policy.yaml"
    file.write_text("policy: a\nfieldz: {}\n")
    assert run(["policy", "schema", str(file)]) == 0
    assert "policy.yaml:2: there is no setting 'fieldz' here" in capsys.readouterr().err
    schema = json.loads((tmp_path / "policy.schema.json").read_text())
    assert not Draft7Validator(schema).is_valid({"policy": "a", "fieldz": {}})


@pytest.mark.parametrize("content", [None, b"\xff\xfe", b"- a list", b"a: [", b""])
def test_what_is_no_policy_is_left_alone(tmp_path, capsys, content):
    file = tmp_path / "policy.yaml"
    if content is not None:
        file.write_bytes(content)
    before = {one.name: one.read_bytes() for one in tmp_path.iterdir()}
    for command in (["schema", str(file)], ["show", str(file)], ["diff", str(DEMO), str(file)]):
        assert run(["policy", *command]) == 2
        said = capsys.readouterr()
        assert said.out == ""
        assert "error: " in said.err
        assert "Traceback" not in said.err
    assert {one.name: one.read_bytes() for one in tmp_path.iterdir()} == before


def test_a_file_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    file = tmp_path / "policy.yaml"
    file.write_bytes(b"mine")
    link = tmp_path / "link.yaml"
    link.symlink_to(file)

    def fails(*_arguments):
        raise OSError("disk full")

    with monkeypatch.context() as patched:
        patched.setattr("pathlib.Path.replace", fails)
        with pytest.raises(OSError, match="disk full"):
            policy_pages.write_whole(link, b"new")
    assert {one.name for one in tmp_path.iterdir()} == {"policy.yaml", "link.yaml"}
    assert file.read_bytes() == b"mine"
    policy_pages.write_whole(link, b"new")
    assert link.is_symlink()
    assert file.read_bytes() == b"new"
