"""The JSON Schema of policy files, generated from the models that check them.

For one policy it also knows the names in it: fields and their answers, groups, segments, ids. It
is written for draft 7, which every editor understands; what only the loader can see (limits that
must rise, names given twice) is left to it.
"""

import re
from collections.abc import Mapping
from inspect import cleandoc
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import core_schema

from features.fields import (
    AS_OF,
    RESERVED_NAMES,
    BooleanField,
    CategoryField,
    DateField,
    DerivedField,
    NumberField,
    PolicyField,
)
from features.policy.condition_schema import (
    CONDITION,
    JsonSchema,
    answers_of,
    condition_schema,
    one_of,
)
from features.policy.policy import Policy, PolicyFile

DIALECT = "http://json-schema.org/draft-07/schema#"
_SENTENCE_END = re.compile(r"(?<=\.)\s+|\n\n")
_EXTENDS: JsonSchema = {
    "description": "The file whose policy this one adds to, like company.yaml.",
    "type": ["string", "null"],
}
_NULL: JsonSchema = {"type": "null"}


def policy_schema(policy: Policy | None = None) -> JsonSchema:
    """Return the JSON Schema of policy files: of any, or of one policy with its names.

    >>> schema = policy_schema()
    >>> schema["title"], "extends" in schema["properties"]
    ('Qualifox policy', True)
    """
    schema = PolicyFile.model_json_schema(by_alias=True, schema_generator=_Generator)
    schema = _with_conditions(schema)
    schema["$defs"]["Condition"] = condition_schema(None if policy is None else policy.fields)
    _allow_additions(schema)
    _ask_for_one_way(schema["$defs"])
    if policy is not None:
        _name_fields(schema["$defs"], policy.fields)
        _name_rules(schema["$defs"], policy)
    whose = "" if policy is None else f" with the names of '{policy.name}'"
    return {
        "$schema": DIALECT,
        **schema,
        "title": "Qualifox policy",
        "description": f"A policy file{whose}; written by `qualifox policy schema`.",
    }


class _Generator(GenerateJsonSchema):
    """Describes parts by their docstrings, and leaves out what an editor would only repeat."""

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchema:
        made = super().model_schema(schema)
        model: type[BaseModel] = schema["cls"]
        made["description"] = _words_of(model)
        told = _words_of_settings(model)
        for name, setting in made["properties"].items():
            if name in told:
                setting["description"] = told[name]
        return made

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchema:
        made = super().default_schema(schema)
        if not isinstance(made.get("default"), bool | str | float | int):
            made.pop("default", None)
        return made

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchema:
        made = super().dict_schema(schema)
        return made | ({"additionalProperties": False} if "patternProperties" in made else {})

    def field_title_should_be_set(self, schema: Any) -> bool:
        del schema
        return False


def _words_of(model: type[BaseModel]) -> str:
    """Return what a model says of itself, without the examples."""
    return cleandoc(model.__doc__ or "").partition(">>>")[0].strip().replace("``", "`")


def _words_of_settings(model: type[BaseModel]) -> dict[str, str]:
    """Return the sentences of the docstrings that speak of each setting."""
    told: dict[str, str] = {}
    for ancestor in model.__mro__:
        if not issubclass(ancestor, BaseModel) or ancestor is BaseModel:
            continue
        for sentence in _SENTENCE_END.split(_words_of(ancestor)):
            for name in re.findall(r"`(\w+)[`:]", sentence):
                told.setdefault(name, " ".join(sentence.split()))
    return told


def _with_conditions(part: Any) -> Any:
    """Return the schema with that of conditions wherever a model holds one."""
    if isinstance(part, list):
        return [_with_conditions(one) for one in part]
    if not isinstance(part, dict):
        return part
    if part.get("format") == "condition":
        return dict(CONDITION)
    return {key: _with_conditions(one) for key, one in part.items()}


def _allow_additions(schema: JsonSchema) -> None:
    """Let a file that extends another leave out what the other gives."""
    schema["properties"] = {"extends": _EXTENDS, **schema["properties"]}
    names = schema["properties"]["fields"]["propertyNames"]
    names["not"] = {"enum": sorted(RESERVED_NAMES)}
    whole = {
        "required": schema.pop("required"),
        "properties": {
            "decision": {"required": schema["$defs"]["DecisionBlock"].pop("required")},
            "deals": {"anyOf": [{"required": ["outcome"]}, {"required": ["preset"]}]},
        },
    }
    schema |= {"if": {"required": ["extends"]}, "else": whole}


def _ask_for_one_way(defs: JsonSchema) -> None:
    """Say what the models check together: one way of giving points, at least one threshold."""
    ways = (("when", "points"), ("field", "values"), ("field", "bands"))
    every = {key for way in ways for key in way}
    defs["CriterionText"]["oneOf"] = [
        {
            "required": list(way),
            "not": {"anyOf": [{"required": [key]} for key in sorted(every - set(way))]},
        }
        for way in ways
    ]
    measures = ({"required": ["p_win"]}, {"required": ["expected_value"]})
    defs["GoAt"]["anyOf"] = list(measures)


def _name_fields(defs: JsonSchema, fields: Mapping[str, PolicyField]) -> None:
    """Say which fields may stand where a part names one."""
    given, days, numbers, listed = (
        [name for name, field in fields.items() if isinstance(field, kinds)]
        for kinds in (
            NumberField,
            DateField,
            (NumberField, DerivedField),
            (CategoryField, BooleanField),
        )
    )
    for part, key, names in (
        ("RatioField", "of", given),
        ("RatioField", "to", given),
        ("DaysField", "start", [*days, AS_OF]),
        ("DaysField", "end", [*days, AS_OF]),
        ("FromField", "field", numbers),
        ("ByAnswer", "by", listed),
    ):
        _replace(defs[part], key, one_of(names))
    _replace(defs["CriterionText"], "field", {"anyOf": [one_of([*numbers, *listed]), _NULL]})
    for part, key in (("CriterionText", "field"), ("ByAnswer", "by")):
        defs[part]["allOf"] = [
            _answers_when(key, name, answers)
            for name in listed
            if (answers := answers_of(fields[name])) is not None
        ]


def _answers_when(key: str, name: str, answers: list[str]) -> JsonSchema:
    """Say which answers a table may list where it goes by a field."""
    return {
        "if": {"required": [key], "properties": {key: {"const": name}}},
        "then": {"properties": {"values": {"propertyNames": {"enum": answers}}}},
    }


def _name_rules(defs: JsonSchema, policy: Policy) -> None:
    """Say which groups and segments there are, and offer the ids of the rules."""
    criterion, knockout = defs["CriterionText"], defs["KnockoutText"]
    _replace(criterion, "group", {"anyOf": [one_of(policy.groups), _NULL]})
    segments = {"type": "array", "minItems": 1, "items": one_of(policy.segments)}
    _replace(knockout, "applies_to", {"anyOf": [segments, _NULL]})
    criterion["properties"]["id"]["examples"] = [rule.id for rule in policy.criteria]
    knockout["properties"]["id"]["examples"] = [rule.id for rule in policy.knockouts]


def _replace(part: JsonSchema, key: str, schema: JsonSchema) -> None:
    """Give a setting another schema, and let it keep its words."""
    old = part["properties"][key]
    told = {"description": old["description"]} if "description" in old else {}
    part["properties"][key] = told | schema
