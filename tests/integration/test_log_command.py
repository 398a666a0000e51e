"""``qualifox log``: its tables there and back, exports, and what is taken out of it."""

import asyncio
import json
from datetime import UTC, datetime, timedelta

import pyarrow.parquet as pq
import pytest

from qualifox.cli import run
from serving.decision_log.log import DecisionLog
from serving.decision_log.settings import LogSettings
from tests.logged import MOMENT, asker, decided, ended


@pytest.fixture
def log(tmp_path, monkeypatch):
    monkeypatch.setenv("QUALIFOX_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("QUALIFOX_LOG", raising=False)
    return tmp_path / "home" / "decisions.db"


@pytest.fixture
def filled(log):
    """Return the ids of a decision in March, one in April, and one that is a second old."""
    opened = DecisionLog.open(LogSettings(url=f"sqlite:///{log}"))
    moments = MOMENT, MOMENT + timedelta(days=31), datetime.now(UTC)
    records = [decided(f"D-{n}", who=asker(at=at)) for n, at in enumerate(moments)]
    for record in (*records, ended("D-0")):
        asyncio.run(opened.append(record))
    opened.close()
    return [record.id for record in records]


def counts(capsys, *arguments):
    assert run(["log", *arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_the_tables_are_made_taken_away_and_made_again(log, capsys):
    assert run(["log", "migrate"]) == 0
    assert log.exists()
    newest = capsys.readouterr().out.strip().rpartition(" ")[2]
    assert run(["log", "migrate", "--to", "base"]) == 0
    assert capsys.readouterr().out.strip() == f"{newest} -> no log"
    assert run(["log", "migrate"]) == 0
    assert capsys.readouterr().out.strip() == f"no log -> {newest}"


def test_a_step_that_is_none_is_said(log, capsys):
    assert run(["log", "migrate", "--to", "nowhere"]) != 0
    assert "error:" in capsys.readouterr().err


def test_an_export_has_a_file_for_each_table_and_leaves_out_what_is_on_its_way(
    filled, tmp_path, capsys
):
    to = tmp_path / "out"
    said = counts(capsys, "export", "--to", str(to))
    assert said == {"decisions": 2, "outcomes": 1, "overrides": 0, "shadows": 0}
    assert {place.name for place in to.iterdir()} == {f"{name}.parquet" for name in said}
    assert pq.read_table(to / "decisions.parquet")["id"].to_pylist() == filled[:2]
    days = ["--since", "2026-03-02", "--until", "2026-04-02"]
    assert counts(capsys, "export", "--to", str(to), *days)["decisions"] == 1
    assert pq.read_table(to / "decisions.parquet")["id"].to_pylist() == filled[:1]
    assert counts(capsys, "export", "--to", str(to), "--until", "2999-01-01")["decisions"] == 2


def test_a_decision_is_shown_as_it_was_logged(filled, capsys):
    assert run(["log", "show", filled[0]]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["id"], told["deal"], told["answer"]["deal"]) == (filled[0], "D-0", "D-0")
    assert run(["log", "show", "nothing"]) == 2
    assert "is not in the log" in capsys.readouterr().err


def test_pruning_looks_first_and_then_deletes(filled, capsys):
    prune = ["prune", "--before", "2026-04-01"]
    wanted = {"decisions": 1, "shadows": 0}
    assert counts(capsys, *prune, "--only-look") == wanted
    assert counts(capsys, *prune) == wanted
    assert counts(capsys, *prune) == {"decisions": 0, "shadows": 0}
    assert run(["log", "show", filled[0]]) == 2
    assert run(["log", "show", filled[1]]) == 0
    capsys.readouterr()
    assert counts(capsys, *prune, "--everything")["outcomes"] == 1


@pytest.mark.parametrize("who", [["--deal", "D-0"], ["--person", "référence"]])
def test_erasing_looks_first_and_then_empties(filled, capsys, who):
    erase = ["erase", *who, "--why", "asked by letter"]
    looked = counts(capsys, *erase, "--only-look")
    assert looked["decisions"] == (1 if "--deal" in who else 3)
    assert counts(capsys, *erase) == looked
    assert counts(capsys, *erase)["decisions"] == 0
    assert run(["log", "show", filled[0]]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["facts"], told["erased"]["why"]) == (None, "asked by letter")


def test_counts_are_said_in_a_table(filled, capsys):
    assert run(["log", "prune", "--before", "2026-04-01", "--only-look"]) == 0
    said = capsys.readouterr()
    assert said.out.split() == ["decisions", "1", "shadows", "0"]
    assert "would be deleted" in said.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["export"],
        ["export", "--to", "out", "--since", "yesterday"],
        ["prune", "--before", "2026-02-30"],
        ["erase", "--why", "w"],
        ["erase", "--why", "w", "--deal", "D", "--person", "Zoé"],
        ["erase", "--why", " ", "--deal", "D"],
        ["erase", "--why", "w", "--person", "Z"],
    ],
)
def test_what_cannot_be_meant_is_refused_and_nothing_is_touched(filled, capsys, arguments):
    assert run(["log", *arguments]) == 2
    assert "error:" in capsys.readouterr().err
    assert run(["log", "show", filled[0]]) == 0
    assert json.loads(capsys.readouterr().out)["erased"] is None


@pytest.mark.parametrize("command", [["show", "x"], ["prune", "--before", "2026-01-01"]])
def test_a_log_that_is_not_there_is_said_and_not_made(log, capsys, command):
    assert run(["log", *command]) == 1
    assert "there is no decision log" in capsys.readouterr().err
    assert not log.exists()
