"""The answers worth trying: on both sides of every limit, also of what follows from a fact."""

from datetime import date

import numpy as np

from features import Deal, parse_policy
from features.columns import CategoryColumn, NumericColumn
from features.deal import NOT_APPLICABLE
from models.flips.worth_trying import worth_trying
from models.reference import Reference

DAY = date(2026, 1, 5)
POLICY = """
policy: tried
title: {en: Tried, fr: Essaye}
deals: {outcome: {column: R, won: [w], lost: [l]}}
fields:
  size: {type: number, min: 0, max: 1000}
  share: {type: number}
  limit: {type: number}
  budget: {type: boolean, not_applicable: [n/a]}
  sector: {type: category}
  rank: {type: category, values: [low, high]}
  due_on: {type: date}
  part: {type: ratio, of: share, to: size}
  left: {type: days_between, start: as_of, end: due_on}
knockouts:
  - {id: a, when: {size: {above: 500}}, then: no_go, reason: {en: a, fr: b}}
  - {id: b, when: {size: {above: {field: limit}}}, then: no_go, reason: {en: a, fr: b}}
  - {id: c, when: {part: {below: 0.25}}, then: no_go, reason: {en: a, fr: b}}
  - {id: d, when: {left: {below: 30}}, then: no_go, reason: {en: a, fr: b}}
  - {id: e, when: {sector: [steel]}, then: no_go, reason: {en: a, fr: b}}
decision: {go_at: {p_win: 0.5}}
"""
TRIED = parse_policy(POLICY.encode())


def tried(name, facts=None, reference=None):
    return worth_trying(name, TRIED, Deal(as_of=DAY, facts=facts or {}), reference)


def test_a_number_is_tried_at_its_limits_and_beside_them():
    assert tried("size") == (499.0, 500.0, 501.0)
    assert tried("size", {"size": 500.0, "limit": 40.0}) == (39.0, 40.0, 41.0, 499.0, 501.0)


def test_what_the_field_does_not_allow_is_not_tried():
    assert tried("size", {"limit": 1000.0}) == (499.0, 500.0, 501.0, 999.0, 1000.0)


def test_a_fact_is_tried_where_what_follows_from_it_turns():
    assert 100.0 in tried("share", {"size": 400.0})
    assert 200.0 in tried("size", {"share": 50.0})
    assert tried("due_on") == (date(2026, 2, 3), date(2026, 2, 4), date(2026, 2, 5))
    assert tried("share") == ()


def test_words_are_tried_that_the_policy_names_or_closed_deals_have():
    column = CategoryColumn(np.array([0, 1, 1], dtype=np.int32), ("food", "paper"))
    assert tried("rank", {"rank": "low"}) == ("high",)
    assert tried("sector") == ("steel",)
    assert tried("sector", None, Reference(3, {"sector": column})) == ("steel", "paper", "food")


def test_that_it_does_not_apply_is_tried_only_where_that_is_open():
    assert tried("budget") == (True, False, NOT_APPLICABLE)
    assert tried("budget", {"budget": True}) == (False,)


def test_quantiles_of_closed_deals_are_tried_too_and_fractions_make_small_steps():
    reference = Reference(100, {"share": NumericColumn(np.arange(100) / 10)})
    assert tried("share", None, reference) == (0.9, 2.4, 4.9, 7.4, 8.9)
    near = tried("share", {"size": 10.0}, reference)
    assert 2.5 in near
    assert 2.49 in near
