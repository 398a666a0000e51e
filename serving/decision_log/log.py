"""The decision log as the service sees it: an answer may be sent once `append` has returned."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from functools import partial

from sqlalchemy.exc import SQLAlchemyError

from serving.decision_log.commit import commit
from serving.decision_log.database import Database, open_database
from serving.decision_log.entry import Entry, Written
from serving.decision_log.errors import (
    LaterError,
    LogError,
    RecordRefusedError,
    UnavailableError,
)
from serving.decision_log.reader import Reader
from serving.decision_log.records import Record
from serving.decision_log.settings import LogSettings
from serving.decision_log.standing import require_newest
from serving.decision_log.upkeep import Upkeep
from serving.decision_log.writer import Writer
from serving.messages import RequestError


class DecisionLog:
    """Adds records through one writer thread, and reads them back through ``reader``."""

    def __init__(self, database: Database, settings: LogSettings) -> None:
        self.settings, self.database = settings, database
        self.writer = Writer(partial(commit, database), settings)
        self.reader = Reader(database.reading)
        self.upkeep = Upkeep(database)

    @staticmethod
    def open(settings: LogSettings) -> "DecisionLog":
        """Return the log, its tables as this code writes them.

        Raises
        ------
        LogError
            When the database cannot be used as it is.
        """
        database = open_database(settings.url)
        try:
            require_newest(database)
        except SQLAlchemyError as error:
            database.close()
            cause = type(getattr(error, "orig", error)).__name__
            hint = "is the database there, and may this user read and write it?"
            raise LogError(f"the decision log cannot be opened: {cause}\n  hint: {hint}") from None
        except BaseException:
            database.close()
            raise
        return DecisionLog(database, settings)

    @property
    def backlog(self) -> int:
        """How many requests' records are not safe yet; for the metrics."""
        return self.writer.backlog

    @property
    def is_writable(self) -> bool:
        """Whether the last try reached the database; for readiness."""
        return not self.writer.is_out

    async def append(self, *records: Record) -> Written:
        """Keep the records of one request, all or none, and return once they are safe.

        Raises
        ------
        OverloadedError, UnavailableError
            When they cannot be kept now; nobody may be told the answer then.
        KeyUsedTwiceError
            When another request had the same idempotency key.
        RecordRefusedError
            When the database will not take them.
        """
        if self.settings.async_ack:
            self.note(*records)
            return Written(records[0].id, durable=False)
        entry = Entry(records, asyncio.get_running_loop().create_future())
        self.writer.put(entry)
        return await self._settled(entry)

    async def append_each(self, records: Sequence[Record]) -> list[Written | RequestError]:
        """Keep records that stand each for itself in one go; say what became of each.

        They wait together and are written in one commit where it has room; each has its own
        idempotency key, or none.
        """
        loop, is_heard = asyncio.get_running_loop(), not self.settings.async_ack
        entries = [Entry([one], loop.create_future() if is_heard else None) for one in records]
        await asyncio.to_thread(_pack, entries)
        try:
            self.writer.put(*entries)
        except LaterError as later:
            return [later] * len(records)
        if is_heard:
            return await self._each_settled(entries)
        return [Written(one.id, durable=False) for one in records]

    def note(self, *records: Record) -> None:
        """Queue records that nobody waits for, like those of the challenger.

        Raises
        ------
        OverloadedError
            When too much waits already.
        """
        self.writer.put(Entry(records))

    def close(self, patience_s: float = 10.0) -> bool:
        """Write what waits and let go of the database; return whether all was written."""
        done = self.writer.close(patience_s)
        self.database.close()
        return done

    async def _each_settled(self, entries: Sequence[Entry]) -> list[Written | RequestError]:
        waiters = [entry.waiter for entry in entries if entry.waiter is not None]
        try:
            await asyncio.wait(waiters, timeout=self.settings.patience_s)
        finally:
            for entry in entries:
                entry.abandoned = True
        return [_end(waiter) for waiter in waiters]

    async def _settled(self, entry: Entry) -> Written:
        if entry.waiter is None:
            raise UnavailableError
        try:
            async with asyncio.timeout(self.settings.patience_s):
                return await entry.waiter
        except TimeoutError:
            raise UnavailableError from None
        finally:
            entry.abandoned = True


def _pack(entries: Sequence[Entry]) -> None:
    """Make the rows, so that the writer, and who waits for it, need not wait for that."""
    for entry in entries:
        with suppress(ValueError, TypeError):  # the writer finds it too, and refuses that one
            entry.rows()


def _end(waiter: "asyncio.Future[Written]") -> Written | RequestError:
    """Return what became of a record; what is not known by now is not told as kept."""
    if not waiter.done():
        waiter.cancel()
        return UnavailableError()
    error = waiter.exception()
    if error is None:
        return waiter.result()
    return error if isinstance(error, RequestError) else RecordRefusedError()
