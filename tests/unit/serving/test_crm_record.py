"""A record of a CRM is decided as the same facts in the policy's names are."""

import json
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from starlette.testclient import TestClient

from features import parse_policy
from features.policy import load_policy
from models.qualifier import Qualifier
from serving.api import make_app
from serving.crm_record import MOST_NAMED, InPolicyWords, in_policy_words
from serving.decision_log.log import DecisionLog
from serving.decision_log.settings import LogSettings
from serving.openapi_crm import RECORDS
from tests.unit.serving.routes.conftest import DEMO
from tests.unit.serving.routes.test_score import Everybody

PAGE = Path(__file__).parents[3] / "docs" / "crm.md"
EXAMPLES = re.findall(r"preset=(\w+)\n\n```json\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
RECORD = {
    "attributes": {"type": "Opportunity"}, "Id": "006", "Amount": "1 000,50",
    "Authority__c": "High", "Budget_Allocated__c": "true", "LeadSource": None,
    **{f"Other_{n}__c": n for n in range(200)},
}  # fmt: skip
FACTS = {"amount": 1000.5, "authority": "High", "budget_allocated": True}


def client_of(policy, log=None):
    app = make_app()
    app.state.champion = SimpleNamespace(current=SimpleNamespace(qualifier=Qualifier(policy)))
    app.state.log, app.state.archive = log, lambda _: None
    return TestClient(Everybody(app))


@pytest.fixture
def client(policy):
    return client_of(policy)


@pytest.fixture
def kept(policy, tmp_path):
    log = DecisionLog.open(LogSettings(url=f"sqlite:///{tmp_path / 'log.db'}"))
    with client_of(policy, log) as client:
        yield client, log
    log.close()


def test_the_answer_is_that_to_the_same_facts_and_says_what_was_absent(client):
    told = client.post("/v1/score?preset=salesforce", json=RECORD)
    same = client.post("/v1/score", json={"facts": FACTS, "id": "006"})
    assert (told.status_code, told.content) == (200, same.content)
    assert told.headers["qualifox-fields-read"] == "4/7"
    assert told.headers["qualifox-fields-absent"] == "credit_limit, exposure, insolvency"
    assert "qualifox-fields-read" not in same.headers


def test_the_log_keeps_the_policys_words_and_replays_the_same_bytes(kept):
    client, log = kept
    told = client.post("/v1/score?preset=salesforce", json=RECORD)
    assert "qualifox-fields-absent" in told.headers
    stored = log.reader.decision(told.headers["qualifox-decision"])
    assert (stored.facts, stored.answer) == (FACTS, told.content)
    found = client.get(f"/v1/decisions/{stored.id}/replay").json()
    assert found["state"] in {"same", "missing"}  # the policy is archived by the service only


def test_the_envelope_and_the_query_say_more_of_a_record(client):
    body = {"facts": RECORD, "id": "D-7", "as_of": "2026-02-03", "waivers": []}
    told = client.post("/v1/score?preset=salesforce", json=body).json()
    assert (told["deal"], told["as_of"]) == ("D-7", "2026-02-03")
    told = client.post("/v1/score?preset=salesforce&deal=D-8", json=RECORD).json()
    assert told["deal"] == "D-8"
    wrong = client.post("/v1/score?preset=salesforce&deal=D-8", json=body)
    assert (wrong.status_code, wrong.json()["problems"][0]["field"]) == (422, "id")


def test_what_is_wrong_is_told_under_both_names(client):
    body = {**RECORD, "Amount": "much", "Authority__c": "Boss"}
    reply = client.post("/v1/score?preset=salesforce", json=body)
    assert reply.status_code == 422
    told = {(one["field"], one["source"]) for one in reply.json()["problems"]}
    assert told == {("amount", "Amount"), ("authority", "Authority__c")}
    reply = client.post("/v1/score?preset=salesfroce", json=RECORD)
    assert (reply.status_code, reply.json()["problems"][0]["hint"]) == (
        422, "did you mean 'salesforce'?",
    )  # fmt: skip
    assert client.post("/v1/score?preset=hubspot", json={"a": 1}).status_code == 422
    assert client.post("/v1/score?preset=", json=RECORD).status_code == 422


def test_without_a_preset_a_record_is_refused_as_ever(client):
    assert client.post("/v1/score", json=RECORD).status_code == 422


def test_a_batch_is_of_records_and_one_that_is_wrong_spoils_no_other(client):
    deals = [RECORD, {**RECORD, "Amount": "much"}, {"facts": RECORD, "id": "D-9"}, 7, {}]
    reply = client.post("/v1/score/batch?preset=salesforce", json={"deals": deals})
    told = reply.json()
    assert reply.headers["qualifox-fields-absent"] == "credit_limit, exposure, insolvency"
    same = client.post("/v1/score", json={"facts": FACTS, "id": "006"}).json()
    assert told["items"][0]["answer"] == same
    assert told["items"][1]["problem"]["problems"][0]["source"] == "Amount"
    assert told["items"][2]["answer"]["deal"] == "D-9"
    assert told["counts"] == {"deals": 5, "answered": 2, "failed": 3}
    twice = json.dumps({"deals": [RECORD]}).replace('"Id"', '"Amount": 1, "Id"')
    told = client.post("/v1/score/batch?preset=salesforce", content=twice.encode(),
                       headers={"content-type": "application/json"}).json()  # fmt: skip
    assert told["items"][0]["problem"]["problems"][0]["message"] == "is given twice"


def test_a_plan_is_of_records(client):
    demo = client_of(load_policy(DEMO))
    deals = [{**RECORDS["salesforce"], "Id": f"{n}"} for n in range(3)]
    told = demo.post("/v1/plan?preset=salesforce", json={"deals": deals, "hours": 100})
    facts = {"amount": 300000, "contact_level": "user", "budget_confirmed": False,
             "deliverable": "equipment"}  # fmt: skip
    same = [{"facts": facts, "id": f"{n}"} for n in range(3)]
    assert told.json() == demo.post("/v1/plan", json={"deals": same, "hours": 100}).json()
    wrong = demo.post("/v1/plan?preset=salesforce", json={"deals": [{"Amount": "x"}], "hours": 1})
    assert (wrong.status_code, wrong.json()["problems"][0]["field"]) == (422, "deals[0].amount")
    assert wrong.json()["problems"][0]["source"] == "Amount"


def test_what_if_is_asked_in_the_crms_names_or_the_policys(client):
    plain = {"facts": FACTS, "id": "006", "changes": {"amount": None, "authority": "Low"}}
    same = client.post("/v1/what-if", json=plain).json()
    for changes in ({"Authority__c": "Low", "Amount": ""}, {"authority": "Low", "amount": None}):
        body = {"facts": RECORD, "changes": changes}
        assert client.post("/v1/what-if?preset=salesforce", json=body).json() == same
    wrong = client.post(
        "/v1/what-if?preset=salesforce", json={"facts": RECORD, "changes": {"Amount": 1, "X": 2}}
    )
    assert (wrong.status_code, wrong.json()["problems"][0]["field"]) == (422, "changes.X")


def test_a_policy_with_a_field_called_facts_reads_records_too(policy_text):
    other = parse_policy(policy_text.replace("  insolvency: {", "  facts: {").replace(
        "{insolvency: true}", "{facts: true}").encode())  # fmt: skip
    found = in_policy_words(
        {"Id": "006", "Amount": 5, "facts__c": True}, {"preset": "salesforce"}, other
    )
    assert (found.body, found.query) == ({"amount": 5.0, "facts": True}, {"deal": "006"})


def test_a_header_names_so_many_fields_and_no_more():
    absent = tuple(f"f{n}" for n in range(MOST_NAMED + 2))
    reading: Any = SimpleNamespace(read={}, absent=absent)
    assert (
        InPolicyWords({}, {}, reading)
        .headers["qualifox-fields-absent"]
        .endswith(f"f{MOST_NAMED - 1}, and 2 more")
    )
    assert InPolicyWords({}, {}).headers == {}


@pytest.mark.parametrize(("preset", "record"), EXAMPLES, ids=[name for name, _ in EXAMPLES])
def test_every_request_on_the_page_is_answered(preset, record):
    reply = client_of(load_policy(DEMO)).post(
        f"/v1/score?preset={preset}", content=record.encode(),
        headers={"content-type": "application/json"},
    )  # fmt: skip
    assert reply.status_code == 200, reply.json()
    absent = reply.headers["qualifox-fields-absent"].split(", ")
    assert not {"amount", "contact_level", "budget_confirmed"} & set(absent)
    assert reply.json()["deal"]


def test_the_page_and_the_document_show_a_request_for_each_crm():
    assert {name for name, _ in EXAMPLES} >= {*RECORDS, "odoo", "zoho"}
    demo = client_of(load_policy(DEMO))
    for preset, record in RECORDS.items():
        told = demo.post(f"/v1/facts?preset={preset}", json=record).json()
        assert {"amount", "contact_level", "budget_confirmed"} <= set(told["read"])
        assert not told["problems"]
