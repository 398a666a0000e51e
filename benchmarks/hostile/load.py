"""A lean client of many connections: as fast as answers come, or so many requests a second.

In the open way a request is late from the moment on at which it was due, not from that at which a
connection was free for it: a service that stalls cannot hide it.
"""

import asyncio
import json
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

import numpy as np

from benchmarks.hostile.framing import HOST, JSON, framed

Facts = Mapping[str, object]
FACTS_ASKED = 0.8
"""The share of its facts that a deal comes with."""
CONNECTIONS = 16
LONGEST_IDLE_SECONDS = 3.0
"""The service ends a connection that is idle for five, perhaps while a request is on its way."""


@dataclass
class Heard:
    """What came back: seconds by kind, and whatever was no success."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    errors: Counter[str] = field(default_factory=Counter)
    ids: list[bytes] = field(default_factory=list)

    def note(self, kind: str, head: bytes, seconds: float) -> None:
        """Note one answer."""
        self.seconds.setdefault(kind, []).append(seconds)
        status = head[9:12]
        if not status.startswith(b"2"):
            self.errors[f"{kind} {status.decode()}"] += 1
        place = head.find(b"qualifox-decision: ")
        if place > 0 and len(self.ids) < 10_000:
            self.ids.append(head[place + 19 : place + 19 + 32])

    @property
    def count(self) -> int:
        """How many answers came."""
        return sum(map(len, self.seconds.values()))

    def milliseconds(self, share: float) -> dict[str, float]:
        """Return a quantile of each kind."""
        return {
            kind: round(1000 * float(np.quantile(found, share)), 1)
            for kind, found in sorted(self.seconds.items())
        }


class Mix:
    """Requests as a company sends them: mostly one deal, each time another."""

    def __init__(self, deals: Sequence[Facts], heard: Heard, seed: int = 7) -> None:
        self._deals, self._heard, self._random = deals, heard, Random(seed)
        self._kinds: dict[str, tuple[int, Callable[[], bytes]]] = {
            "score": (90, self._score),
            "what-if": (3, self._what_if),
            "batch of 50": (2, self._batch),
            "decision": (3, self._decision),
            "outcome": (2, self._outcome),
        }
        self._n = 0

    def __iter__(self) -> Iterator[tuple[str, bytes]]:
        kinds = list(self._kinds)
        weights = [weight for weight, _ in self._kinds.values()]
        while True:
            (kind,) = self._random.choices(kinds, weights)
            yield kind, self._kinds[kind][1]()

    def _deal(self) -> dict[str, object]:
        random = self._random
        facts = random.choice(self._deals)
        return {name: fact for name, fact in facts.items() if random.random() < FACTS_ASKED}

    def _score(self) -> bytes:
        self._n += 1
        return _post(b"/v1/score", {"facts": self._deal(), "id": f"D-{self._n}"})

    def _what_if(self) -> bytes:
        changes = dict(list(self._deal().items())[:2]) or {"amount": 1000}
        return _post(b"/v1/what-if", {"facts": self._deal(), "changes": changes})

    def _batch(self) -> bytes:
        return _post(b"/v1/score/batch", {"deals": [{"facts": self._deal()} for _ in range(50)]})

    def _decision(self) -> bytes:
        if not self._heard.ids:
            return self._score()
        decision = self._random.choice(self._heard.ids)
        return framed(b"GET", b"/v1/decisions/" + decision, HOST, b"")

    def _outcome(self) -> bytes:
        deal = f"D-{self._random.randint(1, self._n + 1)}"
        return _post(b"/v1/outcomes", {"deal": deal, "outcome": "won", "closed_on": "2026-01-31"})


class Connection(asyncio.Protocol):
    """One connection kept alive, with one request at a time."""

    def __init__(self) -> None:
        self.transport: asyncio.Transport | None = None
        self.idle_since = 0.0
        self._buffer, self._needed, self._head = bytearray(), -1, b""
        self._waiter: asyncio.Future[bytes] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def ask(self, request: bytes) -> "asyncio.Future[bytes]":
        """Send a request; the head of the answer comes once its body is there too."""
        assert self.transport is not None
        self._buffer.clear()
        self._needed, self._waiter = -1, asyncio.get_running_loop().create_future()
        self.transport.write(request)
        return self._waiter

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        if self._needed < 0:
            end = self._buffer.find(b"\r\n\r\n")
            if end < 0:
                return
            self._head = bytes(self._buffer[:end])
            place = self._head.find(b"content-length: ") + 16
            self._needed = end + 4 + int(self._head[place:].split(b"\r\n", 1)[0])
        if len(self._buffer) >= self._needed and self._waiter and not self._waiter.done():
            self._waiter.set_result(self._head)

    def connection_lost(self, exc: Exception | None) -> None:
        del exc
        self.transport = None
        if self._waiter and not self._waiter.done():
            self._waiter.set_exception(ConnectionResetError("the connection ended"))


class Load:
    """Sends requests of a mix to one service."""

    def __init__(self, port: int, mix: Mix, heard: Heard) -> None:
        self._port, self._requests, self._heard = port, iter(mix), heard
        self._free: list[Connection] = []

    async def as_fast_as_it_answers(self, seconds: float) -> float:
        """Send over so many connections, each waiting for its answer; return requests a second."""
        end, before = time.perf_counter() + seconds, self._heard.count

        async def one() -> None:
            while time.perf_counter() < end:
                kind, request = next(self._requests)
                await self._asked(kind, request, time.perf_counter())

        await asyncio.gather(*(one() for _ in range(CONNECTIONS)))
        return (self._heard.count - before) / seconds

    async def so_many_a_second(self, rate: float, seconds: float) -> None:
        """Send at a rate, whether or not answers have come; return once all have."""
        loop, tasks = asyncio.get_running_loop(), set[asyncio.Task[None]]()
        began, n = time.perf_counter(), 0
        while (due := began + n / rate) < began + seconds:
            if (rest := due - time.perf_counter()) > 0.001:
                await asyncio.sleep(rest)
            kind, request = next(self._requests)
            task = loop.create_task(self._asked(kind, request, due))
            tasks.add(task)
            task.add_done_callback(tasks.discard)
            n += 1
            if n % 64 == 0:
                await asyncio.sleep(0)  # whoever is late lets answers in all the same
        await asyncio.gather(*tasks)

    async def _asked(self, kind: str, request: bytes, due: float) -> None:
        try:
            connection = await self._connection()
            head = await asyncio.wait_for(connection.ask(request), 30)
        except (OSError, TimeoutError) as error:
            self._heard.errors[f"{kind} {type(error).__name__}"] += 1
            return
        self._heard.note(kind, head, time.perf_counter() - due)
        connection.idle_since = time.perf_counter()
        self._free.append(connection)

    async def _connection(self) -> Connection:
        while self._free:
            connection = self._free.pop()
            is_fresh = time.perf_counter() - connection.idle_since < LONGEST_IDLE_SECONDS
            if connection.transport is not None and is_fresh:
                return connection
            if connection.transport is not None:
                connection.transport.close()
        loop = asyncio.get_running_loop()
        _, connection = await loop.create_connection(Connection, "127.0.0.1", self._port)
        return connection


def _post(path: bytes, data: object) -> bytes:
    body = json.dumps(data, default=str).encode()  # a day is told as text
    return framed(b"POST", path, HOST + JSON, body)
