"""What is counted, from where, and what is not."""

import pytest

from features.policy import parse_policy
from reports.policy_money import money_entry

SPACE = "\N{NO-BREAK SPACE}"


def policy_with(economics: str):
    return parse_policy(
        f"""
policy: small
title: {{en: Small, fr: Petite}}
deals: {{outcome: {{column: Status, won: [W], lost: [L]}}}}
fields:
  price: {{type: number, unit: EUR, label: {{en: Price, fr: Prix}}}}
  tender: {{type: boolean, label: {{en: Tender, fr: Appel}}}}
economics: {economics}
decision: {{go_at: {{p_win: 0.4}}}}
""".encode()
    )


def amounts(economics, language="en"):
    entry = money_entry(policy_with(economics), language)
    return {one.name: one for one in entry.amounts}, entry.sentences


def test_tables_fields_and_constants(machines):
    found = {one.name: one for one in money_entry(machines, "en").amounts}
    assert found["revenue"].text == "“Amount of the offer”"
    assert found["exposure"].text == "70% of “Amount of the offer”"
    assert found["cost_per_hour"].text == "€85"
    assert found["margin_rate"].table == (
        ("equipment", "22%"), ("parts", "35.5%"), ("any other answer", "40%"),
    )  # fmt: skip
    assert found["capacity_hours"].text.startswith(f"1,200{SPACE}hours")


def test_a_field_may_be_taken_several_times_over():
    found, _ = amounts("{margin: {field: price, times: 2}, other_costs: 10}", "fr")
    assert found["margin"].text == f"«{SPACE}Prix{SPACE}» × 2"


def test_a_table_by_yes_and_no_speaks_the_language():
    found, _ = amounts("{margin: 5, other_costs: {by: tender, values: {'true': 9}}}", "fr")
    assert found["other_costs"].table == (("oui", "9"),)


def test_what_is_not_counted_is_named(machines):
    formula, absent = money_entry(machines, "en").sentences
    assert "less the risk of default" in formula
    assert "discounted" not in formula
    assert absent == "Not counted: contacts, other costs and time until payment."


@pytest.mark.parametrize("economics", ["{}", "{margin: 5}", "{margin: 5, remaining_hours: 3}"])
def test_without_a_margin_and_a_cost_there_is_no_value(economics):
    _, sentences = amounts(economics)
    assert len(sentences) == 1
    assert "gives no expected value" in sentences[0]
