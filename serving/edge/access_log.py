"""One line of JSON for each request: what was asked and how long it took, never what was in it."""

import asyncio
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import orjson

from serving.edge.visit import Visit

Write = Callable[[str], Any]


class AccessLog:
    """Writes one line a request to stderr, or to where it is told.

    The path is the template of the route and the method one that we know, so that nothing that a
    caller chose gets into a line but a sane request id; JSON escapes whatever might end a line.
    """

    def __init__(self, write: Write | None = None) -> None:
        self._write = write or Gathered(sys.stderr.write)

    def note(self, visit: Visit, milliseconds: float) -> None:
        """Write the line of a request that is over."""
        line = {
            "at": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "log": "access",
            "request_id": visit.request_id,
            "method": visit.method,
            "route": visit.route,
            "status": visit.status,
            "ms": round(milliseconds, 2),
            "bytes": visit.body_bytes,
            "key": visit.key_id,
        }
        self._write(orjson.dumps(line).decode() + "\n")


class Gathered:
    """Writes the lines of requests that end at the same moment in one call."""

    def __init__(self, write: Write) -> None:
        self._write = write
        self._lines: list[str] = []

    def __call__(self, line: str) -> None:
        """Write a line before the event loop looks at its sockets again."""
        self._lines.append(line)
        if len(self._lines) == 1:
            asyncio.get_running_loop().call_soon(self._flush)

    def _flush(self) -> None:
        lines, self._lines = self._lines, []
        self._write("".join(lines))
