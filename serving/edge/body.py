"""The body of a request: JSON by its type, counted while it arrives, not nested too deep."""

import asyncio
from collections.abc import Mapping

from starlette.requests import ClientDisconnect
from starlette.types import Message, Receive

from features.errors import Problem
from features.phrase import Phrase
from serving.edge.depth import is_deeper
from serving.edge.problem import RefusedError
from serving.edge.visit import Visit

DRAINED = 64 << 20
"""Bytes of a body too large that are read and thrown away, so that its sender sees the answer."""
LARGE = 256 << 10
"""Bytes from which on looking for depth is left to a thread."""
Headers = Mapping[bytes, bytes]


def require_json(headers: Headers) -> None:
    """Refuse what is not JSON in UTF-8, or is compressed: a small body must stay small.

    Raises
    ------
    RefusedError
        415.
    """
    kind, _, rest = headers.get(b"content-type", b"").decode("latin-1").partition(";")
    charset = rest.strip().lower().replace('"', "")
    if kind.strip().lower() != "application/json" or charset not in {"", "charset=utf-8"}:
        raise _not_read("content-type", "send the header content-type: application/json")
    if headers.get(b"content-encoding", b"identity").lower() != b"identity":
        raise _not_read("content-encoding", "send it as it is")


async def read_body(
    receive: Receive, headers: Headers, visit: Visit, *, largest: int, deepest: int
) -> bytes:
    """Return the whole body; a header may lie about its length, so it is counted.

    Raises
    ------
    RefusedError
        413 for one that is too large, 400 for one that is nested too deep.
    ClientDisconnect
        When the client went away.
    """
    visit.is_reading = True
    body = await _gathered(receive, largest, stated=headers.get(b"content-length", b""))
    visit.is_reading, visit.body_bytes = False, len(body)
    deep = (
        is_deeper(body, deepest)
        if len(body) < LARGE
        else await asyncio.to_thread(is_deeper, body, deepest)
    )
    if deep:
        what = Phrase("nested deeper than {deepest}", deepest=deepest)
        hint = "facts are nested three deep at most"
        problem = Problem(where="body", what=what, hint=hint)
        raise RefusedError(400, "The request is not readable", [problem])
    return body


async def _gathered(receive: Receive, largest: int, *, stated: bytes) -> bytes:
    chunks: list[bytes] = []
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        chunk, more = message.get("body", b""), message.get("more_body", False)
        size += len(chunk)
        if size <= largest:
            chunks.append(chunk)
        else:
            chunks.clear()
            if size > DRAINED or (stated.isdigit() and int(stated[:18]) > DRAINED):
                break
    if size > largest:
        headers = {"connection": "close"} if more else {}
        what = Phrase("is larger than {largest:,} bytes", largest=largest)
        problem = Problem(where="body", what=what, hint="send less")
        raise RefusedError(413, "The body is too large", [problem], headers=headers)
    return chunks[0] if len(chunks) == 1 else b"".join(chunks)


def given_again(body: bytes, receive: Receive) -> Receive:
    """Return what gives a body that was read, and then what comes after it."""
    first: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive_again() -> Message:
        return first.pop() if first else await receive()

    return receive_again


def _not_read(where: str, hint: str) -> RefusedError:
    problem = Problem(where=where, what="is not read here", hint=hint)
    return RefusedError(415, "The body is not plain JSON", [problem])
