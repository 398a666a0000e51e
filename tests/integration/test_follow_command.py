"""From the registry's alias to the pointer: refused, taken back, and with the registry down."""

import json
import shutil
from pathlib import Path

import pytest

from features import QualifoxError
from models.registry import Registry
from qualifox.cli import run
from qualifox.follow import follow, line_of, look, main, pointer_of
from qualifox.serve import champion_variables
from serving.champion.champion import Champion
from serving.champion.pointer import read_pointer
from serving.champion.succession import take_back

NAME = "demo_company"


@pytest.fixture
def followed(home):
    """The pointer of the demo company, away again at the end."""
    pointer = pointer_of(home, NAME)
    yield pointer
    pointer.unlink(missing_ok=True)


def test_one_look_brings_the_champion_and_the_next_changes_nothing(home, followed, capsys):
    assert follow(once=True, json=True) == 0
    told = json.loads(capsys.readouterr().out)
    champion = Registry(home).get(NAME)
    assert told["artifact"] == champion.artifact
    assert told["version"] == champion.number
    assert told["moved"]
    worker = Champion(followed)
    worker.look()
    assert worker.current is not None
    assert worker.current.version == champion.artifact
    worker.stop()
    before = followed.read_bytes()
    assert main([str(home), NAME]) == 0
    assert f"version {champion.number} is in the seat" in capsys.readouterr().out
    assert followed.read_bytes() == before
    assert champion_variables(NAME) == {"QUALIFOX_POINTER": str(followed)}


def test_damage_in_the_registry_is_refused_and_undone_when_it_is_mended(home, followed, capsys):
    champion = Registry(home).get(NAME)
    stored = _stored(home, champion)
    whole = stored.read_bytes()
    folder = home / "served" / champion.artifact[:16]
    shutil.rmtree(folder, ignore_errors=True)
    try:
        stored.write_bytes(whole[: len(whole) // 2])
        assert follow(once=True) == 1
        assert "refused" in capsys.readouterr().out
        assert read_pointer(followed) is None
        with pytest.raises(QualifoxError, match="refused"):
            champion_variables(NAME)
    finally:
        stored.write_bytes(whole)
    assert follow(once=True) == 0
    assert read_pointer(followed) is not None


def test_a_registry_that_is_down_changes_nothing(home, followed, monkeypatch):
    look(home, NAME)
    before = followed.read_bytes()
    database = home / "mlflow.db"
    away = home / "mlflow.away"
    database.rename(away)
    try:
        with pytest.raises(QualifoxError, match="not there"):
            look(home, NAME)
        assert not database.exists()  # asking must not make a new one
    finally:
        away.replace(database)
    assert followed.read_bytes() == before

    def unreachable(self, published):
        raise ConnectionError("the store does not answer\nat all")

    monkeypatch.setattr(Registry, "fetch", unreachable)
    with pytest.raises(QualifoxError, match=r"does not answer$"):
        look(home, NAME)


def test_a_registry_that_is_damaged_is_said(new_home, capsys):
    new_home.mkdir()
    (new_home / "mlflow.db").write_bytes(b"no database at all" * 100)
    assert main([str(new_home), NAME]) == 1
    assert "cannot be opened" in capsys.readouterr().err


def test_what_was_taken_back_is_told(home, followed):
    from dataclasses import replace

    from serving.champion.places import Places
    from serving.champion.pointer import move_pointer

    look(home, NAME)
    pointer = read_pointer(followed)
    assert pointer is not None
    older = replace(pointer.champion, version="0" * 64, number="0")
    move_pointer(followed, lambda _: replace(pointer, before=older))
    take_back(Places(followed))
    done = look(home, NAME)
    assert not done.moved
    assert "was taken back" in line_of(NAME, done)
    assert look(home, NAME, anew=True).moved


def test_serving_a_policy_until_there_is_a_champion(new_home, capsys):
    from qualifox.serve import _what_to_serve

    policy = Path(__file__).parents[2] / "examples" / "demo_company" / "policy.yaml"
    chosen = _what_to_serve(NAME, policy)
    assert set(chosen) == {"QUALIFOX_POLICY", "QUALIFOX_POINTER"}
    assert "the policy answers alone" in capsys.readouterr().err
    assert set(_what_to_serve(None, policy)) == {"QUALIFOX_POLICY"}
    with pytest.raises(QualifoxError, match="and not 'other'"):
        _what_to_serve("other", policy)


def test_a_bento_carries_the_champion(home, capsys):
    from qualifox.bento import bento

    bento(json=True)
    told = json.loads(capsys.readouterr().out)
    champion = Registry(home).get(NAME)
    assert (told["model"], told["version"]) == (NAME, champion.number)
    name, _, tag = told["tag"].partition(":")
    manifest = home / "bentoml" / "bentos" / name / tag / "src" / "baked" / "manifest.json"
    assert _digest(manifest) == champion.artifact


def test_a_follower_needs_a_duration(home):
    assert run(["serve", "--workers", "0"]) == 2
    with pytest.raises(QualifoxError, match="duration"):
        follow(every="soon")


def _stored(home, champion):
    """Return the trees of a version where the registry keeps them."""
    found = [
        place
        for place in (home / "artifacts").rglob("trees.txt")
        if json.loads((place.parent / "manifest.json").read_text(encoding="utf-8"))
        and _digest(place.parent / "manifest.json") == champion.artifact
    ]
    (place,) = found
    return place


def _digest(place):
    import hashlib

    return hashlib.sha256(place.read_bytes()).hexdigest()
