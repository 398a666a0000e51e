"""Every route and every scope: who is let in, and who is not."""

from typing import Any

import pytest
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from serving.api import make_app
from serving.edge.contract import CONTRACT, Contract
from serving.keys.principal import Scope

OPEN = {"GET /", "GET /livez", "GET /readyz", "GET /v1/openapi.json"}
NEEDS = {
    "GET /metrics": "read",
    "POST /v1/score": "score",
    "POST /v1/score/batch": "score",
    "POST /v1/what-if": "score",
    "POST /v1/plan": "score",
    "POST /v1/facts": "score",
    "GET /v1/policy": "read",
    "GET /v1/presets": "read",
    "GET /v1/model": "read",
    "GET /v1/decisions": "read",
    "GET /v1/decisions/{id}": "read",
    "GET /v1/decisions/{id}/replay": "read",
    "POST /v1/outcomes": "outcome",
    "POST /v1/overrides": "outcome",
    "GET /v1/admin/champion": "admin",
    "POST /v1/admin/champion": "admin",
    "GET /v1/admin/workers": "admin",
    "POST /v1/admin/prune": "admin",
    "POST /v1/admin/erase": "admin",
}
"""Written down twice on purpose: whoever adds a route says here, too, who may ask it."""


async def reached(request):
    return PlainTextResponse("reached")


ANYWHERE = Route("/{path:path}", reached, methods=["GET", "POST"])


def ask(app, route, **headers):
    method, _, path = route.partition(" ")
    path = path.replace("{id}", "17")
    return (app.get if method == "GET" else app.post)(path, **headers)


def test_the_table_of_this_test_is_the_contract():
    listed = {f"{one.method} {one.path}": one.scope for one in CONTRACT}
    assert listed == {**dict.fromkeys(OPEN), **NEEDS}


def test_every_route_of_the_application_is_in_the_contract():
    ours: list[Any] = list(make_app().routes)
    routes = [
        (method, route.path)
        for route in ours
        if "path:path" not in route.path
        for method in route.methods
        if (route.path, method) == ("/v1/score", "POST") or route.endpoint.__name__ != "guarded"
    ]
    assert routes
    assert not Contract().misses(routes)
    assert Contract().misses([("GET", "/v1/secret"), ("GET", "/v1/decisions/{decision_id}")]) == [
        "GET /v1/secret"
    ]


@pytest.mark.parametrize("scope", Scope)
def test_a_key_reaches_the_routes_of_its_scope_and_no_other(guarded, new_token, scope):
    app, bearer = guarded(ANYWHERE), {"authorization": f"Bearer {new_token(scope)}"}
    app = guarded(ANYWHERE)  # it knows the key from its start
    for route, needed in NEEDS.items():
        expected = 200 if needed == scope else 403
        assert ask(app, route, **bearer).status_code == expected, route
    assert all(ask(app, route, **bearer).status_code == 200 for route in OPEN)


def test_without_a_key_only_open_routes_are_reached_once_there_is_one(guarded, new_token):
    new_token(Scope.READ)
    app = guarded(ANYWHERE)
    for route in NEEDS:
        reply = ask(app, route)
        assert reply.status_code == 401, route
        assert reply.headers["www-authenticate"].startswith("Bearer")
    assert all(ask(app, route).status_code == 200 for route in OPEN)


@pytest.mark.parametrize(
    "wrong", ["", "Bearer", "Bearer x", "Basic cWY6cWY=", "{token}", "Bearer {token}x"]
)
def test_a_wrong_key_is_no_key_even_where_none_is_needed(guarded, new_token, wrong):
    assert guarded(ANYWHERE).post("/v1/score", authorization="Bearer x").status_code == 401
    token = new_token(*Scope)
    app = guarded(ANYWHERE)
    reply = app.post("/v1/score", authorization=wrong.format(token=token))
    assert reply.status_code == 401
    assert app.post("/v1/score", authorization=f"bearer {token}").status_code == 200


def test_two_keys_at_once_are_none(guarded, new_token):
    bearer = f"Bearer {new_token(Scope.SCORE)}"
    headers = [("authorization", bearer)] * 2 + [("content-type", "application/json")]
    reply = guarded(ANYWHERE).client.post("/v1/score", content=b"{}", headers=headers)
    assert reply.status_code == 401


def test_loopback_is_open_while_there_has_never_been_a_key(guarded):
    app = guarded(ANYWHERE)
    assert all(ask(app, route).status_code == 200 for route in NEEDS)


@pytest.mark.parametrize("client", [("10.0.0.7", 5), ("::ffff:10.0.0.7", 5), ("testclient", 5)])
def test_another_machine_needs_a_key_whatever_the_service_was_told(guarded, client):
    assert guarded(ANYWHERE, client=client).post("/v1/score").status_code == 401


def test_a_setting_closes_loopback(guarded):
    assert guarded(ANYWHERE, loopback_without_key=False).post("/v1/score").status_code == 401


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost:3000", 200),
        ("[::1]:3000", 200),
        ("evil.example", 403),
        ("127.0.0.1.evil.example", 403),
        ("", 403),
    ],
)
def test_a_page_in_a_browser_cannot_ask_by_a_name_of_its_own(guarded, host, status):
    assert guarded(ANYWHERE).post("/v1/score", host=host).status_code == status


def test_with_a_key_any_name_of_the_service_is_fine(guarded, new_token):
    bearer = f"Bearer {new_token(Scope.SCORE)}"
    app = guarded(ANYWHERE, client=("10.0.0.7", 5))
    assert app.post("/v1/score", host="crm.example", authorization=bearer).status_code == 200
