"""Criteria as columns: which of them a model may see, what they hold, and which way they go."""

import numpy as np
import pytest

from features import DealTable, parse_policy
from features.columns import NumericColumn
from features.deal import Fact
from features.matrix_column import CriterionSign, criterion_column
from features.policy.criterion_columns import modelled_criteria, sign_of, with_criteria
from tests.property.strategies import deal

TEXT = """
policy: columns
title: {{en: a, fr: b}}
deals: {{outcome: {{column: Status, won: [W], lost: [L]}}}}
fields:
  size: {{type: number}}
  rate: {{type: number, better: higher}}
  cost: {{type: number, better: lower}}
  budget: {{type: boolean}}
  sure: {{type: boolean, better: higher}}
  rank: {{type: category, values: [low, mid, high], ordered: true, better: lower}}
  grade: {{type: category, values: [low, mid, high]}}
  seller: {{type: category, used_by_model: false}}
  due: {{type: date}}
criteria:
{}
decision: {{go_at: {{p_win: 0.4}}}}
"""


def policy_of(*criteria):
    rules = [
        f"  - {{id: c{n}, label: {{en: a, fr: b}}, {rule}}}" for n, rule in enumerate(criteria)
    ]
    return parse_policy(TEXT.format("\n".join(rules)).encode())


def seen(rule, kept_out=()):
    return bool(modelled_criteria(policy_of(rule), kept_out))


@pytest.mark.parametrize(
    "rule",
    [
        "when: {budget: true}, points: -5",
        "when: {size: {above: 5}}, points: -5",
        "field: size, bands: [{below: 5, points: 1}, {below: 9, points: 2}, {points: 1}]",
        "when: {rate: {above: 5}}, points: 5",
        "when: {rate: {at_most: 5}}, points: -5",
        "when: {rate: {at_most: 5}}, points: 1, otherwise: 2",
        "when: {not: {rate: {above: 5}}}, points: -5",
        "when: {rate: {above: 5}, budget: true}, points: 5",
        "when: {any: [{rate: {above: 5}}, {cost: {below: 2}}]}, points: 5",
        "when: {rate: {above: {field: cost}}}, points: 5",
        "field: rate, bands: [{below: 5, points: 1}, {below: 9, points: 2}, {points: 2}]",
        "field: cost, bands: [{below: 5, points: 3}, {below: 9, points: 2}]",
        "when: {sure: true}, points: 5",
        "when: {sure: false}, points: -5",
        "field: sure, values: {true: 5, false: -5}",
        "field: sure, values: {false: -5, true: 5}",
        "when: {rank: low}, points: 5",
        "when: {rank: [low, mid]}, points: 5",
        "when: {rank: {below: high}}, points: 5",
        "field: rank, values: {low: 5, mid: 2, high: -1}",
        "field: rank, values: {high: -1, low: 5}",
    ],
)
def test_what_agrees_with_every_better_way_is_seen(rule):
    assert seen(rule)


@pytest.mark.parametrize(
    "rule",
    [
        "when: {rate: {above: 5}}, points: -5",
        "when: {rate: {at_most: 5}}, points: 5",
        "when: {rate: {at_least: 2, at_most: 5}}, points: 5",
        "when: {rate: 1}, points: 5",
        "when: {rate: 0.5}, points: -5",
        "when: {not: {rate: {above: 5}}}, points: 5",
        "when: {rate: {above: 5}, cost: {above: 2}}, points: 5",
        "when: {any: [{rate: {above: 5}, budget: true}, {rate: {below: 2}}]}, points: 5",
        "when: {cost: {above: {field: rate}}}, points: 5",
        "field: rate, bands: [{below: 5, points: 3}, {points: 1}]",
        "field: rate, bands: [{below: 5, points: 1}, {below: 9, points: 2}]",
        "when: {sure: true}, points: -5",
        "field: sure, values: {true: -5, false: 5}",
        "field: sure, values: {false: 5, true: -5}",
        "when: {rank: high}, points: 5",
        "when: {rank: mid}, points: 5",
        "when: {rank: {above: low}}, points: 5",
        "field: rank, values: {low: 5, mid: -2, high: -1}",
        "field: rank, values: {mid: 2, high: 3}",
    ],
)
def test_what_could_cost_points_as_a_field_gets_better_is_not_seen(rule):
    assert not seen(rule)


def test_a_criterion_on_what_the_model_may_not_know_or_that_says_nothing_is_not_seen():
    assert not seen("when: {seller: Ann}, points: 5")
    assert not seen("when: {any: [{seller: Ann}, {budget: true}]}, points: 5")
    assert not seen("when: {due: {after: 2026-01-01}}, points: 5")
    assert not seen("when: {budget: true}, points: 5, otherwise: 5")
    assert not seen("when: {budget: true}, points: 5", kept_out=("budget",))
    assert seen("when: {budget: true}, points: 5", kept_out=("size",))


@pytest.mark.parametrize(
    ("rule", "sign"),
    [
        ("when: {budget: true}, points: 5", CriterionSign.EXPECTED),
        ("when: {budget: true}, points: 5, direction: as_points", CriterionSign.FIRM),
        ("when: {budget: true}, points: 5, direction: free", CriterionSign.FREE),
        ("when: {rate: {above: 5}}, points: 5", CriterionSign.FIRM),
        ("when: {rate: {above: 5}}, points: 5, direction: free", CriterionSign.FIRM),
        ("when: {rate: {above: 5}, budget: true}, points: 5", CriterionSign.FIRM),
    ],
)
def test_the_points_go_the_way_that_the_law_of_a_field_needs(rule, sign):
    policy = policy_of(rule)
    assert sign_of(policy.criteria[0], policy) is sign


def test_a_table_gets_a_column_a_criterion_and_keeps_its_own():
    policy = policy_of(
        "when: {budget: true}, points: 5, otherwise: -1",
        "field: size, bands: [{below: 5, points: 1}, {points: 2}], if_unknown: 1.5",
    )
    facts: list[dict[str, Fact]] = [
        {"budget": True, "size": 9.0},
        {"budget": False},
        {"size": 5.0},
        {},
    ]
    table = DealTable.of([deal(known) for known in facts], policy.fields)
    wide = with_criteria(table, policy.criteria)
    assert set(wide.columns) == {*table.columns, "c0.points", "c1.points"}
    found = [wide.columns[criterion_column(name)] for name in ("c0", "c1")]
    columns = [column for column in found if isinstance(column, NumericColumn)]
    nan = np.nan
    np.testing.assert_array_equal(columns[0].values, [5, -1, nan, nan])
    np.testing.assert_array_equal(columns[1].values, [2, 1.5, 2, 1.5])
    assert [wide.deal(row) for row in range(4)] == [table.deal(row) for row in range(4)]


def test_no_deals_have_columns_too():
    policy = policy_of("when: {budget: true}, points: 5")
    wide = with_criteria(DealTable.of([], policy.fields), policy.criteria)
    assert len(wide.columns["c0.points"].known()) == 0
