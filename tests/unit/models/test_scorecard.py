"""Points earned, and from where to where they can still go."""

from datetime import date

import pytest

from features import Deal, DealTable, parse_policy
from models.scorecard import add_points, best_points, judge_criteria

POLICY = parse_policy(b"""
policy: points
title: {en: a, fr: b}
deals: {outcome: {column: Status, won: [W], lost: [L]}}
fields:
  budget: {type: boolean}
  grade: {type: category, values: [low, high]}
  size: {type: number}
criteria:
  - {id: budget, label: {en: a, fr: b}, when: {budget: true}, points: 10, if_unknown: -2}
  - {id: grade, label: {en: a, fr: b}, field: grade, values: {low: -5, high: 5}}
  - {id: size, label: {en: a, fr: b}, field: size, bands: [{below: 9, points: 1}], otherwise: 3}
  - {id: any_size, label: {en: a, fr: b}, field: size, bands: [{points: 4}]}
decision: {go_at: {p_win: 0.4}}
""")


def points(**facts):
    deal = Deal(as_of=date(2026, 1, 5), facts=facts)
    found = add_points(POLICY, DealTable.of([deal], POLICY.fields))
    return tuple(float(one[0]) for one in (found.lowest, found.earned, found.highest)), deal


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, (0 - 5 + 1 + 4, -2, 10 + 5 + 3 + 4)),
        ({"budget": True}, (10 - 5 + 1 + 4, 10, 22)),
        ({"budget": False, "grade": "high"}, (5 + 1 + 4, 5, 5 + 3 + 4)),
        ({"budget": True, "grade": "low", "size": 9.0}, (12, 12, 12)),
    ],
)
def test_points_add_up_to_what_is_earned_and_what_may_still_come(facts, expected):
    found, deal = points(**facts)
    assert found == expected
    verdicts = judge_criteria(POLICY, deal)
    assert sum(v.lowest for v in verdicts) == expected[0]
    assert sum(v.points for v in verdicts) == expected[1]
    assert sum(v.highest for v in verdicts) == expected[2]


def test_an_unanswered_criterion_is_to_complete_with_the_facts_it_needs():
    verdict = judge_criteria(POLICY, points()[1])[0]
    assert (verdict.state, verdict.points, verdict.needs) == ("to_complete", -2, ("budget",))
    assert [v.state for v in judge_criteria(POLICY, points(budget=False, size=1.0)[1])] == [
        "not_met", "to_complete", "met", "met",
    ]  # fmt: skip


def test_the_best_deal_there_could_be():
    assert best_points(POLICY) == 10 + 5 + 3 + 4
