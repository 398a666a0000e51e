"""From the policy file to a policy: every mistake reported at once, each at its line."""

from collections.abc import Mapping
from pathlib import Path as FilePath
from typing import Any

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from features.condition_parser import ConditionParser
from features.conditions import Condition
from features.errors import PolicyError, Problem, did_you_mean, printable
from features.fields import (
    RESERVED_NAMES,
    BooleanField,
    CategoryField,
    NumberField,
    PolicyField,
)
from features.policy import (
    ConditionalGo,
    Criterion,
    CriterionText,
    DealsFile,
    GoAt,
    Knockout,
    KnockoutText,
    OutcomeColumn,
    Policy,
    PolicyFile,
    Thresholds,
    canonical_fingerprint,
)
from features.texts import Text
from features.yaml_source import Path, YamlSource, read_yaml

_FIELD = TypeAdapter[PolicyField](PolicyField)
_RULES = ("criteria", "knockouts")
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


def load_policy(path: FilePath) -> Policy:
    """Return the policy that a file holds.

    Raises
    ------
    PolicyError
        With every problem in the file, each at ``file:line``.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        what = f"cannot be read: {error.strerror}"
        raise PolicyError([Problem(where=str(path), what=what)]) from None
    return parse_policy(content, str(path))


def parse_policy(content: bytes, name: str = "policy.yaml") -> Policy:
    """Return the policy written in ``content``; raises `PolicyError` as `load_policy` does."""
    source = read_yaml(content, name)
    if not isinstance(source.data, dict):
        source.add((), "a policy is a mapping", "start with 'policy: a_name'")
        raise PolicyError(source.problems)
    data: dict[str, Any] = source.data
    checked = _checked(data, source)
    fields = _fields(data, source)
    conditions = _conditions(data, ConditionParser(fields, source, _unknown_words(data)))
    _check_ids(data, source)
    if source.problems or checked is None:
        raise PolicyError(sorted(source.problems, key=_line))
    return _policy(checked, conditions, content.decode("utf-8-sig"))


def _line(problem: Problem) -> int:
    number = problem.where.rpartition(":")[2]
    return int(number) if number.isdigit() else 0


def _checked(data: dict[str, Any], source: YamlSource) -> PolicyFile | None:
    try:
        return PolicyFile.model_validate(data)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            path = _in_file(detail["loc"], data)
            if not _is_of_the_other_form(detail, path, data):
                source.add(path, *_in_words(detail, path, data))
        return None


def _is_of_the_other_form(detail: ErrorDetails, path: Path, data: object) -> bool:
    """Return whether a mistake in ``then`` is told of the form that nobody wrote.

    ``then`` is a word or a mapping; what is neither fails as both, and is one mistake.
    """
    if "then" not in path:
        return False
    written = _at(path[: path.index("then") + 1], data)
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
    """Return what is wrong, and a hint, in words for people who write policies."""
    name, kind = str(detail["loc"][-1]), detail["type"]
    if kind == "missing":
        return f"'{name}' is missing", _examples.get(name)
    if kind == "extra_forbidden":
        settings = _settings_at(path, data)
        return f"there is no setting '{printable(name)}' here", did_you_mean(name, settings)
    if kind == "union_tag_invalid":
        written = _at(path, data)
        tag = str(written.get("type")) if isinstance(written, Mapping) else ""
        return f"there is no type '{tag}'", did_you_mean(tag, ("number", "boolean", "category"))
    if kind == "union_tag_not_found":
        return "'type' is missing", "one of: number, boolean, category"
    if kind == "string_pattern_mismatch":
        return (
            f"'{detail['input']}' is not a name",
            "small letters, digits and _, like budget_known",
        )
    place = str(path[-1]) if path else "the policy"
    return f"{place}: {detail['msg'][0].lower()}{detail['msg'][1:]}", None


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


_examples = {
    "decision": "decision: {go_at: {p_win: 0.4}}",
    "deals": "deals: {outcome: {column: Status, won: [Won], lost: [Lost]}}",
    "title": "title: {en: ..., fr: ...}",
    "fr": "every text is given in English (en) and in French (fr)",
    "en": "every text is given in English (en) and in French (fr)",
    "when": "when: {authority: High}",
    "reason": "reason: {en: ..., fr: ...}",
}


def _at(path: Path, data: Any) -> Any:
    for part in path:
        data = data[part]
    return data


def _fields(data: dict[str, Any], source: YamlSource) -> dict[str, PolicyField | None]:
    """Return the fields, None for those that are broken (reported by `_checked`)."""
    written = data.get("fields")
    fields: dict[str, PolicyField | None] = {}
    for name, field in (written if isinstance(written, dict) else {}).items():
        if name in RESERVED_NAMES:
            source.add(
                ("fields", name), f"'{name}' is a word of conditions", "choose another name"
            )
        try:
            fields[name] = _FIELD.validate_python(field)
        except ValidationError:
            fields[name] = None
    return fields


def _unknown_words(data: dict[str, Any]) -> tuple[str, ...]:
    """Return the words that mean unknown in every field, as far as they are given well."""
    deals = data.get("deals")
    words = deals.get("unknown") if isinstance(deals, dict) else None
    return tuple(map(str, words)) if isinstance(words, list) else ()


def _conditions(data: dict[str, Any], parser: ConditionParser) -> dict[Path, Condition | None]:
    conditions: dict[Path, Condition | None] = {}
    for path, rule in _each_rule(data):
        if isinstance(rule.get("when"), dict):
            conditions[path] = parser.parse(rule["when"], (*path, "when"))
    return conditions


def _each_rule(data: dict[str, Any]) -> list[tuple[Path, dict[str, Any]]]:
    return [
        ((section, place), rule)
        for section in _RULES
        if isinstance(data.get(section), list)
        for place, rule in enumerate(data[section])
        if isinstance(rule, dict)
    ]


def _check_ids(data: dict[str, Any], source: YamlSource) -> None:
    seen: dict[str, Path] = {}
    for path, rule in _each_rule(data):
        name = rule.get("id")
        if isinstance(name, str) and name in seen:
            first = source.lines[(*seen[name], "id")]
            hint = f"first on line {first}; reasons are found by their id"
            source.add((*path, "id"), f"the id '{name}' is given twice", hint)
        elif isinstance(name, str):
            seen[name] = path


def _policy(file: PolicyFile, conditions: dict[Path, Condition | None], text: str) -> Policy:
    def when(section: str, place: int) -> Condition:
        condition = conditions[section, place]
        if condition is None:  # a problem was noted, so this is not reached
            raise PolicyError([Problem(where="", what=f"{section} {place} has no condition")])
        return condition

    canonical = file.model_dump(mode="json")
    for section in _RULES:
        for place, rule in enumerate(canonical[section]):
            rule["when"] = when(section, place).to_data()
    unknown = file.deals.unknown
    return Policy(
        name=file.policy,
        title=file.title,
        fields={
            name: file.fields[name].model_copy(
                update={"unknown": (*file.fields[name].unknown, *unknown)}
            )
            for name in sorted(file.fields)
        },
        criteria=tuple(
            Criterion(id=c.id, label=c.label, points=c.points, when=when("criteria", place))
            for place, c in enumerate(file.criteria)
        ),
        knockouts=tuple(
            Knockout(
                id=k.id,
                when=when("knockouts", place),
                condition=k.then.conditional_go if isinstance(k.then, ConditionalGo) else None,
                on_unknown=k.on_unknown,
                reason=k.reason,
                owner=k.owner,
            )
            for place, k in enumerate(file.knockouts)
        ),
        thresholds=file.decision,
        deals=file.deals,
        text=text,
        fingerprint=canonical_fingerprint(canonical),
    )
