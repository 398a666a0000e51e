"""What a deal is worth from today on, as far as its numbers are known."""

from datetime import date
from typing import Any

import numpy as np
import pytest

from features import Deal, DealTable, Policy, parse_policy
from models.economics import has_value, hours_of, missing_numbers, value_of

FIELDS = """
policy: money
title: {en: a, fr: b}
deals: {outcome: {column: Status, won: [W], lost: [L]}}
fields:
  margin: {type: number}
  hours: {type: number}
  spent: {type: number}
  exposure: {type: number}
  health: {type: category, values: [sound, distressed]}
decision: {go_at: {p_win: 0.4}}
"""
FULL = ("margin: {field: margin}, remaining_hours: {field: hours}, cost_per_hour: 100, "
        "default_probability: {by: health, values: {sound: 0.0, distressed: 0.5}}, "
        "loss_given_default: 0.6, exposure: {field: exposure}")  # fmt: skip
KNOWN: dict[str, Any] = {
    "margin": 10_000.0,
    "hours": 10.0,
    "exposure": 10_000.0,
    "health": "distressed",
}


def policy(economics: str) -> Policy:
    return parse_policy(f"{FIELDS}economics: {{{economics}}}\n".encode())


def value(economics: str, p_win: float = 0.5, **facts):
    rules = policy(economics)
    deal = Deal(as_of=date(2026, 1, 5), facts=facts)
    found = value_of(rules, DealTable.of([deal], rules.fields), np.array([p_win]))
    assert found is not None
    numbers = (found.if_won, found.remaining_cost, found.expected, found.break_even)
    return tuple(None if np.isnan(one[0]) else float(one[0]) for one in numbers), found.left_out


def test_the_expected_value_is_the_chance_of_the_margin_after_the_risk_less_what_it_still_costs():
    numbers, left_out = value(FULL, **KNOWN)
    assert numbers == (7_000, 1_000, 0.5 * 7_000 - 1_000, 1_000 / 7_000)
    assert left_out == ("contacts",)


@pytest.mark.parametrize("name", sorted(KNOWN))
def test_an_unknown_number_leaves_the_value_unknown_and_is_asked_for(name):
    facts = {fact: known for fact, known in KNOWN.items() if fact != name}
    (_, _, expected, break_even), _ = value(FULL, **facts)
    assert (expected, break_even) == (None, None)
    assert missing_numbers(policy(FULL), Deal(as_of=date(2026, 1, 5), facts=facts)) == (name,)


def worth(economics: str, p_win: float = 0.5, **facts):
    rules = policy(economics)
    table = DealTable.of([Deal(as_of=date(2026, 1, 5), facts=facts)], rules.fields)
    found = value_of(rules, table, np.array([p_win]))
    assert found is not None
    return found


def test_what_was_spent_before_is_shown_and_does_not_matter():
    sunk = f"{FULL}, spent_hours: {{field: spent}}, spent_costs: 300"
    assert (
        value(sunk, **KNOWN, spent=0.0) == value(sunk, **KNOWN, spent=1e6) == value(FULL, **KNOWN)
    )
    assert worth(sunk, **KNOWN, spent=7.0).sunk_cost[0] == 7 * 100 + 300
    assert np.isnan(worth(FULL, **KNOWN).sunk_cost[0])


def test_an_hour_is_worth_its_share_and_the_cost_is_one_of_the_revenue():
    found = worth(f"{FULL}, revenue: 50000", **KNOWN)
    assert found.hours[0] == 10
    assert found.per_hour[0] == (0.5 * 7_000 - 1_000) / 10
    assert found.cost_share[0] == 1_000 / 50_000
    assert np.isnan(worth(FULL, **KNOWN).cost_share[0])


def test_what_a_deal_is_worth_beyond_its_margin_is_added_when_it_is_won():
    assert worth(f"{FULL}, strategic_value: 400", **KNOWN).if_won[0] == 7_400


def test_hours_by_role_add_up_and_only_those_with_a_cost_cost():
    presales = "{remaining_hours: {field: hours}, cost_per_hour: 10}"
    roles = f"margin: 900, roles: {{presales: {presales}, engineers: {{remaining_hours: 4}}}}"
    found = worth(roles, hours=6.0)
    assert (found.hours[0], found.remaining_cost[0]) == (10, 60)
    assert {name: hours[0] for name, hours in found.hours_by_role.items()} == {
        "presales": 6,
        "engineers": 4,
    }
    assert found.left_out == ("contacts", "default risk")
    assert missing_numbers(policy(roles), Deal(as_of=date(2026, 1, 5), facts={})) == ("hours",)
    assert np.isnan(worth(roles).hours[0])


def test_hours_are_told_where_no_money_is_counted():
    rules = policy("remaining_hours: {field: hours}")
    table = DealTable.of([Deal(as_of=date(2026, 1, 5), facts={"hours": 3.0})], rules.fields)
    assert hours_of(rules, table).tolist() == [3.0]


def test_the_value_turns_exactly_at_break_even():
    (_, _, _, break_even), _ = value(FULL, **KNOWN)
    assert break_even is not None
    assert value(FULL, break_even + 1e-9, **KNOWN)[0][2] > 0
    assert value(FULL, break_even - 1e-9, **KNOWN)[0][2] < 0


def test_late_money_is_discounted_and_break_even_rises_with_it():
    late = f"{FULL}, discount_rate_per_year: 0.1, months_to_close: 12"
    (now, cost, _, at), _ = value(FULL, **KNOWN)
    (later, same_cost, expected, later_at), _ = value(late, **KNOWN)
    assert later == pytest.approx(now / 1.1)
    assert same_cost == cost
    assert expected == pytest.approx(0.5 * now / 1.1 - cost)
    assert later_at == pytest.approx(at * 1.1)


def test_a_deal_that_loses_money_when_won_has_no_break_even():
    (if_won, _, _, break_even), _ = value(FULL, **{**KNOWN, "margin": 1_000.0})
    assert if_won is not None
    assert if_won < 0
    assert break_even is None


def test_hours_without_a_cost_are_for_planning_and_are_said_to_be_left_out():
    numbers, left_out = value("margin: 5, other_costs: 1, remaining_hours: {field: hours}")
    assert numbers[2] == 0.5 * 5 - 1
    assert left_out == ("hours", "contacts", "default risk")


@pytest.mark.parametrize(
    ("economics", "has"),
    [("", False), ("margin: 5", False), ("other_costs: 5", False),
     ("margin: 5, remaining_hours: 5", False), ("margin: 5, other_costs: 5", True),
     ("margin_rate: 0.1, revenue: 5, cost_per_contact: 1, remaining_contacts: 2", True)],
)  # fmt: skip
def test_a_value_takes_a_margin_and_a_cost(economics, has):
    assert has_value(policy(economics).economics) is has
    table = DealTable.of([], policy(economics).fields)
    assert (value_of(policy(economics), table, np.zeros(0)) is not None) is has
