"""The book of overrides: who decided otherwise than was recommended, why, and until when.

One line of JSON each, only ever added to, so that nobody can make a decision unsaid: who changes
their mind writes another line.
"""

import json
import os
from dataclasses import dataclass
from pathlib import Path

from features.errors import InputError
from features.override import Override, override_of
from models.lock import locked

BOOK, LOCK = "overrides.jsonl", "overrides"


@dataclass(frozen=True, slots=True)
class Book:
    """The overrides of a home folder in the order in which they were written.

    ``damaged`` are the places (``file:line``) of lines that cannot be read; they are left out.
    """

    overrides: tuple[Override, ...]
    damaged: tuple[str, ...] = ()

    def latest(self) -> dict[str, Override]:
        """Return the last word on each deal, by its id."""
        return {one.deal: one for one in self.overrides}


EMPTY = Book(())


def append_override(home: Path, override: Override) -> Path:
    """Add an override to the book, whole or not at all, and return where the book is.

    Several processes may write at once: each waits for its turn. What a crash has left without an
    end of line is ended first, so that nothing is written into it.
    """
    home.mkdir(parents=True, exist_ok=True)
    place = home / BOOK
    line = json.dumps(override.to_data(), ensure_ascii=False) + "\n"
    with locked(home, LOCK), place.open("ab", buffering=0) as file:
        before = file.tell()
        whole = ("" if _ends_its_line(place) else "\n") + line
        written = file.write(whole.encode("utf-8", "surrogatepass"))
        if written != len(whole.encode("utf-8", "surrogatepass")):
            file.truncate(before)
            raise OSError(None, "the disk took only a part of the line", str(place))
        os.fsync(file.fileno())
    return place


def read_book(home: Path) -> Book:
    """Return the book of a home folder; an empty one where nobody has overridden anything."""
    place = home / BOOK
    if not place.exists():
        return EMPTY
    found, damaged = [], []
    text = place.read_text(encoding="utf-8", errors="replace")
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        where = f"{place.name}:{number}"
        try:
            found.append(override_of(json.loads(line), where))
        except (InputError, ValueError):
            damaged.append(where)
    return Book(tuple(found), tuple(damaged))


def _ends_its_line(place: Path) -> bool:
    """Return whether the file is empty or ends with an end of line."""
    with place.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        if not size:
            return True
        file.seek(size - 1)
        return file.read(1) == b"\n"
