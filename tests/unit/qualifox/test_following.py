"""The follower looks when there is reason to, ends with its service, and survives a bad look."""

import os
import signal
import subprocess
import sys
import time

import pytest

from qualifox.follow import duration
from qualifox.following import LONGEST_REST_SECONDS, STEP_SECONDS, Wish, run_look
from qualifox.launch import split
from serving.champion.follower_note import follower_said
from serving.champion.places import Places
from serving.champion.succession import ring


@pytest.fixture
def wish(tmp_path):
    registry = tmp_path / "mlflow.db"
    registry.write_bytes(b"1")
    return Wish(registry, tmp_path / "shop.bell", every=10.0)


def steps_until_due(wish, most=LONGEST_REST_SECONDS * 4):
    steps = 1
    while not wish.is_due():
        steps += 1
        assert steps * STEP_SECONDS < most
    return steps * STEP_SECONDS


def test_the_first_look_is_at_once_and_the_next_when_the_registry_changes(wish):
    assert wish.is_due()
    assert not wish.looks_now()
    wish.looked(well=True)
    for _ in range(100):
        assert not wish.is_due()
    wish.registry.write_bytes(b"22")
    assert wish.is_due()


def test_without_any_change_it_looks_now_and_then(wish):
    wish.looks_now()
    assert steps_until_due(wish) == LONGEST_REST_SECONDS


def test_a_change_waits_for_the_next_turn(wish):
    wish.looks_now()
    wish.registry.write_bytes(b"22")
    assert steps_until_due(wish) == 10.0


def test_a_change_during_a_look_is_not_lost(wish):
    wish.looks_now()
    wish.registry.write_bytes(b"22")  # after the note of what there is, while it looks
    wish.looked(well=True)
    assert steps_until_due(wish) == 10.0


def test_the_bell_is_answered_at_once_and_only_once(wish):
    wish.looks_now()
    wish.bell.write_bytes(b"!")
    assert wish.is_due()
    assert wish.looks_now()
    assert not wish.is_due()


def test_a_bell_from_before_the_start_asks_for_nothing(wish):
    wish.bell.write_bytes(b"!")
    assert wish.is_due()
    assert not wish.looks_now()


def test_looks_that_fail_come_less_and_less_often(wish):
    rests = []
    for _ in range(8):
        wish.looks_now()
        wish.looked(well=False)
        rests.append(steps_until_due(wish))
    assert rests[:3] == [20.0, 40.0, 80.0]
    assert rests[-1] == LONGEST_REST_SECONDS
    wish.looks_now()
    wish.looked(well=True)
    assert wish.failures == 0


def test_a_registry_that_went_away_is_a_change(wish):
    wish.looks_now()
    wish.registry.unlink()
    assert steps_until_due(wish) == 10.0


@pytest.mark.parametrize("text", ["", "10", "s", "0s", "-1s", "1.5s", "10 s", "1d", "9999999s"])
def test_what_is_no_duration_is_refused(text):
    from features.errors import InputError

    with pytest.raises(InputError, match="duration"):
        duration(text)


def test_a_service_by_itself_has_no_follower():
    assert split(["a", "--b"]) == ([], ["a", "--b"])
    assert split(["f", "--", "s", "--", "t"]) == (["f"], ["s", "--", "t"])


def test_a_look_tells_its_last_line_and_whether_it_went_well(tmp_path, monkeypatch):
    fake = tmp_path / "fake"
    said = "import sys; print('talk'); print('error: down'); print('  hint: x'); sys.exit(1)"
    fake.write_text(f'#!/bin/sh\nexec {sys.executable} -c "{said}"\n', encoding="utf-8")
    fake.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(fake))
    assert run_look(tmp_path, "shop", os.getppid(), anew=False) == (False, "error: down")


def test_a_look_is_given_up_when_the_service_is_gone(tmp_path, monkeypatch):
    fake = tmp_path / "fake"
    fake.write_text("#!/bin/sh\nexec sleep 60\n", encoding="utf-8")
    fake.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(fake))
    start = time.monotonic()
    well, _ = run_look(tmp_path, "shop", os.getppid() + 1, anew=False)
    assert not well
    assert time.monotonic() - start < 10


SERVICE = "import time; time.sleep(60)"


@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGTERM])
def test_it_starts_beside_the_service_and_ends_with_it(tmp_path, ending):
    """The registry is not there: the follower waits, says so, and the service goes on."""
    home, places = tmp_path, Places(tmp_path / "served" / "shop.json")
    follower = [sys.executable, "-m", "qualifox.following", str(home), "shop", "1"]
    service = [sys.executable, "-c", SERVICE]
    command = [sys.executable, "-m", "qualifox.launch", *follower, "--", *service]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL, start_new_session=True) as running:
        try:
            said = _waited(lambda: (follower_said(places.follower) or {}).get("looked_at"))
            assert said
            told = follower_said(places.follower)
            assert told is not None
            assert not told["ok"]
            assert "is not there" in told["said"]
            ring(places)
            assert _waited(lambda: _looked_after(places, said))
            assert running.poll() is None
        finally:
            running.send_signal(ending)
            running.wait()
    assert _waited(lambda: follower_said(places.follower) is None)


def _looked_after(places, before):
    told = follower_said(places.follower)
    return told is not None and told["looked_at"] != before


def _waited(found, seconds=40.0):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        told = found()
        if told:
            return told
        time.sleep(0.1)
    return None
