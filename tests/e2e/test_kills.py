"""Kills over HTTP, in a small form: `make kills` and `make hostile` do them in full.

Starting a real service many times takes minutes, so the whole runs only where QUALIFOX_HOSTILE is
set; what the judge is made of is tested always.
"""

import os
import subprocess
import sys
import time
from datetime import UTC, datetime

import pytest

from benchmarks.hostile.callers import Acknowledged
from benchmarks.hostile.degraded import PARTS
from benchmarks.hostile.kills import checked, kills
from benchmarks.hostile.memory import Memory, slope
from benchmarks.hostile.processes import is_alive, memory_kib, role, tree
from benchmarks.hostile.service import command, environment
from benchmarks.hostile.soak import soak
from qualifox import serve
from serving.champion.places import Places
from serving.decision_log.log import DecisionLog
from serving.decision_log.records import Asker
from serving.decision_log.settings import LogSettings
from tests.logged import ended
from tests.postgresql_server import programs

ROUNDS = int(os.environ.get("QUALIFOX_HOSTILE", "0"))
in_full = pytest.mark.skipif(not ROUNDS, reason="QUALIFOX_HOSTILE=4 runs it: minutes")


@in_full
@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_whatever_is_killed_what_was_acknowledged_is_there_once(tmp_path, database):
    if database == "postgresql" and programs() is None:
        pytest.skip("PostgreSQL is not installed")
    told = kills(tmp_path, rounds=ROUNDS, postgresql=database == "postgresql")
    assert told["holds"], told
    assert told["exit_status"] == 0


@in_full
def test_a_service_that_acknowledges_too_early_is_caught(tmp_path):
    """The negative control: answers that are sent before their records are safe."""
    assert kills(tmp_path, rounds=4, broken=True)["lost"] > 0


@in_full
@pytest.mark.parametrize("name", PARTS)
def test_what_keeps_working_while_something_is_away(tmp_path, name):
    if name == "disk-full" and os.geteuid():
        pytest.skip("only root may mount a small disk")
    told = PARTS[name](tmp_path / "home")
    assert told["holds"], told


@in_full
def test_a_short_soak_has_no_errors(tmp_path):
    told = soak(tmp_path / "home", minutes=0.3)
    assert not told["errors"]


def test_it_is_started_as_serve_starts_it(tmp_path, monkeypatch):
    monkeypatch.setenv("QUALIFOX_HOME", str(tmp_path))
    places = Places(tmp_path / "served" / "swapped.json")
    chosen = {"QUALIFOX_POINTER": str(places.pointer), "QUALIFOX_WORKERS": "2"}
    assert command(tmp_path, places.pointer, 3001) == serve._command("127.0.0.1", 3001, chosen)
    ours, theirs = environment(tmp_path, places.pointer, 2), serve._environment(chosen)
    assert {**theirs, "PYTHONPATH": ""} == {**ours, "PYTHONPATH": ""}


@pytest.fixture
def filled(tmp_path):
    """A log with three outcomes, each under its key, and what was acknowledged of them."""
    import asyncio

    url = f"sqlite:///{tmp_path}/decisions.db"
    log, told = DecisionLog.open(LogSettings(url=url)), []

    async def fill():
        for key in ("k1", "k2", "k3"):
            at = datetime.now(UTC)
            who = Asker(at=at, key_id="", idempotency_key=key, request_hash="h")
            written = await log.append(ended(key, who=who))
            told.append(Acknowledged("outcomes", key, written.id))

    asyncio.run(fill())
    log.close()
    return url, told


def test_a_lost_row_another_rows_id_and_a_stray_row_are_found(filled):
    url, told = filled
    whole = checked(url, told)
    assert (whole["rows"], whole["lost"], whole["never_acknowledged"]) == (3, 0, 0)
    assert checked(url, [*told, Acknowledged("outcomes", "k4", "0" * 32)])["lost"] == 1
    assert checked(url, [Acknowledged("outcomes", "k1", told[1].id)])["lost"] == 1
    assert checked(url, [Acknowledged("decisions", "k1", told[0].id)])["lost"] == 1
    assert checked(url, told[:2])["never_acknowledged"] == 1


def test_the_processes_of_a_service_are_found_and_told_apart():
    script = "import subprocess; subprocess.run(['sleep', '30'])"
    with subprocess.Popen([sys.executable, "-S", "-c", script]) as first:
        try:
            end = time.monotonic() + 10
            while len(tree(first.pid)) < 2 and time.monotonic() < end:
                time.sleep(0.02)
            found = tree(first.pid)
            assert sorted(words[0] for words in found.values()) == sorted(
                [sys.executable, "sleep"]
            )
            assert memory_kib(first.pid)["Pss_Anon"] > 0
        finally:
            for pid in tree(first.pid):
                os.kill(pid, 9)
    assert not is_alive(first.pid)
    assert memory_kib(first.pid) == {}
    assert tree(first.pid) == {}
    words = [["python", "-m", name] for name in ("qualifox.launch", "qualifox.following", "x")]
    assert [role(one) for one in words] == ["keeper", "follower", "other"]


def test_growth_is_told_from_a_step_and_from_scatter():
    grows = [(5.0 * n, 100 + 0.1 * n) for n in range(60)]
    steps = [(5.0 * n, 100.0 + (n > 40)) for n in range(60)]
    scatters = [(5.0 * n, 100.0 + n % 2) for n in range(60)]
    assert slope(grows)[0] == pytest.approx(72.0)
    assert slope(steps)[0] == 0.0
    assert abs(slope(scatters)[0]) < 5
    memory = Memory({"worker 1": [(at, 1024 * mib) for at, mib in grows]})
    assert memory.growth_mib(50, 250) == {"worker 1": 5.0}
    assert memory.now_mib() == {"worker 1": 105.9}
