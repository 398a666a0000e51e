"""Hostile requests over a real socket, framed badly too; `make fuzz` sends 100,000 of them."""

import socket
import threading
import time
from contextlib import contextmanager
from random import Random

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.routing import Route

from benchmarks.hostile.answers import Answers, HangError, wrong_with
from benchmarks.hostile.contract_cases import ask_everything
from benchmarks.hostile.framing import WAYS, score
from benchmarks.hostile.fuzz import Seen, Sender, exchange
from features.policy import load_policy
from models.qualifier import Qualifier
from serving.api import make_app
from serving.champion.champion import Champion
from serving.champion.held import Serving
from serving.decision_log.log import DecisionLog
from serving.decision_log.settings import LogSettings
from serving.edge.access_log import AccessLog
from serving.edge.door import Door
from serving.edge.guard import Edge, EdgeParts
from serving.edge.settings import EdgeSettings
from serving.heads import HeadsInTime
from serving.keys.keyring import Keyring
from serving.metrics import Metrics
from serving.openapi import document
from tests.hostile_requests import HostileRequests, facts_of
from tests.integration.conftest import DEMO_POLICY

REQUESTS, CASES = 300, 2
SOME = ("GET /v1/decisions", "POST /v1/outcomes")
FALSE = ("GET /v1/model", "GET /v1/policy", "POST /v1/score")


@contextmanager
def served(app):
    """Serve on a free port for as long as a test needs it; give the port."""
    config = uvicorn.Config(app, port=0, log_level="critical", http=HeadsInTime, lifespan="off")
    server, bound = uvicorn.Server(config), config.bind_socket()
    thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]})
    thread.start()
    try:
        while not server.started:
            time.sleep(0.01)
        yield bound.getsockname()[1]
    finally:
        server.should_exit = True
        thread.join(20)
        bound.close()
    assert not thread.is_alive()  # nothing that was sent keeps it from ending


def edge(app, home):
    door = Door(Keyring(home / "keys.json"))
    log = AccessLog(lambda _: None)
    return Edge(app, EdgeParts(door=door, settings=EdgeSettings(), log=log))


@pytest.fixture(scope="module")
def policy():
    return load_policy(DEMO_POLICY)


@pytest.fixture
def port(tmp_path, policy):
    app = make_app()
    app.state.metrics = Metrics()
    app.state.champion = Champion(None, Serving.of(Qualifier(policy)))
    app.state.log = DecisionLog.open(LogSettings(url=f"sqlite:///{tmp_path}/decisions.db"))
    with served(edge(app, tmp_path)) as port:
        yield port
    app.state.log.close()


def test_no_request_makes_a_fault_or_hangs(port, policy):
    seen = Seen()
    senders = [
        Sender(port, HostileRequests(document(), facts_of(policy), n), seen, REQUESTS, n)
        for n in (1, 2)
    ]
    for one in senders:
        one.start()
    for one in senders:
        one.join(60)
    assert seen.wrong == []
    assert seen.requests >= REQUESTS
    assert set(seen.statuses) >= {"200", "400", "404", "405", "415", "422"}
    assert len(seen.ways) > len(WAYS) // 2


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_every_bad_framing_is_answered_or_ended_and_the_next_request_is_served(port, way):
    for chance in range(4):
        sent = way(Random(chance), b'{"facts": {"amount": 1000}}')
        with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
            answers, wrong = exchange(connection, sent)
        assert not wrong
        assert not [one.wrong for one in answers if one.wrong]
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(score(b"{}"))
        answer = Answers(connection, 10).next()
        assert answer is not None
        assert answer.status == 200


def test_the_service_does_what_the_document_says(port):
    told = ask_everything(f"http://127.0.0.1:{port}", CASES, only=SOME)
    assert not told.failures, told.failures
    assert set(told.cases) == set(SOME)
    assert told.cases.total() > CASES * len(SOME)
    assert told.without_cases == []


def test_a_service_that_does_not_is_found_out(tmp_path, policy):
    """The negative controls: another body, another status, plain text, a fault, no guard."""

    async def other(request):
        return JSONResponse({"nothing": "of this"})

    async def plain(request):
        return PlainTextResponse("no", 418)

    async def faulty(request):
        return JSONResponse({}, 500)

    app = Starlette(
        routes=[
            Route("/v1/model", other),
            Route("/v1/policy", plain),
            Route("/v1/score", faulty, methods=["POST"]),
        ]
    )
    with served(app) as port:
        told = ask_everything(f"http://127.0.0.1:{port}", 1, only=FALSE)
        assert {kind.split(": ")[0] for kind in told.failures} == set(FALSE)
        assert {"JsonSchemaError", "UndefinedStatusCode", "ServerError"} <= {
            kind.split(": ")[1] for kind in told.failures
        }
        seen = Seen()
        sender = Sender(port, HostileRequests(document(), facts_of(policy), 1), seen, 60, 1)
        sender.run()
        assert seen.wrong


def test_an_answer_that_is_none_of_ours_is_told():
    assert wrong_with(500, {}, b"{}")
    assert wrong_with(200, {}, b"{}")
    ours = {b"x-request-id": b"r1", b"x-content-type-options": b"nosniff"}
    assert not wrong_with(200, ours, b"")
    assert wrong_with(404, ours, b"Not Found")
    problem = ours | {b"content-type": b"application/problem+json"}
    assert not wrong_with(404, problem, b'{"status": 404, "instance": "r1"}')
    assert wrong_with(404, problem, b'{"status": 404, "instance": "another"}')


def test_a_server_that_does_not_answer_is_a_hang():
    silent = socket.create_server(("127.0.0.1", 0))
    with (
        silent,
        socket.create_connection(silent.getsockname()) as connection,
        pytest.raises(HangError),
    ):
        Answers(connection, 0.1).next()
