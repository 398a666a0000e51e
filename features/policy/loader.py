"""From the policy file to a policy: every mistake reported at once, each at its line."""

from pathlib import Path as FilePath
from typing import Any

from pydantic import TypeAdapter, ValidationError

from features.conditions import All, Condition
from features.errors import PolicyError, Problem
from features.fields import RESERVED_NAMES, PolicyField
from features.fingerprint import canonical_fingerprint
from features.policy.condition_parser import ConditionParser
from features.policy.criteria import GROUPS, Case, Criterion, CriterionText
from features.policy.cross_checks import (
    check_amounts,
    check_api_names,
    check_derived,
    check_economics,
    check_outcome,
    check_track_record,
    check_words,
)
from features.policy.inheritance import read_policy_file
from features.policy.knockouts import ConditionalGo, Knockout, KnockoutText, Segment
from features.policy.mistakes import tell_mistakes
from features.policy.policy import Policy, PolicyFile
from features.policy.rule_reader import RuleReader, is_complete
from features.policy.written import written_policy
from features.policy.yaml_source import Path, YamlSource, read_yaml

_FIELD = TypeAdapter[PolicyField](PolicyField)
_RULES = ("criteria", "knockouts")


def load_policy(path: FilePath) -> Policy:
    """Return the policy that a file holds, together with the file that it extends.

    Raises
    ------
    PolicyError
        With every problem in the file, each at ``file:line``.
    """
    return policy_of(*read_policy_file(path))


def parse_policy(content: bytes, name: str = "policy.yaml") -> Policy:
    """Return the policy written in ``content``; raises `PolicyError` as `load_policy` does."""
    source = read_yaml(content, name)
    if isinstance(source.data, dict) and source.data.get("extends") is not None:
        source.add(
            ("extends",), "'extends' names a file, and this is not one", "load it as a file"
        )
    return policy_of(source, content.decode("utf-8-sig"))


def policy_of(source: YamlSource, text: str | None) -> Policy:
    """Return the policy that a source holds; without a text, it is written out."""
    if not isinstance(source.data, dict):
        source.add((), "a policy is a mapping", "start with 'policy: a_name'")
        raise PolicyError(source.problems)
    data: dict[str, Any] = source.data
    checked = _checked(data, source)
    if not isinstance(data.get("fields"), dict):
        raise PolicyError(_in_order(source))
    fields = _fields(data, source)
    parser = ConditionParser(fields, source, _unknown_words(data))
    check_derived(fields, source)
    check_words(data, parser.unknown, source)
    check_amounts(data, parser)
    check_track_record(data, parser)
    check_api_names(data, parser)
    check_economics(data, source)
    check_outcome(data, source)
    own_groups = _section(data, "groups")
    groups = None if own_groups is None else frozenset({*GROUPS, *own_groups})
    rules = _Rules(data, RuleReader(parser, groups))
    _check_ids(data, source)
    if source.problems or checked is None:
        raise PolicyError(_in_order(source))
    return _policy(checked, rules, source, text)


def _in_order(source: YamlSource) -> list[Problem]:
    return sorted(dict.fromkeys(source.problems), key=_line)


def _line(problem: Problem) -> tuple[str, int]:
    name, _, number = problem.where.rpartition(":")
    return (name, int(number)) if number.isdigit() else (problem.where, 0)


def _section(data: dict[str, Any], name: str) -> dict[str, Any] | None:
    """Return a section that is a mapping, an empty one if it is not given; None if broken."""
    written = data.get(name, {})
    return written if isinstance(written, dict) else None


def _checked(data: dict[str, Any], source: YamlSource) -> PolicyFile | None:
    try:
        return PolicyFile.model_validate({k: v for k, v in data.items() if k != "extends"})
    except ValidationError as error:
        tell_mistakes(error, data, source)
        return None


def _fields(data: dict[str, Any], source: YamlSource) -> dict[str, PolicyField | None]:
    """Return the fields, None for those that are broken (reported by `_checked`)."""
    written = data.get("fields")
    fields: dict[str, PolicyField | None] = {}
    for name, field in (written if isinstance(written, dict) else {}).items():
        if name in RESERVED_NAMES:
            what = f"'{name}' is a word that means something else here"
            source.add(("fields", name), what, "choose another name")
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


def _each_rule(data: dict[str, Any], section: str) -> list[tuple[Path, dict[str, Any]]]:
    rules = data.get(section)
    return [
        ((section, place), rule)
        for place, rule in enumerate(rules if isinstance(rules, list) else [])
        if isinstance(rule, dict)
    ]


class _Rules:
    """The conditions of all rules, read from what was written; None where one is broken."""

    def __init__(self, data: dict[str, Any], reader: RuleReader) -> None:
        parser = reader.parser
        segments = _section(data, "segments")
        self.segments: dict[str, Condition | None] = {
            name: parser.parse(one["when"], ("segments", name, "when"))
            if isinstance(one, dict) and isinstance(one.get("when"), dict)
            else None
            for name, one in (segments or {}).items()
        }
        known = None if segments is None else self.segments
        self.cases = {
            path: reader.cases(rule, path) for path, rule in _each_rule(data, "criteria")
        }
        self.knockouts: dict[Path, Condition | None] = {}
        self.scopes: dict[Path, Condition | None] = {}
        for path, rule in _each_rule(data, "knockouts"):
            if isinstance(rule.get("when"), dict):
                self.knockouts[path] = parser.parse(rule["when"], (*path, "when"))
            where = (*path, "applies_to")
            self.scopes[path] = reader.segments(rule.get("applies_to"), where, known)


def _check_ids(data: dict[str, Any], source: YamlSource) -> None:
    seen: dict[str, Path] = {}
    for path, rule in [one for section in _RULES for one in _each_rule(data, section)]:
        name = rule.get("id")
        if isinstance(name, str) and name in seen:
            first = source.where((*seen[name], "id")).rpartition(":")[2]
            hint = f"first on line {first}; reasons are found by their id"
            source.add((*path, "id"), f"the id '{name}' is given twice", hint)
        elif isinstance(name, str):
            seen[name] = path


def _policy(file: PolicyFile, rules: _Rules, source: YamlSource, text: str | None) -> Policy:
    unknown = file.deals.unknown
    fields = {
        name: one.model_copy(update={"unknown": (*one.unknown, *unknown)})
        for name, one in sorted(file.fields.items())
    }
    criteria = [
        _criterion(one, rules.cases["criteria", place] or (), fields)
        for place, one in enumerate(file.criteria)
    ]
    knockouts = [_knockout(one, ("knockouts", n), rules) for n, one in enumerate(file.knockouts)]
    data = canonical_data(file, rules)
    return Policy(
        name=file.policy,
        version=file.version,
        title=file.title,
        fields=fields,
        groups={**GROUPS, **file.groups},
        segments={
            name: Segment(id=name, label=one.label, when=_found(rules.segments[name]))
            for name, one in file.segments.items()
        },
        criteria=tuple(criteria),
        knockouts=tuple(knockouts),
        economics=file.economics,
        decision=file.decision,
        deals=file.deals,
        text=written_policy(data) if text is None else text,
        data=data,
        fingerprint=canonical_fingerprint(data),
        places=source.places,
    )


def canonical_data(file: PolicyFile, rules: _Rules) -> dict[str, Any]:
    """Return the policy as plain data in one form, whatever way it was written in."""
    data = file.model_dump(mode="json", by_alias=True, exclude_none=True)
    for place, rule in enumerate(data["criteria"]):
        if "when" in rule:
            cases = rules.cases["criteria", place]
            rule["when"] = _found(cases[0].when if cases else None).to_data()
    for place, rule in enumerate(data["knockouts"]):
        rule["when"] = _found(rules.knockouts["knockouts", place]).to_data()
    for name, segment in data["segments"].items():
        segment["when"] = _found(rules.segments[name]).to_data()
    return data


def _found(condition: Condition | None) -> Condition:
    if condition is None:
        raise AssertionError("a broken condition was noted, so this is not reached")
    return condition


def _criterion(
    text: CriterionText, cases: tuple[Case, ...], fields: dict[str, PolicyField]
) -> Criterion:
    return Criterion(
        id=text.id,
        label=text.label,
        group=text.group,
        cases=cases,
        otherwise=text.otherwise or 0.0,
        complete=is_complete(text, fields),
        direction=text.direction,
        if_unknown=text.if_unknown,
    )


def _knockout(text: KnockoutText, path: Path, rules: _Rules) -> Knockout:
    rule, scope = _found(rules.knockouts[path]), rules.scopes[path]
    return Knockout(
        id=text.id,
        rule=rule,
        when=rule if scope is None else All((scope, rule)),
        condition=text.then.conditional_go if isinstance(text.then, ConditionalGo) else None,
        on_unknown=text.on_unknown,
        reason=text.reason,
        owner=text.owner,
        applies_to=text.applies_to or (),
        in_effect=text.in_effect,
        waiver=text.waiver,
        testable=text.testable,
    )
