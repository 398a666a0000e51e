"""What the follower says of its last look, and whether it lives."""

from pathlib import Path
from typing import Any

from serving.champion.roll import WorkerNote, living_workers

NAME = "follower"


def follower_note(folder: Path) -> WorkerNote:
    """Return the note that the follower writes; it holds its lock for as long as it lives."""
    return WorkerNote(folder, NAME)


def follower_said(folder: Path) -> dict[str, Any] | None:
    """Return what the living follower says of its last look, None where none lives."""
    said = living_workers(folder)
    return said[0] if said else None
