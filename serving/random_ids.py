"""Ids that nobody can guess, from random bytes that are fetched for many of them at once.

Each fetch is a call into the system that gives the interpreter away; on a busy service another
thread takes it, and the request waits for it to come back.
"""

import os
import threading

AT_ONCE = 4096


class RandomBytes:
    """Gives out random bytes, each once, to any thread of one process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._bytes, self._used = b"", 0
        # A child that was forked would give out the same ones again.
        os.register_at_fork(after_in_child=self._forget)

    def hex(self, n_bytes: int) -> str:
        """Return so many of them, two digits each; at most 4,096."""
        with self._lock:
            start, end = self._used, self._used + n_bytes
            if end > len(self._bytes):
                self._bytes = os.urandom(AT_ONCE)
                start, end = 0, n_bytes
            self._used = end
            return self._bytes[start:end].hex()

    def _forget(self) -> None:
        self._lock = threading.Lock()
        self._bytes, self._used = b"", 0


RANDOM = RandomBytes()
