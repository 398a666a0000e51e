"""Points and thresholds: who dominates, and what is out of reach."""

from dataclasses import replace

import pytest

from features.lint.inspection import Inspection
from features.lint.thresholds import find_in_thresholds

GO_AT = "decision:\n  go_at:\n    p_win: {p_win}\n    points: {points}\n"
REGION = """
criteria:
  - id: their_region
    when: {{region: North}}
    points: {points}
    label: {{en: "In our region", fr: "Dans notre région"}}
"""


def codes(found):
    return [code for code, _ in found]


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        (30.5, [("UNREACHABLE_GO", "points: 30.5")]),
        (30, []),
        (0, [("EVERY_DEAL_GOES", "points: 0")]),
        (0.5, []),
    ],
)
def test_a_threshold_lies_between_the_least_and_the_most(lines, points, expected):
    found = lines(GO_AT.format(p_win=0.3, points=points))
    assert [one for one in found if one[0] in {"UNREACHABLE_GO", "EVERY_DEAL_GOES"}] == expected


def test_answers_that_exclude_each_other_are_not_added_up(lines):
    both = REGION.format(points=19) + REGION.format(points=19).replace("criteria:\n", "")
    text = both.replace("their_region", "the_south", 1).replace("North", "South", 1)
    found = lines(text + GO_AT.format(p_win=0.3, points=50))
    assert ("UNREACHABLE_GO", "points: 50") in found
    assert "UNREACHABLE_GO" not in codes(lines(text + GO_AT.format(p_win=0.3, points=49)))


@pytest.mark.parametrize(
    ("p_win", "code"), [(1, "UNREACHABLE_GO"), (0, "EVERY_DEAL_GOES"), (0.01, None)]
)
def test_no_win_is_certain_and_none_impossible(lines, p_win, code):
    found = lines(GO_AT.format(p_win=p_win, points=20))
    assert found == ([] if code is None else [(code, f"p_win: {p_win}")])


@pytest.mark.parametrize(("points", "found"), [(30, False), (31, True), (-31, True)])
def test_a_criterion_dominates_when_it_outweighs_all_others_together(lines, points, found):
    assert ("DOMINATES" in codes(lines(REGION.format(points=points)))) is found


def test_the_criteria_that_decide_alone_are_told_in_one_finding(lint):
    text = REGION.format(points=12) + GO_AT.format(p_win=0.3, points=12)
    (found,) = [one for one in lint(text) if one.code == "DECIDES_ALONE"]
    assert found.about == ("budget_confirmed", "their_region")
    assert found.where == "flawless.yaml:42"
    assert found.also == ("addition.yaml:3",)


def test_of_two_criteria_one_may_weigh_more(inspection):
    two = inspection(REGION.format(points=9))
    policy = replace(two.policy, criteria=two.policy.criteria[:2])
    assert "DOMINATES" not in {
        one.code for one in find_in_thresholds(Inspection(policy, two.as_of))
    }


GRADES = """
decision:
  go_at: {{p_win: 0.3, points: 20}}
  grades:
    - {{grade: A, p_win: {a}, points: {points_a}}}
    - {{grade: B, p_win: 0.4, points: {points_b}}}
    - {{grade: C, p_win: 0.1, points: {points_c}}}
"""


@pytest.mark.parametrize(
    ("grades", "unreachable"),
    [
        ({"a": 0.6, "points_a": 25, "points_b": 10, "points_c": 0}, []),
        ({"a": 0.6, "points_a": 31, "points_b": 10, "points_c": 0}, ["A"]),
        ({"a": 1, "points_a": 25, "points_b": 10, "points_c": 0}, ["A"]),
        ({"a": 0.6, "points_a": 25, "points_b": 0, "points_c": -9}, ["C"]),
        ({"a": 0.6, "points_a": 40, "points_b": 35, "points_c": 5}, ["A", "B"]),
    ],
)
def test_a_grade_needs_deals_that_can_have_it(lint, grades, unreachable):
    found = [one for one in lint(GRADES.format(**grades)) if one.code == "UNREACHABLE_GRADE"]
    assert [one.about[0] for one in found] == unreachable
    assert [one.where for one in found] == [
        f"addition.yaml:{5 + 'ABC'.index(name)}" for name in unreachable
    ]
