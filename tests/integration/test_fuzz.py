"""Whatever is sent, it is answered: no fault of ours, one shape of errors, no hang, no leak.

``QUALIFOX_FUZZ=100000`` sends as many requests (``make fuzz``).
"""

import asyncio
import json
import os
import resource
import time
from collections import Counter
from types import SimpleNamespace
from typing import Any, NamedTuple

import pytest
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route

from features.policy import load_policy
from models.qualifier import Qualifier
from serving.api import make_app
from serving.deciding import Deciding
from serving.edge.access_log import AccessLog
from serving.edge.door import Door
from serving.edge.guard import Edge, EdgeParts
from serving.edge.problem import guarded
from serving.edge.settings import EdgeSettings
from serving.keys.keyring import Keyring
from serving.metrics import Metrics, metrics
from serving.openapi import document, openapi
from serving.routes.batch import batch
from serving.routes.model import model
from serving.routes.plan import plan
from serving.routes.policy import policy as policy_route
from serving.routes.what_if import what_if
from tests.hostile_requests import HostileRequests, facts_of
from tests.integration.conftest import DEMO_POLICY

CASES = int(os.environ.get("QUALIFOX_FUZZ", "2000"))
SEED = int(os.environ.get("QUALIFOX_FUZZ_SEED", "7"))
FAULT, ERROR = 500, 400
SLOWEST_SECONDS = 20.0
"""Far above what a request takes, with room for a machine that is busy otherwise."""
MOST_GROWTH = 150 << 10
"""KiB by which the memory may grow after the first tenth of the cases."""


@pytest.fixture(scope="module")
def qualifier():
    return Qualifier(load_policy(DEMO_POLICY))


class Around(NamedTuple):
    """A guarded application, its log, and the paths that it has."""

    app: Edge
    lines: list[str]
    paths: set[str]


@pytest.fixture
def edge(qualifier, tmp_path):
    ours: list[Any] = list(make_app().routes)
    (score,) = [r for r in ours if r.path == "/v1/score" and r.methods == {"POST"}]
    posts = {"/v1/score/batch": batch, "/v1/what-if": what_if, "/v1/plan": plan}
    gets = {
        "/v1/policy": policy_route, "/v1/model": model, "/v1/openapi.json": openapi,
        "/metrics": metrics,
    }  # fmt: skip
    routes: list[Any] = [
        score,
        *(Route(p, guarded(one), methods=["POST"]) for p, one in posts.items()),
    ]
    routes += [Route(path, guarded(one)) for path, one in gets.items()]
    app = Starlette(routes=routes)
    app.state.qualifier = qualifier
    app.state.champion = SimpleNamespace(current=SimpleNamespace(qualifier=qualifier))
    app.state.metrics = Metrics()
    app.state.deciding = Deciding()
    edge, lines = around(app, tmp_path, figures=app.state.metrics)
    return Around(edge, lines, {route.path for route in routes})


def around(app, home, **more):
    lines: list[str] = []
    parts = EdgeParts(
        door=Door(Keyring(home / "keys.json")),
        settings=EdgeSettings(),
        log=AccessLog(lines.append),
        **more,
    )
    return Edge(app, parts), lines


async def ask(app, asked):
    """Hand one request to an ASGI application and return its status, headers and body."""
    chunks, sent = list(asked.chunks), []
    scope = {
        "type": "http", "method": asked.method, "path": asked.path, "root_path": "",
        "raw_path": asked.path.encode("utf-8", "replace"), "query_string": asked.query,
        "headers": asked.headers, "client": ("127.0.0.1", 5), "server": ("127.0.0.1", 3000),
        "scheme": "http", "http_version": "1.1", "asgi": {"version": "3.0", "spec_version": "2.4"},
    }  # fmt: skip

    async def receive():
        if not chunks:
            await asyncio.sleep(60)
        body = chunks.pop(0)
        return {"type": "http.request", "body": body, "more_body": bool(chunks)}

    async def send(message):
        sent.append(message)

    await app(scope, receive, send)
    body = b"".join(one.get("body", b"") for one in sent[1:])
    return sent[0]["status"], dict(sent[0]["headers"]), body


def is_answered(status, headers, body):
    """Return what is wrong with an answer, nothing where it is as it should be."""
    if status >= FAULT:
        return f"{status}: {body[:200]!r}"
    if status < ERROR:
        return ""
    if headers[b"content-type"] != b"application/problem+json":
        return f"{status} is no problem: {body[:200]!r}"
    data = json.loads(body)
    if (data["status"], data["instance"].encode()) != (status, headers[b"x-request-id"]):
        return f"{status} says {data}"
    return ""


async def send_all(app, requests, cases):
    statuses: Counter[object] = Counter()
    wrong, slowest, memory = [], 0.0, 0
    for number in range(cases):
        asked = requests.one()
        started = time.perf_counter()
        status, headers, body = await ask(app, asked)
        slowest = max(slowest, time.perf_counter() - started)
        statuses[asked.path if status < ERROR else status] += 1
        if told := is_answered(status, headers, body):
            wrong.append((asked, told))
        if number == cases // 10:
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory
    return statuses, wrong, slowest, grown


def test_no_request_makes_a_fault(edge, qualifier):
    paths = edge.paths
    requests = HostileRequests(document(), facts_of(qualifier.policy), SEED, paths)
    statuses, wrong, slowest, grown = asyncio.run(send_all(edge.app, requests, CASES))
    assert not wrong, wrong[:3]
    assert slowest < SLOWEST_SECONDS
    assert grown < MOST_GROWTH
    reached = {path for path in statuses if isinstance(path, str)}
    assert {"/v1/score", "/v1/score/batch", "/v1/what-if", "/v1/plan", "/v1/policy"} <= reached
    assert {400, 401, 403, 404, 405, 413, 415, 422} - {413} <= set(statuses)
    assert sum(statuses.values()) == CASES == len(edge.lines)
    assert all(line.count("\n") == 1 and line.endswith("\n") for line in edge.lines)
    print(dict(statuses), f"slowest {slowest:.2f} s, memory +{grown >> 10} MiB")  # noqa: T201


@pytest.mark.parametrize("kind", ["spaces", "open", "text", "objects", "quotes", "keys"])
def test_twenty_megabytes_are_answered_in_time(edge, kind):
    requests = HostileRequests(document(), {"amount": (1,)}, SEED)
    for _ in range(2):
        started = time.perf_counter()
        status, headers, body = asyncio.run(ask(edge.app, requests.huge(kind)))
        assert not is_answered(status, headers, body)
        assert status in {200, 400, 413, 422}  # a batch answers about each deal
        assert time.perf_counter() - started < SLOWEST_SECONDS


def test_a_route_that_believes_its_callers_is_found_out(tmp_path, qualifier):
    """The negative control: what a quickstart would write."""

    async def careless(request):
        facts = json.loads(await request.body())["facts"]
        return JSONResponse({"amount": 2 * float(facts["amount"])})

    app, _ = around(Starlette(routes=[Route("/v1/score", careless, methods=["POST"])]), tmp_path)
    requests = HostileRequests(document(), facts_of(qualifier.policy), SEED)

    async def some():
        return [await ask(app, requests.one()) for _ in range(300)]

    assert any(is_answered(*one) for one in asyncio.run(some()))
