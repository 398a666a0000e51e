"""A trained model as a folder of data: what the registry keeps and the service loads.

::

    manifest.json   format, versions, schema, provenance, and the SHA-256 of every other file
    policy.yaml     the policy it was trained under, as people wrote it
    trees.txt       the trees, in LightGBM's own text; absent on too few deals for any
    numbers.json    every other number that was learned
    track_record.json  what became of earlier deals, by label; only where the policy asks for it
    reference.json  facts of some closed deals, to say what an unknown one may turn out to be

Nothing in it is code, and nothing is a pickle. Hashes are checked before anything is parsed: a
damaged LightGBM text does not raise, it kills the process that reads it.
"""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

from features.errors import ArtifactError
from features.policy import Policy, parse_policy
from features.schema import Schema
from features.track_record import TrackRecord
from models.numbers_file import estimator_of, no_decision_of, numbers_of
from models.qualifier import Qualifier
from models.reference import Reference
from models.version import CODE_VERSION
from models.win_model import Provenance, WinModel

FORMAT = 4
TRACK_RECORD, REFERENCE = "track_record.json", "reference.json"
MANIFEST, POLICY, TREES, NUMBERS = "manifest.json", "policy.yaml", "trees.txt", "numbers.json"
_LIBRARIES = ("lightgbm", "numpy", "scikit-learn", "scipy")


def save_artifact(model: WinModel, policy: Policy, folder: Path) -> str:
    """Write a model and its policy as a folder, whole or not at all; return its version.

    Raises
    ------
    ArtifactError
        When the folder is there already.
    """
    if folder.exists():
        raise ArtifactError(f"{folder} exists already; an artifact is never overwritten")
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".draft-"))
    try:
        files = {
            POLICY: policy.text,
            NUMBERS: _json(numbers_of(model)),
        }
        if model.estimator.forest_.text is not None:
            files[TREES] = model.estimator.forest_.text
        if model.track_record is not None:
            files[TRACK_RECORD] = _compact(model.track_record.to_data())
        if model.reference is not None:
            files[REFERENCE] = _compact(model.reference.to_data())
        manifest = _json(_manifest(model, {name: _digest(t) for name, t in files.items()}))
        for name, text in {**files, MANIFEST: manifest}.items():
            (draft / name).write_bytes(text.encode())
        draft.chmod(0o755)
        os.replace(draft, folder)  # noqa: PTH105 (atomic on one file system)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return _digest(manifest)


def is_whole(folder: Path, version: str) -> bool:
    """Return whether a folder holds the artifact of a version, every file as it was written."""
    try:
        text = _read(folder, MANIFEST)
        manifest = _parsed(text, MANIFEST)
        for name in _names(manifest):
            _verified(folder, name, manifest)
    except ArtifactError:
        return False
    return _digest(text) == version


def load_artifact(folder: Path) -> Qualifier:
    """Return the qualifier that a folder holds.

    Raises
    ------
    ArtifactError
        When a file is missing or changed, or does not fit this code.
    """
    manifest_text = _read(folder, MANIFEST)
    manifest = _parsed(manifest_text, MANIFEST)
    if manifest.get("format") != FORMAT:
        raise ArtifactError(
            f"{folder}: format {manifest.get('format')!r}; this Qualifox reads format {FORMAT}"
        )
    texts = {name: _verified(folder, name, manifest) for name in _names(manifest)}
    try:
        schema = Schema.from_data(manifest["schema"])
        provenance = Provenance(**manifest["provenance"])
        numbers = _parsed(texts[NUMBERS], NUMBERS)
        estimator, no_decision = estimator_of(numbers, texts.get(TREES)), no_decision_of(numbers)
        criteria = {str(name) for name in manifest["criteria"]}
        stated = manifest["schema_fingerprint"]
    except (KeyError, TypeError, ValueError) as error:
        raise ArtifactError(f"{folder}: cannot be read: {error!r}") from None
    policy = parse_policy(texts[POLICY].encode(), str(folder / POLICY))
    record, reference = texts.get(TRACK_RECORD), texts.get(REFERENCE)
    model = WinModel(
        schema=schema,
        estimator=estimator,
        provenance=provenance,
        criteria=tuple(one for one in policy.criteria if one.id in criteria),
        no_decision=no_decision,
        track_record=(
            None if record is None else TrackRecord.from_data(_parsed(record, TRACK_RECORD))
        ),
        reference=(
            None if reference is None else Reference.from_data(_parsed(reference, REFERENCE))
        ),
        version=_digest(manifest_text),
    )
    _check_fit(folder, model, policy, stated)
    return Qualifier(policy, model)


def _check_fit(folder: Path, model: WinModel, policy: Policy, stated_schema: str) -> None:
    estimator, n_columns = model.estimator, len(model.schema.columns)
    stated_policy = model.provenance.policy_fingerprint
    fits = {
        "its schema is not the one it names": model.schema.fingerprint == stated_schema,
        "the logistic part has other columns": estimator.n_features_in_ == n_columns,
        "the trees have other columns": estimator.forest_.n_columns in {None, n_columns},
        "it has points of other criteria": {one.id for one in model.criteria}
        == {name for name in model.schema.criterion_columns() if name is not None},
        "its track record has other fields": _tracked_columns(model) <= _tracked(model),
        "its reference deals have other fields": model.reference is None
        or not model.reference.misfits(policy),
        "its policy is not the one it names": policy.fingerprint == stated_policy,
    }
    wrong = [what for what, fine in fits.items() if not fine]
    if wrong:
        raise ArtifactError(f"{folder}: {'; '.join(wrong)}")


def _tracked(model: WinModel) -> set[str]:
    return set() if model.track_record is None else set(model.track_record.roles)


def _tracked_columns(model: WinModel) -> set[str]:
    return {column.field for column in model.schema.columns if column.kind == "track"}


def _manifest(model: WinModel, digests: Mapping[str, str]) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "qualifox": CODE_VERSION,
        "libraries": {name: version(name) for name in _LIBRARIES},
        "schema": model.schema.to_data(),
        "schema_fingerprint": model.schema.fingerprint,
        "provenance": asdict(model.provenance),
        "criteria": [one.id for one in model.criteria],
        "sha256": dict(digests),
    }


def _json(data: Mapping[str, Any]) -> str:
    return json.dumps(data, indent=1, sort_keys=True, allow_nan=False, ensure_ascii=False) + "\n"


def _compact(data: Mapping[str, Any]) -> str:
    return json.dumps(data, separators=(",", ":"), allow_nan=False, ensure_ascii=False)


def _names(manifest: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the files that an artifact must have."""
    stated = manifest.get("sha256")
    more = stated if isinstance(stated, dict) else {}
    return (POLICY, NUMBERS, *(name for name in (TREES, TRACK_RECORD, REFERENCE) if name in more))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _read(folder: Path, name: str) -> str:
    try:
        return (folder / name).read_bytes().decode()
    except (OSError, UnicodeDecodeError) as error:
        raise ArtifactError(f"{folder}: {name} cannot be read: {error}") from None


def _parsed(text: str, name: str) -> dict[str, Any]:
    try:
        data = json.loads(text)
    except (json.JSONDecodeError, RecursionError):
        data = None
    if not isinstance(data, dict):
        raise ArtifactError(f"{name} is not a JSON object")
    return data


def _verified(folder: Path, name: str, manifest: Mapping[str, Any]) -> str:
    text, digests = _read(folder, name), manifest.get("sha256")
    if not isinstance(digests, dict) or digests.get(name) != _digest(text):
        raise ArtifactError(f"{folder}: {name} is not the file that the manifest describes")
    return text
