"""What differs between two policies, as data; order that means nothing is no difference."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from features.policy.policy import Policy

Data: TypeAlias = Mapping[str, Any]

_RULES = ("criteria", "knockouts")
_ORDERED = frozenset({"bands", "grades"})
_BY_SETTING = ("economics", "deals")


@dataclass(frozen=True, slots=True)
class Change:
    """A part of a policy that is new, gone (``after`` is None) or other than before.

    ``section`` is where it stands, ``name`` its id or name there. ``settings`` names what differs,
    where both have it.
    """

    section: str
    name: str
    before: Any
    after: Any
    settings: tuple[str, ...] = ()


def changes_between(before: Policy, after: Policy) -> tuple[Change, ...]:
    """Return every change, in the order of the file's sections; none for equal policies."""
    old, new = parts_of(before), parts_of(after)
    found = []
    for section, name in dict.fromkeys([*old, *new]):
        one, other = old.get((section, name)), new.get((section, name))
        if _without_order(name, one) != _without_order(name, other):
            found.append(Change(section, name, one, other, _settings(one, other)))
    return tuple(found)


def parts_of(policy: Policy) -> dict[tuple[str, str], Any]:
    """Return the parts of a policy by section and name; rules by their id."""
    data = dict(policy.data)
    parts: dict[tuple[str, str], Any] = {
        ("policy", key): data.get(key) for key in ("policy", "version", "title")
    }
    for section in ("fields", "groups", "segments"):
        parts |= {(section, name): part for name, part in data[section].items()}
    for section in _RULES:
        parts |= {(section, rule["id"]): rule for rule in data[section]}
    for section in _BY_SETTING:
        parts |= {(section, name): part for name, part in data[section].items()}
    decision = data["decision"]
    parts |= {("go_at", name): limit for name, limit in decision["go_at"].items()}
    parts |= {
        ("decision", name): decision[name]
        for name in ("grades", "exploration")
        if decision.get(name)
    }
    return {key: part for key, part in parts.items() if part is not None}


def _without_order(key: str, part: Any) -> Any:
    """Return a part with its lists sorted, but for those whose order says something."""
    if isinstance(part, Mapping):
        ordered = bool(part.get("ordered"))
        return {
            name: one if ordered and name == "values" else _without_order(name, one)
            for name, one in sorted(part.items())
        }
    if isinstance(part, list) and key not in _ORDERED:
        return sorted((_without_order("", one) for one in part), key=repr)
    return part


def _settings(before: Any, after: Any) -> tuple[str, ...]:
    if not isinstance(before, Mapping) or not isinstance(after, Mapping):
        return ()
    names = dict.fromkeys([*before, *after])
    one, other = _without_order("", before), _without_order("", after)
    return tuple(name for name in names if one.get(name) != other.get(name))
