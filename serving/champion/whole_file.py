"""Files that are replaced whole, and how a replaced one is told. Needs nothing but Python."""

import os
import tempfile
from pathlib import Path
from typing import TypeAlias

Stamp: TypeAlias = tuple[int, int, int]


def stamp_of(place: Path) -> Stamp | None:
    """Return what changes when a file is replaced, None where there is none.

    Compared for being the same and never for being later: clocks jump.
    """
    try:
        found = place.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def write_whole(place: Path, text: str) -> None:
    """Write a file whole or not at all, and safely on disk."""
    handle, draft = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name}-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, place)  # noqa: PTH105 (atomic on one file system)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
