"""The rows of a batch under its idempotency key: which are kept already, and what they answered.

The first decision of a batch that is kept, its *head*, has the key as it was sent; every other
row has a key made of that and of its place. So the database sees to it that each row is kept
once, however often the batch comes, from wherever, and whether or not the one before was cut off.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from features.texts import Language
from serving.decision_log.canonical import unpacked
from serving.decision_log.errors import KeyUsedTwiceError
from serving.decision_log.reader import AnyRow, Reader
from serving.decision_log.stored import versions_of
from serving.decision_log.tables import DECISIONS

MOST_ASKED = 500
"""Keys of one query: well below what any database takes."""
_LOOKED_AT = [
    DECISIONS.c[name]
    for name in (
        *("id", "idempotency_key", "request_hash", "request_id", "language"),
        *("batch_id", "batch_row"),
    )
]
_TOLD = [
    DECISIONS.c[name]
    for name in (
        *("id", "answer", "code_version"),
        *("policy", "policy_version", "model", "matrix_schema"),
    )
]
_NEVER_SENT = "§"
"""A caller's key is ASCII, so no caller can send the key of a row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRow:
    """A row of a batch that is in the log; the rest of it is looked up when it is told."""

    id: str
    is_head: bool
    batch_id: str
    request_id: str
    language: Language


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptAnswer:
    """What was told about a row, None where it was erased, and what exactly answered."""

    answer: bytes | None
    versions: dict[str, str | None]


def row_key(key: str, row: int) -> str:
    """Return the idempotency key of a row of a batch.

    >>> row_key("crm-17", 3)[:9], row_key("crm-17", 3)[-2:], len(row_key("k" * 200, 9_999))
    ('§f9677b48', ':3', 70)
    """
    return f"{_NEVER_SENT}{hashlib.sha256(key.encode()).hexdigest()}:{row}"


def kept_rows(
    reader: Reader, key_id: str | None, key: str, request_hash: str | None, *, rows: int
) -> dict[int, KeptRow]:
    """Return what is kept of the batch that came with a key, by the places of its deals.

    Raises
    ------
    KeyUsedTwiceError
        When another request had this key.
    """
    keys = [key, *(row_key(key, row) for row in range(rows))]
    found = list(_with_keys(reader, key_id or "", keys))
    if any(row.request_hash not in {None, request_hash} or row.batch_id is None for row in found):
        raise KeyUsedTwiceError
    return {
        row.batch_row: KeptRow(
            id=row.id,
            is_head=row.idempotency_key == key,
            batch_id=row.batch_id,
            request_id=row.request_id,
            language=row.language,
        )
        for row in found
    }


def kept_answers(reader: Reader, ids: Sequence[str]) -> dict[str, KeptAnswer]:
    """Return what some decisions told; what is pruned is not among them."""
    return {
        row.id: KeptAnswer(
            answer=None if row.answer is None else unpacked(row.answer), versions=versions_of(row)
        )
        for some in _parts(ids)
        for row in reader.rows(select(*_TOLD).where(DECISIONS.c.id.in_(some)))
    }


def _with_keys(reader: Reader, key_id: str, keys: Sequence[str]) -> Iterator[AnyRow]:
    columns = DECISIONS.c
    for some in _parts(keys):
        query = select(*_LOOKED_AT).where(columns.key_id == key_id)
        yield from reader.rows(query.where(columns.idempotency_key.in_(some)))


def _parts(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(texts), MOST_ASKED):
        yield texts[start : start + MOST_ASKED]
