"""The roll of the workers: each says in a small file which version it holds.

Whether a worker is alive is told by a lock that it holds for as long as it lives: neither a clock
nor a process id that somebody else has by now can deceive.
"""

import fcntl
import json
import logging
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TextIO

from serving.champion.whole_file import write_whole

logger = logging.getLogger("qualifox.serving")


class WorkerNote:
    """The note of this process; a disk that refuses it is told once, and answers go on."""

    def __init__(self, folder: Path, name: str | None = None) -> None:
        self.folder = folder
        self.name = str(os.getpid()) if name is None else name
        self._alive: TextIO | None = None
        self._failed = False

    def write(self, said: Mapping[str, Any]) -> None:
        """Say what this worker holds, in place of what it said before."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            if self._alive is None:
                self._alive = (self.folder / f"{self.name}.alive").open("w", encoding="utf-8")
                fcntl.flock(self._alive, fcntl.LOCK_EX | fcntl.LOCK_NB)
            write_whole(self._place, json.dumps({"worker": self.name, **said}))
        except OSError as error:
            if not self._failed:
                logger.warning("the note of this worker cannot be written: %s", error)
            self._failed = True

    def leave(self) -> None:
        """Take the note away: this worker ends."""
        self._place.unlink(missing_ok=True)
        if self._alive is not None:
            self._alive.close()
            self._alive = None
        (self.folder / f"{self.name}.alive").unlink(missing_ok=True)

    @property
    def _place(self) -> Path:
        return self.folder / f"{self.name}.json"


def living_workers(folder: Path) -> list[dict[str, Any]]:
    """Return what the living workers say; the notes of dead ones are cleared away."""
    found = []
    for note in sorted(folder.glob("*.json")):
        if not _lives(note.with_suffix(".alive")):
            note.unlink(missing_ok=True)
            note.with_suffix(".alive").unlink(missing_ok=True)
            continue
        try:
            said = json.loads(note.read_bytes())
        except (OSError, ValueError):
            continue
        if isinstance(said, dict):
            found.append(said)
    return found


def _lives(lock: Path) -> bool:
    try:
        with lock.open("r+", encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False
