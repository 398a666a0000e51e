"""A hundred thousand requests that nobody sends on purpose, over real sockets.

Some are made by schemathesis from the OpenAPI document, most from our own corpus, framed soundly
or badly. None may be answered with a fault of ours, none may hang, and no memory may grow.
"""

import socket
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from random import Random
from urllib.parse import quote

from benchmarks.hostile.answers import Answer, Answers, HangError
from benchmarks.hostile.contract_cases import Contract, ask_everything
from benchmarks.hostile.framing import GOOD, WAYS, Sent
from benchmarks.hostile.home import demo_home
from benchmarks.hostile.memory import Memory
from benchmarks.hostile.service import Service, running
from benchmarks.hostile.slow import held_on_to
from features import load_policy
from serving.openapi import document
from tests.hostile_requests import Asked, HostileRequests, facts_of

LIMITS = {"QUALIFOX_TIME_LIMIT": "4.5", "QUALIFOX_SLOW_TIME_LIMIT": "30"}
"""Shorter than usual, so that what holds on is given up while somebody looks."""
HELD, HELD_SECONDS = 100, 12.0
SENDERS = 8
LONGEST_SECONDS = 5.0
HUGE_EVERY = 2_500
BADLY = 0.15
"""The share of requests that are framed badly."""
OF_THE_CONTRACT = 0.06
"""The share of requests that schemathesis makes."""
SAMPLE_SECONDS = 2.0
MOST_GROWTH_MIB, MOST_LATER_MIB = 96.0, 32.0
"""What one process may hold more, at its least, in the last tenth than in the first, and than in
the middle: an allocator keeps what the largest bodies needed, which not every worker had at once.
"""
WARM, WARMERS = 3, 4
"""So often each kind of 20 MB is sent before anything is measured: allocators keep heights."""
HUGE_KINDS = ("spaces", "open", "text", "objects", "quotes", "keys")
CONNECTION_HEADERS = (b"host", b"content-length", b"transfer-encoding", b"expect")


@dataclass
class Seen:
    """What came back."""

    requests: int = 0
    statuses: Counter[str] = field(default_factory=Counter)
    ways: Counter[str] = field(default_factory=Counter)
    closed: Counter[str] = field(default_factory=Counter)
    parsers: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    slowest: tuple[float, str] = (0.0, "")
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, way: str, answers, seconds: float, wrong: str = "") -> None:
        """Note one exchange."""
        with self.lock:
            self.requests += max(1, len(answers))
            self.ways[way] += 1
            self.slowest = max(self.slowest, (seconds, way))
            for one in answers:
                self.statuses[str(one.status)] += 1
                self.parsers[way] += one.is_parsers
                if one.wrong:
                    self.wrong.append(f"{way}: {one.wrong}")
            self.closed[way] += not answers
            if wrong:
                self.wrong.append(f"{way}: {wrong}")


class Sender(threading.Thread):
    """Sends hostile requests until there were enough."""

    def __init__(self, port: int, requests: HostileRequests, seen: Seen, most: int, chance: int):
        super().__init__(daemon=True)
        self._port, self._requests, self._seen, self._most = port, requests, seen, most
        self._random = Random(chance)
        self._kept: tuple[socket.socket, Answers] | None = None

    def warm(self) -> None:
        """Send every kind of 20 MB some times, so that each worker has had them."""
        for kind in HUGE_KINDS * WARM:
            self._soundly(self._requests.huge(kind), f"20 MB of {kind}")
            self._hang_up()

    def run(self) -> None:
        while self._seen.requests < self._most and len(self._seen.wrong) < 50:
            if self._random.random() < BADLY:
                self._badly()
            elif self._random.random() < 1 / HUGE_EVERY:
                kind = self._random.choice(HUGE_KINDS)
                self._soundly(self._requests.huge(kind), f"20 MB of {kind}")
            else:
                self._soundly(self._requests.one(), "sound framing")
        self._hang_up()

    def _soundly(self, asked: Asked, way: str) -> None:
        """Send a request over a connection that is kept, and read its answer."""
        raw, started = as_bytes(asked), time.monotonic()
        for is_second in (False, True):
            connection, answers = self._connection()
            try:
                connection.sendall(raw)
                answer = answers.next(is_head=asked.method == "HEAD")
            except HangError:
                self._hang_up()
                self._seen.note(way, [], time.monotonic() - started, f"hangs: {raw[:300]!r}")
                return
            except OSError:
                answer = None
            if answer is not None:
                self._seen.note(way, [answer], time.monotonic() - started)
                if answer.closes or answer.is_parsers:
                    self._hang_up()
                return
            self._hang_up()
            if is_second:  # the first time it may have been closed for having been idle
                wrong = "" if unreadable(raw) else f"no answer to {raw[:300]!r}"
                self._seen.note(way, [], time.monotonic() - started, wrong)

    def _badly(self) -> None:
        body = b"".join(self._requests.one().chunks)[:20_000] or GOOD
        sent = self._random.choice(WAYS)(self._random, body)
        with socket.create_connection(("127.0.0.1", self._port), timeout=10) as connection:
            started = time.monotonic()
            answers, wrong = exchange(connection, sent)
            self._seen.note(sent.name, answers, time.monotonic() - started, wrong)

    def _connection(self) -> tuple[socket.socket, Answers]:
        if self._kept is None:
            connection = socket.create_connection(("127.0.0.1", self._port), timeout=10)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._kept = connection, Answers(connection, LONGEST_SECONDS)
        return self._kept

    def _hang_up(self) -> None:
        if self._kept is not None:
            self._kept[0].close()
        self._kept = None


def exchange(connection: socket.socket, sent: Sent):
    """Send what is framed badly; return the answers, and what is wrong."""
    answers, found = Answers(connection, LONGEST_SECONDS), list[Answer]()
    try:
        for piece in sent.pieces:
            connection.sendall(piece)
            time.sleep(sent.pause)
        if sent.ends:
            connection.shutdown(socket.SHUT_WR)
    except OSError:
        pass  # the other side has said no already
    try:
        while not sent.answers or len(found) < sent.answers:
            is_head = sent.heads[len(found) : len(found) + 1] == (True,)
            answer = answers.next(is_head=is_head)
            if answer is None:
                break
            found.append(answer)
    except HangError:
        return found, f"hangs after {len(found)} answers: {sent.pieces[0][:300]!r}"
    return found, ""


def as_bytes(asked: Asked) -> bytes:
    """Return a request of the corpus as bytes, framed soundly; odd headers come as they are."""
    body = b"".join(asked.chunks)
    target = quote(asked.path, safe="/:*%", errors="surrogatepass").encode()
    if asked.query:
        target += b"?" + quote(asked.query, safe="=&%").encode()
    lines = [b"host: 127.0.0.1"]
    for name, value in asked.headers:
        if name not in CONNECTION_HEADERS and b"\n" not in value:
            lines.append(name + b": " + value)
    lines.append(b"content-length: %d" % len(body))
    return (
        asked.method.encode()
        + b" "
        + target
        + b" HTTP/1.1\r\n"
        + b"\r\n".join(lines)
        + b"\r\n\r\n"
        + body
    )


def unreadable(raw: bytes) -> bool:
    """Return whether what is sent may end the connection without an answer."""
    return b"\x00" in raw.partition(b"\r\n\r\n")[0]


def fuzz(home, *, requests: int, workers: int = 2):
    """Run the judge in an empty home, and return what it found, as plain data."""
    places, memory, seen = demo_home(home), Memory(), Seen()
    policy = load_policy(next(places.folders.glob("*/policy.yaml")))
    with running(places, workers=workers, more=LIMITS) as service:
        n_contract = int(requests * OF_THE_CONTRACT)
        per_mode = max(2, n_contract // 34)
        contract = ask_everything(f"http://127.0.0.1:{service.port}", per_mode)
        held = held_on_to(service, connections=HELD, seconds=HELD_SECONDS)
        sys.stderr.write(f"{contract.cases.total()} cases of schemathesis\n")
        own = requests - contract.cases.total()
        seconds = _send(service, policy, seen, memory, own)
        survives = service.is_ready() and len(service.pids("worker")) == workers
        status = service.stop()
    told = _as_data(contract, seen, memory, seconds, survives=survives, status=status)
    given_up = (held["bodies_answered_408"], held["heads_left_open"]) == (HELD, 0)
    fine = given_up and status == 0
    return told | {"held_on_to": held, "holds": told["holds"] and fine}


def _send(service: Service, policy, seen: Seen, memory: Memory, most: int) -> float:
    facts, told = facts_of(policy), document()
    senders = [
        Sender(service.port, HostileRequests(told, facts, number), seen, most, number)
        for number in range(SENDERS)
    ]
    with ThreadPoolExecutor(WARMERS) as pool:  # at once, so that every worker has some of them
        list(pool.map(Sender.warm, senders[:WARMERS]))
    _look_at_rest(service, memory, 0.0)
    started, said = time.monotonic(), 0
    for one in senders:
        one.start()
    while any(one.is_alive() for one in senders):
        memory.look(service, time.monotonic() - started)
        if seen.requests - said >= 5_000:
            said = seen.requests
            sys.stderr.write(f"{said} requests, {len(seen.wrong)} wrong\n")
        time.sleep(SAMPLE_SECONDS)
    seconds = time.monotonic() - started
    _look_at_rest(service, memory, seconds)
    return seconds


def _look_at_rest(service: Service, memory: Memory, at: float) -> None:
    for _ in range(4):
        time.sleep(0.5)
        memory.look(service, at)


def _as_data(contract: Contract, seen: Seen, memory: Memory, seconds: float, *, survives, status):
    grown = memory.growth_mib(seconds / 10, seconds * 0.9)
    later = memory.growth_mib(seconds * 0.6, seconds * 0.9, since=seconds * 0.5)
    steady = all(one < MOST_GROWTH_MIB for one in grown.values())
    steady = steady and all(one < MOST_LATER_MIB for one in later.values())
    n_operations = sum(len(methods) for methods in document()["paths"].values())
    fine = not (seen.wrong or contract.failures or contract.without_cases)
    fine = fine and len(contract.cases) == n_operations
    return {
        "holds": bool(fine and steady and survives and seen.slowest[0] < LONGEST_SECONDS),
        "requests": seen.requests + contract.cases.total(),
        "seconds": round(seconds, 1),
        "schemathesis_cases": dict(contract.cases),
        "schemathesis_statuses": dict(contract.statuses),
        "schemathesis_failures": contract.failures,
        "statuses": dict(sorted(seen.statuses.items())),
        "ways": dict(seen.ways),
        "closed_without_an_answer": {k: n for k, n in seen.closed.items() if n},
        "answered_by_the_parser": {k: n for k, n in seen.parsers.items() if n},
        "wrong": len(seen.wrong),
        "first_wrong": seen.wrong[:10],
        "slowest_seconds": [round(seen.slowest[0], 2), seen.slowest[1]],
        "memory_grown_mib": grown,
        "memory_grown_since_the_middle_mib": later,
        "memory_mib": memory.now_mib(),
        "survives": survives,
        "exit_status": status,
    }
