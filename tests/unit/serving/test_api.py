"""The HTTP contract, in process: no port, the real application."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from starlette.testclient import TestClient

from features import parse_policy
from models.qualifier import Qualifier
from serving.api import make_app
from serving.edge.access_log import AccessLog
from serving.edge.door import Door
from serving.edge.guard import Edge, EdgeParts
from serving.edge.settings import EdgeSettings
from serving.keys.keyring import Keyring


def around(qualifier, home):
    """Return a client of the application as the guard hands requests to it."""
    app = make_app()
    if qualifier is not None:
        app.state.champion = SimpleNamespace(current=SimpleNamespace(qualifier=qualifier))
    parts = EdgeParts(door=Door(Keyring(home / "keys.json")), log=AccessLog(str))
    return TestClient(Edge(app, parts), base_url="http://127.0.0.1:3000", client=("127.0.0.1", 5))


@pytest.fixture
def client(policy, tmp_path):
    return around(Qualifier(policy), tmp_path)


def send(client, body, **headers):
    return client.post(
        "/v1/score", content=body, headers={"content-type": "application/json", **headers}
    )


def test_facts_come_as_they_are_and_the_answer_has_every_part(client):
    reply = send(client, b"{}")
    assert reply.status_code == 200
    answer = reply.json()
    assert set(answer) == {
        "deal", "as_of", "recommendation", "recommendation_text", "exploration", "knockouts",
        "scorecard",
        "grade", "grade_text", "go_at", "p_win", "p_lost", "p_no_decision", "stability_range",
        "evidence_level", "evidence", "value", "reasons", "baseline", "contributions", "find_out",
        "expired", "versions",
    }  # fmt: skip
    assert answer["as_of"] == datetime.now(UTC).date().isoformat()
    assert 0 < answer["p_win"] < 1  # the policy's own
    assert answer["evidence_level"] == answer["evidence"]["level"] == "none"
    assert answer["recommendation"] == "no_go"  # a knockout of this policy refuses the unknown
    refusals = [r["text"] for r in answer["reasons"] if r["text"].startswith("Refused until")]
    assert len(refusals) == 1
    assert answer["find_out"]


def test_every_key_of_the_answer_is_in_its_contract_and_nothing_else(client):
    contract = (Path(__file__).parents[3] / "docs" / "answer.md").read_text(encoding="utf-8")
    answer = send(client, b"{}").json()
    parts = re.split("In `evidence`|In `value`", contract)[:2]
    for part, keys in zip(parts, (answer, answer["evidence"]), strict=True):
        named = re.findall(r"^\| (`.+?`) \|", part, flags=re.MULTILINE)
        assert re.findall(r"`(\w+)`", " ".join(named)) == list(keys)


def test_the_same_answer_in_french(client):
    english, french = send(client, b"{}"), send(client, b"{}", **{"accept-language": "fr"})
    assert french.headers["content-language"] == "fr"
    assert english.headers["content-language"] == "en"
    assert "Refusé tant qu" in french.text
    assert english.json()["recommendation"] == french.json()["recommendation"]
    assert english.json()["reasons"] != french.json()["reasons"]


def test_a_day_and_an_id_may_be_given_with_the_query(client):
    headers = {"content-type": "application/json"}
    reply = client.post("/v1/score?as_of=2025-02-03&deal=D-7", content=b"{}", headers=headers)
    assert (reply.json()["as_of"], reply.json()["deal"]) == ("2025-02-03", "D-7")
    bad = client.post("/v1/score?as_of=tomorrow", content=b"{}", headers=headers)
    assert bad.status_code == 422
    assert bad.json()["problems"][0]["field"] == "as_of"
    assert client.post("/v1/score?deal=%00", content=b"{}", headers=headers).status_code == 422


def test_every_problem_is_told_at_once_with_its_field_and_a_hint(client, policy):
    number, boolean, category = (
        next(n for n, f in policy.fields.items() if f.kind == kind)
        for kind in ("number", "boolean", "category")
    )
    body = f'{{"{number}": NaN, "{boolean}": "yes", "{category}": 3, "nobody_knows": 1e400}}'
    reply = send(client, body.encode())
    assert reply.status_code == 422
    assert reply.headers["content-type"] == "application/problem+json"
    problems = reply.json()["problems"]
    assert [p["field"] for p in problems] == [number, boolean, category, "nobody_knows"]
    assert all(p["message"] and p["hint"] for p in problems)


@pytest.mark.parametrize("value", ["Infinity", "-Infinity", "1e400", "1" + "0" * 400, "true"])
def test_numbers_that_are_none_are_refused(client, policy, value):
    number = next(n for n, f in policy.fields.items() if f.kind == "number")
    assert send(client, f'{{"{number}": {value}}}'.encode()).status_code == 422


def test_other_ways_to_ask_wrongly_have_the_same_shape(client):
    too_large = json.dumps({"x": "y" * EdgeSettings().largest_body}).encode()
    replies = {
        400: send(client, b""),
        404: client.get("/v1/nothing"),
        405: client.get("/v1/score"),
        413: send(client, too_large),
        415: client.post("/v1/score", content=b"{}", headers={"content-type": "text/csv"}),
    }
    for status, reply in replies.items():
        assert reply.status_code == status
        assert reply.json()["status"] == status
        assert reply.headers["content-type"] == "application/problem+json"
    assert client.post("/").json()["status"] == 405
    put, get = client.put("/v1/score").json(), client.get("/v1/score").json()
    assert put["title"] == get["title"]
    assert client.get("/nope").json()["status"] == 404


def test_a_misspelt_query_is_refused_with_the_right_name(client):
    headers = {"content-type": "application/json"}
    reply = client.post("/v1/score?asof=2020-01-01", content=b"{}", headers=headers)
    assert reply.status_code == 422
    assert reply.json()["problems"][0]["hint"] == "did you mean 'as_of'?"


def test_more_facts_than_any_policy_has_are_one_problem(client):
    reply = send(client, json.dumps({f"f{n}": 1 for n in range(5_000)}).encode())
    assert reply.status_code == 422
    assert len(reply.json()["problems"]) == 1


def test_a_fault_of_ours_is_a_500_in_the_same_shape_and_tells_nothing_else(client, monkeypatch):
    def fails(*_):
        raise RuntimeError("secret")

    monkeypatch.setattr(Qualifier, "decide", fails)
    reply = send(client, b"{}")
    assert reply.status_code == 500
    assert "secret" not in reply.text
    assert reply.json()["status"] == 500


def test_before_the_policy_is_loaded_the_service_says_that_it_is_starting(tmp_path):
    assert send(around(None, tmp_path), b"{}").status_code == 503


def test_the_front_page_loads_nothing_from_elsewhere(client):
    assert client.get("/").json()["service"] == "qualifox"


def test_an_envelope_waives_what_may_be_waived_and_nothing_else(policy_text, tmp_path):
    waivable = policy_text.replace(
        "    on_unknown: no_go\n", "    on_unknown: no_go\n    waiver: {by: [finance], days: 30}\n"
    )
    client = around(Qualifier(parse_policy(waivable.encode())), tmp_path)
    facts = {
        "insolvency": True, "exposure": 9, "credit_limit": 5, "budget_allocated": True,
        "authority": "High", "amount": 1000, "source": "Referral",
    }  # fmt: skip
    waiver = {
        "knockout": "insolvent_customer", "by": "finance", "reason": "The court has closed it",
        "granted_on": "2026-01-02", "until": "2026-01-31",
    }  # fmt: skip
    body = {"facts": facts, "waivers": [waiver], "id": "D-1", "as_of": "2026-01-05"}
    told = send(client, json.dumps(body).encode()).json()
    states = {one["id"]: one["state"] for one in told["knockouts"]}
    assert states["insolvent_customer"] == "waived"
    assert states["exposure_over_limit"] == "fired"
    assert (told["deal"], told["as_of"], told["recommendation"]) == ("D-1", "2026-01-05", "no_go")
    good = send(client, json.dumps(body | {"facts": facts | {"exposure": 1}}).encode()).json()
    assert good["recommendation"] == "go"
    later = send(client, json.dumps(body | {"as_of": "2026-02-01"}).encode()).json()
    assert later["knockouts"][0]["state"] == "fired"
    bad = body | {"waivers": [waiver | {"by": "sales", "until": "2026-05-05"}]}
    reply = send(client, json.dumps(bad | {"facts": {"exposure": "x"}}).encode())
    assert reply.status_code == 422
    fields = [problem["field"] for problem in reply.json()["problems"]]
    assert fields == ["exposure", "waivers[0].by", "waivers[0].until"]
