"""The least and the most points of a deal, against every deal there could be."""

from dataclasses import replace
from itertools import product

import pytest

from features.lint import reach
from features.lint.reach import points_range

TABLES = """
    criteria:
      - {id: a, when: {need: clear}, points: 5, label: {en: a, fr: b}}
      - {id: b, field: need, values: {clear: -7, partial: 3}, label: {en: a, fr: b}, otherwise: 1}
      - {id: c, when: {need: partial, health: sound}, points: 4, label: {en: a, fr: b}}
      - {id: d, when: {health: distressed}, points: -6, label: {en: a, fr: b}}
"""


def points(criterion, known):
    case, _ = criterion.case_of(known)
    return criterion.otherwise if case is None else case.points


def test_criteria_on_the_same_facts_are_taken_together(inspection):
    policy = inspection(TABLES).policy
    policy = replace(policy, criteria=policy.criteria[3:])
    answers = {"need": ("clear", "partial", "unclear"), "health": ("sound", "watch", "distressed")}
    totals = [
        sum(points(one, dict(zip(answers, facts, strict=True))) for one in policy.criteria)
        for facts in product(*answers.values())
    ]
    assert points_range(policy) == (min(totals), max(totals)) == (-8.0, 7.0)


def test_where_the_combinations_are_too_many_the_range_is_only_wider(inspection, monkeypatch):
    policy = inspection(TABLES).policy
    low, high = points_range(policy)
    monkeypatch.setattr(reach, "MOST_COMBINATIONS", 2)
    wide_low, wide_high = points_range(policy)
    assert wide_low < low
    assert wide_high > high


def test_without_criteria_there_are_no_points(inspection):
    policy = replace(inspection("").policy, criteria=())
    assert points_range(policy) == pytest.approx((0, 0))
