"""The service starts with what the environment names, or not at all."""

import pytest

from features import ArtifactError, PolicyError
from serving.bootstrap import load_qualifier
from serving.settings import Settings


def test_a_policy_alone_is_enough(tmp_path, policy_text):
    place = tmp_path / "policy.yaml"
    place.write_text(policy_text, encoding="utf-8")
    settings = Settings.of({"QUALIFOX_POLICY": str(place)})
    assert load_qualifier(settings).model is None


def test_nothing_named_is_refused_with_a_hint():
    with pytest.raises(ArtifactError, match="qualifox serve"):
        load_qualifier(Settings.of({}))


def test_what_is_not_there_is_refused(tmp_path):
    with pytest.raises(ArtifactError):
        load_qualifier(Settings.of({"QUALIFOX_ARTIFACT": str(tmp_path / "gone")}))
    with pytest.raises(PolicyError):
        load_qualifier(Settings.of({"QUALIFOX_POLICY": str(tmp_path / "gone.yaml")}))
