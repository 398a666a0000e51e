"""Thresholds and grades."""

import pytest
from pydantic import ValidationError

from features.policy.decision import DecisionBlock, Exploration, GoAt

AT = {"p_win": 0.3}


def grades(*limits: tuple[str, float, float | None]) -> DecisionBlock:
    written = [{"grade": name, "p_win": p_win} | ({} if points is None else {"points": points})
               for name, p_win, points in limits]  # fmt: skip
    return DecisionBlock.model_validate({"go_at": AT, "grades": written})


def test_a_grade_goes_from_its_limit_on():
    block = grades(("A", 0.5, 20), ("B", 0.3, 10))
    assert [block.grade_at(p, 0) for p in (0.5, 0.49, 0.3, 0.29)] == ["A", "B", "B", None]
    assert [block.grade_at(None, points) for points in (20, 19.9, 10, 9)] == ["A", "B", "B", None]


def test_grades_without_points_need_a_model():
    assert grades(("A", 0.5, None)).grade_at(None, 100) is None


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        ([("A", 0.3, None), ("B", 0.5, None)], "p_win of the grades do not fall"),
        ([("A", 0.5, None), ("B", 0.5, None)], "p_win of the grades do not fall"),
        ([("A", 0.5, 1), ("B", 0.3, 2)], "points of the grades do not fall"),
        ([("A", 0.5, 1), ("B", 0.3, None)], "give points for all"),
        ([("A", 0.5, None), ("A", 0.3, None)], "'A' is given twice"),
    ],
)
def test_grades_that_do_not_fall_or_are_given_twice_are_refused(limits, words):
    with pytest.raises(ValidationError, match=words):
        grades(*limits)


def test_a_mistake_in_the_threshold_hides_none_in_the_grades():
    written = [{"grade": "A", "p_win": 0.3}, {"grade": "A", "p_win": 0.1}]
    with pytest.raises(ValidationError) as refused:
        DecisionBlock.model_validate({"go_at": {}, "grades": written})
    assert refused.value.error_count() == 2


@pytest.mark.parametrize("go_at", [{}, {"points": 10}, {"p_win": 1.1}, {"expected_value": "1"}])
def test_a_threshold_is_a_probability_or_a_value(go_at):
    with pytest.raises(ValidationError):
        GoAt.model_validate(go_at)


@pytest.mark.parametrize("share", [-0.01, 0.51, None])
def test_at_most_half_of_the_refused_deals_are_explored(share):
    with pytest.raises(ValidationError):
        Exploration.model_validate({"share": share})
