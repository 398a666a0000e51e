"""An artifact is data: it reads back exactly, or it is refused before anything is parsed."""

import hashlib
import json
import shutil
from dataclasses import replace

import pytest

from features import ArtifactError, DealTable
from models.artifact import REFERENCE, load_artifact, save_artifact
from models.reference import Reference


@pytest.fixture
def folder(qualifier, tmp_path):
    place = tmp_path / "artifact"
    save_artifact(qualifier.model, qualifier.policy, place)
    return place


def test_save_and_load_is_the_identity(folder, qualifier, shop_deals):
    deals, _ = shop_deals
    table = DealTable.of(deals, qualifier.policy.fields)
    loaded = load_artifact(folder)
    assert loaded.model
    assert (loaded.model.p_win(table)[0] == qualifier.model.p_win(table)[0]).all()
    assert loaded.policy.fingerprint == qualifier.policy.fingerprint
    assert loaded.model.schema == qualifier.model.schema
    assert loaded.model.provenance == qualifier.model.provenance
    assert loaded.model.estimator.evidence_ == qualifier.model.estimator.evidence_
    before, after = (q.decide(deals[:20]) for q in (qualifier, loaded))
    assert [d.reasons for d in before] == [d.reasons for d in after]


def test_saving_what_was_loaded_gives_the_same_bytes(folder, tmp_path):
    loaded = load_artifact(folder)
    assert loaded.model
    version = save_artifact(loaded.model, loaded.policy, tmp_path / "again")
    assert version == loaded.model.version
    for file in folder.iterdir():
        assert file.read_bytes() == (tmp_path / "again" / file.name).read_bytes()


def test_it_holds_no_pickle_and_is_never_overwritten(folder, qualifier):
    assert {file.suffix for file in folder.iterdir()} == {".json", ".txt", ".yaml"}
    with pytest.raises(ArtifactError, match="never overwritten"):
        save_artifact(qualifier.model, qualifier.policy, folder)


@pytest.mark.parametrize("name", ["policy.yaml", "trees.txt", "numbers.json"])
def test_one_changed_byte_in_any_file_is_refused(folder, name):
    content = bytearray((folder / name).read_bytes())
    content[len(content) // 2] ^= 1
    (folder / name).write_bytes(bytes(content))
    with pytest.raises(ArtifactError, match=name):
        load_artifact(folder)


@pytest.mark.parametrize("name", ["manifest.json", "policy.yaml", "trees.txt", "numbers.json"])
def test_a_missing_file_is_refused(folder, name):
    (folder / name).unlink()
    with pytest.raises(ArtifactError, match=name):
        load_artifact(folder)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"format": 99}, "format 99"),
        ({"schema_fingerprint": "0"}, "its schema is not the one it names"),
        ({"schema": {}}, "cannot be read"),
        ({"sha256": None}, "is not the file"),
        ({"provenance": {"n_won": 1}}, "cannot be read"),
    ],
)
def test_a_manifest_that_does_not_fit_is_refused(folder, change, words):
    manifest = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps(manifest | change))
    with pytest.raises(ArtifactError, match=words):
        load_artifact(folder)


def test_a_manifest_that_is_no_object_is_refused(folder):
    for text in ("[]", "{", ""):
        (folder / "manifest.json").write_text(text)
        with pytest.raises(ArtifactError):
            load_artifact(folder)


def test_a_failed_save_leaves_nothing_behind(qualifier, tmp_path, monkeypatch):
    def fails(*_, **__):
        raise OSError("disk full")

    monkeypatch.setattr("models.artifact.os.replace", fails)
    with pytest.raises(OSError, match="disk full"):
        save_artifact(qualifier.model, qualifier.policy, tmp_path / "artifact")
    assert not list(tmp_path.iterdir())


def test_another_policy_than_the_one_it_was_trained_under_is_refused(folder, tmp_path):
    loaded = load_artifact(folder)
    other = tmp_path / "other"
    shutil.copytree(folder, other)
    text = loaded.policy.text.replace("p_win: 0.5", "p_win: 0.6").encode()
    (other / "policy.yaml").write_bytes(text)
    manifest = json.loads((other / "manifest.json").read_text())
    manifest["sha256"]["policy.yaml"] = hashlib.sha256(text).hexdigest()
    (other / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(ArtifactError, match="its policy is not the one"):
        load_artifact(other)


def test_the_bands_of_evidence_are_written_under_their_own_name(folder, qualifier):
    numbers = json.loads((folder / "numbers.json").read_text())
    parts = qualifier.model.estimator.evidence_.parts
    assert [band["deals"] for band in numbers["evidence"]] == [band.deals for band in parts]
    assert set(numbers) == {
        "logistic", "stack", "evidence", "background", "contradicted", "conflicts",
        "stability", "no_decision",
    }  # fmt: skip


@pytest.fixture
def with_reference(qualifier, shop_deals, tmp_path):
    deals, _ = shop_deals
    table = DealTable.of(deals, qualifier.policy.fields)
    kept = Reference.learn(table, qualifier.policy, modelled=qualifier.model.fields(), seed=0)
    place = tmp_path / "asking"
    save_artifact(replace(qualifier.model, reference=kept), qualifier.policy, place)
    return place, kept


def test_reference_deals_travel_exactly_and_are_part_of_the_version(with_reference, tmp_path):
    place, kept = with_reference
    model = load_artifact(place).model
    assert model
    assert model.reference
    assert model.reference.to_data() == kept.to_data()
    assert save_artifact(model, load_artifact(place).policy, tmp_path / "b") == model.version
    assert (place / REFERENCE).read_bytes() == (tmp_path / "b" / REFERENCE).read_bytes()


def test_changed_or_missing_reference_deals_are_refused(with_reference):
    place, _ = with_reference
    text = (place / REFERENCE).read_bytes()
    (place / REFERENCE).write_bytes(text.replace(b"1", b"2", 1))
    with pytest.raises(ArtifactError, match=REFERENCE):
        load_artifact(place)
    (place / REFERENCE).unlink()
    with pytest.raises(ArtifactError, match=REFERENCE):
        load_artifact(place)


def test_reference_deals_of_other_fields_are_refused(with_reference):
    place, kept = with_reference
    columns = {"elsewhere": next(iter(kept.columns.values()))}
    text = json.dumps(Reference(len(kept), columns).to_data()).encode()
    (place / REFERENCE).write_bytes(text)
    manifest = json.loads((place / "manifest.json").read_text())
    manifest["sha256"][REFERENCE] = hashlib.sha256(text).hexdigest()
    (place / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(ArtifactError, match="its reference deals have other fields"):
        load_artifact(place)


def test_a_model_without_reference_deals_is_an_artifact_too(folder):
    loaded = load_artifact(folder)
    assert loaded.model
    assert loaded.model.reference is None
    assert not (folder / REFERENCE).exists()
