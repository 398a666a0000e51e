"""One spelling of what was said, so that the same is the same; and answers made small."""

import hashlib
import json
import zlib
from datetime import datetime
from typing import Any

import orjson

from serving.random_ids import RANDOM

_QUICK = 1


def canonical_json(value: object) -> str:
    """Return JSON with sorted keys and no blanks; numbers read back exactly as they were.

    >>> canonical_json({"b": 0.1, "a": "é"})
    '{"a":"é","b":0.1}'
    """
    try:
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()
    except TypeError:  # a whole number of more than 64 bits
        return json.dumps(
            value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
        )


def packed(answer: bytes) -> bytes:
    """Return an answer made small; `unpacked` gives it back to the byte."""
    return zlib.compress(answer, _QUICK)


def unpacked(kept: bytes) -> bytes:
    """Return the answer that was packed."""
    return zlib.decompress(kept)


def request_hash(method: str, path: str, query: str, body: bytes) -> str:
    """Return what tells two requests with the same idempotency key apart.

    The length of each part goes first: else a part could pass for the end of the one before it.
    """
    digest = hashlib.sha256()
    for part in (method.encode(), path.encode(), query.encode(), body):
        digest.update(f"{len(part)}:".encode())
        digest.update(part)
    return digest.hexdigest()


def new_id(at: datetime) -> str:
    """Return an id that nobody else has: the millisecond, then 80 random bits, in hex.

    Ids of later moments sort later, so that an index grows at its end.
    """
    return f"{int(at.timestamp() * 1000):012x}{RANDOM.hex(10)}"


def read_json(text: str | None) -> Any:
    """Return what JSON says, None where there is none."""
    return None if text is None else json.loads(text)
