"""What would be said of a deal with some facts changed."""

import pytest

from features import parse_policy
from models.qualifier import Qualifier
from tests.unit.serving.routes.conftest import Service

PATH = "/v1/what-if"
FACTS = {"insolvency": True, "authority": "High", "amount": 5}


def ask(service, changes, facts=FACTS, **more):
    return service.post(PATH, {"facts": facts, "changes": changes, **more})


def test_both_answers_and_what_changed(service):
    told = ask(service, {"insolvency": False, "authority": "High"}, id="D-1").json()
    assert told["changed"] == ["insolvency"]
    assert told["before"]["recommendation"] == "no_go"
    assert told["before"]["deal"] == told["after"]["deal"] == "D-1"
    assert told["before"]["knockouts"][0]["state"] == "fired"
    assert told["after"]["knockouts"][0]["state"] == "clear"
    assert told["texts"][0] == "Insolvency: yes → no"


def test_a_change_to_null_makes_a_fact_unknown(service):
    told = ask(service, {"insolvency": None}).json()
    assert told["after"]["knockouts"][0]["state"] == "unknown"


def test_no_change_is_the_same_answer(service):
    told = ask(service, {"insolvency": True}).json()
    assert told["before"] == told["after"]
    assert told["changed"] == []


def test_every_problem_of_facts_and_changes_is_told_at_once(service):
    reply = ask(service, {"amount": "much", "authorty": "Low"}, {"amount": "x"}, waiver=1)
    assert reply.status_code == 422
    fields = [one["field"] for one in reply.json()["problems"]]
    assert fields == ["amount", "waiver", "changes.amount", "changes.authorty"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"facts": {}},
        {"changes": {"amount": 1}},
        {"facts": {}, "changes": {}},
        {"facts": {}, "changes": []},
    ],
)
def test_without_facts_or_changes_it_says_how_to_ask(service, body):
    reply = service.post(PATH, body)
    assert reply.status_code == 422
    assert "changes" in reply.json()["problems"][0]["hint"]


def test_a_policy_with_a_field_called_facts(policy_text):
    text = policy_text.replace("fields:\n", "fields:\n  facts: {type: number}\n", 1)
    service = Service(Qualifier(parse_policy(text.encode())))
    told = ask(service, {"facts": 4}, {"facts": 3, "amount": 5}).json()
    assert told["changed"] == ["facts"]


def test_in_french(service):
    body = {"facts": FACTS, "changes": {"insolvency": False}}
    assert (
        service.post(PATH, body, **{"accept-language": "fr"}).headers["content-language"] == "fr"
    )
