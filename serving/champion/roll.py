"""The roll of the workers: each says in a small file which version it holds.

Whether a worker is alive is told by a lock that it holds for as long as it lives: neither a clock
nor a process id that somebody else has by now can deceive.
"""

import fcntl
import json
import logging
import os
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TextIO

from serving.champion.whole_file import write_whole

logger = logging.getLogger("qualifox.serving")

TRIES, PAUSE_SECONDS = 100, 0.01


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
            self._hold()
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

    def _hold(self) -> None:
        """Hold the lock of the file that stands there.

        A reader may be clearing away the one of somebody who had our name and is dead: then the
        lock is his for a moment, or the file that we have opened is gone.
        """
        place = self.folder / f"{self.name}.alive"
        for _ in range(TRIES):
            if self._alive is not None and _stands(self._alive, place):
                return
            found = place.open("a", encoding="utf-8")
            try:
                fcntl.flock(found, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                found.close()
                time.sleep(PAUSE_SECONDS)
                continue
            if self._alive is not None:
                self._alive.close()
            self._alive = found
        raise BlockingIOError("somebody else holds the lock of this note")

    @property
    def _place(self) -> Path:
        return self.folder / f"{self.name}.json"


def living_workers(folder: Path) -> list[dict[str, Any]]:
    """Return what the living workers say; the notes of dead ones are cleared away."""
    found = []
    for note in sorted(folder.glob("*.json")):
        if _is_cleared_away(note, note.with_suffix(".alive")):
            continue
        try:
            said = json.loads(note.read_bytes())
        except (OSError, ValueError):
            continue
        if isinstance(said, dict):
            found.append(said)
    return found


def _is_cleared_away(note: Path, lock: Path) -> bool:
    """Return whether nobody holds a lock, whose note is gone then.

    What is cleared away is so while the lock is held: else it might be that of who comes next.
    """
    try:
        with lock.open("r+", encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if not _stands(file, lock):
                return False  # another reader was quicker, and somebody may stand here again
            note.unlink(missing_ok=True)
            lock.unlink(missing_ok=True)
    except BlockingIOError:
        return False
    except OSError:
        pass  # it has no lock, or not yet again
    return True


def _stands(file: TextIO, place: Path) -> bool:
    """Return whether an open file is the one that stands in a place."""
    try:
        return os.fstat(file.fileno()).st_ino == place.stat().st_ino
    except OSError:
        return False
