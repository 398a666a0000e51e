"""Numbers between bounds: never too narrow, and exact where each number stands in one place."""

from datetime import date
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from features import Deal, DealTable, parse_policy
from features.policy.amounts import FromField
from models.bounds import Bounds, bounds_of
from models.economics import value_of

POLICY = """
policy: money
title: {en: a, fr: b}
deals: {outcome: {column: Status, won: [W], lost: [L]}}
fields:
  margin: {type: number, min: -100, max: 1000}
  hours: {type: number, min: 0, max: 40}
  exposure: {type: number, min: 0, max: 500}
  months: {type: number, min: 0, max: 24}
  health: {type: category, values: [sound, distressed, odd]}
  free: {type: number}
decision: {go_at: {p_win: 0.4}}
economics:
  margin: {field: margin}
  remaining_hours: {field: hours, times: 1.5}
  cost_per_hour: {by: health, values: {sound: 2, distressed: 5}, otherwise: 3}
  exposure: {field: exposure}
  default_probability: {by: health, values: {sound: 0, distressed: 0.5}, otherwise: 0.1}
  loss_given_default: 0.6
  months_to_close: {field: months}
  discount_rate_per_year: 0.1
"""
RULES = parse_policy(POLICY.encode())
ANSWERS = {
    "margin": (-100.0, 300.0, 1000.0),
    "hours": (0.0, 40.0),
    "exposure": (0.0, 500.0),
    "months": (0.0, 6.0, 24.0),
    "health": ("sound", "distressed", "odd"),
}


def value(p_win=0.5, **facts):
    table = DealTable.of([Deal(as_of=date(2026, 1, 5), facts=facts)], RULES.fields)
    found = value_of(RULES, table, np.array([p_win]))
    assert found is not None
    return float(found.lowest[0]), float(found.expected[0]), float(found.highest[0])


def all_values(p_win, known):
    """Return what the deal may be worth, answer by answer: the oracle."""
    open_names = [name for name in ANSWERS if name not in known]
    for answers in product(*(ANSWERS[name] for name in open_names)):
        yield value(p_win, **known, **dict(zip(open_names, answers, strict=True)))[1]


@given(
    st.dictionaries(st.sampled_from(list(ANSWERS)), st.integers(0, 2), max_size=5),
    st.sampled_from([0.0, 0.2, 1.0]),
)
def test_no_answer_leads_out_of_the_bounds(chosen, p_win):
    known = {name: ANSWERS[name][n % len(ANSWERS[name])] for name, n in chosen.items()}
    low, expected, high = value(p_win, **known)
    found = list(all_values(p_win, known))
    assert low <= min(found) + 1e-9
    assert max(found) - 1e-9 <= high
    if len(known) == len(ANSWERS):
        assert low == expected == high


@pytest.mark.parametrize("name", ["margin", "hours", "exposure", "months"])
def test_the_bounds_are_reached_where_one_number_is_unknown(name):
    known = {other: answers[1] for other, answers in ANSWERS.items() if other != name}
    low, _, high = value(0.5, **known)
    found = list(all_values(0.5, known))
    assert (low, high) == (pytest.approx(min(found)), pytest.approx(max(found)))


def test_bounds_that_were_too_narrow_would_be_found():
    known = {name: answers[1] for name, answers in ANSWERS.items() if name != "margin"}
    low, _, high = value(0.5, **known)
    found = list(all_values(0.5, known))
    assert not (low + 1 <= min(found) and max(found) <= high - 1)


def test_a_number_that_the_policy_does_not_bound_has_no_end():
    table = DealTable.of([Deal(as_of=date(2026, 1, 5), facts={})], RULES.fields)
    amount = FromField(field="free", times=-1.0)
    found = bounds_of(amount, table, RULES.fields)
    assert (found.low[0], found.high[0]) == (-np.inf, np.inf)
    assert np.isnan(found.middle[0])


def test_a_table_without_a_number_for_an_answer_has_no_end():
    rules = parse_policy(POLICY.replace("distressed: 5}, otherwise: 3", "distressed: 5}").encode())
    table = DealTable.of([Deal(as_of=date(2026, 1, 5), facts={})], rules.fields)
    found = bounds_of(rules.economics.cost_per_hour, table, rules.fields)
    assert (found.low[0], found.high[0]) == (-np.inf, np.inf)


def test_nothing_times_what_nobody_knows_is_nothing():
    endless = Bounds(low=np.array([-np.inf]), middle=np.array([np.nan]), high=np.array([np.inf]))
    product_of = Bounds.known(np.array([0.0])) * endless
    assert (product_of.low[0], product_of.middle[0], product_of.high[0]) == (0.0, 0.0, 0.0)
