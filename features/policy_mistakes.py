"""What pydantic finds wrong with a policy, in words for the people who write policies."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from features.errors import did_you_mean, printable
from features.fields import BooleanField, CategoryField, NumberField
from features.policy import (
    ConditionalGo,
    CriterionText,
    DealsFile,
    GoAt,
    KnockoutText,
    OutcomeColumn,
    PolicyFile,
    Thresholds,
)
from features.texts import Text
from features.yaml_source import Path, YamlSource

TYPES = ("number", "boolean", "category")
_MODELS: Mapping[tuple[str, ...], type[BaseModel]] = {
    (): PolicyFile,
    ("deals",): DealsFile,
    ("deals", "outcome"): OutcomeColumn,
    ("criteria", "*"): CriterionText,
    ("knockouts", "*"): KnockoutText,
    ("knockouts", "*", "then"): ConditionalGo,
    ("decision",): Thresholds,
    ("decision", "go_at"): GoAt,
}
_FIELD_MODELS = {model.kind: model for model in (NumberField, BooleanField, CategoryField)}
_EXAMPLES = {
    "policy": "policy: a_short_name",
    "decision": "decision: {go_at: {p_win: 0.4}}",
    "deals": "deals: {outcome: {column: Status, won: [Won], lost: [Lost]}}",
    "fields": "fields: {budget_known: {type: boolean}}",
    "title": "title: {en: ..., fr: ...}",
    "label": "label: {en: ..., fr: ...}",
    "question": "question: {en: ..., fr: ...}",
    "reason": "reason: {en: ..., fr: ...}",
    "when": "when: {authority: High}",
    "then": "then: no_go, or then: {conditional_go: {en: ..., fr: ...}}",
    "on_unknown": "one of: find_out, ignore, no_go",
    "fr": "every text is given in English (en) and in French (fr)",
    "en": "every text is given in English (en) and in French (fr)",
}

_WORDS: Mapping[str, tuple[str, str]] = {
    "string_type": ("is not a text", "put it in quotes"),
    "string_too_short": ("is empty", "write something"),
    "float_type": ("is not a number", "write a number, no quotes"),
    "finite_number": ("is not a finite number", "write a number like 0.4"),
    "bool_type": ("is not true or false", "write true or false"),
    "too_short": ("holds nothing", "name at least one"),
    "tuple_type": ("is not a list", "write it like [one, two]"),
    "dict_type": ("is not a mapping", "write it like {{name: value}}"),
    "model_type": ("is not a mapping", "write it like {{name: value}}"),
    "literal_error": ("is none of the words it can be", "one of: {expected}"),
    "greater_than_equal": ("is too small", "at least {ge:.15g}"),
    "less_than_equal": ("is too large", "at most {le:.15g}"),
    "string_too_long": ("is too long", "at most {max_length} characters"),
}


def tell_mistakes(error: ValidationError, data: dict[str, Any], source: YamlSource) -> None:
    """Note every mistake at its place in the file."""
    for detail in error.errors(include_url=False):
        path = _in_file(detail["loc"], data)
        if not _is_of_the_other_form(detail, path, data):
            source.add(path, *_in_words(detail, path, data))


def _is_of_the_other_form(detail: ErrorDetails, path: Path, data: object) -> bool:
    """Return whether a mistake in a knockout's ``then`` is told of the form that nobody wrote.

    ``then`` is a word or a mapping; what is neither fails as both, and is one mistake.
    """
    until = len(("knockouts", 0, "then"))
    if path[:1] != ("knockouts",) or path[until - 1 : until] != ("then",):
        return False
    written = _at(path[:until], data)
    return (detail["type"] == "literal_error") == isinstance(written, dict)


def _in_file(loc: Path, data: object) -> Path:
    """Return pydantic's place without the parts that are not in the file (tags of unions)."""
    path: Path = ()
    for part in loc:
        is_key = isinstance(data, dict) and part in data
        is_place = isinstance(data, list) and isinstance(part, int) and part < len(data)
        if is_key or is_place:
            data = data[part]  # type: ignore[index]  # checked just above
            path = (*path, part)
    return path


def _in_words(detail: ErrorDetails, path: Path, data: object) -> tuple[str, str | None]:
    """Return what is wrong, and a hint."""
    name, kind = str(detail["loc"][-1]), detail["type"]
    if kind == "missing":
        return f"'{name}' is missing", _EXAMPLES.get(name)
    if kind == "extra_forbidden":
        settings = _settings_at(path, data)
        return f"there is no setting '{printable(name)}' here", did_you_mean(name, settings)
    if kind.startswith("union_tag"):
        return _of_type(_at(path, data).get("type"))
    if kind == "string_pattern_mismatch":
        what = f"'{printable(str(detail['input']))}' is not a name"
        return what, "small letters, digits and _, like budget_known"
    return _of_value(detail, path)


def _of_type(written: object) -> tuple[str, str]:
    if written is None:
        return "'type' is missing", f"one of: {', '.join(TYPES)}"
    tag = printable(str(written))
    return f"there is no type '{tag}'", did_you_mean(tag, TYPES)


def _of_value(detail: ErrorDetails, path: Path) -> tuple[str, str | None]:
    place = next((str(part) for part in reversed(path) if isinstance(part, str)), "the policy")
    if detail["type"] not in _WORDS:
        return f"{place}: {detail['msg'].removeprefix('Value error, ')}", _EXAMPLES.get(place)
    what, hint = _WORDS[detail["type"]]
    hint = _EXAMPLES.get(place) or hint.format(**detail.get("ctx", {}))
    return f"'{printable(place)}' {what}", hint


def _settings_at(path: Path, data: object) -> list[str]:
    """Return the settings that belong where a foreign one stands; its place ends the path."""
    around = path[:-1] if path and _is_setting(path, data) else path
    if around[:1] == ("fields",) and len(around) == len(("fields", "name")):
        model: type[BaseModel] = _FIELD_MODELS.get(_at(around, data).get("type"), NumberField)
        return list(model.model_fields)
    place = tuple("*" if isinstance(part, int) else part for part in around)
    return list(_MODELS.get(place, Text).model_fields)


def _is_setting(path: Path, data: object) -> bool:
    return isinstance(_at(path[:-1], data), dict)


def _at(path: Path, data: Any) -> Any:
    for part in path:
        data = data[part]
    return data
