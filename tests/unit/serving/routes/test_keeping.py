"""An answer is sent once it is kept, and the same bytes again for the same request."""

import asyncio

import pytest
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from serving.decision_log.log import DecisionLog
from serving.decision_log.settings import LogSettings
from serving.messages import RequestError
from serving.routes.asking import asker_of
from serving.routes.keeping import answered_before, keep
from tests.logged import MOMENT, decided, ended


async def score(request):
    asker = asker_of(request, await request.body())
    before = await answered_before(request, asker)
    return before or await keep(request, decided(who=asker))


async def score_without_looking(request):
    return await keep(request, decided(who=asker_of(request, await request.body())))


async def problem(request, error):
    return JSONResponse({}, error.status, headers=getattr(error, "headers", None))


@pytest.fixture
def log(tmp_path):
    log = DecisionLog.open(LogSettings(url=f"sqlite:///{tmp_path}/d.db", patience_s=5))
    yield log
    log.close()


@pytest.fixture(params=[score, score_without_looking])
def client(log, request):
    app = Starlette(
        routes=[Route("/v1/score", request.param, methods=["POST"])],
        exception_handlers={RequestError: problem},
    )
    app.state.log = log
    return TestClient(app)


def send(client, body=b"{}", **headers):
    return client.post("/v1/score", content=body, headers=headers)


def test_the_answer_is_in_the_log_when_it_arrives(client, log):
    reply = send(client)
    kept = log.reader.decision(reply.headers["qualifox-decision"])
    assert kept.answer == reply.content
    assert reply.headers["content-language"] == "fr"
    assert "qualifox-durable" not in reply.headers
    assert send(client).headers["qualifox-decision"] != kept.id


def test_a_repeated_request_is_answered_with_the_same_bytes(client, log):
    key = {"idempotency-key": "a"}
    first, again = send(client, **key), send(client, **key)
    assert (first.content, first.headers["qualifox-decision"]) == (
        again.content, again.headers["qualifox-decision"],
    )  # fmt: skip
    assert again.headers["idempotency-replayed"] == "true"
    assert "idempotency-replayed" not in first.headers
    assert send(client, b"{} ", **key).status_code == 409
    log.upkeep.erase_deal("D-7", why="w", at=MOMENT)
    assert send(client, **key).status_code == 410


def test_what_is_not_kept_is_not_answered(client, log, monkeypatch):
    log.writer.close()
    reply = send(client)
    assert (reply.status_code, reply.headers["retry-after"]) == (503, "2")


def test_an_answer_that_is_not_safe_yet_says_so(tmp_path, client):
    late = DecisionLog.open(LogSettings(url=f"sqlite:///{tmp_path}/e.db", async_ack=True))
    client.app.state.log = late
    assert send(client).headers["qualifox-durable"] == "false"
    asyncio.run(late.append(ended()))
    assert late.close()
