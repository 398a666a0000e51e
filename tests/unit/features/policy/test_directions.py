"""Which way is better, as far as fields and criteria say it."""

import pytest

from features import parse_policy
from features.matrix_column import Way
from features.policy.directions import directions_of

TEXT = """
policy: directions
title: {{en: a, fr: b}}
deals: {{outcome: {{column: Status, won: [W], lost: [L]}}}}
fields:
  size: {{type: number}}
  rate: {{type: number, better: higher}}
  budget: {{type: boolean}}
  grade: {{type: category, values: [low, mid, high]}}
  rank: {{type: category, values: [low, mid, high], ordered: true, better: lower}}
  step: {{type: category, values: [low, mid, high], ordered: true}}
  due: {{type: date}}
criteria:
{}
decision: {{go_at: {{p_win: 0.4}}}}
"""
OF_FIELDS = {("rate", None): 1, ("rank", None): -1}


def ways(*criteria):
    rules = [
        f"  - {{id: c{n}, label: {{en: a, fr: b}}, {rule}}}" for n, rule in enumerate(criteria)
    ]
    return directions_of(parse_policy(TEXT.format("\n".join(rules) or "  []").encode()))


def directions(*criteria):
    return {key: way.sign for key, way in ways(*criteria).items()}


def test_a_field_says_it_itself():
    assert directions() == OF_FIELDS


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("when: {budget: true}, points: 5", {("budget", None): 1}),
        ("when: {budget: true}, points: -5", {("budget", None): -1}),
        ("when: {budget: false}, points: 5", {("budget", None): -1}),
        ("field: budget, values: {true: 5, false: -5}", {("budget", None): 1}),
        ("when: {grade: high}, points: 5", {("grade", "high"): 1}),
        ("when: {grade: [mid, high]}, points: -5", {("grade", "mid"): -1, ("grade", "high"): -1}),
        ("field: grade, values: {low: -5, high: 5}", {("grade", "low"): -1, ("grade", "high"): 1}),
        ("field: size, bands: [{below: 5, points: 1}, {points: 2}]", {("size", None): 1}),
        ("field: size, bands: [{below: 5, points: 1}], otherwise: 2", {}),
        ("field: size, bands: [{below: 5, points: 3}, {below: 9, points: 2}]",
         {("size", None): -1}),
        ("field: size, bands: [{below: 5, points: 1}, {below: 9, points: 2}, {points: 1}]", {}),
        ("when: {size: {above: 5}}, points: 5", {}),
        ("when: {budget: true, grade: high}, points: 5", {}),
        ("when: {budget: true}, points: 5, direction: free", {}),
        ("when: {step: high}, points: 5", {}),
        ("when: {due: {after: 2026-01-01}}, points: 5", {}),
    ],
)  # fmt: skip
def test_a_criterion_says_it_of_the_one_fact_that_it_looks_at(rule, said):
    assert directions(rule) == {**OF_FIELDS, **said}


def test_where_two_criteria_contradict_each_other_neither_is_heard():
    rules = ("when: {budget: true}, points: 5", "when: {budget: true}, points: -2")
    assert directions(*rules) == OF_FIELDS
    assert directions(rules[0], rules[0]) == {**OF_FIELDS, ("budget", None): 1}


def test_a_field_has_the_last_word():
    rule = "field: rate, bands: [{below: 5, points: 3}, {points: 1}]"
    assert directions(rule) == OF_FIELDS


def test_a_field_and_a_criterion_as_points_are_firm_and_other_points_only_expected():
    rule = "when: {budget: true}, points: 5"
    assert ways()[("rate", None)] == Way(1, firm=True)
    assert ways(rule)[("budget", None)] == Way(1, firm=False)
    assert ways(f"{rule}, direction: as_points")[("budget", None)] == Way(1, firm=True)
    both = ways(rule, f"{rule}, direction: as_points")
    assert (
        both[("budget", None)]
        == Way(1, firm=True)
        == ways(*[f"{rule}, direction: as_points", rule])[("budget", None)]
    )


def test_a_field_is_firm_also_where_a_criterion_only_expects_the_same():
    rule = "field: rate, bands: [{below: 5, points: 1}, {points: 3}]"
    assert ways(rule)[("rate", None)] == Way(1, firm=True)
