"""Rules as people write them: every mistake in them at its line."""

from collections.abc import Mapping

import pytest

from features.conditions import AnyOf, Condition, IsOneOf
from features.fields import BooleanField, CategoryField, NumberField, PolicyField, TextField
from features.policy.condition_parser import ConditionParser
from features.policy.rule_reader import RuleReader
from features.policy.yaml_source import read_yaml

FIELDS: Mapping[str, PolicyField | None] = {
    "size": NumberField(type="number"),
    "grade": CategoryField(type="category", values=("low", "high")),
    "budget": BooleanField(type="boolean"),
    "notes": TextField(type="text"),
    "broken": None,
}
WAYS = "write 'when' and 'points', or 'field' with 'values' or 'bands'"


def told(text, groups=frozenset({"need"})):
    """Return what is wrong with a criterion, and its cases."""
    source = read_yaml(text.encode(), "p.yaml")
    reader = RuleReader(ConditionParser(FIELDS, source), groups)
    assert isinstance(source.data, dict)
    cases = reader.cases(source.data, ())
    return [(p.where.rpartition(":")[2], p.what, p.hint) for p in source.problems], cases


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("points: 5", "1", "the criterion says 'points', which is not enough or too much"),
        ("id: a", "1", "the criterion says nothing, which is not enough or too much"),
        ("when: {budget: true}", "1",
         "the criterion says 'when', which is not enough or too much"),
        ("when: {budget: true}\npoints:\n", "1",
         "the criterion says 'when', which is not enough or too much"),
        ("field: size\nbands: [{points: 1}]\nvalues: {low: 1}", "1",
         "the criterion says 'bands' and 'field' and 'values', which is not enough or too much"),
        ("when: {budget: true}\npoints: 5\ngroup: ned", "3", "there is no group 'ned'"),
        ("field: sise\nvalues: {a: 1}", "1", "the policy has no field 'sise'"),
        ("field: size\nvalues:\n  5: 1", "3", "'size' has no answers to list"),
        ("field: notes\nvalues:\n  a: 1", "3", "'notes' has no answers to list"),
        ("field: grade\nvalues:\n  low: 1\n  hihg: 2", "4", "'hihg' is not an allowed value"),
        ("field: budget\nvalues:\n  yes: 1", "3", "'yes' is not true or false"),
        ("field: grade\nbands:\n  - points: 1", "3",
         "'grade' is not a number, so it has no bands"),
        ("field: size\nbands:\n  - points: 1\n  - {below: 3, points: 1}", "3",
         "only the last band has no 'below'"),
        ("field: size\nbands:\n  - {below: 3, points: 1}\n  - {below: 3, points: 1}", "4",
         "the band below 3 comes after the one below 3"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_once_at_its_line_with_a_hint(text, line, what):
    ((where, told_what, hint),), _ = told(text)
    assert told_what == what
    assert hint
    assert where in {line, str(int(line) - 1)}


@pytest.mark.parametrize(
    "text",
    ["field: broken\nvalues: {a: 1}", "field: broken\nbands: [{points: 1}]",
     "when: {broken: 5}\npoints: 1", "field: grade\nvalues: {low: many}",
     "field: 5\nvalues: {a: 1}"],
)  # fmt: skip
def test_what_is_told_elsewhere_is_not_told_here(text):
    problems, _ = told(text)
    assert problems == []


def test_broken_groups_are_not_blamed_on_the_rules():
    assert told("when: {budget: true}\npoints: 5\ngroup: ned", groups=None)[0] == []


def test_segments_are_joined_by_or():
    source = read_yaml(b"[a, b, c]", "p.yaml")
    reader = RuleReader(ConditionParser(FIELDS, source), frozenset())
    one, other = IsOneOf("grade", frozenset({"low"})), IsOneOf("budget", frozenset({True}))
    known: dict[str, Condition | None] = {"a": one, "b": other, "whole": None}
    assert reader.segments(["a"], (), known) == one
    assert reader.segments(["a", "b"], (), known) == AnyOf((one, other))
    assert reader.segments(None, (), known) is None
    assert source.problems == []
    reader.segments(["aa"], (0,), known)
    (problem,) = source.problems
    assert problem.what == "the policy has no segment 'aa'"
