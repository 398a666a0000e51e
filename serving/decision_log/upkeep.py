"""What is taken out of the log on purpose: by age, or because a deal or a person is erased.

The log is otherwise only added to; the database refuses any other change of a row. A backup, and
PostgreSQL's archived WAL, keep what was in it: they must be let go by their own rules.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Table, delete, func, select, text, update

from features.errors import InputError, Problem
from features.phrase import Phrase
from serving.decision_log.canonical import read_json
from serving.decision_log.database import Database
from serving.decision_log.reader import Reader
from serving.decision_log.tables import (
    DECISIONS,
    KEPT_WHEN_ERASED,
    OVERRIDES,
    SHADOWS,
    TABLES,
)

STEP = 2_000
SHORTEST_NAME = 3
_TEXTS = {DECISIONS.name: ("facts", "waivers"), OVERRIDES.name: ("by", "why")}
Counts = dict[str, int]


@dataclass(frozen=True, slots=True)
class Upkeep:
    """Prunes and erases, in short transactions, so that the service can write in between."""

    database: Database

    def prune(
        self, before: datetime, *, everything: bool = False, only_look: bool = False
    ) -> Counts:
        """Delete decisions (and what challengers said) from before a moment; return how many.

        Outcomes and overrides are small and what training learns from: they stay, unless
        ``everything`` goes. ``only_look`` counts the rows and leaves them.
        """
        tables = TABLES if everything else (DECISIONS, SHADOWS)
        if only_look:
            return {one.name: _count(self.database, one, one.c.at < before) for one in tables}
        counts = {table.name: self._prune(table, before) for table in tables}
        self._clear_space()
        return counts

    def erase_deal(
        self, deal_id: str, *, why: str, at: datetime, only_look: bool = False
    ) -> Counts:
        """Empty every row about a deal; the rows stay, and say why and when.

        ``only_look`` counts the rows and leaves them.
        """
        if only_look:
            return {
                one.name: _count(
                    self.database, one, one.c.deal_id == deal_id, one.c.erased_at.is_(None)
                )
                for one in TABLES
            }
        counts = {
            table.name: self._erase(table, table.c.deal_id == deal_id, why=why, at=at)
            for table in TABLES
        }
        self._clear_space()
        return counts

    def erase_person(
        self, name: str, *, why: str, at: datetime, only_look: bool = False
    ) -> Counts:
        """Empty every row that has a name in its facts, its waivers, its words or its deal's id.

        Whatever the case of its letters, and inside longer texts too. ``only_look`` counts the
        rows and leaves them. All rows are read: it takes a while.

        Raises
        ------
        InputError
            When the name is too short to be looked for.
        """
        wanted = name.strip().casefold()
        if len(wanted) < SHORTEST_NAME:
            what = "is too short to be looked for"
            hint = Phrase("at least {least} characters", least=SHORTEST_NAME)
            raise InputError([Problem(where="person", what=what, hint=hint)])
        counts = {}
        for table in TABLES:
            found = list(self._rows_with(table, wanted))
            counts[table.name] = len(found)
            if not only_look:
                self._erase_found(table, found, why=why, at=at)
        if not only_look:
            self._clear_space()
        return counts

    def _prune(self, table: Table, before: datetime) -> int:
        # The head of a batch goes first: without it, what is missing of the batch is deleted.
        order = [table.c[name] for name in ("at", "batch_row") if name in table.c]
        oldest = select(table.c.id).where(table.c.at < before).order_by(*order).limit(STEP)
        gone = 0
        while True:
            with self.database.transaction() as connection:
                done = connection.execute(delete(table).where(table.c.id.in_(oldest))).rowcount
            gone += done
            if not done:
                return gone

    def _erase(self, table: Table, where: Any, *, why: str, at: datetime, **more: Any) -> int:
        empty: dict[str, Any] = {
            column.name: None for column in table.columns if column.name not in KEPT_WHEN_ERASED
        }
        if "reasons" in empty:
            empty["reasons"] = "[]"
        values = {**empty, "erased_at": at, "erased_why": why, **more}
        query = update(table).where(where, table.c.erased_at.is_(None)).values(values)
        with self.database.transaction() as connection:
            return connection.execute(query).rowcount

    def _erase_found(
        self, table: Table, found: list[tuple[str, bool]], *, why: str, at: datetime
    ) -> None:
        for in_deal_id, more in ((False, {}), (True, {"deal_id": None})):
            ids = [row_id for row_id, named in found if named == in_deal_id]
            for start in range(0, len(ids), STEP):
                where = table.c.id.in_(ids[start : start + STEP])
                self._erase(table, where, why=why, at=at, **more)

    def _rows_with(self, table: Table, wanted: str) -> Iterator[tuple[str, bool]]:
        """Yield the ids of rows that have the name, and whether the deal's id has it."""
        for page in Reader(self.database.reading).pages(table):
            for row in page:
                if row.erased_at is not None:
                    continue
                in_deal_id = wanted in (row.deal_id or "").casefold()
                if in_deal_id or any(wanted in one.casefold() for one in _texts_of(table, row)):
                    yield row.id, in_deal_id

    def _clear_space(self) -> None:
        """Let PostgreSQL overwrite what was deleted; SQLite overwrites at once (secure_delete)."""
        if self.database.is_sqlite:
            return
        with self.database.writing.connect() as connection:
            free = connection.execution_options(isolation_level="AUTOCOMMIT")
            for table in TABLES:
                free.execute(text(f"VACUUM {table.name}"))


def _texts_of(table: Table, row: Any) -> Iterator[str]:
    """Yield every text that people wrote into a row."""
    for column in _TEXTS.get(table.name, ()):
        value = getattr(row, column)
        yield from _texts_in(read_json(value) if table is DECISIONS else value)


def _texts_in(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts_in(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts_in(one)


def count_rows(database: Database) -> Counts:
    """Return how many rows each table has."""
    return {table.name: _count(database, table) for table in TABLES}


def _count(database: Database, table: Table, *where: Any) -> int:
    query = select(func.count()).select_from(table).where(*where)
    with database.reading.connect() as connection:
        return int(connection.execute(query).scalar_one())
