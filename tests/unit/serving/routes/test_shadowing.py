"""The challenger is heard after the answer: it changes none, delays none, and is found by it."""

import threading
import time
from types import SimpleNamespace
from typing import Any

import prometheus_client
import pytest
from starlette.testclient import TestClient

from features import parse_policy
from models.qualifier import Qualifier
from serving.api import make_app
from serving.champion.champion import Champion
from serving.champion.held import Serving
from serving.decision_log.log import DecisionLog
from serving.decision_log.settings import LogSettings
from serving.keys.principal import Principal, Scope
from serving.routes.shadowing import MOST_IN_LINE, shadow_of
from serving.shadow_figures import ShadowFigures
from tests.conftest import POLICY_TEXT

FACTS = {
    "amount": 1000, "authority": "High", "budget_allocated": True, "insolvency": False,
    "exposure": 0, "credit_limit": 10,
}  # fmt: skip
STRICTER = POLICY_TEXT.replace("when: {insolvency: true}", "when: {insolvency: false}")
NARROWER = POLICY_TEXT.replace("max: 5000000", "max: 500")


class Everybody:
    """Stands for the edge: who asks may do all."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        principal = Principal(key_id="k", scopes=frozenset(Scope))
        scope.setdefault("state", {}).update(principal=principal, request_id="r")
        await self.app(scope, receive, send)


class Stands:
    """Stands for a challenger that behaves badly before it decides."""

    def __init__(self, qualifier, first):
        self.qualifier, self.first, self.policy = qualifier, first, qualifier.policy
        self.model = None

    def decide(self, deals):
        self.first()
        return self.qualifier.decide(deals)


def serving(text, first=None):
    found = Qualifier(parse_policy(text.encode()))
    seat = Serving.of(found)
    if first is None:
        return seat
    stands: Any = Stands(found, first)
    return Serving(qualifier=stands, policy=seat.policy, loaded_at=seat.loaded_at, version="m2")


@pytest.fixture
def app(tmp_path):
    made = make_app()
    state = made.state
    state.champion = Champion(None, serving(POLICY_TEXT))
    state.log = DecisionLog.open(LogSettings(url=f"sqlite:///{tmp_path / 'log.db'}"))
    state.shadow = shadow_of(state)
    state.registry = prometheus_client.CollectorRegistry()
    state.shadow_figures = ShadowFigures(state.registry)
    yield made
    state.shadow.stop()
    state.log.close()


@pytest.fixture
def client(app):
    with TestClient(Everybody(app)) as found:
        yield found


def score(client, number=0, **headers):
    body = {"facts": FACTS, "id": f"D-{number}", "as_of": "2026-01-05"}
    reply = client.post("/v1/score", json=body, headers=headers)
    assert reply.status_code == 200
    return reply


def counted(app, name, **labels):
    return app.state.registry.get_sample_value(f"qualifox_shadow_{name}_total", labels)


def challengers(client, reply, app):
    app.state.shadow.settle()
    deadline = time.monotonic() + 5
    while app.state.log.backlog and time.monotonic() < deadline:
        time.sleep(0.005)
    shown = client.get(f"/v1/decisions/{reply.headers['qualifox-decision']}").json()
    return shown["challengers"]


def test_the_decision_says_what_the_challenger_would_have_said(client, app):
    app.state.champion.challenger = serving(STRICTER)
    reply = score(client)
    (said,) = challengers(client, reply, app)
    challenger = app.state.champion.challenger
    assert said["id"] == reply.headers["qualifox-decision"]
    assert (said["deal"], said["key_id"], said["policy"]) == ("D-0", "k", challenger.policy)
    assert said["recommendation"] != reply.json()["recommendation"]
    assert counted(app, "decisions", said="other") == 1
    assert "request_id" not in said


def test_the_same_recommendation_and_facts_that_do_not_fit_are_counted_apart(client, app):
    app.state.champion.challenger = serving(POLICY_TEXT)
    score(client)
    app.state.champion.challenger = serving(NARROWER)
    (said,) = challengers(client, score(client, 1), app)
    assert (said["recommendation"], said["p_win"]) == (None, None)
    assert [counted(app, "decisions", said=one) for one in ("same", "other", "unreadable")] == [
        1, 0, 1,
    ]  # fmt: skip


def test_a_request_that_comes_again_is_not_offered_again(client, app):
    app.state.champion.challenger = serving(POLICY_TEXT)
    head = {"idempotency-key": "once"}
    replies = [score(client, **head) for _ in range(3)]
    assert len(challengers(client, replies[0], app)) == 1
    assert counted(app, "decisions", said="same") == 1


def hang(event):
    return lambda: event.wait(30)


def fail(_):
    raise RuntimeError("a bad challenger")


@pytest.mark.parametrize("ill", ["hangs", "raises", "slow"])
def test_whatever_ails_the_challenger_the_answers_are_the_same(client, app, ill):
    healthy = [score(client, number).content for number in range(20)]
    go_on = threading.Event()
    ways = {"hangs": hang(go_on), "raises": lambda: fail(1), "slow": lambda: time.sleep(0.1)}
    app.state.champion.challenger = serving(POLICY_TEXT, ways[ill])
    started = time.perf_counter()
    ailing = [score(client, number).content for number in range(20)]
    assert time.perf_counter() - started < 20 * 0.1
    assert ailing == healthy
    go_on.set()


def test_a_queue_that_is_full_forgets_and_says_how_many(client, app, monkeypatch):
    monkeypatch.setattr("serving.champion.shadow.MOST_WAITING", 8)
    app.state.shadow = shadow_of(app.state)
    go_on = threading.Event()
    app.state.champion.challenger = serving(POLICY_TEXT, hang(go_on))
    for number in range(20):
        score(client, number)
    assert counted(app, "forgotten", why="full") in {11, 12}  # one may be in its hands
    assert counted(app, "decisions", said="same") == 0
    go_on.set()


def test_a_challenger_that_fails_is_counted_for_each_deal(client, app):
    app.state.champion.challenger = serving(POLICY_TEXT, lambda: fail(1))
    for number in range(3):
        score(client, number)
    app.state.shadow.settle()
    assert counted(app, "forgotten", why="failed") == 3


def test_answers_come_first_where_the_log_is_behind(client, app):
    app.state.champion.challenger = serving(POLICY_TEXT)
    log, state = app.state.log, app.state
    noted: list[object] = []
    for is_writable, backlog in ((True, MOST_IN_LINE + 1), (False, 0), (True, 0)):
        state.log = SimpleNamespace(
            is_writable=is_writable, backlog=backlog, note=noted.append, append=log.append,
            reader=log.reader,
        )  # fmt: skip
        state.shadow.ask(*asked(client, log, state))
        state.shadow.settle()
    state.log = log
    assert len(noted) == 1
    assert counted(app, "forgotten", why="not_kept") == 2


def asked(client, log, state):
    """Return what the shadow is asked about a deal, as the route does it."""
    heard = []
    shadow, state.shadow = (
        state.shadow,
        SimpleNamespace(champion=state.champion, ask=lambda *what: heard.append(what)),
    )
    kept, state.log = state.log, log
    score(client)
    state.shadow, state.log = shadow, kept
    return heard[0]


def test_a_service_without_a_shadow_answers_all_the_same(client, app):
    del app.state.shadow.champion  # nobody may look at it
    shadow, app.state.shadow = app.state.shadow, None
    score(client)
    app.state.shadow = shadow


def test_each_row_of_a_batch_that_is_kept_now_finds_its_own_shadow(client, app):
    app.state.champion.challenger = serving(STRICTER)
    body = {"deals": [{"facts": FACTS, "id": "D-1"}, {"facts": {"amount": -1}}, {"facts": FACTS}]}
    head = {"idempotency-key": "b"}
    replies = [client.post("/v1/score/batch", json=body, headers=head) for _ in range(2)]
    items = replies[0].json()["items"]
    assert replies[1].content == replies[0].content
    app.state.shadow.settle()
    assert counted(app, "decisions", said="other") == 2
    deadline = time.monotonic() + 5
    while app.state.log.backlog and time.monotonic() < deadline:
        time.sleep(0.005)
    for item in (items[0], items[2]):
        shown = client.get(f"/v1/decisions/{item['decision']}").json()
        assert [one["id"] for one in shown["challengers"]] == [item["decision"]]
