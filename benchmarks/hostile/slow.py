"""Connections that hold on: heads and bodies that never come, while others want an answer."""

import socket
import time
from contextlib import ExitStack

from benchmarks.hostile.answers import Answer, Answers, HangError
from benchmarks.hostile.framing import GOOD, HOST, JSON, score
from benchmarks.hostile.service import Service

HEAD = b"POST /v1/score HTTP/1.1\r\n" + HOST
BODY = HEAD + JSON + b"content-length: 100\r\n\r\n{"


def held_on_to(service: Service, *, connections: int, seconds: float) -> dict[str, object]:
    """Hold so many of each open longer than the time limit; say what became of them.

    ``seconds`` is how long the service should wait for a body at most.
    """
    with ExitStack() as open_ones:
        heads, bodies = (
            [open_ones.enter_context(_sent(service.port, text)) for _ in range(connections)]
            for text in (HEAD, BODY)
        )
        slowest, end = 0.0, time.monotonic() + seconds
        while time.monotonic() < end:
            slowest = max(slowest, _asked(service.port))
            time.sleep(0.2)
        told = [_answer(one, 2.0) for one in bodies]
        left = sum(not _is_ended(one) for one in heads)
    return {
        "bodies": connections,
        "bodies_answered_408": sum(one is not None and one.status == 408 for one in told),
        "heads": connections,
        "heads_left_open": left,
        "slowest_of_others_seconds": round(slowest, 3),
    }


def _sent(port: int, text: bytes) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", port), timeout=10)
    connection.sendall(text)
    return connection


def _asked(port: int) -> float:
    """Return how long somebody else waits for an answer."""
    began = time.monotonic()
    with _sent(port, score(GOOD)) as connection:
        answer = Answers(connection, 30).next()
    assert answer is not None
    assert answer.status == 200, answer
    return time.monotonic() - began


def _is_ended(connection: socket.socket) -> bool:
    """Return whether the service has given a connection up."""
    try:
        return Answers(connection, 0.05).ends()
    except HangError:
        return False


def _answer(connection: socket.socket, seconds: float) -> Answer | None:
    try:
        return Answers(connection, seconds).next()
    except HangError:
        return None
