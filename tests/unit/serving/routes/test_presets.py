"""Whoever connects a CRM sees what each field is called there, and how a record is read."""

import pytest

RECORD = {
    "Id": "006", "Amount": "90", "Athority__c": "High", "Insolvency__c": "maybe", "LeadSource": "",
}  # fmt: skip


def test_every_preset_names_every_field_that_somebody_answers(service, policy):
    told = service.get("/v1/presets").json()
    assert (told["policy"], told["trained_with"]) == ("small_example", None)
    by_name = {one["preset"]: one for one in told["presets"]}
    assert {"salesforce", "hubspot", "dynamics", "pipedrive", "odoo", "zoho"} <= set(by_name)
    fields = {one["field"]: one["names"] for one in by_name["salesforce"]["fields"]}
    assert set(fields) == set(policy.asked)
    assert fields["amount"] == ["amount", "Amount", "Montant"]
    assert by_name["hubspot"]["id"][0] == "Deal"
    french = service.get("/v1/presets", **{"accept-language": "fr"}).json()
    assert "Budget alloué" in {one["label"] for one in french["presets"][0]["fields"]}


def test_a_record_is_read_with_everything_that_one_may_wonder_at(service):
    reply = service.post("/v1/facts?preset=salesforce", RECORD)
    told = reply.json()
    assert reply.status_code == 200
    assert (told["deal"], told["facts"]) == ("006", {"amount": 90.0})
    assert told["read"] == {
        "amount": "Amount", "insolvency": "Insolvency__c", "source": "LeadSource",
    }  # fmt: skip
    nearest = {one["field"]: one["nearest"] for one in told["absent"]}
    assert nearest["authority"] == "Athority__c"
    assert told["passed_over"] == ["Athority__c"]
    (problem,) = told["problems"]
    assert (problem["field"], problem["source"]) == ("insolvency", "Insolvency__c")
    assert service.post("/v1/facts?preset=salesforce", {"facts": RECORD}).json() == told


@pytest.mark.parametrize("query", ["", "?preset=salesfroce", "?preset=zoho&preset=odoo", "?x=1"])
def test_what_is_not_asked_well(service, query):
    reply = service.post(f"/v1/facts{query}", RECORD)
    assert reply.status_code == 422
    assert reply.json()["problems"]


def test_before_something_is_loaded_it_says_that_it_is_starting(starting):
    assert starting.get("/v1/presets").status_code == 503
    assert starting.post("/v1/facts?preset=zoho", {}).status_code == 503
