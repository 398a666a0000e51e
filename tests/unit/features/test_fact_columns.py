"""Plain facts are read field by field as one by one; what is odd is said to be so."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from features.columns import CategoryColumn, NumericColumn
from features.deal import NOT_APPLICABLE, Deal
from features.errors import FactsError
from features.fact_columns import read_columns, with_facts, without_what_nobody_has
from features.facts import deal_from_facts
from features.fields import (
    BooleanField,
    CategoryField,
    DateField,
    NumberField,
    PolicyField,
    TextField,
)

DAY = date(2026, 1, 5)
FIELDS: dict[str, PolicyField] = {
    "size": NumberField(type="number", min=0, max=9, unknown=["?"], not_applicable=["none"]),
    "agreed": BooleanField(type="boolean", not_applicable=["none"]),
    "level": CategoryField(type="category", values=["Low", "High"], unknown=["?"]),
    "source": CategoryField(type="category", not_applicable=["none"]),
    "due_on": DateField(type="date", min=date(2026, 1, 1)),
    "notes": TextField(type="text"),
}
VALUES: st.SearchStrategy[object] = st.sampled_from(
    [None, True, False, 0, 1, 3, -1, -0.0, 2.5, 10, 10**400, 1e300, "", "?", "none", "Low",
     " High ", "Hi", "a", "2026-02-03", "2025-02-03", {}, {"value": 3}, [],
     {"not_applicable": True}]
)  # fmt: skip


def alone(facts):
    try:
        return deal_from_facts(facts, FIELDS, as_of=DAY)
    except FactsError:
        return None


@given(st.lists(st.dictionaries(st.sampled_from([*FIELDS, "nobody"]), VALUES, max_size=5),
                min_size=1, max_size=6))  # fmt: skip
def test_what_is_not_odd_is_what_one_deal_alone_reads(some):
    columns, odd = read_columns(some, FIELDS)
    for row, facts in enumerate(some):
        deal = alone(facts)
        has_objects = any(isinstance(one, dict | list) for one in facts.values())
        assert odd[row] == (deal is None or has_objects)
        if deal is not None and not has_objects:
            known = {name: column.fact(row) for name, column in columns.items()}
            assert {name: one for name, one in known.items() if one is not None} == deal.facts


def test_the_facts_of_odd_deals_are_put_in_their_rows():
    columns, odd = read_columns([{"size": {"value": 4}, "source": "b"}, {"source": "a"}], FIELDS)
    assert odd.tolist() == [True, False]
    assert with_facts(columns["size"], {0: 4.0}).fact(0) == 4.0
    assert with_facts(columns["size"], {0: NOT_APPLICABLE}).fact(0) is NOT_APPLICABLE
    source = with_facts(columns["source"], {0: "aa"})
    assert isinstance(source, CategoryColumn)
    assert (source.levels, source.fact(0), source.fact(1)) == (("a", "aa", "b"), "aa", "a")
    less = without_what_nobody_has(source)
    assert isinstance(less, CategoryColumn)
    assert less.levels == ("a", "aa")
    assert with_facts(columns["due_on"], {1: DAY}).fact(1) == DAY
    assert columns["size"].fact(0) is None  # nothing was changed in its place


def test_a_mask_that_says_nothing_is_left_out():
    columns, _ = read_columns([{"size": "none"}, {"size": 1}], FIELDS)
    size = columns["size"]
    found = [without_what_nobody_has(one) for one in (size, size.take(np.array([1])))]
    masks = [one.inapplicable for one in (size, *found) if isinstance(one, NumericColumn)]
    assert [mask is not None for mask in masks] == [True, True, False]


def test_more_facts_than_any_deal_may_have_are_odd():
    many: dict[str, PolicyField] = {f"f{n}": NumberField(type="number") for n in range(501)}
    _, odd = read_columns([dict.fromkeys(many, 1), {"f1": 1}], many)
    assert odd.tolist() == [True, False]


@pytest.mark.parametrize("value", [True, "x", 3, 1.0, {}])
def test_a_value_of_another_kind_is_odd(value):
    assert read_columns([{"agreed": value}], FIELDS)[1].tolist() == [value is not True]


def test_deals_without_fields_to_ask_for_have_no_columns():
    columns, odd = read_columns([{}, {"size": 1}], {})
    assert (columns, odd.tolist()) == ({}, [False, True])
    assert Deal(as_of=DAY, facts={}).facts == {}
