"""Heads that never end are given up, on a real socket; other connections go on."""

import asyncio
import socket
import threading
import time
from contextlib import closing, contextmanager
from http.client import HTTPConnection

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from uvicorn.protocols.http import auto
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from serving import heads
from serving.heads import HeadsInTime, let_heads_come_in_time

SECONDS = 0.2
HALF = b"GET / HTTP/1.1\r\nhost: 127.0.0.1\r\n"


async def slow(request):
    await asyncio.sleep(3 * SECONDS)
    return PlainTextResponse("there")


@contextmanager
def served(protocol):
    app = Starlette(routes=[Route("/", lambda _: PlainTextResponse("x")), Route("/slow", slow)])
    config = uvicorn.Config(app, port=0, log_level="critical", http=protocol, ws="none")
    server, bound = uvicorn.Server(config), config.bind_socket()
    thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]})
    thread.start()
    try:
        while not server.started:
            time.sleep(0.01)
        yield bound.getsockname()[1]
    finally:
        server.should_exit = True
        thread.join(10)
        bound.close()


@pytest.fixture
def port(monkeypatch):
    monkeypatch.setattr(heads, "HEAD_SECONDS", SECONDS)
    with served(HeadsInTime) as port:
        yield port


def is_ended(connection, seconds):
    """Return whether the other side ends a connection in so long."""
    connection.settimeout(seconds)
    try:
        while connection.recv(1 << 16):
            pass
    except TimeoutError:
        return False
    except OSError:
        return True
    return True


def sent(port, *pieces):
    connection = socket.create_connection(("127.0.0.1", port), timeout=5)
    for piece in pieces:
        connection.sendall(piece)
    return connection


def test_half_a_head_is_given_up_the_first_time_and_later(port):
    with (
        closing(sent(port, HALF)) as first,
        closing(sent(port)) as silent,
        closing(sent(port, HALF + b"\r\n")) as second,
    ):
        assert second.recv(1 << 16).startswith(b"HTTP/1.1 200")
        second.sendall(HALF)
        for connection in (first, silent, second):
            assert is_ended(connection, 10 * SECONDS)


def is_cut_off(connection, piece, times, pause=0.0):
    """Return whether the other side ends a connection while it is still sent to."""
    try:
        for _ in range(times):
            connection.sendall(piece)
            time.sleep(pause)
    except OSError:
        return True
    return False


def test_drops_do_not_hold_it_open(port):
    with closing(sent(port, HALF)) as connection:
        assert is_cut_off(connection, b"x: 1\r\n", times=50, pause=0.05)


def test_slow_answers_and_busy_connections_are_left_alone(port):
    with closing(HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
        connection.connect()
        first = connection.sock
        for path in ("/slow", *["/"] * 10, "/slow"):
            connection.request("GET", path)
            assert connection.getresponse().read() in {b"x", b"there"}
            time.sleep(SECONDS / 5)
        assert connection.sock is first


MORE = b"x: " + b"a" * 60_000 + b"\r\n"


def test_a_body_that_comes_after_its_answer_is_no_head(port):
    """Refused by its type, say; its sender goes on, and then asks for something else."""
    head = b"POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 2000000\r\n\r\n"
    with closing(sent(port, head)) as one:
        assert one.recv(1 << 16).startswith(b"HTTP/1.1 405")
        one.sendall(b"x" * 2_000_000 + HALF + b"\r\n")
        assert one.recv(1 << 16).startswith(b"HTTP/1.1 200")


def test_a_head_without_end_is_refused(port):
    with closing(sent(port, HALF)) as connection:
        assert is_cut_off(connection, MORE, times=200)


def test_a_server_by_itself_waits_for_ever():
    """The negative control, and the reason."""
    with served(HttpToolsProtocol) as port, closing(sent(port, HALF)) as connection:
        assert not is_cut_off(connection, MORE, times=200)
        assert not is_ended(connection, 6 * SECONDS)


def test_it_takes_the_place_of_what_a_server_chooses(monkeypatch):
    monkeypatch.setattr(auto, "AutoHTTPProtocol", HttpToolsProtocol)
    let_heads_come_in_time()
    config = uvicorn.Config(Starlette())
    config.load()
    assert config.http_protocol_class is HeadsInTime
