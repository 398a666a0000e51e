"""The edge, and what stands behind it, refuse in the reader's language."""

import re

import pytest
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from serving.edge.visit import Visit
from serving.keys.principal import Scope
from tests.unit.serving.edge.test_guard import ECHO

FRENCH = {"accept-language": "fr-CA, en;q=0.5"}


async def broken(request):
    raise ValueError(request)


async def plain(request):
    return PlainTextResponse("No such thing", 404)


def in_both(app, method, path, headers=None, **more):
    """Return the English and the French error."""
    asked = [
        app.client.request(method, path, headers=(headers or {}) | language, **more)
        for language in ({}, FRENCH)
    ]
    assert [one.headers["content-language"] for one in asked] == ["en", "fr"]
    return [one.json() for one in asked]


JSON = {"content-type": "application/json"}


@pytest.mark.parametrize(
    ("method", "path", "more"),
    [
        ("POST", "/v1/nowhere", {}),
        ("GET", "/v1/score", {}),
        ("POST", "/v1/score", {"content": b"x"}),
        ("POST", "/v1/score", {"json": {"a": "x" * 200}}),
        ("POST", "/v1/score", {"content": b"[" * 99, "headers": JSON}),
        ("POST", "/v1/score", {"json": {}, "headers": {"authorization": "Bearer nothing"}}),
        ("POST", "/v1/score", {"json": {}, "headers": {"idempotency-key": "x" * 300}}),
        ("POST", "/v1/plan", {"json": {}}),
        ("POST", "/v1/what-if", {"json": {}}),
    ],
)  # fmt: skip
def test_each_refusal_of_the_edge(guarded, method, path, more):
    app = guarded(
        ECHO, Route("/v1/plan", broken, methods=["POST"]),
        Route("/v1/what-if", plain, methods=["POST"]),
        largest_body=100, deepest_json=5,
    )  # fmt: skip
    english, french = in_both(app, method, path, **more)
    assert (english["type"], english["status"]) == (french["type"], french["status"])
    assert english["title"] != french["title"]
    assert english["detail"] != french["detail"]
    for one, other in zip(english["problems"], french["problems"], strict=True):
        assert one["field"] == other["field"]
        assert one["message"] != other["message"]
        assert one["hint"] != other["hint"]


def test_a_time_to_wait_has_a_decimal_comma(guarded, new_token):
    key = f"Bearer {new_token(Scope.SCORE)}"
    app = guarded(ECHO, requests_per_second=0.001, burst=1)
    app.post("/v1/score", authorization=key)
    told = app.post("/v1/score", authorization=key, **FRENCH).json()
    assert told["title"] == "Trop de requêtes"
    assert re.match(r"redemandez dans \d+,\d s\b", told["problems"][0]["hint"])


def test_the_language_is_looked_for_only_in_its_header():
    assert Visit.of("r", "GET", [(b"accept-language", b"fr")]).language == "fr"
    assert Visit.of("r", "GET", [(b"x", b"fr")]).language == "en"
    assert Visit.of("r", "GET").language == "en"
