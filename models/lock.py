"""One process at a time where a home folder changes."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def locked(home: Path, name: str) -> Iterator[None]:
    """Hold a named lock of a home folder; others wait until it is let go, or its holder dies."""
    with (home / f".{name}.lock").open("w", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
