"""Reference deals: what they keep and what they never do, exactly there and back."""

import json
from datetime import date, timedelta

import numpy as np
import pytest

from features import ArtifactError, Deal, DealTable, parse_policy
from features.columns import CategoryColumn, NumericColumn
from features.deal import NOT_APPLICABLE
from models.reference import MOST_DEALS, Reference, facts_that_matter

DAY = date(2026, 1, 5)
POLICY = """
policy: kept
title: {en: Kept, fr: Gardees}
deals: {id: Number, account: Customer, outcome: {column: R, won: [w], lost: [l]}}
fields:
  customer: {type: category, column: Customer}
  notes: {type: text}
  seller: {type: category, used_by_model: false}
  region: {type: category, values: [north, south], used_by_model: false}
  credit: {type: number, used_by_model: false, not_applicable: [n/a]}
  asked_on: {type: date}
  age: {type: days_between, start: asked_on, end: as_of}
  size: {type: number}
  urgent: {type: boolean}
criteria:
  - {id: fresh, when: {age: {below: 30}}, points: 5, label: {en: a, fr: b}}
  - {id: sold, when: {seller: Ann}, points: 5, label: {en: a, fr: b}}
knockouts:
  - {id: k, when: {region: south}, then: no_go, reason: {en: a, fr: b}}
economics: {margin: {field: credit}, other_costs: 100, spent_hours: {field: size}}
decision: {go_at: {p_win: 0.5}}
"""
KEPT = ("asked_on", "credit", "region", "size")


@pytest.fixture(scope="module")
def policy():
    return parse_policy(POLICY.encode())


def deals(n):
    return [
        Deal(
            id=f"secret {n}",
            as_of=DAY + timedelta(days=place),
            facts={
                "customer": f"Acme {place}",
                "notes": "private",
                "seller": "Ann",
                "region": "north" if place % 2 else "south",
                "credit": NOT_APPLICABLE if place % 3 == 0 else float(place),
                "asked_on": DAY + timedelta(days=place - 7),
                **({"size": 0.1 * place} if place % 4 else {}),
            },
        )
        for place in range(n)
    ]


@pytest.fixture(scope="module")
def reference(policy):
    table = DealTable.of(deals(40), policy.fields)
    return Reference.learn(table, policy, modelled=("size", "age", "urgent", "customer"), seed=0)


def test_only_what_matters_is_kept_no_ids_accounts_or_free_words(reference, policy):
    assert facts_that_matter(policy, ("size", "age", "customer")) == KEPT
    assert set(reference.columns) == set(KEPT)  # nobody answered `urgent`
    text = json.dumps(reference.to_data())
    for secret in ("secret", "Acme", "private", "Ann", "2026"):
        assert secret not in text


def test_there_and_back_is_the_identity(reference):
    again = Reference.from_data(json.loads(json.dumps(reference.to_data())))
    assert again.to_data() == reference.to_data()
    assert again.n_declined == reference.n_declined == 0
    for name, column in reference.columns.items():
        other = again.columns[name]
        assert [column.fact(row) for row in range(40)] == [other.fact(row) for row in range(40)]


def test_a_day_means_the_same_for_a_deal_of_another_day(reference):
    (column,) = [reference.on(np.datetime64("2030-06-08"))["asked_on"]]
    assert {column.fact(row) for row in range(40)} == {date(2030, 6, 1)}


def test_a_gap_is_filled_and_remembered_as_a_gap(reference):
    assert not reference.known("size").all()
    assert reference.complete["size"].known().all()
    assert reference.complete is reference.complete


def test_the_newest_are_preferred_and_the_sample_is_seeded(policy):
    n = 3_000
    closed_on = np.datetime64("2016-01-01") + np.arange(n) // 3 * np.timedelta64(1, "D")
    table = DealTable(
        ids=(None,) * n,
        as_of=closed_on,
        columns={"size": NumericColumn(np.arange(float(n)))},
    )
    one, same, other = (
        Reference.learn(table, policy, modelled=("size",), closed_on=closed_on, seed=seed)
        for seed in (0, 0, 1)
    )
    assert len(one) == MOST_DEALS
    newest = one.columns["size"]
    assert isinstance(newest, NumericColumn)
    assert newest.values.min() >= n - 3 * 731
    assert one.to_data() == same.to_data() != other.to_data()


def test_kept_out_facts_are_not_what_was_known(policy):
    table = DealTable.of(deals(9), policy.fields)
    found = Reference.learn(table, policy, modelled=("size",), kept_out=("region",), seed=0)
    assert "region" not in found.columns


def test_facts_of_declined_deals_are_kept_like_the_others_without_a_name(policy):
    table = DealTable.of(deals(40), policy.fields)
    north = table.take(np.flatnonzero(np.arange(40) % 2))
    south = table.take(np.flatnonzero(np.arange(40) % 2 == 0))
    alone = Reference.learn(north, policy, modelled=("size",), seed=0)
    assert {alone.columns["region"].fact(row) for row in range(20)} == {"north"}
    both = Reference.learn(north, policy, modelled=("size",), declined=south, seed=0)
    assert (len(both), both.n_declined, alone.n_declined) == (40, 20, 0)
    told = [both.columns["region"].fact(row) for row in range(40)]
    assert told == ["north"] * 20 + ["south"] * 20
    assert both.on(np.datetime64("2030-06-08"))["asked_on"].fact(39) == date(2030, 6, 1)
    again = Reference.from_data(json.loads(json.dumps(both.to_data())))
    assert again.to_data() == both.to_data()
    assert again.n_declined == 20
    for secret in ("secret", "Acme", "private", "Ann", "2026"):
        assert secret not in json.dumps(both.to_data())


@pytest.mark.parametrize(
    "change",
    [
        {"deals": "many"},
        {"declined": 41},
        {"declined": -1},
        {"facts": {"size": {"kind": "number", "values": [1.0], "inapplicable": []}}},
        {"facts": {"size": {"kind": "word", "values": [], "inapplicable": []}}},
        {"facts": {"region": {"levels": ["a"], "codes": [1] * 40}}},
        {"facts": [1]},
    ],
)
def test_data_that_are_no_deals_are_refused(reference, change):
    with pytest.raises(ArtifactError, match="reference deals"):
        Reference.from_data({**reference.to_data(), **change})


def test_facts_of_another_policy_are_named(reference, policy):
    assert reference.misfits(policy) == []
    words = CategoryColumn(np.zeros(1, dtype=np.int32), ("a",))
    strange = Reference(1, {"size": words, "nowhere": words, "age": NumericColumn(np.zeros(1))})
    assert strange.misfits(policy) == ["size", "nowhere", "age"]
