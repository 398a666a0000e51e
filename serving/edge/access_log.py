"""One line of JSON for each request: what was asked and how long it took, never what was in it."""

import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from serving.edge.visit import Visit

Write = Callable[[str], Any]


class AccessLog:
    """Writes one line a request to stderr, or to where it is told.

    The path is the template of the route and the method one that we know, so that nothing that a
    caller chose gets into a line but a sane request id; JSON escapes whatever might end a line.
    """

    def __init__(self, write: Write | None = None) -> None:
        self._write = write or sys.stderr.write

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
        self._write(json.dumps(line) + "\n")
