"""``qualifox log migrate``: there and back, and what is no step is said."""

import pytest

from qualifox.cli import run


@pytest.fixture
def log(tmp_path, monkeypatch):
    monkeypatch.setenv("QUALIFOX_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("QUALIFOX_LOG", raising=False)
    return tmp_path / "home" / "decisions.db"


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
