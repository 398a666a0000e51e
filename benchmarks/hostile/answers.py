"""Answers read from a socket by hand: clients' libraries hide what a server does wrong."""

import json
import socket
from dataclasses import dataclass

LARGEST_HEAD = 1 << 16
PARSER_SAID = b"Invalid HTTP request received."
"""What the server below our guard says of what is no HTTP, as plain text."""


class HangError(Exception):
    """Nothing came in time, neither an answer nor the end of the connection."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer; ``wrong`` says what is wrong with it, and is empty where nothing is."""

    status: int
    body: bytes
    closes: bool = False
    is_parsers: bool = False
    wrong: str = ""


class Answers:
    """Reads answers from one socket, until a deadline for each."""

    def __init__(self, connection: socket.socket, seconds: float) -> None:
        self._connection, self._buffer = connection, b""
        self._connection.settimeout(seconds)

    def next(self, *, is_head: bool = False) -> Answer | None:
        """Return the next answer, None where the connection ended before it.

        Raises
        ------
        HangError
            When neither came in time.
        """
        head = self._until(b"\r\n\r\n")
        if head is None:
            return None
        line, *lines = head.split(b"\r\n")
        status = int(line.split(b" ", 2)[1])
        if status < 200:  # 100 Continue: the answer is still to come
            return self.next(is_head=is_head)
        headers = {
            name.strip().lower(): text.strip()
            for name, _, text in (x.partition(b":") for x in lines)
        }
        body = b"" if is_head or status in {204, 304} else self._body(headers)
        if body is None:
            return Answer(status, b"", closes=True, wrong=f"{status}: half an answer")
        closes = headers.get(b"connection", b"").lower() == b"close"
        is_parsers = is_of_the_server(status, headers, body)
        wrong = "" if is_parsers or is_head else wrong_with(status, headers, body)
        return Answer(status, body, closes, is_parsers, wrong)

    def ends(self) -> bool:
        """Return whether the other side ends the connection now."""
        while (more := self._read()) is not None:
            self._buffer += more
        return True

    def _body(self, headers):
        if headers.get(b"transfer-encoding", b"").lower() == b"chunked":
            return self._chunks()
        if b"content-length" in headers:
            return self._exactly(int(headers[b"content-length"]))
        self.ends()
        body, self._buffer = self._buffer, b""
        return body

    def _chunks(self):
        parts: list[bytes] = []
        while True:
            size = self._until(b"\r\n")
            if size is None:
                return None
            part = self._exactly(int(size, 16) + 2)
            if part is None:
                return None
            if len(part) == 2:
                return b"".join(parts)
            parts.append(part[:-2])

    def _until(self, mark):
        while mark not in self._buffer:
            more = self._read()
            if more is None:
                return None
            self._buffer += more
        found, _, self._buffer = self._buffer.partition(mark)
        return found

    def _exactly(self, size):
        while len(self._buffer) < size:
            more = self._read()
            if more is None:
                return None
            self._buffer += more
        found, self._buffer = self._buffer[:size], self._buffer[size:]
        return found

    def _read(self):
        try:
            return self._connection.recv(1 << 18) or None
        except TimeoutError:
            raise HangError from None
        except OSError:
            return None


def is_of_the_server(status: int, headers, body: bytes) -> bool:
    """Return whether the server below our guard has answered, which no guard can change."""
    if b"x-request-id" in headers:
        return False
    # A bad handshake of a websocket is refused without a word, as is a good one by the guard.
    return (status == 400 and body == PARSER_SAID) or (status in {400, 403, 426} and not body)


def wrong_with(status: int, headers, body: bytes) -> str:
    """Return what is wrong with an answer of ours; nothing where it is as it should be."""
    if status >= 500:
        return f"{status}: {body[:300]!r}"
    if b"x-request-id" not in headers or headers.get(b"x-content-type-options") != b"nosniff":
        return f"{status} did not pass the guard: {headers} {body[:200]!r}"
    if status < 400:
        return ""
    if headers.get(b"content-type") != b"application/problem+json":
        return f"{status} is no problem: {body[:200]!r}"
    data = json.loads(body)
    if (data["status"], data["instance"].encode()) != (status, headers[b"x-request-id"]):
        return f"{status} says {data}"
    return ""
