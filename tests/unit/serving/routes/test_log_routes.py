"""The routes of the log behind a stand-in for the edge: who may, what is kept, what is refused."""

import asyncio
from dataclasses import replace
from functools import partial

import pytest
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from features import parse_policy
from models.qualifier import Qualifier
from serving.decision_log.log import DecisionLog
from serving.decision_log.migrations.versions import first_tables, rows_stay
from serving.decision_log.policy_archive import archived_policy, keep_policy
from serving.decision_log.records import ShadowRecord
from serving.decision_log.settings import LogSettings
from serving.keys.principal import Principal, Scope
from serving.messages import RequestError, problem_body
from serving.routes.decisions import decision, decisions, replayed
from serving.routes.outcomes import outcome
from serving.routes.overrides import override
from serving.routes.upkeep import erase, prune
from tests.conftest import POLICY_TEXT
from tests.logged import asker, decided, qualifier

OUTCOME = {"deal": "D-7", "outcome": "won", "closed_on": "2026-03-31", "revenue": 1e6, "hours": 7}
OVERRIDE = {
    "deal": "D-7", "by": "head of sales", "why": "An old customer", "decided_on": "2026-03-01",
    "until": "2026-04-01", "recommended": "no_go", "done": "go",
}  # fmt: skip
ROUTES = [
    ("GET", "/v1/decisions", decisions, Scope.READ),
    ("GET", "/v1/decisions/{id}", decision, Scope.READ),
    ("GET", "/v1/decisions/{id}/replay", replayed, Scope.READ),
    ("POST", "/v1/outcomes", outcome, Scope.OUTCOME),
    ("POST", "/v1/overrides", override, Scope.OUTCOME),
    ("POST", "/v1/admin/prune", prune, Scope.ADMIN),
    ("POST", "/v1/admin/erase", erase, Scope.ADMIN),
]


class Edge:
    """Says who asks, as the edge does."""

    def __init__(self, app):
        self.app = app
        self.principal = Principal("k1", frozenset(Scope) - {Scope.ADMIN})

    async def __call__(self, scope, receive, send):
        if scope["type"] == "http":
            scope["state"] = {"principal": self.principal, "request_id": "r-1"}
        await self.app(scope, receive, send)


class Held:
    def __init__(self, held):
        self.qualifier = held


class Champion:
    def __init__(self, current):
        self.current = current


async def problem(request, error):
    body = problem_body(error.status, error.title, error.problems)
    return JSONResponse(body, error.status, headers=getattr(error, "headers", None))


@pytest.fixture
def log(tmp_path):
    log = DecisionLog.open(LogSettings(url=f"sqlite:///{tmp_path}/d.db"))
    yield log
    log.close()


@pytest.fixture
def edge(log):
    app = Starlette(
        routes=[Route(path, route, methods=[method]) for method, path, route, _ in ROUTES],
        exception_handlers={RequestError: problem},
    )
    app.state.log, app.state.champion = log, Champion(Held(qualifier()))
    return Edge(app)


@pytest.fixture
def client(edge):
    return TestClient(edge)


@pytest.fixture
def mine(log):
    record = decided(who=asker("k1", request_id="r-9"))
    asyncio.run(log.append(record))
    return record


def problems(reply):
    assert reply.status_code == 422, reply.text
    return [one["field"] for one in reply.json()["problems"]]


@pytest.mark.parametrize("entry", ROUTES, ids=lambda entry: f"{entry[0]} {entry[1]}")
def test_every_route_takes_its_scope_and_no_other(client, edge, entry):
    method, path, _, scope = entry
    edge.principal = Principal("k1", frozenset(Scope) - {scope})
    reply = client.request(method, path.replace("{id}", "x"), json={})
    assert reply.status_code == 403
    assert scope in reply.json()["title"]
    edge.principal = Principal("k1", frozenset({scope}))
    assert client.request(method, path.replace("{id}", "x"), json={}).status_code in {404, 422}
    edge.principal = None
    assert client.request(method, path.replace("{id}", "x"), json={}).status_code == 403


def test_a_decision_is_shown_to_its_key_and_to_admins_only(client, edge, log, mine):
    shadow = ShadowRecord(
        asker=asker("k1", request_id="r-9"), deal_id="D-7", policy="p", model="m2",
        decision=mine.decision, id=mine.id,
    )  # fmt: skip
    other = replace(shadow, model="m3", id="of another deal of the request")
    asyncio.run(log.append(shadow))
    asyncio.run(log.append(other))
    shown = client.get(f"/v1/decisions/{mine.id}").json()
    assert (shown["deal"], shown["answer"]["deal"], shown["facts"]["amount"]) == (
        "D-7", "D-7", 250000.1,
    )  # fmt: skip
    assert [one["model"] for one in shown["challengers"]] == ["m2"]
    late = decided("late", who=asker("k1"))
    asyncio.run(log.append(late))
    log.upkeep.erase_deal("late", why="asked", at=late.asker.at)
    asyncio.run(log.append(replace(shadow, id=late.id, deal_id="late")))
    assert client.get(f"/v1/decisions/{late.id}").json()["challengers"] == []
    edge.principal = Principal("k2", frozenset({Scope.READ}))
    for path in (f"/v1/decisions/{mine.id}", f"/v1/decisions/{mine.id}/replay"):
        assert client.get(path).status_code == 404
    assert client.get("/v1/decisions?deal=D-7").json()["decisions"] == []
    edge.principal = Principal("k2", frozenset({Scope.READ, Scope.ADMIN}))
    assert client.get(f"/v1/decisions/{mine.id}").json()["key_id"] == "k1"
    assert client.get("/v1/decisions/" + "x" * 900).status_code == 404


def test_a_decision_is_made_again_by_what_is_held_or_by_the_archive(client, edge, mine):
    path = f"/v1/decisions/{mine.id}/replay"
    assert client.get(path).json()["state"] == "same"
    edge.app.state.champion = None
    gone = client.get(path).json()
    assert (gone["state"], gone["missing"][0]["what"]) == ("missing", "policy")
    edge.app.state.archive = lambda version: qualifier()
    assert client.get(path).json()["state"] == "same"


def test_a_policy_that_answered_alone_is_made_again_after_it_has_changed(
    client, edge, mine, tmp_path
):
    path, kept = f"/v1/decisions/{mine.id}/replay", qualifier().policy
    assert keep_policy(tmp_path, kept)
    edge.app.state.policy_archive = partial(archived_policy, tmp_path)
    changed = parse_policy(POLICY_TEXT.replace("points: 20", "points: 25").encode())
    assert changed.fingerprint != kept.fingerprint
    edge.app.state.champion = Champion(Held(Qualifier(changed)))
    assert client.get(path).json()["state"] == "same"
    (tmp_path / "policies" / f"{kept.fingerprint}.yaml").write_text(changed.text, "utf-8")
    gone = client.get(path).json()
    assert (gone["state"], gone["missing"][0]["what"]) == ("missing", "policy")


def test_all_about_a_deal(client, mine):
    client.post("/v1/outcomes", json=OUTCOME)
    client.post("/v1/overrides", json=OVERRIDE)
    shown = client.get("/v1/decisions?deal=D-7").json()
    assert [one["id"] for one in shown["decisions"]] == [mine.id]
    assert [one["outcome"] for one in shown["outcomes"]] == ["won"]
    assert [one["done"] for one in shown["overrides"]] == ["go"]
    for query in ("", "?deal=", "?deal=a&more=1", "?deal=%00"):
        assert problems(client.get("/v1/decisions" + query)) == ["deal"]


@pytest.mark.parametrize(("path", "body"), [("outcomes", OUTCOME), ("overrides", OVERRIDE)])
def test_what_is_said_twice_with_one_key_is_kept_once_and_answered_alike(client, path, body):
    def said(data, key="a"):
        return client.post(f"/v1/{path}", json=data, headers={"idempotency-key": key})

    first, again, other = said(body), said(body), said({**body, "deal": "D-8"})
    assert first.status_code == again.status_code == 201
    assert first.json() == again.json()
    assert {**first.json(), **body} == first.json()
    assert again.headers["idempotency-replayed"] == "true"
    assert other.status_code == 409
    assert said(body, "b").json()["id"] != first.json()["id"]


def test_every_problem_of_an_outcome_is_told_at_once(client):
    wrong = {"deal": "\x00", "outcome": "wun", "closed_on": "2999-01-01", "hours": -1,
             "revenue": 10**400, "more": 1}  # fmt: skip
    assert sorted(problems(client.post("/v1/outcomes", json=wrong))) == sorted(wrong)
    assert problems(client.post("/v1/outcomes", json={})) == ["deal", "outcome", "closed_on"]
    assert problems(client.post("/v1/outcomes", json={**OUTCOME, "hours": True})) == ["hours"]
    assert client.post("/v1/outcomes", content=b"[").status_code == 400


def test_every_problem_of_an_override_is_told_at_once(client):
    assert len(problems(client.post("/v1/overrides", json={}))) == 7
    wrong = {**OVERRIDE, "why": "a\x00b", "deal": "x" * 300}
    assert sorted(problems(client.post("/v1/overrides", json=wrong))) == [
        "override.deal", "override.why",
    ]  # fmt: skip


def test_admins_prune_and_erase(client, edge, log, mine):
    edge.principal = Principal("boss", frozenset({Scope.ADMIN, Scope.READ}))
    look = {"person": "référence", "why": "a letter", "only_look": True}
    assert client.post("/v1/admin/erase", json=look).json()["found"]["decisions"] == 1
    assert log.reader.decision(mine.id).facts
    done = client.post("/v1/admin/erase", json={"deal": "D-7", "why": "a letter"}).json()
    assert done["erased"]["decisions"] == 1
    shown = client.get(f"/v1/decisions/{mine.id}").json()
    assert (shown["facts"], shown["answer"], shown["erased"]["why"]) == (None, None, "a letter")
    pruned = client.post("/v1/admin/prune", json={"before": "2026-12-01"}).json()
    assert pruned == {"pruned": {"decisions": 1, "shadows": 0}}
    assert client.get(f"/v1/decisions/{mine.id}").status_code == 404


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("prune", {}, "before"),
        ("prune", {"before": "soon"}, "before"),
        ("prune", {"before": "2026-01-01", "everything": 1}, "everything"),
        ("prune", {"befor": "2026-01-01"}, "befor"),
        ("erase", {"why": "w"}, "deal"),
        ("erase", {"deal": "a", "person": "b", "why": "w"}, "deal"),
        ("erase", {"deal": "a"}, "why"),
        ("erase", {"deal": "a", "why": "w", "only_look": True}, "only_look"),
        ("erase", {"person": "ab", "why": "w"}, "person"),
    ],
)
def test_wrong_orders_change_nothing(client, edge, path, body, field):
    edge.principal = Principal("boss", frozenset({Scope.ADMIN}))
    assert problems(client.post(f"/v1/admin/{path}", json=body)) == [field]


def test_without_a_log_nothing_is_promised(client, edge):
    edge.app.state.log = None
    assert client.post("/v1/outcomes", json=OUTCOME).status_code == 503


def test_the_steps_follow_each_other():
    assert rows_stay.down_revision == first_tables.revision
