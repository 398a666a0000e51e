"""What trials have shown, remembered by what was tried: the digest of every byte in a folder.

A damaged copy of a good version has another digest than the version, so refusing it never refuses
the version. A verdict holds for the libraries that gave it.
"""

import hashlib
import json
from dataclasses import asdict, replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from features.errors import ArtifactError
from models.lock import locked
from models.version import CODE_VERSION
from serving.champion.trial import Trial
from serving.champion.whole_file import write_whole

MOST_REMEMBERED = 200
MOST_UNDECIDED = 3
"""So often a trial may end without a verdict, before that is one."""
LIBRARIES = ("lightgbm", "numpy")


def content_digest(folder: Path) -> str:
    """Return what exactly lies in a folder, and who judges it, as one digest."""
    total = hashlib.sha256(json.dumps([CODE_VERSION, *map(_version, LIBRARIES)]).encode())
    for file in sorted(folder.iterdir()) if folder.is_dir() else ():
        if file.is_file():
            total.update(file.name.encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


class TrialRecord:
    """The verdicts on what was tried, in one file; one that cannot be read is begun anew."""

    def __init__(self, place: Path) -> None:
        self.place = place

    def verdict(self, digest: str) -> Trial | None:
        """Return the verdict on a digest, None where there is none yet."""
        found = self._read().get(digest)
        if not isinstance(found, dict):
            return None
        try:
            trial = Trial(**{**found["trial"], "golden": tuple(found["trial"]["golden"])})
            undecided = trial.outcome == "undecided" and int(found["times"]) < MOST_UNDECIDED
        except (KeyError, TypeError, ValueError):
            return None
        return None if undecided or trial.outcome == "interrupted" else trial

    def note(self, digest: str, trial: Trial) -> Trial:
        """Remember a trial, and return it; one undecided once too often is bad from then on."""
        if trial.outcome == "interrupted":
            return trial
        with locked(self.place.parent, "trials"):
            kept = self._read()
            before = kept.pop(digest, None)
            times = 1 + (int(before.get("times", 0)) if isinstance(before, dict) else 0)
            if trial.outcome == "undecided" and times >= MOST_UNDECIDED:
                trial = replace(trial, outcome="bad", reason=f"{trial.reason}, {times} times")
            kept[digest] = {"trial": asdict(trial), "times": times}
            newest = dict(list(kept.items())[-MOST_REMEMBERED:])
            write_whole(self.place, json.dumps(newest, indent=1))
        return trial

    def _read(self) -> dict[str, Any]:
        try:
            data = json.loads(self.place.read_bytes())
        except (OSError, ValueError):
            return {}
        return data if isinstance(data, dict) else {}


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        raise ArtifactError(f"{library} is not installed") from None
