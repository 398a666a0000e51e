"""The JSON Schema of conditions: for any policy, or for the fields of one.

For one policy it knows every field's name, its answers and the tests that its type takes, so that
an editor completes and checks them.
"""

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from features.conditions import COMPARISONS
from features.fields import (
    LARGEST_NUMBER,
    BooleanField,
    CategoryField,
    DateField,
    DerivedField,
    NumberField,
    PolicyField,
    TextField,
)
from features.policy.condition_parser import DAY_WORDS
from features.policy.yaml_source import plain_scalar

JsonSchema: TypeAlias = dict[str, Any]

CONDITION = {"$ref": "#/$defs/Condition"}
_ANSWER: JsonSchema = {"type": ["string", "number", "boolean"]}
_NUMBER: JsonSchema = {"type": "number", "minimum": -LARGEST_NUMBER, "maximum": LARGEST_NUMBER}
_DAY: JsonSchema = {"type": "string", "pattern": r"^\s*\d{4}-?(\d{2}|W\d{2})"}
_NAME = "^(?!(any|all|not)$)[a-z][a-z0-9_]*$"


def condition_schema(fields: Mapping[str, PolicyField] | None = None) -> JsonSchema:
    """Return the schema of a condition; without fields, that of a condition on any field.

    >>> sorted(condition_schema({})["properties"])
    ['all', 'any', 'not']
    """
    some = {"type": "array", "minItems": 1, "items": CONDITION}
    branches: JsonSchema = {
        "any": {"description": "At least one of these conditions holds.", **some},
        "all": {"description": "Every one of these conditions holds.", **some},
        "not": CONDITION,
    }
    condition: JsonSchema = {
        "description": "Entries that must all hold: a field and its answers, or a branch.",
        "type": "object",
        "minProperties": 1,
        "additionalProperties": False,
        "properties": branches,
    }
    if fields is None:
        return condition | {"patternProperties": {_NAME: _any_test()}}
    for name, field in fields.items():
        if not isinstance(field, TextField):
            branches[name] = _test(name, field, fields)
    return condition


def one_of(names: Iterable[str]) -> JsonSchema:
    """Return the schema of a name out of some; of nothing at all where there are none."""
    known = sorted(names)
    return {"enum": known} if known else {"not": {}}


def answers_of(field: PolicyField) -> list[str] | None:
    """Return the answers that a table may list, as keys; None where they are not known."""
    if isinstance(field, BooleanField):
        return ["true", "false"]
    known = field.values if isinstance(field, CategoryField) else None
    return None if known is None else list(known)


def _any_test() -> JsonSchema:
    day_or_number = {"anyOf": [*_number_limit(None)["anyOf"], _DAY, {"type": "string"}]}
    tests = dict.fromkeys((*COMPARISONS, *DAY_WORDS), day_or_number)
    return _ways(_ANSWER, tests | {"applies": {"type": "boolean"}})


def _test(name: str, field: PolicyField, fields: Mapping[str, PolicyField]) -> JsonSchema:
    tests = _comparisons(field, fields)
    if field.not_applicable is not None:
        tests["applies"] = {"type": "boolean", "description": "Whether the question applies."}
    texts = (field.label, field.question)
    told = ": ".join(text.en for text in texts if text is not None) or name
    return {"description": told, **_ways(_answer(field), tests)}


def _ways(answer: JsonSchema, tests: JsonSchema) -> JsonSchema:
    """Return an answer, a list of answers, or tests by their names."""
    answers: JsonSchema = {"type": "array", "minItems": 1, "items": answer}
    member: JsonSchema = {"anyOf": [answer, answers]}
    named: JsonSchema = {
        "type": "object",
        "minProperties": 1,
        "additionalProperties": False,
        "properties": {**tests, "is": member, "not": member},
    }
    return {"anyOf": [answer, answers, named]}


def _answer(field: PolicyField) -> JsonSchema:
    if isinstance(field, BooleanField):
        return {"type": "boolean"}
    if isinstance(field, DateField):
        return _DAY
    if isinstance(field, NumberField):
        limits = (("minimum", field.min), ("maximum", field.max))
        return _NUMBER | {key: limit for key, limit in limits if limit is not None}
    if isinstance(field, CategoryField):
        return _ANSWER if field.values is None else {"enum": _written(field.values)}
    return _NUMBER


def _written(answers: Iterable[str]) -> list[object]:
    """Return the ways of writing some answers: without quotes, 1 is a number and means "1"."""
    written: list[object] = []
    for answer in answers:
        written.append(answer)
        plain = plain_scalar(answer)
        if plain is not None and not isinstance(plain, str):
            written.append(plain)
    return written


def _comparisons(field: PolicyField, fields: Mapping[str, PolicyField]) -> JsonSchema:
    if isinstance(field, DateField):
        days = [name for name, one in fields.items() if isinstance(one, DateField)]
        limit: JsonSchema = {"anyOf": [_DAY, _other_field(one_of(days))]}
        return dict.fromkeys((*DAY_WORDS, *COMPARISONS), limit)
    if isinstance(field, NumberField | DerivedField):
        numbers = [n for n, one in fields.items() if isinstance(one, NumberField | DerivedField)]
        return dict.fromkeys(COMPARISONS, _number_limit(one_of(numbers)))
    if isinstance(field, CategoryField) and field.ordered:
        return dict.fromkeys(COMPARISONS, _answer(field))
    return {}


def _number_limit(name: JsonSchema | None) -> JsonSchema:
    return {"anyOf": [_NUMBER, _other_field(name or {"type": "string"})]}


def _other_field(name: JsonSchema) -> JsonSchema:
    return {
        "type": "object",
        "required": ["field"],
        "additionalProperties": False,
        "properties": {"field": {"description": "Compare with another field.", "allOf": [name]}},
    }
