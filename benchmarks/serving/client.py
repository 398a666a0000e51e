"""The load: some connections, each of which asks again as soon as it has its answer.

A process of its own (``python -m benchmarks.serving.client`` with a `Job` as JSON on stdin and
what it saw as JSON on stdout). It knows just enough of HTTP to be cheap: requests are bytes made
before the start, an answer is a status, a length and a body. Whatever is not a whole answer with
status 200 and the words that belong in it is an error.
"""

import asyncio
import json
import sys
from dataclasses import asdict, dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path
from time import perf_counter, process_time
from typing import cast

from benchmarks.serving.figures import percentile
from benchmarks.serving.usage import cpu_seconds

OK = b"200"
HEAD_END, LENGTH = b"\r\n\r\n", b"\r\ncontent-length:"
LONGEST_WAIT_SECONDS, STEP_SECONDS = 20.0, 0.02
ERRORS_TOLD = 5
MICRO, MILLI = 1e6, 1e3


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What to ask of whom.

    ``bodies`` is a file with one body a line, begun at line ``first``; ``marker`` must stand in
    each answer. It lasts for ``seconds`` after ``warm`` ones that are not counted, and longer
    until there are ``least`` answers, but never longer than ``longest``. ``pid`` is the server's
    first process.
    """

    port: int
    path: str
    bodies: str
    marker: str
    pid: int
    connections: int = 1
    seconds: float = 5.0
    warm: float = 1.0
    least: int = 0
    longest: float = 30.0
    first: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What was seen in the time that counts; ``errors`` of all the time."""

    requests: int
    seconds: float
    p50_ms: float
    p99_ms: float
    server_cpu_us: float
    client_cpu_us: float
    errors: int
    told: list[str]

    @property
    def per_second(self) -> float:
        """Answers a second."""
        return self.requests / self.seconds


@dataclass
class Seen:
    """What the callers of one job share."""

    requests: list[bytes]
    marker: bytes
    next: int
    waits: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    is_over: bool = False

    def request(self) -> bytes:
        """Return the next request; each is another deal, until all have been asked."""
        self.next = (self.next + 1) % len(self.requests)
        return self.requests[self.next]


class Caller(asyncio.Protocol):
    """One connection, kept alive."""

    def __init__(self, seen: Seen, ended: "asyncio.Future[None]") -> None:
        self._seen, self._ended = seen, ended
        self._buffer, self._began = b"", 0.0
        self._transport: asyncio.WriteTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the first time."""
        self._transport = cast("asyncio.WriteTransport", transport)
        self._ask()

    def data_received(self, data: bytes) -> None:
        """Note an answer once it is whole, and ask again."""
        self._buffer = self._buffer + data if self._buffer else data
        end = self._buffer.find(HEAD_END)
        if end < 0:
            return
        length = length_of(self._buffer[:end])
        missing = length - (len(self._buffer) - end - len(HEAD_END))
        if missing > 0 and length >= 0:
            return
        self._seen.waits.append(perf_counter() - self._began)
        problem = problem_of(self._buffer, end, missing, self._seen.marker)
        if problem:
            self._seen.errors.append(problem)
        self._buffer = b""
        self._ask()

    def connection_lost(self, exc: Exception | None) -> None:
        """A connection that ends before its time is an error."""
        if not self._seen.is_over:
            self._seen.errors.append(f"the connection ended: {exc}")
        if not self._ended.done():
            self._ended.set_result(None)

    def give_up(self) -> None:
        """Wait no longer: an answer that has not come is an error."""
        if not self._ended.done():
            self._seen.errors.append("no whole answer came")
        if self._transport is not None:
            self._transport.abort()

    def _ask(self) -> None:
        assert self._transport is not None
        if self._seen.is_over:
            self._transport.close()
            return
        self._began = perf_counter()
        self._transport.write(self._seen.request())


def length_of(head: bytes) -> int:
    """Return the length that a head names, -1 where it names none."""
    head = head.lower()
    start = head.find(LENGTH)
    if start < 0:
        return -1
    digits = head[start + len(LENGTH) :].split(b"\r\n", 1)[0].strip()
    return int(digits) if digits.isdigit() else -1


def problem_of(answer: bytes, end: int, missing: int, marker: bytes) -> str:
    """Return what is wrong with an answer; nothing where it is good."""
    if answer[9:12] != OK:
        return f"status {answer[9:12].decode(errors='replace')}: {answer[-200:]!r}"
    if missing < 0:
        return f"the answer is not as long as it says: {answer[: end + 80]!r}"
    if answer.find(marker, end) < 0:
        return f"the answer does not hold {marker!r}: {answer[end : end + 120]!r}"
    return ""


def requests_of(job: Job) -> list[bytes]:
    """Return the bytes of all requests of a job."""
    with Path(job.bodies).open("rb") as file:
        bodies = [line.rstrip(b"\n") for line in file]
    head = (
        f"POST {job.path} HTTP/1.1\r\nhost: 127.0.0.1:{job.port}\r\n"
        "content-type: application/json\r\naccept: application/json\r\ncontent-length: "
    ).encode()
    return [b"%s%d\r\n\r\n%s" % (head, len(body), body) for body in bodies]


async def loaded(job: Job) -> Load:
    """Put a server under load, and return what was seen."""
    loop = asyncio.get_running_loop()
    seen = Seen(requests_of(job), job.marker.encode(), job.first)
    ends = [loop.create_future() for _ in range(job.connections)]
    callers = [
        (await loop.create_connection(partial(Caller, seen, end), "127.0.0.1", job.port))[1]
        for end in ends
    ]
    await asyncio.sleep(job.warm)
    cold, began = len(seen.waits), perf_counter()
    server, client = cpu_seconds(job.pid), process_time()
    await _until_enough(job, seen, cold, began)
    client, server = process_time() - client, cpu_seconds(job.pid) - server
    seconds, counted = perf_counter() - began, len(seen.waits) - cold
    seen.is_over = True
    await asyncio.wait(ends, timeout=LONGEST_WAIT_SECONDS)
    for caller in callers:
        caller.give_up()
    waits = sorted(islice(seen.waits, cold, cold + counted)) or [float("inf")]
    return Load(
        requests=counted,
        seconds=seconds,
        p50_ms=MILLI * percentile(waits, 0.50),
        p99_ms=MILLI * percentile(waits, 0.99),
        server_cpu_us=MICRO * server / max(counted, 1),
        client_cpu_us=MICRO * client / max(counted, 1),
        errors=len(seen.errors),
        told=seen.errors[:ERRORS_TOLD],
    )


async def _until_enough(job: Job, seen: Seen, cold: int, began: float) -> None:
    await asyncio.sleep(job.seconds)
    while len(seen.waits) - cold < job.least and perf_counter() - began < job.longest:
        await asyncio.sleep(STEP_SECONDS)


def main() -> None:
    """Do the job on stdin."""
    import uvloop  # noqa: PLC0415 (whoever only reads a head needs no loop)

    job = Job(**json.load(sys.stdin))
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        print(json.dumps(asdict(runner.run(loaded(job)))))


if __name__ == "__main__":
    main()
