"""What is loaded is checked once more against its trial."""

from dataclasses import replace

import pytest

from benchmarks.swaps.versions import damaged
from features.errors import ArtifactError
from models.artifact import load_artifact
from serving.champion.canary import golden
from serving.champion.held import load_tried
from serving.champion.pointer import Tried


@pytest.fixture
def named(made):
    qualifier = load_artifact(made[0].folder)
    one = made[0]
    tried = Tried(
        folder=one.folder.name,
        version=one.version,
        policy=qualifier.policy.fingerprint,
        number="1",
    )
    return tried, golden(qualifier)


def test_the_version_that_was_tried_is_held(made, named):
    serving = load_tried(made[0].folder, *named)
    assert (serving.version, serving.number) == (made[0].version, "1")


def test_anything_else_is_refused(made, named, versions):
    tried, expected = named
    with pytest.raises(ArtifactError, match="files"):
        load_tried(made[1].folder, tried, expected)
    with pytest.raises(ArtifactError, match="policy"):
        load_tried(made[0].folder, replace(tried, policy="other"), expected)
    with pytest.raises(ArtifactError, match="canary"):
        load_tried(made[0].folder, tried, (0.5, *expected[1:]))
    bad = damaged(versions[0], "one digit", 1)
    with pytest.raises(ArtifactError, match="files"):
        load_tried(bad.folder, tried, expected)
