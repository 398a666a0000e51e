"""The one thread of a process that writes: what comes while it commits is its next commit."""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence

from serving.decision_log.commit import End, is_outage
from serving.decision_log.entry import Entry, tell
from serving.decision_log.errors import OverloadedError, RecordRefusedError, UnavailableError
from serving.decision_log.settings import LogSettings

logger = logging.getLogger("qualifox.serving")

FIRST_PAUSE_S = 0.05
Commit = Callable[[Sequence[Entry]], Sequence[End]]


class Writer:
    """Takes entries from any thread, and keeps them in groups.

    While the database is away it tries again, and entries wait until nobody waits for them.
    """

    def __init__(self, commit: Commit, settings: LogSettings) -> None:
        self._commit, self._settings = commit, settings
        self._queue: deque[Entry] = deque()
        self._in_hand = 0
        self._changed = threading.Condition()
        self._closing = threading.Event()
        self._give_up_at = float("inf")
        self._thread: threading.Thread | None = None
        self.is_out = False
        self.commits = 0

    @property
    def backlog(self) -> int:
        """How many entries are not safe yet."""
        return len(self._queue) + self._in_hand

    def put(self, *entries: Entry) -> None:
        """Queue entries, all or none; returns at once.

        Raises
        ------
        OverloadedError
            When more would wait than may wait.
        UnavailableError
            When the writer is closing.
        """
        with self._changed:
            if self._closing.is_set():
                raise UnavailableError
            if not self._has_room(len(entries)) and not self._forget(len(entries)):
                raise OverloadedError
            self._queue.extend(entries)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="log", daemon=True)
                self._thread.start()
            self._changed.notify()

    def close(self, patience_s: float = 10.0) -> bool:
        """Write what waits, and stop; return whether everything was written in time."""
        self._give_up_at = time.monotonic() + patience_s
        with self._changed:
            self._closing.set()
            self._changed.notify()
        if self._thread is not None:
            self._thread.join(patience_s + 1)
        return not self.backlog

    def _has_room(self, count: int) -> bool:
        return self.backlog + count <= self._settings.capacity

    def _forget(self, count: int) -> bool:
        """Drop what nobody waits for any more; return whether that made room for so many."""
        self._queue = deque(entry for entry in self._queue if not entry.abandoned)
        return self._has_room(count)

    def _run(self) -> None:
        while batch := self._next():
            try:
                self._keep(batch)
            except Exception:
                logger.exception("the writer of the decision log failed")
                tell((entry, RecordRefusedError()) for entry in batch)
            finally:
                self._in_hand = 0

    def _next(self) -> list[Entry]:
        """Return what waits, as soon as something does; nothing once all is done."""
        with self._changed:
            while not self._queue and not self._closing.is_set():
                self._changed.wait()
            count = min(len(self._queue), self._settings.most_at_once)
            batch = [self._queue.popleft() for _ in range(count)]
            self._in_hand = count
            return batch

    def _keep(self, batch: list[Entry]) -> None:
        """Commit a group, again and again while the database is away."""
        pause = FIRST_PAUSE_S
        while True:
            batch = [entry for entry in batch if not entry.abandoned]
            if not batch:
                return
            try:
                ends = self._commit(batch)
            except Exception as error:  # noqa: BLE001 (a writer that dies would lose the rest)
                if not is_outage(error):
                    self._keep_one_by_one(batch, error)
                    return
                self._note_outage(error)
                if not self._may_go_on(pause):
                    tell((entry, UnavailableError()) for entry in batch)
                    return
                pause = min(2 * pause, self._settings.longest_pause_s)
                continue
            self.is_out, self.commits = False, self.commits + 1
            tell(zip(batch, ends, strict=True))
            return

    def _keep_one_by_one(self, batch: list[Entry], error: Exception) -> None:
        """Find the record that the database refuses, and keep the others."""
        if len(batch) > 1:
            for entry in batch:
                self._keep([entry])
            return
        logger.error("a record was refused: %s", type(error).__name__)  # no facts in the log
        tell([(batch[0], RecordRefusedError())])

    def _note_outage(self, error: Exception) -> None:
        if not self.is_out:
            cause = getattr(error, "orig", error)
            logger.error("the decision log is away: %s", type(cause).__name__)
        self.is_out = True

    def _may_go_on(self, pause: float) -> bool:
        """Wait a little; return whether there is time for another try."""
        if self._closing.is_set():
            time.sleep(pause)
        else:
            self._closing.wait(pause)
        return time.monotonic() < self._give_up_at
