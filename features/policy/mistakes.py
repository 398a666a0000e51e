"""What pydantic finds wrong with a policy, in words for the people who write policies."""

from collections.abc import Iterator, Mapping
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from features.errors import did_you_mean, printable
from features.fields import FIELD_TYPES
from features.fields.base import shown
from features.policy.policy import PolicyFile
from features.policy.yaml_source import Path, YamlSource

_EXAMPLES = {
    "id": "id: a_short_name",
    "points": "points: 10",
    "column": "column: Status",
    "won": "won: [Won]",
    "lost": "lost: [Lost]",
    "of": "of: margin",
    "to": "to: amount",
    "start": "start: as_of, or a field that is a date",
    "end": "end: as_of, or a field that is a date",
    "p_win": "p_win: 0.5",
    "go_at": "go_at: {p_win: 0.4}",
    "conditional_go": "conditional_go: {en: ..., fr: ...}",
    "field": "field: amount, or a table: {by: health, values: {sound: 0.01}}",
    "values": "values: {sound: 0.01, watch: 0.05}",
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
    "from": "write it like 2026-03-31",
    "until": "write it like 2026-03-31",
    "by": "by: [head of sales]",
    "fr": "every text is given in English (en) and in French (fr)",
    "en": "every text is given in English (en) and in French (fr)",
}

_PLAIN = frozenset({"points", "p_win", "id", "column", "file"})
"""What is a word or a number: a mistake in it is hinted by what it may be."""
_MADE_LIKE = {name: example for name, example in _EXAMPLES.items() if name not in _PLAIN}

_WORDS: Mapping[str, tuple[str, str]] = {
    "string_type": ("is not a text", "put it in quotes"),
    "string_too_short": ("is empty", "write something"),
    "float_type": ("is not a number", "write a number, no quotes"),
    "finite_number": ("is not a finite number", "write a number like 0.4"),
    "int_type": ("is not a whole number", "write a whole number, no quotes"),
    "int_from_float": ("is not a whole number", "write a whole number, no quotes"),
    "bool_type": ("is not true or false", "write true or false"),
    "too_short": ("holds nothing", "name at least one"),
    "tuple_type": ("is not a list", "write it like [one, two]"),
    "dict_type": ("is not a mapping", "write it like {{name: value}}"),
    "model_type": ("is not a mapping", "write it like {{name: value}}"),
    "model_attributes_type": ("is not a mapping", "write what it is, with its type"),
    "string_unicode": ("is not a text", "write words that can be printed"),
    "literal_error": ("is none of the words it can be", "one of: {expected}"),
    "greater_than_equal": ("is too small", "at least {ge:.15g}"),
    "less_than_equal": ("is too large", "at most {le:.15g}"),
    "string_too_long": ("is too long", "at most {max_length} characters"),
}


def tell_mistakes(error: ValidationError, data: dict[str, Any], source: YamlSource) -> None:
    """Note every mistake at its place in the file."""
    for detail in error.errors(include_url=False):
        if detail["type"] == "too_short" and detail["input"]:
            continue  # what it holds is wrong, and told one by one
        path = _in_file(detail["loc"], data)
        source.add(path, *_in_words(detail, path, data))


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
        return f"'{printable(name)}' is missing", _EXAMPLES.get(name, f"write {name}: ...")
    if kind == "extra_forbidden":
        settings = _settings_at(path, data)
        return f"there is no setting '{printable(name)}' here", did_you_mean(name, settings)
    if kind.startswith("union_tag") and path[:1] == ("fields",):
        return _of_type(_at(path, data).get("type"))
    if kind == "string_pattern_mismatch":
        what = f"'{printable(str(detail['input']))}' is not a name"
        return what, "small letters, digits and _, like budget_known"
    return _of_value(detail, path)


def _of_type(written: object) -> tuple[str, str]:
    if written is None:
        return "'type' is missing", f"one of: {', '.join(FIELD_TYPES)}"
    tag = printable(str(written))
    return f"there is no type '{tag}'", did_you_mean(tag, FIELD_TYPES)


def _of_value(detail: ErrorDetails, path: Path) -> tuple[str, str | None]:
    place = next((str(part) for part in reversed(path) if isinstance(part, str)), "the policy")
    if detail["type"] not in _WORDS:
        what, _, hint = detail["msg"].removeprefix("Value error, ").partition("; ")
        return f"{printable(place)}: {what}", hint or _EXAMPLES.get(place)
    what, hint = _WORDS[detail["type"]]
    hint = hint.format(**detail.get("ctx", {}))
    if path and isinstance(path[-1], int):
        return f"'{printable(place)}' holds {shown(detail['input'])}, which {what}", hint
    return f"'{printable(place)}' {what}", _MADE_LIKE.get(place, hint)


def _settings_at(path: Path, data: object) -> list[str]:
    """Return the settings that belong where a foreign one stands; its place ends the path."""
    around = path[:-1] if path and _is_setting(path, data) else path
    written = _at(around, data)
    models = _models_at(around)
    if isinstance(written, dict) and written.get("type") in FIELD_TYPES:
        models = [model for model in models if model is FIELD_TYPES[written["type"]]] or models
    settings = [_settings_of(model) for model in models]
    given = written if isinstance(written, dict) else {}
    return max(settings, key=lambda names: sum(name in given for name in names), default=[])


def _settings_of(model: type[BaseModel]) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()]


def _models_at(path: Path) -> list[type[BaseModel]]:
    """Return the models that may stand at a place of the file."""
    places: list[Any] = [PolicyFile]
    for part in path:
        places = [inner for place in places for inner in _inside(place, part)]
    return [place for place in places if isinstance(place, type) and issubclass(place, BaseModel)]


def _inside(annotation: Any, part: str | int) -> Iterator[Any]:
    """Return what may stand under a key or at a place of a list."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        for name, field in annotation.model_fields.items():
            if part == (field.alias or name):
                yield from _alternatives(field.annotation)
    elif get_origin(annotation) is dict:
        yield from _alternatives(get_args(annotation)[1])
    elif get_origin(annotation) is tuple:
        yield from _alternatives(get_args(annotation)[0])


def _alternatives(annotation: Any) -> Iterator[Any]:
    if get_origin(annotation) is Annotated:
        yield from _alternatives(get_args(annotation)[0])
    elif get_origin(annotation) in {Union, UnionType}:
        for one in get_args(annotation):
            yield from _alternatives(one)
    else:
        yield annotation


def _is_setting(path: Path, data: object) -> bool:
    return isinstance(_at(path[:-1], data), dict)


def _at(path: Path, data: Any) -> Any:
    for part in path:
        data = data[part]
    return data
