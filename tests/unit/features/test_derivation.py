"""Ratios and days that follow from given facts, for one deal and for a column."""

from datetime import date

import numpy as np
import pytest

from features import Deal, DealTable
from features.columns import NumericColumn
from features.deal import NOT_APPLICABLE, Fact
from features.derivation import derived_fields, with_derived, with_derived_columns
from features.fields import DateField, DaysField, NumberField, PolicyField, RatioField

FIELDS: dict[str, PolicyField] = {
    "margin": NumberField(type="number", not_applicable=()),
    "price": NumberField(type="number"),
    "asked": DateField(type="date"),
    "due": DateField(type="date", not_applicable=()),
    "rate": RatioField(type="ratio", of="margin", to="price"),
    "left": DaysField(type="days_between", start="as_of", end="due"),
    "time": DaysField(type="days_between", start="asked", end="due"),
}
DERIVED = derived_fields(FIELDS)
DAY = date(2026, 1, 5)

CASES: list[tuple[dict[str, Fact], dict[str, Fact]]] = [
    ({}, {}),
    ({"margin": 20.0, "price": 80.0}, {"rate": 0.25}),
    ({"margin": 20.0}, {}),
    ({"margin": 20.0, "price": 0.0}, {}),
    ({"margin": 1e15, "price": 1e-300}, {}),
    ({"margin": NOT_APPLICABLE}, {"rate": NOT_APPLICABLE}),
    ({"margin": NOT_APPLICABLE, "price": 0.0}, {"rate": NOT_APPLICABLE}),
    ({"due": date(2026, 1, 15)}, {"left": 10.0}),
    ({"due": date(2026, 1, 1), "asked": date(2025, 12, 31)}, {"left": -4.0, "time": 1.0}),
    ({"due": NOT_APPLICABLE}, {"left": NOT_APPLICABLE, "time": NOT_APPLICABLE}),
    ({"asked": DAY}, {}),
]


@pytest.mark.parametrize(("given", "follows"), CASES)
def test_what_follows_from_the_facts_of_one_deal(given, follows):
    assert dict(with_derived(given, DERIVED, DAY)) == {**given, **follows}


def test_a_column_of_deals_follows_like_each_deal():
    deals = [Deal(as_of=DAY, facts=given) for given, _ in CASES]
    table = DealTable.of(deals, FIELDS)
    for row, (given, follows) in enumerate(CASES):
        assert dict(table.deal(row).facts) == {**given, **follows}


def test_a_derived_fact_that_somebody_gives_all_the_same_does_not_count():
    assert "rate" not in with_derived({"rate": 0.9, "margin": 1.0}, DERIVED, DAY)
    assert with_derived({"rate": 0.9, "margin": 1.0, "price": 4.0}, DERIVED, DAY)["rate"] == 0.25


def test_where_a_column_is_missing_what_does_not_apply_is_still_known():
    margin = NumericColumn(np.array([np.nan, 5.0]), "number", np.array([True, False]))
    as_of = np.array([DAY, DAY], dtype="datetime64[D]")
    columns = with_derived_columns({"margin": margin}, DERIVED, as_of)
    assert [columns["rate"].fact(row) for row in (0, 1)] == [NOT_APPLICABLE, None]
    assert "left" not in columns


def test_without_derived_fields_the_facts_are_as_they_are():
    facts: dict[str, Fact] = {"margin": 1.0}
    assert with_derived(facts, {}, DAY) is facts
