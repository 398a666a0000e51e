"""The guard on a real socket, behind the server that BentoML uses."""

import asyncio
import json
import socket
import threading
import time
from contextlib import closing, contextmanager
from http.client import HTTPConnection

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route

from serving.edge.access_log import AccessLog
from serving.edge.door import Door
from serving.edge.guard import Edge, EdgeParts
from serving.edge.settings import EdgeSettings
from serving.keys.keyring import Keyring

JSON_TYPE = {"content-type": "application/json"}


async def echo(request):
    return JSONResponse({"size": len(await request.body()), "id": request.state.request_id})


async def slow(request):
    await asyncio.sleep(30)


@contextmanager
def served(home, **limits):
    """Serve on a free port for as long as a test needs it; give the port and the log."""
    lines: list[str] = []
    app = Starlette(
        routes=[
            Route("/v1/score", echo, methods=["POST"]),
            Route("/v1/what-if", slow, methods=["POST"]),
            Route("/livez", echo),
        ]
    )
    door = Door(Keyring(home / "keys.json"))
    parts = EdgeParts(door=door, settings=EdgeSettings(**limits), log=AccessLog(lines.append))
    config = uvicorn.Config(Edge(app, parts), port=0, log_level="error", ws="none")
    server = uvicorn.Server(config)
    bound = config.bind_socket()
    thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]})
    thread.start()
    try:
        while not server.started:
            time.sleep(0.01)
        yield bound.getsockname()[1], lines
    finally:
        server.should_exit = True
        thread.join(10)
        bound.close()


@pytest.fixture
def port(tmp_path):
    with served(tmp_path) as (port, _):
        yield port


def ask(connection, method="POST", path="/v1/score", body=b"{}", **headers):
    connection.request(method, path, body, JSON_TYPE | headers)
    reply = connection.getresponse()
    return reply, reply.read()


def test_errors_do_not_spoil_the_connection(port):
    with closing(HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
        connection.auto_open = 1
        connection.connect()
        first = connection.sock
        for path, body, kind in (
            ("/v1/nothing", b"{}", "application/json"),
            ("/v1/score", b"x" * 200_000, "text/csv"),
            ("/v1/score", b"x" * (3 << 20), "application/json"),
            ("/v1/score", b"[" * 5000, "application/json"),
        ):
            reply, told = ask(connection, path=path, body=body, **{"content-type": kind})
            assert json.loads(told)["status"] == reply.status >= 400
            reply, told = ask(connection)
            assert (reply.status, json.loads(told)["size"]) == (200, 2)
        assert connection.sock is first


def test_twenty_megabytes_see_their_answer_and_other_requests_are_answered_meanwhile(port):
    with closing(HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
        reply, told = ask(connection, body=b" " * (20 << 20))
    assert reply.status == json.loads(told)["status"] == 413


def test_ids_are_new_for_every_request_of_a_connection_however_large(port):
    with closing(HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
        ids = [json.loads(ask(connection, body=b" " * 100_000)[1])["id"] for _ in range(10)]
    assert len(set(ids)) == 10


def test_chunks_are_counted_and_a_head_has_no_body(tmp_path):
    with (
        served(tmp_path, largest_body=1000) as (port, lines),
        closing(HTTPConnection("127.0.0.1", port, timeout=10)) as connection,
    ):
        reply, _ = ask(connection, body=iter([b" " * 600] * 2))
        assert reply.status == 413
        reply, told = ask(connection, "HEAD", "/livez", None)
        assert (reply.status, told) == (200, b"")
        reply, told = ask(connection, "HEAD", "/v1/score", None)
        assert (reply.status, told) == (405, b"")
        reply, _ = ask(connection)
        assert reply.status == 200
    assert [json.loads(line)["status"] for line in lines] == [413, 200, 405, 200]


def test_a_body_that_never_comes_and_a_route_that_never_ends_are_given_up(tmp_path):
    with served(tmp_path, time_limit=0.3) as (port, _):
        with socket.create_connection(("127.0.0.1", port), timeout=10) as raw:
            head = "POST /v1/score HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: 10\r\n"
            raw.sendall(f"{head}content-type: application/json\r\n\r\n{{".encode())
            assert raw.recv(1 << 16).startswith(b"HTTP/1.1 408")
            while raw.recv(1 << 16):
                pass  # until it is closed
        with closing(HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
            reply, _ = ask(connection, path="/v1/what-if")
            assert (reply.status, reply.headers["retry-after"]) == (503, "2")
            assert ask(connection)[0].status == 200


def test_who_goes_away_is_noted(tmp_path):
    with served(tmp_path) as (port, lines):
        with socket.create_connection(("127.0.0.1", port), timeout=10) as raw:
            head = "POST /v1/score HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: 10\r\n"
            raw.sendall(f"{head}content-type: application/json\r\n\r\n{{".encode())
            time.sleep(0.2)
        for _ in range(200):
            if lines:
                break
            time.sleep(0.01)
    assert json.loads(lines[0])["status"] == 499
