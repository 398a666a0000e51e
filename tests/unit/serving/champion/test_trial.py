"""A trial is a process: what kills it is bad, and what only stops it says nothing."""

import signal
import subprocess
import sys
import threading
import time

import pytest

from benchmarks.swaps.versions import damaged
from serving.champion.__main__ import BAD, NO_VERDICT, main
from serving.champion.trial import hold_trial, read_trial


def test_a_sound_version_passes_and_says_what_it_answered(made):
    found = hold_trial(made[0].folder, made[0].version)
    assert (found.outcome, found.reason) == ("sound", "")
    assert len(found.golden) == 24
    assert found.policy


def test_trees_that_would_kill_lightgbm_are_refused(versions):
    bad = damaged(versions[0], "truncated trees", 1)
    found = hold_trial(bad.folder, bad.version)
    assert found.outcome == "bad"
    assert "not whole" in found.reason


def test_what_kills_whoever_loads_it_kills_the_trial_and_not_us(versions, monkeypatch):
    real = subprocess.run
    dying = "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)"

    def run(command, **options):
        return real([command[0], "-c", dying], **options)

    monkeypatch.setattr(subprocess, "run", run)
    found = hold_trial(versions[0].folder, versions[0].version)
    assert found.outcome == "bad"
    assert "killed the process" in found.reason


@pytest.mark.parametrize("damage", ["one digit", "wrong hash", "missing file"])
def test_other_damage_is_found_before_anything_is_parsed(versions, damage, monkeypatch):
    bad = damaged(versions[0], damage, 2)
    monkeypatch.setattr(subprocess, "run", None)  # would fail
    assert hold_trial(bad.folder, bad.version).outcome == "bad"


def test_a_trial_that_is_told_to_stop_says_nothing(made, monkeypatch):
    started = time.monotonic()

    def run(command, **options):
        options.pop("timeout")
        with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as child:
            threading.Timer(0.2, child.send_signal, [signal.SIGTERM]).start()
            return subprocess.CompletedProcess(command, child.wait(), b"", b"")

    monkeypatch.setattr(subprocess, "run", run)
    assert hold_trial(made[0].folder, made[0].version).outcome == "interrupted"
    assert time.monotonic() - started < 30


def test_a_trial_that_does_not_end_is_undecided(made):
    found = hold_trial(made[0].folder, made[0].version, longest_seconds=0.05)
    assert found.outcome == "undecided"


@pytest.mark.parametrize(
    ("status", "output", "outcome"),
    [
        (0, b'noise\n{"golden": [0.5, null], "policy": "p"}\n', "sound"),
        (0, b"", "bad"),
        (0, b'{"golden": 3}', "bad"),
        (0, b"[]", "bad"),
        (1, b"", "bad"),
        (BAD, b"", "bad"),
        (NO_VERDICT, b"", "undecided"),
        (-signal.SIGSEGV, b"", "bad"),
        (-signal.SIGABRT, b"", "bad"),
        (-signal.SIGTERM, b"", "interrupted"),
        (-signal.SIGINT, b"", "interrupted"),
        (-signal.SIGKILL, b"", "undecided"),
        (-250, b"", "bad"),
    ],
)
def test_the_end_of_the_process_is_the_verdict(status, output, outcome):
    found = read_trial(status, output, b"first\nlast words\n")
    assert found.outcome == outcome
    assert (found.reason == "") == (outcome == "sound")


def test_the_trial_itself_tells_good_from_bad_and_from_a_machine_at_fault(
    made, monkeypatch, capsys
):
    from serving.champion import __main__ as own

    assert main(made[0].folder, made[0].version) == 0
    assert main(made[0].folder, made[1].version) == BAD

    def fails(folder):
        raise MemoryError

    monkeypatch.setattr(own, "load_artifact", fails)
    assert main(made[0].folder, made[0].version) == NO_VERDICT

    def breaks(folder):
        raise ZeroDivisionError

    monkeypatch.setattr(own, "load_artifact", breaks)
    assert main(made[0].folder, made[0].version) == BAD
    assert "MemoryError" in capsys.readouterr().err
