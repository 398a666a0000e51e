"""The states of a knockout, and what all of them say together."""

from datetime import date, timedelta

import numpy as np
import pytest

from features import Deal, DealTable, parse_policy
from features.deal import NOT_APPLICABLE, Waiver
from models.knockouts import KnockoutState, judge_knockouts, judge_policy

POLICY = parse_policy(b"""
policy: states
title: {en: a, fr: b}
deals: {outcome: {column: Status, won: [W], lost: [L]}}
fields:
  health: {type: category, values: [distressed, sound]}
  goods: {type: category, values: [equipment, parts]}
  margin: {type: number, not_applicable: []}
  price: {type: number}
  rate: {type: ratio, of: margin, to: price}
segments:
  equipment: {label: {en: a, fr: b}, when: {goods: equipment}}
knockouts:
  - id: distressed
    when: {health: distressed}
    applies_to: [equipment]
    then: {conditional_go: {en: a, fr: b}}
    reason: {en: a, fr: b}
    waiver: {by: [finance], days: 10}
  - id: thin
    when: {rate: {below: 0.1}}
    then: no_go
    on_unknown: no_go
    reason: {en: a, fr: b}
    in_effect: {from: 2026-01-01}
decision: {go_at: {p_win: 0.4}}
""")
DAY = date(2026, 1, 5)
WAIVER = Waiver(knockout="distressed", by="finance", reason="guarantee", granted_on=DAY,
                until=DAY + timedelta(days=10))  # fmt: skip
FIRED = {"health": "distressed", "goods": "equipment"}


def verdict(name, facts, as_of=DAY, waivers=()):
    deal = Deal(as_of=as_of, facts=facts, waivers=waivers)
    return {v.knockout.id: v for v in judge_knockouts(POLICY, deal)}[name]


@pytest.mark.parametrize(
    ("facts", "state", "decided_by", "needs"),
    [
        (FIRED, "fired", ("goods", "health"), ()),
        ({"health": "sound", "goods": "equipment"}, "clear", ("health",), ()),
        ({"goods": "parts"}, "cannot_fire", ("goods",), ()),
        ({"health": "distressed"}, "unknown", (), ("goods",)),
        ({}, "unknown", (), ("goods", "health")),
    ],
)
def test_a_knockout_says_its_state_with_the_facts_that_decide_it_or_that_it_needs(
    facts, state, decided_by, needs
):
    found = verdict("distressed", facts)
    assert (found.state, found.decided_by, found.needs) == (state, decided_by, needs)


@pytest.mark.parametrize(
    ("facts", "state", "decided_by", "needs"),
    [
        ({"margin": 1.0, "price": 100.0}, "fired", ("margin", "price"), ()),
        ({"margin": 50.0, "price": 100.0}, "clear", ("margin", "price"), ()),
        ({"margin": NOT_APPLICABLE}, "clear", ("margin",), ()),
        ({"margin": 1.0}, "unknown", (), ("price",)),
        ({"margin": 1.0, "price": 0.0}, "unknown", (), ("price",)),
        ({}, "unknown", (), ("margin", "price")),
    ],
)
def test_a_derived_fact_is_decided_and_asked_by_what_it_follows_from(
    facts, state, decided_by, needs
):
    found = verdict("thin", facts)
    assert (found.state, found.decided_by, found.needs) == (state, decided_by, needs)


def test_a_waiver_counts_where_the_knockout_would_fire_or_still_might():
    assert verdict("distressed", FIRED, waivers=(WAIVER,)).state is KnockoutState.WAIVED
    assert verdict("distressed", {}, waivers=(WAIVER,)).state is KnockoutState.WAIVED
    assert verdict("distressed", {"goods": "parts"}, waivers=(WAIVER,)).state == "cannot_fire"
    late = DAY + timedelta(days=11)
    assert verdict("distressed", FIRED, as_of=late, waivers=(WAIVER,)).state == "fired"


def test_a_knockout_that_is_not_in_effect_has_no_verdict():
    deal = Deal(as_of=date(2025, 12, 31), facts={})
    assert [v.knockout.id for v in judge_knockouts(POLICY, deal)] == ["distressed"]


def test_many_deals_are_refused_open_or_conditional_as_their_knockouts_say():
    deals = [
        Deal(as_of=DAY, facts={**FIRED, "margin": 50.0, "price": 100.0}),
        Deal(as_of=DAY, facts={**FIRED, "margin": 50.0, "price": 100.0}, waivers=(WAIVER,)),
        Deal(as_of=DAY, facts={"goods": "parts"}),
        Deal(as_of=date(2025, 12, 31), facts={}),
    ]
    found = judge_policy(POLICY, DealTable.of(deals, POLICY.fields))
    assert found.conditional.tolist() == [True, False, False, False]
    assert found.refused.tolist() == [False, False, True, False]
    assert found.open.tolist() == [False, False, False, True]


def test_more_deals_than_are_judged_at_once_are_judged_the_same():
    deals = [
        Deal(as_of=DAY, facts=FIRED),
        Deal(as_of=DAY, facts={"goods": "parts"}, waivers=(WAIVER,)),
    ]
    table = DealTable.of(deals, POLICY.fields)
    rows = np.random.default_rng(0).integers(0, 2, 40_000)
    many, few = judge_policy(POLICY, table.take(rows)), judge_policy(POLICY, table)
    assert (many.conditional == few.conditional[rows]).all()
    assert (many.open == few.open[rows]).all()
