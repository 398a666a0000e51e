"""Many deals as columns."""

from collections.abc import Mapping
from datetime import date

import numpy as np
import pytest

from features import Deal, DealTable
from features.columns import CategoryColumn, NumericColumn, column_of
from features.fields import BooleanField, CategoryField, NumberField, PolicyField
from features.table import TableFacts

FIELDS: Mapping[str, PolicyField] = {
    "amount": NumberField(type="number"),
    "budget": BooleanField(type="boolean"),
    "source": CategoryField(type="category"),
}


@pytest.fixture
def table(make_deal) -> DealTable:
    deals = [
        make_deal(deal_id="D1", amount=10.0, budget=True, source="Referral"),
        make_deal(deal_id="D2", amount=0.0, budget=False),
        Deal(as_of=date(2026, 2, 1), facts={"source": "Event"}),
    ]
    return DealTable.of(deals, FIELDS)


def test_numbers_and_yes_or_no_are_columns_with_nan_for_unknown(table):
    np.testing.assert_array_equal(table.columns["amount"].values, [10, 0, np.nan])
    np.testing.assert_array_equal(table.columns["budget"].values, [1, 0, np.nan])
    assert table.columns["amount"].known().tolist() == [True, True, False]


def test_categories_are_codes_into_sorted_levels_with_minus_one_for_unknown(table):
    column = table.columns["source"]
    assert column.levels == ("Event", "Referral")
    assert column.codes.tolist() == [1, -1, 0]
    assert column.known().tolist() == [True, False, True]


def test_a_deal_comes_out_of_the_table_as_it_went_in(table):
    assert table.deal(0).facts == {"amount": 10.0, "budget": True, "source": "Referral"}
    assert type(table.deal(0).facts["budget"]) is bool
    assert type(table.deal(0).facts["amount"]) is float
    assert table.deal(1) == Deal(
        id="D2", as_of=date(2026, 1, 5), facts={"amount": 0.0, "budget": False}
    )
    assert (table.deal(2).id, table.deal(2).as_of) == (None, date(2026, 2, 1))


def test_every_field_of_the_policy_has_a_column_and_no_other_fact_does(make_deal):
    table = DealTable.of([make_deal(elsewhere=1.0)], FIELDS)
    assert set(table.columns) == set(FIELDS)
    assert dict(table.deal(0).facts) == {}


def test_rows_are_taken_by_number_in_that_order_or_by_a_mask(table):
    assert table.take(np.array([2, 0, 0])).ids == (None, "D1", "D1")
    kept = table.take(np.array([False, True, True]))
    assert (len(kept), kept.ids, kept.as_of[1].item()) == (2, ("D2", None), date(2026, 2, 1))
    assert kept.deal(0) == table.deal(1)
    assert kept.deal(1) == table.deal(2)


def test_a_table_without_deals_has_its_columns_and_answers_nothing(table):
    for empty in (DealTable.of([], FIELDS), table.take(np.zeros(3, dtype=bool))):
        assert len(empty) == 0
        assert set(empty.columns) == set(FIELDS)
        truth = TableFacts(empty).is_one_of("source", frozenset({"Event"}))
        assert truth.true.shape == truth.unknown.shape == (0,)


def test_taking_rows_leaves_the_table_as_it_was(table):
    taken = table.take(np.array([0]))
    taken.columns["amount"].values[0] = 99.0
    assert table.deal(0).facts["amount"] == 10.0


def test_a_column_says_where_its_fact_is_one_of_some_values():
    numbers = column_of([1.0, None, 2.0], FIELDS["amount"])
    assert numbers.is_one_of(frozenset({2.0, 5.0})).tolist() == [False, False, True]
    answers = column_of([True, None, False], FIELDS["budget"])
    assert answers.is_one_of(frozenset({True})).tolist() == [True, False, False]
    words = column_of(["b", None, "a"], FIELDS["source"])
    assert words.is_one_of(frozenset({"a", "zzz"})).tolist() == [False, False, True]


def test_nothing_is_one_of_values_of_another_kind():
    assert not column_of([1.0, None], FIELDS["amount"]).is_one_of(frozenset({"1"})).any()
    assert not column_of(["1", None], FIELDS["source"]).is_one_of(frozenset({1.0})).any()


def test_a_column_in_which_nobody_answered_is_unknown_everywhere():
    for field in FIELDS.values():
        column = column_of([None, None], field)
        assert not column.known().any()
        assert column.fact(0) is None
        assert not column.is_one_of(frozenset({"a", 1.0})).any()


def test_facts_of_a_table_are_unknown_where_there_is_no_column(table):
    facts = TableFacts(table)
    assert facts.is_one_of("elsewhere", frozenset({"a"})).unknown.tolist() == [True] * 3
    for name, limit in (("elsewhere", 1.0), ("amount", "elsewhere")):
        assert facts.compare(name, "above", limit).unknown.tolist() == [True] * 3
    assert facts.applies("elsewhere").unknown.tolist() == [True] * 3


def test_an_unknown_fact_is_neither_one_of_some_values_nor_none_of_them(table):
    truth = TableFacts(table).is_one_of("source", frozenset({"Event"}))
    assert truth.true.tolist() == [False, False, True]
    assert truth.false.tolist() == [True, False, False]
    assert truth.unknown.tolist() == [False, True, False]


def test_a_number_looked_up_in_a_column_of_words_is_unknown(table):
    facts = TableFacts(table)
    assert facts.compare("source", "above", 1.0).unknown.tolist() == [True] * 3
    assert facts.compare("amount", "above", "source").unknown.tolist() == [True] * 3


def test_columns_keep_their_types():
    numbers, words = column_of([1.0], FIELDS["amount"]), column_of(["a"], FIELDS["source"])
    assert isinstance(numbers, NumericColumn)
    assert isinstance(words, CategoryColumn)
    assert (numbers.values.dtype.name, words.codes.dtype.name) == ("float64", "int32")
    assert numbers.kind == "number"
