"""From the decision log to a model and its track record, by the command line."""

import json
import os
import sqlite3
from contextlib import closing
from datetime import date

import numpy as np
import pytest

from features import load_policy
from models.qualifier import Qualifier
from qualifox.cli import run
from simulation import MarketSettings, simulate, write_deals
from tests.integration.conftest import DEMO_POLICY
from tests.logged_market import keep_market
from training.intake import read_deals

TODAY = date(2026, 1, 5)
POLICY = ["--policy", str(DEMO_POLICY)]


@pytest.fixture(scope="module")
def market(tmp_path_factory):
    """Return a home whose log has a market, that market's file, and the same as it was read."""
    place = tmp_path_factory.mktemp("logged")
    deals, policy = place / "crm.csv", load_policy(DEMO_POLICY)
    write_deals(simulate(MarketSettings(n_deals=300, seed=1)), deals)
    on_file = read_deals(deals, policy, as_of=TODAY, needs_outcome=True)
    keep_market(place / "home", on_file, Qualifier(policy))
    return place / "home", deals, on_file


@pytest.fixture
def home(market, monkeypatch):
    monkeypatch.setenv("QUALIFOX_HOME", str(market[0]))
    monkeypatch.delenv("QUALIFOX_LOG", raising=False)
    return market[0]


def by_id(on_file):
    return {
        deal: (dict(on_file.table.deal(row).facts), on_file.outcomes[row], on_file.closed_on[row],
               on_file.table.as_of[row], on_file.hours_spent[row])
        for row, deal in enumerate(on_file.table.ids)
    }  # fmt: skip


def test_the_log_s_file_says_what_the_crm_s_file_says(home, market, tmp_path, capsys):
    place = tmp_path / "out.csv"
    assert run(["log", "deals", *POLICY, "--to", str(place), "--json"]) == 0
    said = capsys.readouterr()
    found = read_deals(place, load_policy(DEMO_POLICY), as_of=TODAY, needs_outcome=True)
    theirs = {deal: told for deal, told in by_id(market[2]).items() if told[1] != "open"}
    ours = by_id(found)
    assert ours.keys() == theirs.keys()
    for deal, told in theirs.items():
        assert ours[deal][:4] == told[:4]
        assert ours[deal][4] == pytest.approx(told[4], nan_ok=True)
    told = json.loads(said.out)
    assert (told["rows"], told["deals"], told["misfits"]) == (len(theirs), len(theirs), 0)
    assert "deals from the decision log" in said.err


def test_a_log_that_is_not_there_and_wrong_use_are_told(home, tmp_path, monkeypatch, capsys):
    words = ["log", "deals", *POLICY, "--to", str(tmp_path / "x.csv")]
    assert run([*words, "--facts", "second"]) == 2
    assert run(["retrain", *POLICY]) == 2
    assert run(["monitor", *POLICY]) == 2
    assert run(["log", "shadow", "--since", "soon"]) == 2
    assert run(["log", "shadow", "--deals", "x.csv"]) == 2
    told = capsys.readouterr().err
    assert "no deals are given" in told
    assert "one of: first, last" in told
    with closing(sqlite3.connect(home / "decisions.db")) as damaged:
        damaged.execute("ALTER TABLE shadows RENAME TO elsewhere")
        assert run(["log", "shadow"]) == 1
        damaged.execute("ALTER TABLE elsewhere RENAME TO shadows")
    assert "the decision log cannot be read: OperationalError" in capsys.readouterr().err
    assert run(["log", "shadow"]) == 0
    assert "no challenger has been in the shadow yet" in capsys.readouterr().out
    monkeypatch.setenv("QUALIFOX_HOME", str(tmp_path / "empty"))
    assert run(words) == 1
    assert "there is no decision log yet" in capsys.readouterr().err
    assert not (tmp_path / "empty").exists()


def test_retraining_is_handed_the_log_alone_or_beside_a_file(home, market, monkeypatch, capsys):
    handed = []

    def learn(policy, source, *args, **more):
        handed.append(source)
        raise ValueError("that is all this test wants to know")

    monkeypatch.setattr("training.retrain.retrain", learn)
    for more in (["--from-log"], ["--from-log", "--deals", str(market[1])], ["--facts", "last"]):
        words = ["--deals", str(market[1]), *more] if "last" in more else more
        with pytest.raises(ValueError, match="all this test"):
            run(["retrain", *POLICY, *words])
    alone, joined, file = handed
    assert len(alone) < len(joined) == 300
    assert file == str(market[1])
    assert "also in the file" in capsys.readouterr().err


@pytest.mark.skipif("QUALIFOX_LEARNING" not in os.environ, reason="half a minute: make learning")
def test_the_whole_way_by_night(tmp_path, monkeypatch, capsys):
    """Learned from the log, promoted; the same log again does nothing; a new outcome does."""
    monkeypatch.setenv("QUALIFOX_HOME", str(tmp_path / "home"))
    deals, policy = tmp_path / "crm.csv", load_policy(DEMO_POLICY)
    write_deals(simulate(MarketSettings(n_deals=500, seed=1)), deals)
    on_file = read_deals(deals, policy, as_of=TODAY, needs_outcome=True)
    days = on_file.table.as_of
    older = on_file.take(np.flatnonzero(days < days[400]))
    keep_market(tmp_path / "home", older, Qualifier(policy))
    night = ["retrain", *POLICY, "--from-log", "--effort", "quick", "--json"]

    def learned():
        capsys.readouterr()
        assert run([*night, "--as-of", str(TODAY)]) in {0, 1}
        return json.loads(capsys.readouterr().out)

    first, again = learned(), learned()
    assert (first["trained"], again["trained"]) == (True, False)
    assert first["promotion"]["verdict"] == "promoted"
    keep_market(tmp_path / "home", on_file.take(np.arange(420, 500)), Qualifier(policy))
    more = learned()
    assert more["trained"]
    assert more["closed_deals"] > first["closed_deals"]
