"""A mistake told in French is the same mistake: same status, type and fields, no English left."""

import json
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
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
ENVELOPES = st.fixed_dictionaries({"facts": FACTS}, optional={
    "waivers": st.one_of(WAIVERS, SCALARS), "id": VALUES, "as_of": VALUES, "odd": SCALARS,
})  # fmt: skip
DAYS = st.sampled_from(["2026-01-05", "2099-01-01", "soon", None, 7])
WORDS = st.sampled_from(["D-1", "", "a\0b", 7, None, "won", "wn", "go", "no_go", "x" * 2000])
ONE_DEAL = st.one_of(FACTS, ENVELOPES)
DEALS = st.fixed_dictionaries(
    {"deals": st.one_of(st.lists(st.one_of(ONE_DEAL, SCALARS), max_size=2), SCALARS)},
    optional={"hours": VALUES, "as_of": VALUES, "most_deals": VALUES, "hours_by_role": VALUES},
)
RECORDS = st.dictionaries(
    st.sampled_from(["Amount", "amount", "Insolvency__c", "Asked_On__c", "Authority__c", "Id"]),
    st.one_of(SCALARS, st.sampled_from(["120,000", "03/04/2026", "Low;High", "soon"])), max_size=4,
)  # fmt: skip


def of(*names, **values):
    """Return bodies with some of the entries of a record."""
    return st.fixed_dictionaries(values, optional=dict.fromkeys(names, WORDS) | {"odd": WORDS})


ASKED = {
    "/v1/score": ONE_DEAL,
    "/v1/score?preset=salesforce": RECORDS,
    "/v1/score?preset=odo": RECORDS,
    "/v1/score?x=1&as_of=soon&as_of=2": ONE_DEAL,
    "/v1/score?deal=D-1&as_of=2026-02-30": ENVELOPES,
    "/v1/score/batch": DEALS,
    "/v1/score/batch?reasons=maybe": DEALS,
    "/v1/what-if": st.fixed_dictionaries({"facts": FACTS}, optional={"changes": FACTS}),
    "/v1/what-if?preset=salesforce": st.fixed_dictionaries({"facts": RECORDS, "changes": RECORDS}),
    "/v1/plan": DEALS,
    "/v1/facts": RECORDS,
    "/v1/facts?preset=hubspot": RECORDS,
    "/v1/outcomes": of("deal", "outcome", "hours", closed_on=DAYS),
    "/v1/overrides": of("deal", "by", "why", "done", "recommended", decided_on=DAYS, until=DAYS),
    "/v1/admin/prune": of("everything", before=DAYS),
    "/v1/admin/erase": of("deal", "person", "why", "only_look"),
    "/v1/admin/champion": of("action"),
    "/v1/nowhere": FACTS,
}
BROKEN = st.one_of(
    st.binary(max_size=12),
    st.sampled_from([b'{"a": 1, "a": 2}', b'{"a" 1}', b'{"a": "\\q"}', b"{", b'{"a": NaN, }']),
)
ANYTHING = st.sampled_from(sorted(ASKED)).flatmap(
    lambda path: st.tuples(st.just(path), st.one_of(ASKED[path], ASKED[path], VALUES, BROKEN))
)
OUTCOME = {"deal": "D-1", "outcome": "won", "closed_on": "2026-01-05"}
OVERRIDE = {
    "deal": "D-1", "by": "sales", "why": "because", "decided_on": "2026-01-05",
    "until": "2026-02-01", "recommended": "no_go", "done": "go",
}  # fmt: skip
WAIVER = {
    "knockout": "exposure_over_limit", "by": "finance", "reason": "A guarantee",
    "granted_on": "2026-01-02", "until": "2026-02-01",
}  # fmt: skip
BY_HAND = [
    ("/v1/score", {"amount": 6e6, "ratio": 1, "note": "x" * 6000, "budgte": {}}),
    ("/v1/score", {"amount": [1], "authority": {"a": 1}, "asked_on": "2019-01-01"}),
    ("/v1/score", {"amount": {"value": -1, "observed_on": "soon"}, "authority": "x" * 300}),
    ("/v1/score", {"amount": {"value": 1, "not_applicable": True}, "ended": 1}),
    ("/v1/score", {f"f{n}": n for n in range(501)}),
    ("/v1/score", {"insolvency": {"not_applicable": 1}, "gone_on": "2031-01-01"}),
    ("/v1/score", {"lasted": {"value": 1, "not_applicable": True}, "lasts": 12}),
    ("/v1/score", b'{"amount": 1' + b"0" * 5000 + b"}"),
    ("/v1/score", b'{"a": 1 "b": 2}'), ("/v1/score", b'{"a": "b'), ("/v1/score", b'{"a": "\n"}'),
    ("/v1/score", b'{"a": "\\u12"}'), ("/v1/score", b"{} {}"), ("/v1/score", b'{"a":' * 5000),
    ("/v1/score?deal=D-1", {"facts": {}, "id": "D-2"}),
    ("/v1/score?as_of=2026-01-01&as_of=2026-01-02", {}),
    *(("/v1/score", {"facts": {}, "waivers": [{**WAIVER, **change}]}) for change in (
        {"by": "sales"}, {"knockout": "insolvent_customer"}, {"knockout": "x"}, {"reason": 7},
        {"until": "2025-01-01"}, {"until": "2027-01-01"}, {"odd": 1}, {"granted_on": None},
    )),
    ("/v1/score?preset=salesforce", {"Amount": "120,000", "Asked_On__c": "03/04/2026"}),
    ("/v1/score?preset=salesforce", {"Amount": "x", "Authority__c": "Low;High"}),
    ("/v1/score?preset=salesforce", {"budget allocated": 1, "Budget-Allocated": 0}),
    *(("/v1/outcomes", {**OUTCOME, **change}) for change in (
        {"closed_on": "2099-01-01"}, {"hours": -1}, {"outcome": "wn"}, {"deal": "\0"},
    )),
    ("/v1/overrides", {**OVERRIDE, "until": "2025-01-01", "done": "no_go"}),
    ("/v1/overrides", {**OVERRIDE, "why": "a\0b", "deal": "\0"}),
    ("/v1/admin/erase", {"deal": "D-1", "why": "asked", "only_look": True}),
    ("/v1/admin/erase", {"person": "Z", "why": "asked"}),
    ("/v1/admin/erase", {"person": "Zoe", "why": "asked", "only_look": 1}),
    ("/v1/admin/champion", {"action": "refresh"}), ("/v1/admin/champion", {"action": "x"}),
    ("/v1/admin/champion", {"action": "x" * 2000}),
    ("/v1/plan", {"deals": [{}], "hours": 1, "as_of": 7, "hours_by_role": {"x": 1}}),
    ("/v1/plan", {"deals": [{}], "hours": -1, "most_deals": -1, "hours_by_role": {"x": 1}}),
    ("/v1/plan", {"deals": [{}], "most_deals": "x", "hours_by_role": 7}),
    ("/v1/plan", {"deals": [{}]}),
]  # fmt: skip
TEXT = POLICY_TEXT.replace(
    "    when: {exposure: {above: {field: credit_limit}}}\n",
    "    when: {exposure: {above: {field: credit_limit}}}\n"
    "    waiver: {by: [finance], days: 60}\n",
).replace(
    "  insolvency: {",
    "  asked_on: {type: date, min: 2020-01-01}\n  ended: {type: date, max: 2030-01-01}\n"
    "  gone_on: {type: date, min: 2020-01-01, max: 2030-01-01}\n"
    "  lasted: {type: number, not_applicable: [no]}\n  lasts: {type: number, max: 9}\n"
    "  note: {type: text}\n"
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


def require_same_mistake(client, monkeypatch, path, body):
    """Ask in both languages, and compare what is told; return what was told in English."""
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
    told = list(problems_of(english.json()))
    assert not missed
    for one, other in zip(told, problems_of(french.json()), strict=True):
        assert (one["type"], one["status"]) == (other["type"], other["status"])
        assert one["title"] != other["title"]
        fields = [problem["field"] for problem in one["problems"]]
        assert fields == [problem["field"] for problem in other["problems"]]
        for said, again in zip(one["problems"], other["problems"], strict=True):
            assert said["message"] != again["message"]
            assert (said["hint"] is None) == (again["hint"] is None)
    return told


@settings(
    max_examples=settings().max_examples // 2,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(ANYTHING)
def test_the_same_mistake_in_french(client, monkeypatch, asked):
    require_same_mistake(client, monkeypatch, *asked)


@pytest.mark.parametrize(("path", "body"), BY_HAND)
def test_mistakes_that_chance_does_not_find(client, monkeypatch, path, body):
    assert require_same_mistake(client, monkeypatch, path, body)


def test_a_sentence_without_french_would_be_seen(client, monkeypatch):
    """The negative control: one template fewer, and the law above does not hold."""
    number = "{value} is not a number"
    kept = {key: value for key, value in serving.french.catalogue().items() if key != number}
    monkeypatch.setattr(serving.french, "catalogue", lambda: kept)
    with pytest.raises(AssertionError):
        require_same_mistake(client, monkeypatch, "/v1/score", {"amount": "much"})
