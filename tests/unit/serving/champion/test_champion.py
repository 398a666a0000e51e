"""A worker holds what the pointer names, and keeps what it has where that cannot be held."""

import threading
import time
from dataclasses import replace

import pytest

from benchmarks.swaps.versions import damaged
from models.artifact import load_artifact
from models.qualifier import Qualifier
from serving.champion import champion as champions
from serving.champion import whole_file
from serving.champion.champion import Champion, ChampionEvent
from serving.champion.held import Serving
from serving.champion.pointer import Tried, move_pointer, read_pointer
from serving.champion.roll import living_workers
from serving.champion.succession import succeed, take_back


@pytest.fixture
def follow(places, quick_trials):
    """Make champions that have looked once; they leave at the end."""
    made = []

    def follow(first=None):
        made.append(Champion(places.pointer, first))
        made[-1].look()
        return made[-1]

    yield follow
    for one in made:
        one.stop()


@pytest.fixture
def seated(places, versions, quick_trials, follow):
    """The first version in the seat, and a champion that holds it."""
    succeed(places, versions[0])
    return follow()


def forced(places, version):
    """Point at a version past its trial, as only somebody's hand or a fault would."""
    named = Tried(folder=version.folder.name, version=version.version, policy="?", number="9")
    move_pointer(places.pointer, lambda pointer: pointer and pointer.with_champion(named, ""))


def test_it_holds_what_is_named_with_its_number_and_policy(seated, versions):
    current = seated.current
    assert current is not None
    assert (current.version, current.number) == (versions[0].version, "1")
    assert current.policy == current.qualifier.policy.fingerprint
    assert seated.is_ready


def test_a_swap_keeps_the_one_before_and_going_back_loads_nothing(
    seated, places, versions, monkeypatch
):
    first = seated.current
    succeed(places, versions[1])
    seated.look()
    assert seated.current.number == "2"
    assert seated.before is first
    monkeypatch.setattr(champions, "load_tried", None)  # would fail
    take_back(places)
    seated.look()
    assert seated.current.qualifier is first.qualifier
    assert seated.before.number == "2"


@pytest.mark.parametrize("damage", ["truncated trees", "one digit", "wrong hash", "missing file"])
def test_what_has_not_passed_a_trial_is_never_loaded(
    seated, places, versions, damage, monkeypatch
):
    heard: list[ChampionEvent] = []
    held = seated.current
    seated.listeners.append(heard.append)
    bad = damaged(versions[1], damage, 1)
    forced(places, bad)
    monkeypatch.setattr(champions, "load_tried", None)  # loading it might kill this process
    for _ in range(3):
        seated.look()
    assert seated.current is held
    assert [(one.kind, one.version) for one in heard] == [("refused", bad.version)]
    assert seated.refused == heard[0]
    (said,) = living_workers(places.workers)
    assert said["version"] == versions[0].version
    assert said["refused"]["version"] == bad.version


def test_after_a_refusal_the_next_good_version_is_held(seated, places, versions):
    forced(places, damaged(versions[1], "missing file", 1))
    seated.look()
    succeed(places, versions[1])
    seated.look()
    assert seated.current.number == "2"
    assert seated.refused is None


def test_a_refused_version_is_looked_at_again_now_and_then(seated, places, versions):
    bad = damaged(versions[1], "missing file", 1)
    trees = (versions[1].folder / "trees.txt").read_bytes()
    forced(places, bad)
    seated.look()
    (bad.folder / "trees.txt").write_bytes(trees)
    assert succeed(places, replace(bad, number="9")).refused is None  # whole again, and tried
    for _ in range(champions.LOOKS_BETWEEN_TRIES + 1):
        seated.look()
    assert seated.current.version == bad.version


@pytest.mark.parametrize("text", ["", "{", '{"format": 99}'])
def test_a_pointer_that_is_none_is_told_and_nothing_changes(seated, places, text):
    held = seated.current
    places.pointer.write_text(text, encoding="utf-8")
    seated.look()
    assert seated.current is held
    assert seated.refused.reason
    places.pointer.unlink()
    seated.look()
    assert seated.current is held


def test_nothing_is_ready_until_something_is_named(places, versions, quick_trials, follow):
    champion = follow()
    assert not champion.is_ready
    succeed(places, versions[0])
    champion.look()
    assert champion.is_ready


def test_the_policy_answers_alone_until_there_is_a_champion(
    places, versions, quick_trials, policy, follow
):
    champion = follow(Serving.of(Qualifier(policy)))
    assert champion.current.version is None
    assert champion.current.qualifier.evidence_level == "none"
    succeed(places, versions[0])
    champion.look()
    assert champion.current.number == "1"


def test_a_worker_that_starts_on_a_damaged_champion_holds_the_one_before(
    places, versions, quick_trials, follow
):
    succeed(places, versions[0])
    succeed(places, versions[1])
    (versions[1].folder / "trees.txt").unlink()  # while nobody was looking
    champion = follow()
    assert champion.current.number == "1"
    assert champion.refused.version == versions[1].version


def test_the_challenger_is_held_beside_and_becomes_champion_without_loading(
    seated, places, versions, monkeypatch
):
    succeed(places, versions[0], versions[1])
    seated.look()
    assert seated.current.number == "1"
    challenger = seated.challenger
    assert challenger.number == "2"
    monkeypatch.setattr(champions, "load_tried", None)
    succeed(places, versions[1])
    seated.look()
    assert seated.current.qualifier is challenger.qualifier
    assert seated.challenger is None


def test_a_refused_challenger_is_told_and_does_not_touch_the_champion(seated, places, versions):
    heard: list[ChampionEvent] = []
    seated.listeners.append(heard.append)
    bad = damaged(versions[1], "one digit", 1)
    named = Tried(folder=bad.folder.name, version=bad.version, policy="?", number="9")
    move_pointer(places.pointer, lambda pointer: pointer and replace(pointer, challenger=named))
    seated.look()
    assert seated.challenger is None
    assert [one.kind for one in heard] == ["challenger_refused"]
    assert seated.refused is None


def test_a_new_number_of_the_same_artifact_is_told(seated, places, versions):
    held = seated.current
    succeed(places, replace(versions[0], number="7"))
    seated.look()
    assert seated.current.number == "7"
    assert seated.current.qualifier is held.qualifier


def test_a_listener_that_fails_stops_nothing(seated, places, versions):
    def fails(event):
        raise ZeroDivisionError

    heard: list[ChampionEvent] = []
    seated.listeners += [fails, heard.append]
    succeed(places, versions[1])
    seated.look()
    assert [one.kind for one in heard] == ["swapped"]


def test_it_follows_in_a_thread_of_its_own_and_a_fault_does_not_end_it(
    seated, places, versions, monkeypatch
):
    monkeypatch.setattr(champions, "LOOK_SECONDS", 0.01)
    broken = [True]
    real = whole_file.stamp_of

    def stamp_of(place):
        if broken and broken.pop():
            raise ZeroDivisionError
        return real(place)

    monkeypatch.setattr(champions, "stamp_of", stamp_of)
    seated.start()
    succeed(places, versions[1])
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if living_workers(places.workers)[0]["number"] == "2":
            break
        time.sleep(0.01)
    assert living_workers(places.workers)[0]["number"] == seated.current.number == "2"
    seated.stop()
    assert not living_workers(places.workers)


class _Mixed(Champion):
    """A broken champion: it swaps in two steps, and so shows half a version in between."""

    def _seat(self, serving):
        assert self.current is not None
        self.current = replace(self.current, qualifier=serving.qualifier)
        time.sleep(0.001)
        self.current = serving


@pytest.mark.parametrize(("kind", "whole"), [(Champion, True), (_Mixed, False)])
def test_whoever_reads_current_once_has_one_version(kind, whole, places, versions, follow):
    succeed(places, versions[0])
    succeed(places, versions[1])
    champion = follow()
    champion.__class__ = kind
    table = {v.version: load_artifact(v.folder).policy.fingerprint for v in versions}
    done, mixed, seen = threading.Event(), [], set()

    def read():
        while not done.is_set():
            one = champion.current
            seen.add(one.version)
            if table[one.version] != one.qualifier.policy.fingerprint:
                mixed.append(one)

    reader = threading.Thread(target=read)
    reader.start()
    for turn in range(8):
        succeed(places, versions[turn % 2])
        champion.look()
    done.set()
    reader.join()
    assert len(seen) == 2
    assert (not mixed) == whole
    assert read_pointer(places.pointer) is not None
