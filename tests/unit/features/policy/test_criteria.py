"""Criteria by condition, by values and by bands: which case holds, and what may still come."""

import pytest

from features import parse_policy
from features.deal import NOT_APPLICABLE

RULES = """
criteria:
  - id: one
    label: {en: a, fr: b}
    field: grade
    values: {low: -5, mid: 0, high: 10}
  - id: some
    label: {en: a, fr: b}
    field: grade
    values: {high: 10}
    otherwise: -1
  - id: band
    label: {en: a, fr: b}
    field: size
    bands: [{below: 10, points: -5}, {below: 100, points: 5}, {points: 2}]
  - id: ceiling
    label: {en: a, fr: b}
    field: size
    bands: [{below: 10, points: 3}]
  - id: any_size
    label: {en: a, fr: b}
    field: size
    bands: [{points: 4}]
  - id: optional
    label: {en: a, fr: b}
    field: share
    bands: [{below: 0, points: -5}, {points: 5}]
  - id: yes_no
    label: {en: a, fr: b}
    field: budget
    values: {true: 3, false: -3}
"""
TEXT = """
policy: criteria
title: {en: a, fr: b}
deals: {outcome: {column: Status, won: [W], lost: [L]}}
fields:
  grade: {type: category, values: [low, mid, high]}
  size: {type: number}
  other: {type: number, not_applicable: []}
  share: {type: ratio, of: other, to: size}
  budget: {type: boolean}
decision: {go_at: {p_win: 0.4}}
"""
CRITERIA = {one.id: one for one in parse_policy((TEXT + RULES).encode()).criteria}


def worth(name, **known):
    """Return what a criterion is worth: its points, or the range of what it may come to."""
    criterion = CRITERIA[name]
    case, waiting = criterion.case_of(known)
    if waiting:
        return criterion.range_of(waiting)
    return criterion.otherwise if case is None else case.points


@pytest.mark.parametrize(
    ("name", "known", "points"),
    [
        ("one", {"grade": "low"}, -5),
        ("one", {"grade": "mid"}, 0),
        ("some", {"grade": "high"}, 10),
        ("some", {"grade": "low"}, -1),
        ("band", {"size": 9.99}, -5),
        ("band", {"size": 10.0}, 5),
        ("band", {"size": 100.0}, 2),
        ("ceiling", {"size": 10.0}, 0),
        ("any_size", {"size": -1e15}, 4),
        ("optional", {"share": 0.0}, 5),
        ("optional", {"share": NOT_APPLICABLE}, 0),
        ("yes_no", {"budget": True}, 3),
        ("yes_no", {"budget": False}, -3),
    ],
)
def test_a_known_answer_earns_the_points_of_its_case(name, known, points):
    assert worth(name, **known) == points


@pytest.mark.parametrize(
    ("name", "ends"),
    [
        ("one", (-5, 10)),
        ("some", (-1, 10)),
        ("band", (-5, 5)),
        ("ceiling", (0, 3)),
        ("any_size", (4, 4)),
        ("optional", (-5, 5)),
        ("yes_no", (-3, 3)),
    ],
)
def test_an_unknown_answer_leaves_what_its_answers_could_earn_and_nothing_else(name, ends):
    assert worth(name) == ends


def test_where_a_case_always_holds_the_rest_can_never_be_earned():
    complete = {name for name, criterion in CRITERIA.items() if criterion.complete}
    assert complete == {"one", "band", "any_size", "yes_no"}
    assert max(CRITERIA["one"].attainable()) == 10
    assert set(CRITERIA["some"].attainable()) == {10, -1}


def test_a_criterion_looks_at_one_field_or_at_those_of_its_condition():
    assert CRITERIA["band"].fields() == {"size"}
    assert CRITERIA["one"].points == -5
