"""From the mapping that people write to a condition, with every mistake at its line."""

from collections.abc import Mapping

import pytest

from features.conditions import COMPARISONS, All, AnyOf, Comparison, Condition, IsOneOf, Not
from features.errors import Problem
from features.fields import BooleanField, CategoryField, NumberField, PolicyField
from features.policy.condition_parser import ConditionParser
from features.policy.yaml_source import read_yaml

FIELDS: Mapping[str, PolicyField | None] = {
    "amount": NumberField(type="number", min=0, max=1000),
    "limit": NumberField(type="number"),
    "budget": BooleanField(type="boolean"),
    "authority": CategoryField(type="category", values=("Low", "Mid", "High", "No")),
    "source": CategoryField(type="category", unknown=("Unknown",)),
    "level": CategoryField(type="category", values=("1", "2.5", "true")),
    "broken": None,
}


TESTS = ", ".join(
    (*COMPARISONS, "after", "on_or_after", "before", "on_or_before", "is", "not", "applies")
)


def parse(text: str) -> tuple[Condition | None, list[Problem]]:
    source = read_yaml(text.encode(), "p.yaml")
    return ConditionParser(FIELDS, source).parse(source.data, ()), source.problems


def condition(text: str) -> Condition | None:
    parsed, problems = parse(text)
    assert problems == []
    return parsed


def told(text: str) -> list[tuple[str, str, str | None]]:
    parsed, problems = parse(text)
    assert parsed is None
    return [(p.where.removeprefix("p.yaml:"), p.what, p.hint) for p in problems]


def one_of(name: str, *values: str | float | bool) -> IsOneOf:
    return IsOneOf(name, frozenset(values))


@pytest.mark.parametrize(
    ("text", "parsed"),
    [
        ("authority: High", one_of("authority", "High")),
        ("authority: [High, Low, High]", one_of("authority", "High", "Low")),
        ("authority: {is: [High, Low]}", one_of("authority", "High", "Low")),
        ("authority: {not: High}", Not(one_of("authority", "High"))),
        ("authority: {not: [High, Low]}", Not(one_of("authority", "High", "Low"))),
        ("authority: No", one_of("authority", "No")),
        ("budget: true", one_of("budget", True)),
        ("budget: [true, false]", one_of("budget", True, False)),
        ("amount: 5", one_of("amount", 5.0)),
        ("amount: {above: 5}", Comparison("amount", "above", 5.0)),
        ("amount: {at_most: {field: limit}}", Comparison("amount", "at_most", "limit")),
        (
            "amount: {at_least: 1, below: 5}",
            All((Comparison("amount", "at_least", 1.0), Comparison("amount", "below", 5.0))),
        ),
        ("not: {budget: true}", Not(one_of("budget", True))),
        (
            "any: [{budget: true}, {authority: High}]",
            AnyOf((one_of("budget", True), one_of("authority", "High"))),
        ),
        ("all: [{budget: true}]", All((one_of("budget", True),))),
    ],
)
def test_a_condition_is_read_as_people_mean_it(text, parsed):
    assert condition(text) == parsed


def test_the_entries_of_a_mapping_must_all_hold():
    parsed = condition("budget: true\nauthority: High\nany: [{amount: 5}]\n")
    assert isinstance(parsed, All)
    assert set(parsed.parts) == {
        one_of("budget", True),
        one_of("authority", "High"),
        AnyOf((one_of("amount", 5.0),)),
    }


def test_a_number_or_a_word_written_without_quotes_is_an_answer_of_a_category():
    assert condition("level: [1, 2.5, true]") == one_of("level", "1", "2.5", "true")


@pytest.mark.parametrize("text", ["5", "[]", "{}", "a text", "", "[{budget: true}]"])
def test_a_condition_that_is_not_a_mapping_is_told_how_to_write_one(text):
    assert told(text) == [("1", "a condition is a mapping", "write it like {authority: High}")]


@pytest.mark.parametrize(
    ("text", "what", "hint"),
    [
        ("authorty: High", "the policy has no field 'authorty'", "did you mean 'authority'?"),
        ("authority: Hihg", "'Hihg' is not an allowed value", "did you mean 'High'?"),
        ("authority: true", "'true' is not an allowed value", "one of: Low, Mid, High, No"),
        ("authority:", "null is not a text", "write the answer in quotes"),
        ("authority: []", "the list is empty", "name at least one value"),
        ("authority: {}", "no test is given", f"one of: {TESTS}"),
        ("authority: {above: 5}", "'above' compares numbers, and 'authority' is not one",
         "an ordered category can be compared: ordered: true"),
        ("authority: {not: {is: High}}", "an object is not a text", "write the answer in quotes"),
        ("budget: Yes", "'Yes' is not true or false", "write true or false"),
        ("budget: 1", "1 is not true or false", "write true or false"),
        ("amount: High", "'High' is not a number", "write a number, no quotes"),
        ("amount: true", "true is not a number", "write a number, no quotes"),
        ("amount: -5", "-5 is out of range", "at least 0 and at most 1000"),
        ("amount: {abov: 5}", "there is no test 'abov'", "did you mean 'above'?"),
        ("amount: {above: '5'}", "'5' is not a number", "write a number, no quotes"),
        ("amount: {above: }", "null is not a number", "write a number, no quotes"),
        ("amount: {above: 1e400}", "inf is not a usable number", "a finite number up to 1e15"),
        ("amount: {above: .nan}", "'.nan' is not a number", "write a number, no quotes"),
        ("amount: {above: {field: limti}}", "the policy has no field 'limti'",
         "did you mean 'limit'?"),
        ("amount: {above: {field: budget}}", "'budget' is not a number", "one of: amount, limit"),
        ("amount: {above: {feild: limit}}", "a limit is a number or {field: name}",
         "write it like {field: credit_limit}"),
        ("amount: {above: {field: limit, plus: 1}}", "a limit is a number or {field: name}",
         "write it like {field: credit_limit}"),
        ("amount: {above: {}}", "a limit is a number or {field: name}",
         "write it like {field: credit_limit}"),
        ("any: {budget: true}", "'any' takes a list of conditions", "start each with '- '"),
        ("all: []", "'all' takes a list of conditions", "start each with '- '"),
        ("not: [{budget: true}]", "a condition is a mapping", "write it like {authority: High}"),
        ("any: [5]", "a condition is a mapping", "write it like {authority: High}"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_a_hint_where_one_makes_sense(text, what, hint):
    assert told(text) == [("1", what, hint)]


def test_testing_for_unknown_is_refused_because_learning_would_flip_it():
    hint = "unknown is not an answer to test for: use on_unknown"
    ((_, _, given),) = told("source: Unknown")
    assert given == hint
    (in_list,) = told("source: [Referral, Unknown]")
    assert in_list[2] == hint
    (in_not,) = told("source: {not: Unknown}")
    assert in_not[2] == hint


@pytest.mark.parametrize("name", [r"\e[31m", r"a\nb", r"\u202E"])
def test_a_field_or_a_test_that_cannot_be_printed_is_told_in_words_that_can(name):
    wrong = (f'"{name}": 1', f'amount: {{"{name}": 1}}', f'amount: {{above: {{field: "{name}"}}}}')
    for text in wrong:
        ((_, what, _),) = told(text)
        assert what.isprintable()


def test_every_mistake_is_told_at_its_own_line():
    text = """\
any:
  - authorty: High
  - all:
      - budget: maybe
      - amount: {abov: 3, below: x}
  - not:
      source:
        - Referral
        - 5.5
        - "a\\tb"
"""
    assert [(line, what) for line, what, _ in told(text)] == [
        ("2", "the policy has no field 'authorty'"),
        ("4", "'maybe' is not true or false"),
        ("5", "there is no test 'abov'"),
        ("5", "'x' is not a number"),
        ("10", r"'a\tb' is not an answer"),
    ]


def test_a_condition_on_a_field_that_is_itself_broken_is_not_blamed():
    for text in ("broken: anything", "broken: {above: 5}", "amount: {above: {field: broken}}"):
        parsed, problems = parse(text)
        assert problems == []
        assert parsed is None or parsed.fields()
