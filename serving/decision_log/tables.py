"""The tables of the log, the same in SQLite and in PostgreSQL.

Rows are only added. Erasing empties what says something about a deal or a person and fills
``erased_at`` and ``erased_why``; the row stays. A ``key_id`` of "" is who asked without a key:
two unknowns would not be the same to a database, and then no key would be used twice.
"""

from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from serving.decision_log.columns import Moment

LONGEST_ID = 200
metadata = MetaData()


def _table(name: str, *columns: "Column[Any]") -> Table:
    """Return a table with what every row has: who wrote it when, and whether it was erased."""
    return Table(
        name,
        metadata,
        Column("id", String(32), primary_key=True),
        Column("at", Moment, nullable=False),
        Column("key_id", String(64), nullable=False),
        Column("request_id", String(LONGEST_ID), nullable=False),
        Column("idempotency_key", String(LONGEST_ID)),
        Column("request_hash", String(64)),
        Column("deal_id", String(LONGEST_ID)),
        *columns,
        Column("erased_at", Moment),
        Column("erased_why", Text),
        UniqueConstraint("key_id", "idempotency_key", name=f"{name}_once"),
        Index(f"{name}_deal", "deal_id", "at"),
        Index(f"{name}_at", "at"),
    )


DECISIONS = _table(
    "decisions",
    Column("as_of", Date, nullable=False),
    Column("language", String(2), nullable=False),
    Column("facts", Text),
    Column("waivers", Text),
    Column("answer", LargeBinary),
    Column("policy", String(128), nullable=False),
    Column("policy_version", String(LONGEST_ID)),
    Column("model", String(128)),
    Column("matrix_schema", String(128)),
    Column("code_version", String(64), nullable=False),
    Column("recommendation", String(16), nullable=False),
    Column("reasons", Text, nullable=False),
    Column("p_win", Float),
    Column("propensity", Float, nullable=False),
    Column("explored", Boolean, nullable=False),
    Column("latency_us", Integer, nullable=False),
    Column("batch_id", String(32), index=True),
    Column("batch_row", Integer),
)
OUTCOMES = _table(
    "outcomes",
    Column("outcome", String(16)),
    Column("closed_on", Date),
    Column("hours", Float),
    Column("revenue", Float),
)
OVERRIDES = _table(
    "overrides",
    Column("by", Text),
    Column("why", Text),
    Column("decided_on", Date),
    Column("until", Date),
    Column("recommended", String(16)),
    Column("done", String(16)),
)
SHADOWS = _table(
    "shadows",
    Column("policy", String(128), nullable=False),
    Column("model", String(128)),
    Column("recommendation", String(16)),
    Column("p_win", Float),
)
TABLES = (DECISIONS, OUTCOMES, OVERRIDES, SHADOWS)
KEPT_WHEN_ERASED = frozenset(
    {
        *("id", "at", "key_id", "request_id", "idempotency_key", "deal_id", "as_of", "language"),
        *("policy", "policy_version", "model", "matrix_schema", "code_version"),
        *("recommendation", "propensity", "explored", "latency_us", "batch_id", "batch_row"),
    }
)
"""What a row still says once it is erased: who asked when, and what was concluded, not of what."""
