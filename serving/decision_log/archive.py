"""Versions that answered once and still lie in the folder of served models, for replays."""

from pathlib import Path

from features.errors import ArtifactError, PolicyError
from models.artifact import is_whole, load_artifact
from models.qualifier import Qualifier

NAMED_BY = 16
"""Digits of a version that name its folder, as the registry fetches it."""


def archived(folders: Path, version: str | None) -> Qualifier | None:
    """Return the model of a version, None where its folder is gone or is not whole any more.

    Hashes are checked before anything is read: a damaged model can kill the process that loads
    it, and files with these hashes were loaded when the version answered.
    """
    if version is None:
        return None
    folder = folders / version[:NAMED_BY]
    if not is_whole(folder, version):
        return None
    try:
        return load_artifact(folder)
    except (ArtifactError, PolicyError, OSError):
        return None
