"""A mistake told in French is the same mistake: same status, type and fields, no English left."""

import json
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

import serving.french
from features import parse_policy
from models.qualifier import Qualifier
from serving.api import make_app
from serving.decision_log.log import DecisionLog
from serving.decision_log.settings import LogSettings
from serving.keys.principal import Principal, Scope
from tests.conftest import POLICY_TEXT

SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**20), 10**20), st.floats(), st.text(max_size=6),
    st.sampled_from(["High", "Hihg", "2026-02-30", "1e400", "much", "x" * 300, "\ud800"]),
)  # fmt: skip
VALUES = st.one_of(
    SCALARS, st.lists(SCALARS, max_size=2),
    st.dictionaries(
        st.sampled_from(["value", "observed_on", "not_applicable", "odd"]), SCALARS, max_size=3
    ),
)  # fmt: skip
NAMES = st.sampled_from([
    "amount", "amuont", "authority", "insolvency", "source", "asked_on", "note", "ratio", "facts",
    "as_of", "id", "waivers", "hours", "deal", "outcome", "closed_on", "Amount", "by", "why",
    "before", "everything", "person", "only_look", "action", "changes", "most_deals",
    "hours_by_role", "decided_on", "until", "recommended", "done", "revenue",
])  # fmt: skip
FACTS = st.dictionaries(NAMES, VALUES, max_size=4)
WAIVERS = st.lists(st.one_of(SCALARS, st.dictionaries(
    st.sampled_from(["knockout", "by", "reason", "granted_on", "until", "odd"]),
    st.sampled_from(["exposure_over_limit", "insolvent_customer", "nothing", "finance", "sales",
                     "2026-01-02", "2026-09-01", "2025-01-01", 7, None, ""]), max_size=5,
)), max_size=2)  # fmt: skip
BODIES = st.one_of(
    FACTS,
    st.fixed_dictionaries({"facts": FACTS}, optional={
        "waivers": st.one_of(WAIVERS, SCALARS), "id": VALUES, "as_of": VALUES, "odd": SCALARS,
        "changes": FACTS,
    }),
    st.fixed_dictionaries({"deals": st.lists(st.one_of(FACTS, SCALARS), max_size=2)}, optional={
        "hours": VALUES, "as_of": VALUES, "most_deals": VALUES, "hours_by_role": VALUES,
    }),
    VALUES,
)  # fmt: skip
BROKEN = st.one_of(
    st.binary(max_size=12),
    st.sampled_from([b'{"a": 1, "a": 2}', b'{"a" 1}', b'{"a": "\\q"}', b"{", b'{"a": NaN, }']),
)
PATHS = st.sampled_from([
    "/v1/score", "/v1/score?preset=salesforce", "/v1/score?preset=odo", "/v1/score?x=1&as_of=soon",
    "/v1/score/batch", "/v1/score/batch?reasons=maybe", "/v1/what-if", "/v1/plan", "/v1/facts",
    "/v1/what-if?preset=salesforce", "/v1/outcomes", "/v1/overrides", "/v1/admin/prune",
    "/v1/admin/erase", "/v1/admin/champion", "/v1/nowhere", "/v1/facts?preset=hubspot",
    "/v1/decisions", "/v1/score/batch?preset=odoo",
])  # fmt: skip
TEXT = POLICY_TEXT.replace(
    "    when: {exposure: {above: {field: credit_limit}}}\n",
    "    when: {exposure: {above: {field: credit_limit}}}\n"
    "    waiver: {by: [finance], days: 60}\n",
).replace(
    "  insolvency: {",
    "  asked_on: {type: date, min: 2020-01-01}\n  note: {type: text}\n"
    "  ratio: {type: ratio, of: amount, to: exposure}\n  insolvency: {",
)


class Everybody:
    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        principal = Principal(key_id="k", scopes=frozenset(Scope))
        scope.setdefault("state", {}).update(principal=principal, request_id="request-1")
        await self.app(scope, receive, send)


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    log = DecisionLog.open(LogSettings(url=f"sqlite:///{tmp_path_factory.mktemp('log') / 'l.db'}"))
    app = make_app()
    qualifier = Qualifier(parse_policy(TEXT.encode()))
    app.state.champion = SimpleNamespace(current=SimpleNamespace(qualifier=qualifier), places=None)
    app.state.log, app.state.archive = log, lambda _: None
    with TestClient(Everybody(app), raise_server_exceptions=True) as client:
        yield client
    log.close()


def ask(client, path, body, language):
    sent = body if isinstance(body, bytes) else json.dumps(body).encode()
    headers = {"accept-language": language, "content-type": "application/json"}
    return client.post(path, content=sent, headers=headers)


def problems_of(data):
    """Yield the errors of an answer: its own, or those of the deals of a batch."""
    if "status" in data and "problems" in data:
        yield data
    yield from (one["problem"] for one in data.get("items", ()) if "problem" in one)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(PATHS, st.one_of(BODIES, BROKEN))
@example("/v1/score", {"amount": "much", "budgte": 1})
@example("/v1/plan", {"deals": [{"amount": 1}], "hours": -1})
def test_the_same_mistake_in_french(client, monkeypatch, path, body):
    missed = []

    def strict(template):
        found = serving.french.catalogue().get(template)
        missed.extend([] if found is not None else [template])
        return found

    monkeypatch.setattr(serving.french, "_french", strict)
    english, french = (ask(client, path, body, language) for language in ("en", "fr"))
    assert english.status_code == french.status_code < 500
    if french.status_code >= 400:
        assert french.headers["content-language"] == "fr"
        assert english.headers["content-language"] == "en"
    pairs = zip(problems_of(english.json()), problems_of(french.json()), strict=True)
    for one, other in pairs:
        assert not missed
        assert (one["type"], one["status"]) == (other["type"], other["status"])
        assert one["title"] != other["title"]
        fields = [problem["field"] for problem in one["problems"]]
        assert fields == [problem["field"] for problem in other["problems"]]
        for said, told in zip(one["problems"], other["problems"], strict=True):
            assert said["message"] != told["message"]
            assert (said["hint"] is None) == (told["hint"] is None)


def test_a_sentence_without_french_would_be_seen(client, monkeypatch):
    """The negative control: one template fewer, and the law above does not hold."""
    kept = {key: value for key, value in serving.french.catalogue().items() if key != NUMBER}
    monkeypatch.setattr(serving.french, "catalogue", lambda: kept)
    with pytest.raises(AssertionError):
        test_the_same_mistake_in_french.hypothesis.inner_test(
            client, monkeypatch, "/v1/score", {"amount": "much"}
        )


NUMBER = "{value} is not a number"
