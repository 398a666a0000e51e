"""Two small versions, made once, and copied to where each test looks."""

import shutil
from dataclasses import replace

import pytest

from benchmarks.swaps.versions import make_version
from serving.champion.places import Places


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    folders = tmp_path_factory.mktemp("made")
    return [make_version(folders, seed) for seed in range(2)]


@pytest.fixture
def places(tmp_path):
    (tmp_path / "served").mkdir()
    return Places(tmp_path / "served" / "swapped.json")


@pytest.fixture
def versions(made, places):
    copies = [places.folders / one.folder.name for one in made]
    for one, copy in zip(made, copies, strict=True):
        shutil.copytree(one.folder, copy)
    return [replace(one, folder=copy) for one, copy in zip(made, copies, strict=True)]


@pytest.fixture
def quick_trials(monkeypatch):
    """Trials in this process: what the seat does with a verdict, without the seconds it takes."""
    from models.artifact import is_whole, load_artifact
    from serving.champion import succession
    from serving.champion.canary import golden
    from serving.champion.trial import Trial

    held = []

    def hold(folder, version):
        held.append(folder.name)
        if not is_whole(folder, version):
            return Trial(outcome="bad", reason="not whole")
        qualifier = load_artifact(folder)
        return Trial(
            outcome="sound", policy=qualifier.policy.fingerprint, golden=golden(qualifier)
        )

    monkeypatch.setattr(succession, "hold_trial", hold)
    return held
