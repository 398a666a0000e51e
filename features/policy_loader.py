"""From the policy file to a policy: every mistake reported at once, each at its line."""

from pathlib import Path as FilePath
from typing import Any

from pydantic import TypeAdapter, ValidationError

from features.condition_parser import ConditionParser
from features.conditions import Condition
from features.errors import PolicyError, Problem
from features.fields import (
    RESERVED_NAMES,
    PolicyField,
)
from features.policy import (
    ConditionalGo,
    Criterion,
    Knockout,
    Policy,
    PolicyFile,
    canonical_fingerprint,
)
from features.policy_mistakes import tell_mistakes
from features.yaml_source import Path, YamlSource, read_yaml

_FIELD = TypeAdapter[PolicyField](PolicyField)
_RULES = ("criteria", "knockouts")


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
        tell_mistakes(error, data, source)
        return None


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
