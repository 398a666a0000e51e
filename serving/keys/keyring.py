"""The keys as a worker knows them: read once, and again when their file changes."""

import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from serving.keys.key import Key, digest_of, parts_of
from serving.keys.principal import Principal
from serving.keys.store import KeysError, read_keys

logger = logging.getLogger("qualifox.keys")

EVERY_SECONDS = 1.0
"""How often the file is looked at, at most."""
Mark = tuple[int, int, int]


def _utc() -> datetime:
    return datetime.now(UTC)  # the keyring is an edge: keys expire by the clock


class Keyring:
    """The keys of a file, looked at again at most once a second.

    A file that becomes unreadable or goes away opens nothing: the keys known until then stay
    known, and `is_empty` stays false once there has been a key.

    Raises
    ------
    KeysError
        When the file is damaged at the start.
    """

    def __init__(
        self,
        file: Path,
        *,
        now: Callable[[], datetime] = _utc,
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        self._file, self._now, self._ticks = file, now, ticks
        self._looked_at, self._mark = ticks(), _mark_of(file)
        self._keys: dict[str, Key] = {key.id: key for key in read_keys(file)}
        self._is_empty = not self._keys

    @property
    def is_empty(self) -> bool:
        """Whether there has never been a key, not even one that is revoked."""
        self._look()
        return self._is_empty

    def principal_of(self, token: str) -> Principal | None:
        """Return who asks with a token, None where it is no live key's."""
        self._look()
        parts = parts_of(token)
        if parts is None:
            return None
        key = self._keys.get(parts[0])
        if key is None:
            digest_of(parts[1])  # an unknown id takes as long as a wrong secret
            return None
        opens = key.opens_with(parts[1])
        return key.principal if opens and key.is_live(self._now()) else None

    def _look(self) -> None:
        now = self._ticks()
        if now - self._looked_at < EVERY_SECONDS:
            return
        self._looked_at, mark = now, _mark_of(self._file)
        if mark == self._mark:
            return
        if mark is None:
            logger.error("the file of keys is gone; the keys known until now stay known")
            return
        try:
            self._keys = {key.id: key for key in read_keys(self._file)}
        except KeysError:
            logger.exception("the file of keys is damaged; the keys known until now stay known")
            return  # its mark is not kept, so that it is read again: a key may be revoked in it
        self._mark = mark
        self._is_empty = self._is_empty and not self._keys


def _mark_of(file: Path) -> Mark | None:
    """Return what changes when a file is replaced, None where there is none."""
    try:
        stat = file.stat()
    except FileNotFoundError:
        return None
    return stat.st_mtime_ns, stat.st_ino, stat.st_size
