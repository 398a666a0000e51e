"""Answers in classes: cut where the policy turns, and never mixed across verdicts."""

import numpy as np
import pytest

from features.columns import CategoryColumn, NumericColumn
from features.conditions import All, Comparison, Condition, IsOneOf
from models.questions.answer_classes import LIGHTEST, MOST_CLASSES, Distinct, classes_of, limits_of


def classes(values, marks, limits=(), inapplicable=None):
    distinct = Distinct.of(NumericColumn(np.array(values, dtype=float), "number", inapplicable))
    weights = np.bincount(distinct.codes).astype(float)
    return distinct, classes_of(distinct, weights, np.array(marks), limits)


def test_numbers_are_cut_at_limits_and_at_quantiles_into_few_classes():
    values = np.arange(100.0)
    _, found = classes(values, np.zeros(100, dtype=int), limits=(20.0,))
    assert found.max() + 1 <= MOST_CLASSES
    assert (np.diff(found) >= 0).all()
    assert found[19] < found[21]


def test_a_rare_answer_that_the_policy_treats_otherwise_stays_apart():
    values, marks = np.arange(100.0), np.zeros(100, dtype=int)
    marks[99] = 1
    _, found = classes(values, marks)
    assert (found == found[99]).sum() == 1


def test_light_answers_of_a_category_join_those_alike_only():
    codes = np.array([0] * 60 + [1] * 36 + [2] + [3] + [4] * 2, dtype=np.int32)
    distinct = Distinct.of(CategoryColumn(codes, tuple("abcde")))
    weights = np.bincount(distinct.codes).astype(float)
    assert weights[2] < LIGHTEST * weights.sum()
    found = classes_of(distinct, weights, np.array([0, 0, 0, 0, 1]), ())
    assert found.tolist() == [0, 1, 2, 2, 3]


def test_what_does_not_apply_is_a_class_of_its_own():
    values = [np.nan, *range(60)]
    inapplicable = np.array([True] + [False] * 60)
    distinct, found = classes(values, np.zeros(61, dtype=int), inapplicable=inapplicable)
    assert np.isneginf(distinct.values[0])
    assert (found == found[0]).sum() == 1


def test_the_limits_of_a_field_are_those_of_all_its_tests():
    conditions: list[Condition] = [
        All((Comparison("n", "above", 3.0), Comparison("n", "below", "other"))),
        IsOneOf("n", frozenset({1.0, 7.0})),
        Comparison("m", "above", 9.0),
    ]
    assert limits_of("n", conditions) == (1.0, 3.0, 7.0)


@pytest.mark.parametrize("n", [1, 2, 5])
def test_a_few_answers_are_a_class_each(n):
    _, found = classes(np.repeat(np.arange(float(n)), 10), np.zeros(n, dtype=int))
    assert found.tolist() == list(range(n))
