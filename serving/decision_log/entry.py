"""One request's records on their way into the log, and who waits for them."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from serving.decision_log.records import Record, Row


@dataclass(frozen=True, slots=True)
class Written:
    """What became of an entry.

    ``id`` is that of its first record, or of the one that was kept earlier under the same
    idempotency key (``repeated``). It is not ``durable`` where nobody waited for the disk.
    """

    id: str
    repeated: bool = False
    durable: bool = True


@dataclass(slots=True, eq=False)
class Entry:
    """Records that are kept together or not at all: a decision, or several of one request.

    The idempotency key of a request stands on its first record only. ``abandoned`` says that
    nobody waits any more; what has not been written by then is left.
    """

    records: Sequence[Record]
    waiter: "asyncio.Future[Written] | None" = None
    abandoned: bool = False
    _rows: list[Row] | None = field(default=None, init=False)

    @property
    def head(self) -> Record:
        """The record that carries the idempotency key."""
        return self.records[0]

    def rows(self) -> list[Row]:
        """Return the rows, made once."""
        if self._rows is None:
            rows = [record.to_row() for record in self.records]
            for row in rows[1:]:
                row["idempotency_key"] = row["request_hash"] = None
            self._rows = rows
        return self._rows


Settled = tuple[Entry, Written | Exception]


def tell(settled: Iterable[Settled]) -> None:
    """Wake everybody who waits, each event loop once."""
    loops: dict[asyncio.AbstractEventLoop, list[Settled]] = {}
    for entry, end in settled:
        if entry.waiter is not None:
            loops.setdefault(entry.waiter.get_loop(), []).append((entry, end))
    for loop, ends in loops.items():
        try:
            loop.call_soon_threadsafe(_wake, ends)
        except RuntimeError:
            continue  # the loop is closed: nobody is left who could wait


def _wake(ends: list[Settled]) -> None:
    for entry, end in ends:
        waiter = entry.waiter
        if waiter is None or waiter.done():
            continue
        if isinstance(end, Exception):
            waiter.set_exception(end)
        else:
            waiter.set_result(end)
