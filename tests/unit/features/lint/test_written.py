"""Conditions on one line, as they would stand in the file."""

import pytest
import yaml

from features.conditions import All, Comparison, IsOneOf, Not
from features.lint.written import LONGEST_PART, in_yaml
from features.policy.yaml_source import read_yaml


@pytest.mark.parametrize(
    ("condition", "text"),
    [
        (IsOneOf("need", frozenset({"clear"})), "{need: clear}"),
        (IsOneOf("seen", frozenset({True})), "{seen: true}"),
        (IsOneOf("word", frozenset({"true"})), '{word: "true"}'),
        (Not(Comparison("a", "above", "b")), "{not: {a: {above: {field: b}}}}"),
        (Comparison("a", "above", 2.5), "{a: {above: 2.5}}"),
        (IsOneOf("size", frozenset({"0 - 5", "x: y"})), '{size: ["0 - 5", "x: y"]}'),
    ],
)
def test_it_reads_back_to_the_same_data(condition, text):
    assert in_yaml(condition) == text
    assert read_yaml(text.encode(), "p").data == condition.to_data()
    assert yaml.safe_load(text)


def test_a_long_condition_is_cut():
    long = All(tuple(Comparison(f"number_{n}", "above", 1.0) for n in range(20)))
    assert len(in_yaml(long)) == LONGEST_PART
