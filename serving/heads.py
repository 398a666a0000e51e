"""The head of a request must come in time and be of some size, like its body.

The server below our guard hands a request on once its head is whole, and has no limit for it: who
sends half a head holds a connection for ever, and who sends one without end fills the memory.
"""

import asyncio
from typing import Any

from uvicorn.protocols.http import auto
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEAD_SECONDS = 10.0
"""So long a connection may take for a head; twice as long at most."""
LARGEST_HEAD = 256 << 10
NEVER = object()


class HeadsInTime(HttpToolsProtocol):
    """A connection that is closed where the head of a request does not come."""

    _timer: asyncio.TimerHandle | None = None
    _of_head = 0
    _is_in_head, _has_ended = True, False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to look now and then whether a head is waited for too long."""
        super().connection_made(transport)
        self._look_later(None)

    def data_received(self, data: bytes) -> None:
        """Take what comes, and refuse a head that is too large."""
        self._has_ended = False
        super().data_received(data)
        if self._is_in_head and not self._has_ended:
            self._of_head += len(data)
            if self._of_head > LARGEST_HEAD and not self.transport.is_closing():
                self.send_400_response("The head of the request is too large.")

    def on_headers_complete(self) -> None:
        """Stop counting: what follows is the body, for which others have a limit."""
        self._is_in_head = False
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Begin to count anew: what follows is another head."""
        self._is_in_head = self._has_ended = True
        self._of_head = 0
        super().on_message_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """Look no more."""
        if self._timer is not None:
            self._timer.cancel()
        super().connection_lost(exc)

    @property
    def _has_no_request(self) -> bool:
        cycle: Any = self.cycle  # None before the first request
        return cycle is None or bool(cycle.response_complete)

    def _look_later(self, seen: object) -> None:
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(HEAD_SECONDS, self._look, seen)

    def _look(self, seen: object) -> None:
        """Close the connection where nothing was asked since the last look; ``seen`` was then."""
        if self.transport.is_closing():
            return
        if not self._has_no_request:
            self._look_later(NEVER)
        elif self.cycle is seen:
            self.transport.close()
        else:
            self._look_later(self.cycle)


def let_heads_come_in_time() -> None:
    """From now on, servers that choose their protocol themselves take this one."""
    auto.AutoHTTPProtocol = HeadsInTime
