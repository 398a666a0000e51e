"""The money of one deal out of that of many: unknown and endless numbers are none."""

from datetime import date

import numpy as np

from features import Deal, DealTable
from models.deal_worth import worths_of
from models.economics import value_of
from tests.asked_worlds import policy_of

DEALS = [
    Deal(as_of=date(2026, 1, 5), facts=facts) for facts in ({"sector": "steel"}, {"size": 1.0})
]


def test_what_is_unknown_is_asked_for_and_what_is_known_is_a_number():
    policy = policy_of()
    table = DealTable.of(DEALS, policy.fields)
    value = value_of(policy, table, np.array([0.5, 0.5]))
    known, unknown = worths_of(policy, DEALS, value)
    assert known is not None
    assert unknown is not None
    assert (known.expected_value, known.needs) == (0.5 * 14000 - 60 * 50, ())
    assert (unknown.expected_value, unknown.needs) == (None, ("sector",))
    assert (unknown.lowest, unknown.highest) == (0.5 * 9000 - 3000, 0.5 * 30000 - 3000)


def test_where_no_money_is_counted_there_is_none():
    assert worths_of(policy_of(), DEALS, None) == [None, None]
