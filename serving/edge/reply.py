"""The answer on its way out: headers that every answer has, and errors in the one shape."""

import json
from collections.abc import Iterable

from starlette.types import Message, Send

from serving.edge.problem import AGAIN_AFTER, completed_body, problem_data, request_error
from serving.edge.visit import Visit
from serving.messages import PROBLEM_JSON

ERROR = 400
LONGEST_ERROR = 1 << 20
"""Bytes of an error that are kept; a longer one is no error of ours."""
SECURITY = (
    (b"x-content-type-options", b"nosniff"),
    (b"cache-control", b"no-store"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
LANGUAGE = b"content-language"
_BODY = frozenset({b"content-type", b"content-length", b"content-encoding"})
Headers = list[tuple[bytes, bytes]]


class Reply:
    """Sends one answer; an error is held back until it is whole, and put into the one shape."""

    def __init__(self, send: Send, visit: Visit) -> None:
        self._send, self._visit = send, visit
        self._error: tuple[Headers, list[bytes]] | None = None
        self.has_started = self.is_over = False

    async def send(self, message: Message) -> None:
        """Pass a message of the application on; what comes after the end is dropped."""
        if self.is_over:
            return
        if message["type"] == "http.response.start":
            await self._start(message)
        elif self._error is not None:
            await self._hold(message, *self._error)
        else:
            self.is_over = not message.get("more_body", False)
            await self._send(message)

    async def refuse(self, error: Exception) -> None:
        """Answer with an error; nothing of another answer may have been sent."""
        known, visit = request_error(error), self._visit
        data = problem_data(
            known.status,
            known.title,
            known.problems,
            instance=visit.request_id,
            language=visit.language,
        )
        told = getattr(known, "headers", {}).items()
        headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in told]
        visit.status = known.status
        await self._send_error(headers, json.dumps(data).encode())

    async def _start(self, message: Message) -> None:
        headers: Headers = [(name.lower(), value) for name, value in message.get("headers", ())]
        self._visit.status = message["status"]
        if message["status"] >= ERROR:
            self._error = (headers, [])
            return
        self.has_started = True
        await self._send({**message, "headers": with_security(headers, self._visit)})

    async def _hold(self, message: Message, headers: Headers, parts: list[bytes]) -> None:
        if sum(map(len, parts)) < LONGEST_ERROR:
            parts.append(message.get("body", b""))
        if message.get("more_body", False):
            return
        kind = dict(headers).get(b"content-type", b"").decode("latin-1")
        visit = self._visit
        whole, language = b"".join(parts), visit.language
        body = completed_body(whole, kind, visit.status, visit.request_id, language)
        kept = [(name, value) for name, value in headers if name not in _BODY]
        await self._send_error(kept, body)

    async def _send_error(self, headers: Headers, body: bytes) -> None:
        status = self._visit.status
        if status in AGAIN_AFTER and b"retry-after" not in dict(headers):
            headers = [*headers, (b"retry-after", AGAIN_AFTER[status].encode())]
        kind, length = PROBLEM_JSON.encode(), str(len(body)).encode()
        headers = [pair for pair in headers if pair[0] != LANGUAGE]
        headers.append((LANGUAGE, self._visit.language.encode()))
        headers = [*headers, (b"content-type", kind), (b"content-length", length)]
        self.has_started = self.is_over = True
        start = {"type": "http.response.start", "status": status}
        await self._send({**start, "headers": with_security(headers, self._visit)})
        await self._send({"type": "http.response.body", "body": body})


def with_security(headers: Iterable[tuple[bytes, bytes]], visit: Visit) -> Headers:
    """Return headers with those that every answer has; what is set already is kept."""
    given = list(headers)
    names = {name for name, _ in given}
    missing = [pair for pair in SECURITY if pair[0] not in names]
    return [*given, *missing, (b"x-request-id", visit.request_id.encode())]
