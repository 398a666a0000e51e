"""Records of each CRM's API, laid flat."""

import pytest

from features.crm.preset import named_preset
from features.crm.record import Entry, entries_of


def entries(preset, record):
    return entries_of(record, named_preset(preset).record)


def test_salesforce_relations_stand_under_both_names():
    record = {
        "attributes": {
            "type": "Opportunity",
            "url": "/services/data/v62.0/sobjects/Opportunity/006",
        },
        "Id": "006",
        "Amount": 120000.0,
        "Account": {"attributes": {}, "Name": "Acme", "Industry": "Energy"},
        "Owner": None,
    }
    found = entries("salesforce", record)
    assert found["Account.Industry"] == Entry("Energy")
    assert found["Account"].shown == "Acme"
    assert found["Owner"].is_empty
    assert found["attributes.type"] == Entry("Opportunity")


def test_hubspot_holds_its_properties_inside_newly_and_as_it_used_to():
    record = {"id": "51", "properties": {"amount": "1200", "old": {"value": "x", "timestamp": 1}}}
    found = entries("hubspot", record)
    assert (found["id"].value, found["amount"].value, found["old"].value) == ("51", "1200", "x")


def test_dynamics_tells_the_label_of_a_code_beside_it():
    suffix = "@OData.Community.Display.V1.FormattedValue"
    record = {
        "@odata.etag": 'W/"1"',
        "new_stage": 100000001,
        f"new_stage{suffix}": "Proposal",
        "estimatedvalue": 1200.0,
        f"estimatedvalue{suffix}": "€1,200.00",
        f"gone{suffix}": "alone",
    }
    found = entries("dynamics", record)
    assert found["new_stage"] == Entry(100000001, "Proposal")
    assert found["estimatedvalue"].value == 1200.0
    assert not [name for name in found if name.endswith(suffix)]


def test_pipedrive_wraps_its_answers_and_its_custom_fields():
    record = {
        "success": True,
        "data": {
            "id": 7,
            "value": 1200,
            "org_id": {"name": "Acme", "value": 12},
            "custom_fields": {"a1b2": {"value": 90, "currency": "EUR"}, "c3d4": "High"},
        },
    }
    found = entries("pipedrive", record)
    assert (found["id"].value, found["value"].value) == (7, 1200)
    assert (found["a1b2"].value, found["c3d4"].value) == (90, "High")
    assert (found["org_id"].value, found["org_id"].shown) == (12, "Acme")


def test_odoo_writes_pairs_and_zoho_lists():
    found = entries("odoo", {"result": [{"id": 3, "stage_id": [4, "Proposition"]}]})
    assert (found["stage_id"].value, found["stage_id"].shown) == (4, "Proposition")
    found = entries("zoho", {"data": [{"Tags": ["a", {"name": "b", "id": "9"}], "None": []}]})
    assert found["Tags"].value == "a;b"
    assert found["None"].is_empty


@pytest.mark.parametrize("preset", ["salesforce", "hubspot", "dynamics", "pipedrive", "odoo"])
def test_nothing_that_json_can_hold_breaks_it(preset):
    deep: object = 1
    for _ in range(60):
        deep = (
            {"data": deep, "properties": [deep], "x": [[deep]]}
            if isinstance(deep, int)
            else {"y": deep, "value": {}}
        )
    assert isinstance(entries(preset, {"a": deep, "properties": [], "data": 3, "": {}}), dict)
