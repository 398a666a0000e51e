"""A scored deal is kept before it is told: found again, repeated, and never answered unkept."""

from types import SimpleNamespace

import pytest
from starlette.testclient import TestClient

from models.qualifier import Qualifier
from serving.api import make_app
from serving.decision_log.log import DecisionLog
from serving.decision_log.settings import LogSettings
from serving.keys.principal import Principal, Scope

FACTS = {"amount": 1000, "authority": "High"}


class Everybody:
    """Stands for the edge: who asks may do all."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        principal = Principal(key_id="k", scopes=frozenset(Scope))
        scope.setdefault("state", {}).update(principal=principal, request_id="r")
        await self.app(scope, receive, send)


@pytest.fixture
def app(policy):
    made = make_app()
    made.state.champion = SimpleNamespace(current=SimpleNamespace(qualifier=Qualifier(policy)))
    return made


@pytest.fixture
def kept(app, tmp_path):
    app.state.log = DecisionLog.open(LogSettings(url=f"sqlite:///{tmp_path / 'log.db'}"))
    app.state.archive = lambda _: None
    with TestClient(Everybody(app)) as client:
        yield client
    app.state.log.close()


def test_the_answer_is_in_the_log_as_it_was_sent(kept):
    reply = kept.post("/v1/score", json={"facts": FACTS, "id": "D-1"})
    stored = kept.app.app.state.log.reader.decision(reply.headers["qualifox-decision"])
    assert stored.answer == reply.content
    assert kept.get("/v1/decisions", params={"deal": "D-1"}).status_code == 200


def test_the_same_request_again_gets_the_same_decision_and_another_does_not(kept):
    head = {"idempotency-key": "once"}
    first = kept.post("/v1/score", json=FACTS, headers=head)
    again = kept.post("/v1/score", json=FACTS, headers=head)
    assert again.content == first.content
    assert again.headers["qualifox-decision"] == first.headers["qualifox-decision"]
    assert kept.post("/v1/score", json={"amount": 2}, headers=head).status_code == 409


def test_a_decision_is_made_again_to_the_same_bytes(kept):
    reply = kept.post("/v1/score", json=FACTS)
    told = kept.get(f"/v1/decisions/{reply.headers['qualifox-decision']}/replay").json()
    assert told["state"] == "same"


def test_without_a_log_it_answers_all_the_same(app):
    reply = TestClient(Everybody(app)).post("/v1/score", json=FACTS)
    assert reply.status_code == 200
    assert "qualifox-decision" not in reply.headers
