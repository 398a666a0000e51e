"""Reading the log back: one decision, those of a deal, or all of a table, page by page.

Every call is one short transaction: who reads for long keeps SQLite from writing. The calls
wait for the database, so the service makes them in a thread.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, Row, Select, Table, and_, exc, or_, select

from serving.decision_log.commit import is_outage
from serving.decision_log.errors import UnreadableError
from serving.decision_log.stored import StoredDecision
from serving.decision_log.tables import DECISIONS, OUTCOMES, OVERRIDES, SHADOWS

PAGE = 1_000
MOST_LISTED = 200
AnyRow = Row[Any]


class Reader:
    """Reads what `key_id` may see: its own decisions, or everything where it is None."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def decision(self, decision_id: str, key_id: str | None = None) -> StoredDecision | None:
        """Return a decision; None where there is none, or where it is another key's."""
        query = _of_key(select(DECISIONS), DECISIONS, key_id)
        rows = self.rows(query.where(DECISIONS.c.id == decision_id))
        return StoredDecision.of(rows[0]) if rows else None

    def decisions_of(
        self, deal_id: str, key_id: str | None = None, *, most: int = MOST_LISTED
    ) -> list[StoredDecision]:
        """Return the latest decisions about a deal, the last one first."""
        query = _of_key(select(DECISIONS), DECISIONS, key_id)
        query = query.where(DECISIONS.c.deal_id == deal_id)
        query = query.order_by(DECISIONS.c.at.desc(), DECISIONS.c.id.desc()).limit(most)
        return [StoredDecision.of(row) for row in self.rows(query)]

    def answered(self, key_id: str | None, idempotency_key: str) -> StoredDecision | None:
        """Return the (first) decision of the request that had this key before, if any."""
        query = select(DECISIONS).where(
            DECISIONS.c.key_id == (key_id or ""), DECISIONS.c.idempotency_key == idempotency_key
        )
        rows = self.rows(query)
        return StoredDecision.of(rows[0]) if rows else None

    def batch(self, batch_id: str, at: datetime | None = None) -> list[StoredDecision]:
        """Return the decisions of a batch in their order; with ``at``, those of one piece of it.

        A batch is decided piece by piece, and what is decided together has the same moment.
        """
        query = select(DECISIONS).where(DECISIONS.c.batch_id == batch_id)
        if at is not None:
            query = query.where(DECISIONS.c.at == at)
        return [StoredDecision.of(row) for row in self.rows(query.order_by(DECISIONS.c.batch_row))]

    def shadows_of(self, request_id: str) -> list[AnyRow]:
        """Return what challengers would have said to a request."""
        return self.rows(select(SHADOWS).where(SHADOWS.c.request_id == request_id))

    def outcomes_of(self, deal_id: str, key_id: str | None = None) -> list[AnyRow]:
        """Return what was said of how a deal ended, oldest first; the last one counts."""
        return self._about(OUTCOMES, deal_id, key_id)

    def overrides_of(self, deal_id: str, key_id: str | None = None) -> list[AnyRow]:
        """Return the overrides of a deal, oldest first."""
        return self._about(OVERRIDES, deal_id, key_id)

    def row(self, table: Table, row_id: str) -> AnyRow:
        """Return one row that is known to be there."""
        return self.rows(select(table).where(table.c.id == row_id))[0]

    def pages(
        self, table: Table, since: datetime | None = None, until: datetime | None = None
    ) -> Iterator[list[AnyRow]]:
        """Yield the rows of a table by time, those before ``until``, a page at a time.

        Rows become visible in the order of their commits, not of their times: ask only for what
        is some minutes old, or a row that is being written is passed over.
        """
        columns = table.c
        query = select(table).order_by(columns.at, columns.id).limit(PAGE)
        if since is not None:
            query = query.where(columns.at >= since)
        if until is not None:
            query = query.where(columns.at < until)
        rows = self.rows(query)
        while rows:
            yield rows
            last = rows[-1]
            later = and_(columns.at == last.at, columns.id > last.id)
            rows = self.rows(query.where(or_(columns.at > last.at, later)))

    def _about(self, table: Table, deal_id: str, key_id: str | None) -> list[AnyRow]:
        query = _of_key(select(table), table, key_id).where(table.c.deal_id == deal_id)
        return self.rows(query.order_by(table.c.at, table.c.id))

    def rows(self, query: "Select[Any]") -> list[AnyRow]:
        """Return what a query finds.

        Raises
        ------
        UnreadableError
            When the database is away.
        """
        try:
            with self._engine.connect() as connection:
                return list(connection.execute(query))
        except exc.TimeoutError:  # no connection came free
            raise UnreadableError from None
        except exc.DBAPIError as error:
            if is_outage(error):
                raise UnreadableError from None
            raise


def _of_key(query: "Select[Any]", table: Table, key_id: str | None) -> "Select[Any]":
    return query if key_id is None else query.where(table.c.key_id == key_id)
