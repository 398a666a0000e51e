"""Callers that never give up: each request has a key, and is sent until it is acknowledged.

What was acknowledged is remembered. A request is answered, refused for now (503 with
``Retry-After``), broken off with its connection, or answered with what should never come.
"""

import json
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from random import Random

from benchmarks.swaps.versions import DAY, FACTS

PAUSE_SECONDS = 0.05
AGAIN = 0.05
"""The share of acknowledged requests that are sent once more: the same answer must come."""
ROUTES = {"decisions": "/v1/score", "outcomes": "/v1/outcomes", "overrides": "/v1/overrides"}


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """One request that was acknowledged: in which table, by which key, as what."""

    table: str
    key: str
    id: str


@dataclass
class Seen:
    """What all callers saw, and when something went wrong."""

    acknowledged: list[Acknowledged] = field(default_factory=list)
    broken: list[float] = field(default_factory=list)
    tries_broken: int = 0
    refused: list[float] = field(default_factory=list)
    retries_of_broken: int = 0
    wrong: list[str] = field(default_factory=list)
    durable: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)


class Caller(threading.Thread):
    """Sends requests of all kinds over a connection kept alive, until told to stop."""

    def __init__(self, port: int, number: int, seen: Seen, stop: threading.Event) -> None:
        super().__init__(name=f"caller {number}", daemon=True)
        self._port, self._number, self._seen, self._stop_now = port, number, seen, stop
        self._random = Random(number)
        self._connection: HTTPConnection | None = None
        self._count = 0

    def run(self) -> None:
        while not self._stop_now.is_set():
            self._count += 1
            table = self._random.choices(list(ROUTES), (8, 1, 1))[0]
            key = f"k{self._number}-{self._count}"
            first = self._until_acknowledged(table, key)
            if first is not None and self._random.random() < AGAIN:
                again = self._until_acknowledged(table, key)
                if again is not None and again != first:
                    self._wrong(f"the second answer to {key} is another: {first} and {again}")
        self._hang_up()

    def _until_acknowledged(self, table, key):
        """Send one request again and again; return what is remembered, None where it is over."""
        body, was_broken = json.dumps(self._body(table, key)), False
        while not self._stop_now.is_set():
            sent = time.monotonic()
            try:
                status, headers, told = self._asked(ROUTES[table], key, body)
            except (OSError, HTTPException):
                self._hang_up()
                with self._seen.lock:
                    self._seen.tries_broken += 1
                    if not was_broken:
                        self._seen.broken.append(sent)
                was_broken = True
                time.sleep(PAUSE_SECONDS)
                continue
            if status in {200, 201}:
                return self._note(table, key, headers, told, was_broken=was_broken)
            if status != 503 or "retry-after" not in headers:
                self._wrong(f"{status}: {told[:200]!r}")
            else:
                with self._seen.lock:
                    self._seen.refused.append(sent)
            time.sleep(PAUSE_SECONDS)
        return None

    def _note(self, table, key, headers, told, *, was_broken):
        found = headers.get("qualifox-decision") or json.loads(told).get("id")
        one = Acknowledged(table, key, str(found))
        durable = headers.get("qualifox-durable", "true")
        with self._seen.lock:
            self._seen.acknowledged.append(one)
            self._seen.durable[durable] += 1
            self._seen.retries_of_broken += was_broken
        return one

    def _asked(self, path, key, body):
        if self._connection is None:
            self._connection = HTTPConnection("127.0.0.1", self._port, timeout=15)
        headers = {"content-type": "application/json", "idempotency-key": key}
        self._connection.request("POST", path, body, headers)
        reply = self._connection.getresponse()
        told = reply.read()
        return reply.status, {name.lower(): text for name, text in reply.getheaders()}, told

    def _body(self, table, key):
        if table == "decisions":
            return {"facts": dict(FACTS), "as_of": DAY.isoformat(), "id": key}
        if table == "outcomes":
            return {"deal": key, "outcome": "won", "closed_on": "2026-01-31", "hours": 7}
        return {
            "deal": key, "by": "head of sales", "why": "we know them", "done": "go",
            "decided_on": "2026-01-05", "until": "2026-06-30", "recommended": "no_go",
        }  # fmt: skip

    def _wrong(self, what):
        with self._seen.lock:
            self._seen.wrong.append(what)

    def _hang_up(self):
        if self._connection is not None:
            self._connection.close()
        self._connection = None
