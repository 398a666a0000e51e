"""The keeper starts a follower again that died, ever later, and ends with its parent."""

import os
import signal
import subprocess
import sys
import time

import pytest

from qualifox import launch
from qualifox.launch import keep, next_pause
from serving.champion.follower_note import follower_said
from serving.champion.places import Places


@pytest.fixture
def rests(monkeypatch):
    """The pauses, without waiting for them."""
    taken: list[float] = []
    monkeypatch.setattr(launch, "STEP_SECONDS", 0.01)
    monkeypatch.setattr(launch, "_rest", lambda seconds, *_: taken.append(seconds))
    return taken


def lives(place):
    return place.read_text(encoding="utf-8").count("x") if place.exists() else 0


def follower(place, then="raise SystemExit(1)"):
    script = f"open({str(place)!r}, 'a').write('x'); {then}"
    return [sys.executable, "-S", "-c", script]


def test_a_follower_that_dies_young_is_started_again_later_and_later(tmp_path, rests, capsys):
    place = tmp_path / "lives"
    keep(follower(place), 7, parent=lambda: 7 if len(rests) < 4 else 1)
    assert lives(place) == 4
    assert rests == [1.0, 2.0, 4.0, 8.0]
    assert "started again in 8 seconds" in capsys.readouterr().err


def test_one_that_lived_long_is_started_again_soon(tmp_path, rests, monkeypatch):
    monkeypatch.setattr(launch, "OLD_SECONDS", 0.0)
    keep(follower(tmp_path / "lives"), 7, parent=lambda: 7 if len(rests) < 3 else 1)
    assert rests == [1.0, 1.0, 1.0]


def test_one_that_cannot_be_started_is_tried_again(rests, capsys):
    keep(["/nowhere/at/all"], 7, parent=lambda: 7 if len(rests) < 2 else 1)
    assert rests == [1.0, 2.0]
    assert "cannot be started" in capsys.readouterr().err


def test_the_follower_ends_when_the_service_is_gone(tmp_path, rests):
    place = tmp_path / "lives"
    stays = follower(place, "import time; time.sleep(60)")
    began = time.monotonic()
    keep(stays, 7, parent=lambda: 1 if lives(place) else 7)
    assert time.monotonic() - began < 20
    assert not rests


def test_pauses_have_an_end():
    pause = 1.0
    for _ in range(20):
        pause = next_pause(pause)
    assert pause == launch.LONGEST_PAUSE_SECONDS


def test_a_pause_is_broken_off_when_the_service_is_gone():
    began = time.monotonic()
    launch._rest(60.0, os.getppid() + 1, os.getppid)
    assert time.monotonic() - began < 5


def test_a_real_follower_that_is_killed_comes_back_and_ends_with_its_service(tmp_path):
    places = Places(tmp_path / "served" / "shop.json")
    beside = [sys.executable, "-m", "qualifox.following", str(tmp_path), "shop", "300"]
    service = [sys.executable, "-S", "-c", "import time; time.sleep(60)"]
    command = [sys.executable, "-m", "qualifox.launch", *beside, "--", *service]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL, start_new_session=True) as running:
        try:
            first = waited(lambda: found(running.pid))
            assert waited(lambda: follower_said(places.follower))
            os.kill(first, signal.SIGKILL)
            second = waited(lambda: found(running.pid, but=first))
            assert second
            assert waited(lambda: follower_said(places.follower))
        finally:
            running.kill()
    assert waited(lambda: follower_said(places.follower) is None)


def found(service, but=None):
    """Return the process of the follower below the keeper."""
    for keeper in children(service):
        for pid in children(keeper):
            if pid != but:
                return pid
    return None


def children(parent):
    told = subprocess.run(
        ["pgrep", "-P", str(parent)], capture_output=True, text=True, check=False
    )
    return [int(line) for line in told.stdout.split()]


def waited(told, seconds=20.0):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if value := told():
            return value
        time.sleep(0.05)
    return None
