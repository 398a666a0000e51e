"""Numbers of the economics: a constant, a field, or a table; what is unknown stays unknown."""

from datetime import date

import numpy as np
import pytest

from features import Deal, DealTable
from features.deal import NOT_APPLICABLE, Fact
from features.fields import BooleanField, CategoryField, NumberField, PolicyField
from features.policy.amounts import ByAnswer, FromField, amount_of, amounts_of, fields_of

FIELDS: dict[str, PolicyField] = {
    "price": NumberField(type="number", not_applicable=()),
    "health": CategoryField(type="category", not_applicable=()),
    "new": BooleanField(type="boolean"),
}
FACTS: list[dict[str, Fact]] = [
    {"price": 100.0, "health": "sound", "new": True},
    {"price": 0.0, "health": "watch", "new": False},
    {"price": NOT_APPLICABLE, "health": NOT_APPLICABLE},
    {},
]
AMOUNTS = [
    (5.0, [5, 5, 5, 5]),
    (None, [None] * 4),
    (FromField(field="price"), [100, 0, None, None]),
    (FromField(field="price", times=0.3), [30, 0, None, None]),
    (FromField(field="elsewhere"), [None] * 4),
    (ByAnswer(by="health", values={"sound": 0.01}), [0.01, None, None, None]),
    (ByAnswer(by="health", values={"sound": 0.01}, otherwise=0.2), [0.01, 0.2, None, None]),
    (ByAnswer(by="new", values={"true": 3.0, "false": 1.0}), [3, 1, None, None]),
]


@pytest.mark.parametrize(("amount", "numbers"), AMOUNTS)
def test_a_number_is_known_only_where_what_it_hangs_on_is_for_one_deal_and_for_many(
    amount, numbers
):
    assert [amount_of(amount, facts) for facts in FACTS] == numbers
    deals = [Deal(as_of=date(2026, 1, 5), facts=facts) for facts in FACTS]
    column = amounts_of(amount, DealTable.of(deals, FIELDS))
    expected = [np.nan if number is None else number for number in numbers]
    np.testing.assert_array_equal(column, expected)


def test_a_number_names_the_field_that_it_hangs_on():
    names = [sorted(fields_of(amount)) for amount, _ in AMOUNTS]
    assert names == [[], [], ["price"], ["price"], ["elsewhere"], ["health"], ["health"], ["new"]]
