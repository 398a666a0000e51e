"""The mapping that training uses finds the same fields in a record of the API."""

import pytest

from features import FactsError, parse_policy
from features.crm.field_names import crm_mapping, squashed
from features.crm.reading import facts_of_record, look_at_record
from features.errors import InputError, PolicyError

FIELDS = """
policy: p
title: {en: "P", fr: "P"}
deals:
  preset: salesforce
  numbers: decimal_comma
  %s
fields:
  amount: {type: number, min: 0, column: Montant}
  source: {type: category}
  decision_maker: {type: boolean, column: "Décideur identifié"}
  health: {type: category, values: [good, bad], observed_column: "Health Checked"}
  asked_on: {type: date}
decision: {go_at: {p_win: 0.3}}
"""


def policy(more=""):
    return parse_policy((FIELDS % more).encode())


def read(record, preset="salesforce", more=""):
    found = policy(more)
    return facts_of_record(record, crm_mapping(found, preset), found)


def problems(record, preset="salesforce", more=""):
    with pytest.raises(FactsError) as wrong:
        read(record, preset, more)
    return [(one.where, one.source) for one in wrong.value.problems]


def test_a_column_named_in_french_is_found_under_the_apis_name():
    found = read(
        {
            "Id": "006",
            "Amount": "120 000,50",
            "LeadSource": "Web",
            "Decideur_identifie__c": "true",
            "Health__c": "good",
            "Health_Checked__c": None,
            "Whatever__c": 1,
        }
    )
    assert found.facts == {
        "amount": 120000.5,
        "source": "Web",
        "decision_maker": True,
        "health": "good",
    }
    assert found.read["decision_maker"] == "Decideur_identifie__c"
    assert (found.id, found.absent) == ("006", ("asked_on",))
    assert "Whatever__c" in found.passed_over


def test_the_same_policy_reads_another_crm():
    record = {"id": 9, "properties": {"amount": "90", "hs_analytics_source": "PAID"}}
    found = read(record, "hubspot")
    assert (found.facts, found.id) == ({"amount": 90.0, "source": "PAID"}, "9")


def test_the_policy_names_what_nobody_could_know():
    more = "api: {health: 3f2a9c0b7d514e86}"
    assert read({"3f2a9c0b7d514e86": "bad"}, "pipedrive", more).facts == {"health": "bad"}
    with pytest.raises(PolicyError, match="helth"):
        policy("api: {helth: x}")


def test_the_policys_own_name_may_stand_in_the_record_too():
    assert read({"Amount": None, "asked_on": "2026-03-31", "amount": 5}).facts == {
        "asked_on": "2026-03-31",
        "amount": 5.0,
    }


def test_the_crms_own_field_is_not_taken_for_another_column_of_the_export():
    """The amount that training saw is net; a record without it has no amount."""
    text = (FIELDS % "").replace("column: Montant", "column: Montant HT")
    net = parse_policy(text.encode())
    names = {"salesforce": ("Amount", "Montant_HT__c"), "hubspot": ("amount", "montant_ht")}
    for preset, (standard, own) in names.items():
        mapping = crm_mapping(net, preset)
        record = {standard: 120, own: 100, "health": "good"}
        assert facts_of_record(record, mapping, net).facts["amount"] == 100.0
        del record[own]
        assert "amount" in facts_of_record(record, mapping, net).absent


def test_an_answer_keeps_the_day_it_was_given_on():
    assert read({"health": "good", "Health Checked": "2026-03-31T08:00:00Z"}).facts == {
        "health": {"value": "good", "observed_on": "2026-03-31"}
    }


def test_every_problem_is_told_under_both_names():
    record = {
        "Amount": "much",
        "Health__c": "fine",
        "asked_on": "soon",
        "Decideur_identifie__c": "x",
    }
    assert problems(record) == [
        ("amount", "Amount"),
        ("asked_on", "asked_on"),
        ("decision_maker", "Decideur_identifie__c"),
        ("health", "Health__c"),
    ]
    assert problems({"health": "good", "Health Checked": "soon"}) == [("health", "Health Checked")]


def test_two_entries_that_would_both_do_are_never_guessed_between():
    record = {"Decideur Identifie": "yes", "Décideur_identifié": "no"}
    assert problems(record) == [("decision_maker", None)]
    assert read(dict.fromkeys(record, "yes")).facts == {"decision_maker": True}


def test_a_record_of_something_else_is_refused():
    assert problems({"Name": "x", "Phone": "1"}) == [("record", None)]
    found = policy()
    reading, told = look_at_record({}, crm_mapping(found, "zoho"), found)
    assert (reading.facts, told, len(reading.absent)) == ({}, [], 5)


def test_an_empty_field_of_odoo_is_unknown_and_no_is_no():
    found = read({"expected_revenue": False, "source": False, "decision_maker": False}, "odoo")
    assert found.facts == {"decision_maker": False}


def test_a_record_of_thousands_of_entries_is_none():
    record = {"Amount": 1, **{f"x{n}": n for n in range(5_000)}}
    assert problems(record) == [("record", None)]
    assert read({**{f"x{n}": n for n in range(4_999)}, "Amount": 1}).facts == {"amount": 1.0}


def test_an_id_is_the_same_as_a_number_or_a_text():
    assert [read({"Id": one, "Amount": 1}).id for one in (7, 7.0, " 7 ")] == ["7", "7", "7"]


def test_names_too_long_for_a_header_are_passed_over():
    assert read({"Amount": 1, "x" * 400: 2}).passed_over == ("x" * 400,)


def test_there_is_no_such_crm_and_the_nearest_is_told():
    with pytest.raises(InputError, match="did you mean 'salesforce'"):
        crm_mapping(policy(), "salesfroce")


def test_a_mapping_is_made_once_for_equal_policies():
    assert crm_mapping(policy(), "zoho") is crm_mapping(policy(), "zoho")
    assert squashed("Décideur identifié") == "decideuridentifie"
