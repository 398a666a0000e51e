"""What passes the guard, what does not, and what is said and written of both."""

import asyncio
import json

import pytest
from starlette.responses import JSONResponse, PlainTextResponse, StreamingResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocketDisconnect

from features.errors import ArtifactError, FactsError, InputError, Problem
from serving.edge.contract import Contract, Entry
from serving.edge.problem import KINDS
from serving.edge.problem import guarded as in_one_shape
from serving.edge.reply import SECURITY
from serving.keys.principal import Scope
from serving.messages import PROBLEM_JSON, RequestError

PROBLEM = Problem(where="a", what="b")
MEMBERS = ["type", "title", "status", "detail", "instance", "problems"]


def entry(path, body="none", **more):
    method = "GET" if body == "none" else "POST"
    return Entry(method=method, path=path, scope=Scope.SCORE, body=body, **more)


async def echo(request):
    body = await request.body()
    return JSONResponse(
        {
            "size": len(body),
            "request_id": request.state.request_id,
            "scopes": sorted(request.state.principal.scopes),
            "idempotency_key": request.state.idempotency_key,
        }
    )


ECHO = Route("/v1/score", echo, methods=["POST"])


def is_problem(reply, status):
    """Check that an answer is an error in the one shape, with every header, and return it."""
    assert reply.status_code == status
    assert reply.headers["content-type"] == PROBLEM_JSON
    data = reply.json()
    assert list(data) == MEMBERS
    assert data["status"] == status
    assert data["type"] == f"urn:qualifox:problem:{KINDS[status]}"
    assert data["instance"] == reply.headers["x-request-id"]
    assert data["title"]
    assert data["detail"]
    for name, value in SECURITY:
        assert reply.headers[name.decode()] == value.decode()
    return data


def test_what_passes_reaches_the_route_with_who_asks_and_an_id(guarded):
    app = guarded(ECHO)
    reply = app.post("/v1/score", b'{"a": 1}', **{"idempotency-key": "crm 17"})
    told = reply.json()
    assert told["size"] == 8
    assert told["scopes"] == sorted(Scope)
    assert told["idempotency_key"] == "crm 17"
    assert told["request_id"] == reply.headers["x-request-id"]
    for name, value in SECURITY:
        assert reply.headers[name.decode()] == value.decode()
    (line,) = app.logged
    assert (line["route"], line["status"], line["bytes"]) == ("/v1/score", 200, 8)
    assert line["request_id"] == told["request_id"]


@pytest.mark.parametrize(
    ("given", "is_kept"),
    [("crm-000017", True), ("short", False), ("x" * 65, False), ("a b c d e f", False),
     ("%0aforged", False), ("qf_" + "a" * 12, False), ("é" * 9, False)],
)  # fmt: skip
def test_a_request_id_is_the_callers_where_it_is_sane(guarded, given, is_kept):
    app = guarded(ECHO)
    told = app.post("/v1/score", **{"x-request-id": given.encode("latin-1")})
    assert (told.headers["x-request-id"] == given) == is_kept
    assert app.post("/v1/score").headers["x-request-id"] != told.headers["x-request-id"]


def test_an_id_never_stays_from_the_request_before(guarded):
    app = guarded(ECHO)
    ids = [app.post("/v1/score", b"x" * 100_000).json()["request_id"] for _ in range(5)]
    assert len(set(ids)) == 5


def test_other_paths_methods_and_types_are_refused_before_the_route(guarded):
    reached = []

    async def reach(request):
        reached.append(1)
        return PlainTextResponse("reached")

    app = guarded(Route("/{path:path}", reach, methods=["GET", "POST", "DELETE"]))
    is_problem(app.get("/v1/nothing"), 404)
    is_problem(app.get("/docs.json"), 404)
    is_problem(app.get("/v1/score%0a"), 404)
    is_problem(app.get("/v1/decisions/..%2f..%2fkeys"), 404)
    wrong = app.get("/v1/score")
    is_problem(wrong, 405)
    assert wrong.headers["allow"] == "POST"
    is_problem(app.client.request("BREW", "/v1/score"), 405)
    json_type = "application/json"
    for kind in ("text/csv", "", "application/json; charset=utf-16", "application/jsonp"):
        is_problem(app.post("/v1/score", **{"content-type": kind}), 415)
    is_problem(app.post("/v1/score", **{"content-encoding": "gzip"}), 415)
    assert not reached
    for kind in (
        f"{json_type}; charset=UTF-8",
        f'{json_type};charset="utf-8"',
        "Application/JSON",
    ):
        assert app.post("/v1/score", **{"content-type": kind}).status_code == 200
    assert len(reached) == 3


def test_a_body_is_counted_while_it_arrives_whatever_its_header_says(guarded):
    app = guarded(ECHO, largest_body=1000)
    assert app.post("/v1/score", b" " * 1000).json()["size"] == 1000
    data = is_problem(app.post("/v1/score", b" " * 1001), 413)
    assert "1,000" in data["problems"][0]["message"]

    def without_length():
        yield from [b" " * 400] * 3

    is_problem(app.post("/v1/score", without_length()), 413)
    assert app.post("/v1/score", b"{}").status_code == 200
    assert [one["bytes"] for one in app.logged][:2] == [1000, 0]


def test_a_body_of_a_batch_may_be_larger(guarded):
    batch = Route("/v1/score/batch", echo, methods=["POST"])
    app = guarded(batch, ECHO, largest_body=10, largest_batch=20)
    assert app.post("/v1/score/batch", b" " * 20).status_code == 200
    is_problem(app.post("/v1/score/batch", b" " * 21), 413)
    is_problem(app.post("/v1/score", b" " * 20), 413)


def test_a_body_nested_too_deep_is_refused(guarded):
    app = guarded(ECHO, deepest_json=5)
    assert app.post("/v1/score", b"[[[[[]]]]]").status_code == 200
    is_problem(app.post("/v1/score", b"[[[[[[]]]]]]"), 400)


@pytest.mark.parametrize("key", ["", "x" * 201, "caf\xe9", "a\tb"])
def test_an_idempotency_key_that_is_none_is_refused(guarded, key):
    data = is_problem(
        guarded(ECHO).post("/v1/score", **{"idempotency-key": key.encode("latin-1")}), 400
    )
    assert data["problems"][0]["field"] == "idempotency-key"


def failing(error):
    async def fail(request):
        raise error

    return Route("/v1/score", in_one_shape(fail), methods=["POST"])


@pytest.mark.parametrize(
    ("error", "status"),
    [(RequestError(409, "Used for another request"), 409), (FactsError([PROBLEM]), 422),
     (InputError([PROBLEM] * 2), 422), (ArtifactError("/secret/path"), 503),
     (RuntimeError("secret"), 500), (TimeoutError("secret"), 500)],
)  # fmt: skip
def test_every_error_of_a_route_has_the_one_shape_and_tells_nothing_else(guarded, error, status):
    reply = guarded(failing(error)).post("/v1/score")
    is_problem(reply, status)
    assert "secret" not in reply.text
    assert ("retry-after" in reply.headers) == (status in {429, 503})


def test_a_fault_that_nobody_caught_is_a_500_and_the_next_request_works(guarded):
    async def app(scope, receive, send):
        if scope["type"] == "http":
            raise RuntimeError("secret")

    service = guarded(app=app)
    for _ in range(2):
        reply = service.post("/v1/score")
        is_problem(reply, 500)
        assert "secret" not in reply.text


@pytest.mark.parametrize("status", [400, 404, 500, 503])
def test_errors_of_the_framework_are_put_into_the_one_shape(guarded, status):
    async def theirs(request):
        return PlainTextResponse("internal: /secret", status)

    async def array(request):
        return JSONResponse([{"error": "secret"}], status)

    app = guarded(Route("/livez", theirs), Route("/readyz", array))
    for path in ("/livez", "/readyz"):
        reply = app.get(path)
        is_problem(reply, status)
        assert "secret" not in reply.text


def test_half_an_answer_ends_the_connection_rather_than_pretend(guarded):
    async def some():
        yield b"half"
        raise RuntimeError("broken")

    async def half(request):
        return StreamingResponse(some())

    edge = guarded(Route("/v1/score", half, methods=["POST"])).edge
    with pytest.raises(RuntimeError, match="broken"):
        asyncio.run(edge(connection(), gives(b"{}"), nowhere))


def connection(path="/v1/score", headers=()):
    return {
        "type": "http", "method": "POST", "path": path, "query_string": b"",
        "headers": [(b"host", b"127.0.0.1"), (b"content-type", b"application/json"), *headers],
        "client": ("127.0.0.1", 5), "server": ("127.0.0.1", 3000), "state": {},
    }  # fmt: skip


def gives(*messages):
    left = list(messages)

    async def receive():
        if not left:
            await asyncio.sleep(60)
        one = left.pop(0)
        if isinstance(one, bytes):
            return {"type": "http.request", "body": one, "more_body": False}
        return one

    return receive


async def nowhere(message):
    pass


def test_a_route_that_takes_too_long_is_stopped_and_one_that_says_timeout_is_not_blamed(guarded):
    stopped = []

    async def slow(request):
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            stopped.append(1)
            raise

    app = guarded(Route("/v1/score", slow, methods=["POST"]), time_limit=0.05)
    reply = app.post("/v1/score")
    data = is_problem(reply, 503)
    assert "0.05 seconds" in data["detail"]
    assert reply.headers["retry-after"]
    assert stopped


def test_a_body_that_does_not_come_is_waited_for_no_longer_than_the_limit(guarded):
    sent = []

    async def send(message):
        sent.append(message)

    edge = guarded(ECHO, time_limit=0.05).edge
    asyncio.run(edge(connection(), gives(), send))
    assert sent[0]["status"] == 408
    assert (b"connection", b"close") in sent[0]["headers"]


def test_a_client_that_goes_away_is_told_nothing_and_noted(guarded):
    sent: list[object] = []
    app = guarded(ECHO)
    asyncio.run(app.edge(connection(), gives({"type": "http.disconnect"}), sent.append))
    assert not sent
    assert app.logged[0]["status"] == 499


def test_a_log_line_has_no_fact_no_key_no_path_and_no_second_line(guarded, new_token):
    token = new_token(Scope.SCORE)
    app = guarded(ECHO)
    bearer = {"authorization": f"Bearer {token}"}
    app.post("/v1/score?deal=secret", b'{"customer": "secret"}', **bearer)
    app.get("/v1/secret%0a{%22status%22:200}", **{"x-request-id": "secret secret"})
    app.post("/v1/score", authorization="Bearer secret")
    text = "".join(app.lines)
    assert "secret" not in text
    assert token.split("_")[2] not in text
    assert [line.count("\n") for line in app.lines] == [1, 1, 1]
    assert [one["route"] for one in app.logged] == ["/v1/score", "unmatched", "/v1/score"]
    assert [one["key"] for one in app.logged] == [token.split("_")[1], None, None]


def test_too_many_requests_of_one_key_wait_and_another_key_does_not(guarded, new_token):
    one, other = new_token(Scope.SCORE), new_token(Scope.SCORE)
    app = guarded(ECHO, requests_per_second=0.001, burst=2)
    replies = [app.post("/v1/score", authorization=f"Bearer {one}") for _ in range(3)]
    assert [reply.status_code for reply in replies] == [200, 200, 429]
    is_problem(replies[-1], 429)
    assert 900 <= int(replies[-1].headers["retry-after"]) <= 1000
    assert app.post("/v1/score", authorization=f"Bearer {other}").status_code == 200


def test_what_is_no_http_is_closed(guarded):
    async def talk(socket):
        await socket.accept()

    app = guarded(WebSocketRoute("/v1/score", talk))
    with pytest.raises(WebSocketDisconnect), app.client.websocket_connect("/v1/score"):
        pass


def test_an_answer_may_be_a_stream(guarded):
    async def parts():
        for _ in range(3):
            yield b"part\n"

    async def stream(request):
        return StreamingResponse(parts(), media_type="application/x-ndjson")

    app = guarded(Route("/v1/score", stream, methods=["POST"]))
    assert app.post("/v1/score").text == "part\n" * 3


def test_an_entry_of_its_own_contract(guarded):
    contract = Contract([entry("/v1/x/{id}"), entry("/v1/x/{id}/y")])
    app = guarded(
        Route("/v1/x/{id}", in_one_shape(lambda r: _say(r.path_params["id"]))),
        Route("/v1/x/{id}/y", in_one_shape(lambda r: _say("y"))),
        contract=contract,
    )
    assert json.loads(app.get("/v1/x/17").text) == "17"
    assert json.loads(app.get("/v1/x/17/y").text) == "y"
    assert [one["route"] for one in app.logged] == ["/v1/x/{id}", "/v1/x/{id}/y"]


async def _say(text):
    return JSONResponse(text)


def test_the_page_of_errors_names_every_kind():
    from pathlib import Path

    page = (Path(__file__).parents[4] / "docs" / "serving.md").read_text(encoding="utf-8")
    for status, kind in KINDS.items():
        assert f"| {status} | `{kind}` |" in page
