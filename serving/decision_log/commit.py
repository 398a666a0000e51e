"""One transaction for many requests: all of it is kept, or nothing."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Table, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, ProgrammingError

from serving.decision_log.database import Database
from serving.decision_log.entry import Entry, Written
from serving.decision_log.errors import KeyUsedTwiceError
from serving.decision_log.records import Row

End = Written | KeyUsedTwiceError


def commit(database: Database, entries: Sequence[Entry]) -> list[End]:
    """Keep all entries and return what became of each, once they are safe.

    Doing it again does nothing: a row with the same id is the same row. So it may be repeated
    when nobody knows whether a commit went through.
    """
    with database.transaction() as connection:
        return _written(connection, entries)


def is_outage(error: Exception) -> bool:
    """Return whether the database, not the record, is the reason; then trying again may help."""
    if not isinstance(error, DBAPIError):
        return isinstance(error, OSError)
    if isinstance(error, ProgrammingError):
        # PostgreSQL says this of tables that are gone, and of rights; SQLite of wrong types.
        return "sqlite" not in type(error.orig).__module__
    return not isinstance(error, IntegrityError | DataError)


def _written(connection: Connection, entries: Sequence[Entry]) -> list[End]:
    keyed = [entry for entry in entries if entry.rows()[0]["idempotency_key"] is not None]
    ends: dict[Entry, End] = {}
    for table, some in _by_table(keyed).items():
        # In one order everywhere: else two processes could wait for each other's keys.
        some.sort(key=lambda entry: (entry.rows()[0]["key_id"], _key(entry)))
        _insert(connection, table, [entry.rows()[0] for entry in some])
        ends |= _ends(connection, table, some)
    for table, some in _by_table(entries).items():
        rows: list[Row] = []
        for entry in some:
            if entry not in ends:
                rows += entry.rows()
                ends[entry] = Written(entry.head.id)
            elif ends[entry] == Written(entry.head.id):
                rows += entry.rows()[1:]
        _insert(connection, table, rows)
    return [ends[entry] for entry in entries]


def _by_table(entries: Iterable[Entry]) -> dict[Table, list[Entry]]:
    found: dict[Table, list[Entry]] = {}
    for entry in entries:
        found.setdefault(entry.head.table, []).append(entry)
    return found


def _insert(connection: Connection, table: Table, rows: list[Row]) -> None:
    if not rows:
        return
    dialect: Any = sqlite if connection.dialect.name == "sqlite" else postgresql
    connection.execute(dialect.insert(table).on_conflict_do_nothing(), rows)


def _key(entry: Entry) -> str:
    return str(entry.rows()[0]["idempotency_key"])


def _ends(connection: Connection, table: Table, entries: list[Entry]) -> dict[Entry, End]:
    """Return who came first under each key, as the database has it."""
    columns = table.c
    query = select(columns.id, columns.key_id, columns.idempotency_key, columns.request_hash)
    query = query.where(columns.idempotency_key.in_(sorted({*map(_key, entries)})))
    first = {(row.key_id, row.idempotency_key): row for row in connection.execute(query)}
    ends: dict[Entry, End] = {}
    for entry in entries:
        head = entry.rows()[0]
        kept = first[head["key_id"], head["idempotency_key"]]
        if kept.request_hash is not None and kept.request_hash != head["request_hash"]:
            ends[entry] = KeyUsedTwiceError()
        else:
            ends[entry] = Written(kept.id, repeated=kept.id != head["id"])
    return ends
