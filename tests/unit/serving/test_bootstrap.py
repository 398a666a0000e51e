"""The service starts with what the environment names, or not at all."""

import pytest

from features import ArtifactError, PolicyError
from serving.bootstrap import load_qualifier, open_champion
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


def test_a_pointer_without_anything_is_waited_for_and_a_fixed_choice_must_be_there(
    tmp_path, policy_text
):
    pointer = {"QUALIFOX_POINTER": str(tmp_path / "served" / "small_example.json")}
    waiting = open_champion(Settings.of(pointer))
    assert not waiting.is_ready
    place = tmp_path / "policy.yaml"
    place.write_text(policy_text, encoding="utf-8")
    alone = open_champion(Settings.of({**pointer, "QUALIFOX_POLICY": str(place)}))
    assert alone.current is not None
    assert alone.current.version is None
    with pytest.raises(ArtifactError):
        open_champion(Settings.of({"QUALIFOX_ARTIFACT": str(tmp_path / "gone")}))
    with pytest.raises(PolicyError):
        open_champion(Settings.of({**pointer, "QUALIFOX_POLICY": str(tmp_path / "gone")}))


def test_a_bento_answers_with_what_it_carries_unless_it_is_told_otherwise(tmp_path):
    assert Settings.of({}, tmp_path).artifact == tmp_path
    assert Settings.of({}, tmp_path / "none").artifact is None
    told = Settings.of({"QUALIFOX_POLICY": "/p.yaml", "QUALIFOX_WORKERS": "3"}, tmp_path)
    assert (told.artifact, told.workers) == (None, 3)
