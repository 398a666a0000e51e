"""Which refusals may be tested: a threshold and testable knockouts, and nothing beside them."""

from datetime import date

import numpy as np

from features import Deal, DealTable, parse_policy
from models.decision import Recommendation
from models.knockouts import judge_policy
from models.qualifier import Qualifier
from models.refusals import refusals, softly_refused

POLICY = parse_policy(b"""
policy: soft
title: {en: a, fr: b}
deals: {outcome: {column: Status, won: [W], lost: [L]}}
fields:
  abroad: {type: boolean}
  late: {type: boolean}
  broke: {type: boolean}
  small: {type: boolean}
criteria:
  - {id: big, when: {small: false}, points: 10, label: {en: a, fr: b}}
knockouts:
  - {id: abroad, when: {abroad: true}, then: no_go, testable: true, reason: {en: a, fr: b}}
  - {id: late, when: {late: true}, then: no_go, testable: true, on_unknown: no_go, reason: {en: a, fr: b}}
  - {id: broke, when: {broke: true}, then: no_go, reason: {en: a, fr: b}}
decision: {go_at: {p_win: 0.3, points: 10}, exploration: {share: 0.5}}
""")  # noqa: E501
FINE = {"abroad": False, "late": False, "broke": False, "small": False}


def of(*facts, policy=POLICY):
    deals = [
        Deal(id=str(place), as_of=date(2026, 1, 5), facts=one) for place, one in enumerate(facts)
    ]
    table = DealTable.of(deals, policy.fields)
    return table, Qualifier(policy).judge(table).recommendations


def without(name, facts=FINE):
    return {key: value for key, value in facts.items() if key != name}


def test_refused_for_a_belief_only_is_soft():
    table, recommended = of(
        FINE,
        {**FINE, "small": True},  # below the threshold
        {**FINE, "abroad": True},
        {**FINE, "abroad": True, "late": True, "small": True},
        without("late"),  # counts its unknown fact as no-go, and may be tested
        {**FINE, "abroad": True, "broke": True},
        {**without("broke"), "abroad": True},  # may yet be indigestible
        {**without("broke"), "small": True},
        without("abroad"),  # waits for a fact: not refused
    )
    soft = softly_refused(POLICY, table, recommended)
    assert soft.tolist() == [False, True, True, True, True, False, False, False, False]
    assert recommended[8] == Recommendation.FIND_OUT


def test_each_knockout_refuses_what_it_fires_on_and_what_it_counts_as_no_go():
    table, _ = of({**FINE, "abroad": True}, {**FINE, "abroad": True, "broke": True}, FINE, {})
    found = refusals(POLICY, table)
    assert found[0].tolist() == [True, True, False, False]
    assert found[1].tolist() == [False, False, False, True]  # its unknown fact is a no-go
    assert found[2].tolist() == [False, True, False, False]
    assert np.array_equal(found.any(axis=0), judge_policy(POLICY, table).refused)


def test_every_no_go_of_testable_rules_alone_is_soft():
    random = np.random.default_rng(0)
    facts = [
        {name: bool(random.random() < 0.5) for name in FINE if random.random() < 0.8}
        for _ in range(300)
    ]
    table, recommended = of(*facts)
    soft = softly_refused(POLICY, table, recommended)
    for row, one in enumerate(facts):
        hard = one.get("broke", None) is not False
        assert soft[row] == (recommended[row] == Recommendation.NO_GO and not hard)
