"""A table of the log as a Parquet file, streamed: a page in memory, whatever its length."""

import os
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from sqlalchemy import Boolean, Date, Float, Integer, LargeBinary, Table

from serving.decision_log.canonical import unpacked
from serving.decision_log.columns import Moment
from serving.decision_log.reader import AnyRow, Reader

_TYPES = (
    (Moment, pa.timestamp("us", tz="UTC")),
    (Boolean, pa.bool_()),
    (Integer, pa.int64()),
    (Float, pa.float64()),
    (Date, pa.date32()),
)
LEFT_OUT = frozenset({"idempotency_key", "request_hash"})


def export_parquet(
    reader: Reader,
    table: Table,
    place: Path,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
) -> int:
    """Write the rows of a table from ``since`` to before ``until``; return how many.

    The file appears whole or not at all. Answers are written as the JSON text that was sent.
    """
    schema, written = _schema(table), 0
    place.parent.mkdir(parents=True, exist_ok=True)
    descriptor, draft = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name}-")
    os.close(descriptor)
    try:
        with pq.ParquetWriter(draft, schema, compression="zstd") as file:
            for page in reader.pages(table, since, until):
                file.write_table(pa.Table.from_pylist([_plain(row) for row in page], schema))
                written += len(page)
        Path(draft).replace(place)
    finally:
        Path(draft).unlink(missing_ok=True)
    return written


def _schema(table: Table) -> pa.Schema:
    return pa.schema(
        [(one.name, _type(one.type)) for one in table.columns if one.name not in LEFT_OUT]
    )


def _type(kind: Any) -> Any:
    if isinstance(kind, LargeBinary):
        return pa.string()
    return next((arrow for ours, arrow in _TYPES if isinstance(kind, ours)), pa.string())


def _plain(row: AnyRow) -> dict[str, Any]:
    plain = dict(row._mapping)  # noqa: SLF001 (SQLAlchemy's name for it)
    if plain.get("answer") is not None:
        plain["answer"] = unpacked(plain["answer"]).decode()
    return plain
