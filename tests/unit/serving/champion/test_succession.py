"""The seat goes to what passed its trial, and to nothing else."""

from dataclasses import replace

import pytest

from benchmarks.swaps.versions import damaged
from features.errors import ArtifactError
from serving.champion import succession
from serving.champion.pointer import read_pointer
from serving.champion.succession import ring, succeed, take_back
from serving.champion.trial import Trial


def numbers(pointer):
    assert pointer is not None
    return [one and one.number for one in (pointer.champion, pointer.before, pointer.challenger)]


def test_one_after_another_and_each_is_tried_once(places, versions, quick_trials):
    one, two = versions
    first = succeed(places, one)
    assert first.moved
    assert numbers(first.pointer) == ["1", None, None]
    assert not succeed(places, one).moved
    assert numbers(succeed(places, two).pointer) == ["2", "1", None]
    assert numbers(succeed(places, one).pointer) == ["1", "2", None]
    assert quick_trials == [one.folder.name, two.folder.name]


@pytest.mark.parametrize("damage", ["one digit", "wrong hash", "missing file"])
def test_a_bad_version_changes_nothing_and_is_tried_once(places, versions, quick_trials, damage):
    bad = damaged(versions[1], damage, 1)
    alone = succeed(places, bad)
    assert (alone.pointer, alone.moved, alone.refused) == (None, False, "not whole")
    succeed(places, versions[0])
    for _ in range(3):
        done = succeed(places, bad)
        assert not done.moved
        assert done.refused == "not whole"
    assert numbers(read_pointer(places.pointer)) == ["1", None, None]
    assert quick_trials.count(bad.folder.name) == 1
    # The damage was that of a copy: the version itself is welcome.
    assert succeed(places, versions[1]).moved


def test_an_interrupted_trial_blacklists_nobody(places, versions, quick_trials, monkeypatch):
    succeed(places, versions[0])
    with monkeypatch.context() as patch:
        patch.setattr(
            succession, "hold_trial", lambda *_: Trial(outcome="interrupted", reason="SIGTERM")
        )
        done = succeed(places, versions[1])
        assert (done.moved, done.refused) == (False, "SIGTERM")
    assert succeed(places, versions[1]).moved


def test_what_was_taken_back_stays_so_until_another_comes_or_somebody_asks(
    places, versions, quick_trials
):
    one, two = versions
    assert take_back(places) is None
    succeed(places, one)
    with pytest.raises(ArtifactError):
        take_back(places)
    succeed(places, two)
    assert numbers(take_back(places)) == ["1", "2", None]
    assert not succeed(places, two).moved  # the registry still names it
    assert succeed(places, two, anew=True).moved
    take_back(places)
    assert succeed(places, one).pointer == read_pointer(places.pointer)
    later = replace(two, number="3")  # the same artifact under another number: still held back
    assert not succeed(places, later).moved


def test_a_challenger_stands_beside_and_a_bad_one_is_left_out(places, versions, quick_trials):
    one, two = versions
    assert numbers(succeed(places, one, two).pointer) == ["1", None, "2"]
    assert numbers(succeed(places, one).pointer) == ["1", None, None]
    bad = damaged(two, "one digit", 1)
    done = succeed(places, one, bad)
    assert numbers(done.pointer) == ["1", None, None]
    assert done.challenger_refused == "not whole"
    # A bad champion does not keep a good challenger out.
    assert numbers(succeed(places, bad, two).pointer) == ["1", None, "2"]


def test_the_bell_changes_whenever_it_is_rung(places):
    from serving.champion.whole_file import stamp_of

    assert stamp_of(places.bell) is None
    ring(places)
    first = stamp_of(places.bell)
    ring(places)
    assert first is not None
    assert stamp_of(places.bell) != first
