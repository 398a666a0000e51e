"""The schema of conditions by the type of each field."""

import pytest
from jsonschema import Draft7Validator

from features.fields import (
    BooleanField,
    CategoryField,
    DateField,
    NumberField,
    PolicyField,
    TextField,
)
from features.policy.condition_schema import answers_of, condition_schema, one_of

FIELDS: dict[str, PolicyField] = {
    "n": NumberField(type="number", min=0, max=10),
    "b": BooleanField(type="boolean", not_applicable=()),
    "c": CategoryField(type="category", values=("1", "two")),
    "free": CategoryField(type="category"),
    "o": CategoryField(type="category", values=("low", "high"), ordered=True),
    "d": DateField(type="date"),
    "t": TextField(type="text"),
}


def is_valid(condition, fields=FIELDS):
    made = condition_schema(fields)
    whole = {"$ref": "#/$defs/Condition", "$defs": {"Condition": made}}
    return Draft7Validator(whole).is_valid(condition)


@pytest.mark.parametrize(
    "condition",
    [
        {"n": 3}, {"n": [3, 4]}, {"n": {"above": 99}}, {"n": {"at_most": {"field": "n"}}},
        {"b": True}, {"b": {"applies": False}}, {"c": 1}, {"c": "1"}, {"c": {"not": ["two", 1]}},
        {"free": "anything"}, {"free": [1, True]}, {"o": {"above": "low"}}, {"d": "2026-03-01"},
        {"d": {"before": "2026-03-01", "after": {"field": "d"}}}, {"not": {"n": 1}},
        {"any": [{"n": 1}, {"all": [{"b": False}]}]}, {"n": {"is": 2}},
    ],
)  # fmt: skip
def test_what_the_parser_reads_is_valid(condition):
    assert is_valid(condition)
    assert is_valid(condition, None)


@pytest.mark.parametrize(
    "condition",
    [
        {}, {"x": 1}, {"n": 11}, {"n": "3"}, {"n": []}, {"n": {}}, {"n": {"abov": 1}},
        {"n": {"before": "2026-03-01"}}, {"n": {"above": {"field": "d"}}},
        {"n": {"applies": True}}, {"b": "yes"}, {"b": {"above": 1}}, {"c": "three"},
        {"c": {"above": "1"}}, {"free": None},
        {"o": {"above": "middle"}}, {"d": 5}, {"d": {"before": {"field": "n"}}}, {"t": "words"},
        {"not": [{"n": 1}]}, {"any": {"n": 1}}, {"all": []},
    ],
)  # fmt: skip
def test_what_the_parser_refuses_is_not(condition):
    assert not is_valid(condition)


def test_a_name_out_of_none_is_never_valid():
    assert one_of(["b", "a"]) == {"enum": ["a", "b"]}
    assert not Draft7Validator(one_of([])).is_valid("a")


def test_which_answers_a_table_may_list():
    assert answers_of(FIELDS["b"]) == ["true", "false"]
    assert answers_of(FIELDS["c"]) == ["1", "two"]
    assert answers_of(FIELDS["free"]) is None
