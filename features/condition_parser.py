"""From the mapping people write to a condition, with every mistake in it reported at its line."""

from collections.abc import Mapping
from dataclasses import dataclass

from features.conditions import COMPARISONS, All, AnyOf, Comparison, Condition, IsOneOf, Not
from features.deal import Fact
from features.errors import did_you_mean, printable
from features.fields import CategoryField, NumberField, PolicyField, WrongFactError
from features.yaml_source import Path, YamlSource

_MEMBERSHIP = ("is", "not")
_OPERATORS = (*COMPARISONS, *_MEMBERSHIP)


@dataclass(frozen=True, slots=True)
class ConditionParser:
    """Reads conditions against the fields of one policy.

    ``fields`` holds None for a field that is itself broken: its name is known, its type is not, so
    a condition on it is not blamed for it. ``unknown`` are the words that mean unknown everywhere.
    """

    fields: Mapping[str, PolicyField | None]
    source: YamlSource
    unknown: tuple[str, ...] = ()

    def parse(self, data: object, path: Path) -> Condition | None:
        """Return the condition, or None after noting what is wrong with it."""
        if not isinstance(data, dict) or not data:
            self.source.add(path, "a condition is a mapping", "write it like {authority: High}")
            return None
        parts = [self._entry(key, value, (*path, key)) for key, value in data.items()]
        return _joined(parts)

    def _entry(self, key: str, value: object, path: Path) -> Condition | None:
        if key in {"any", "all"}:
            return self._branch(key, value, path)
        if key == "not":
            part = self.parse(value, path)
            return None if part is None else Not(part)
        if key not in self.fields:
            what = f"the policy has no field '{printable(key)}'"
            self.source.add(path, what, did_you_mean(key, self.fields))
            return None
        return self._test(key, value, path)

    def _branch(self, key: str, value: object, path: Path) -> Condition | None:
        if not isinstance(value, list) or not value:
            self.source.add(path, f"'{key}' takes a list of conditions", "start each with '- '")
            return None
        parts = [self.parse(item, (*path, place)) for place, item in enumerate(value)]
        if any(part is None for part in parts):
            return None
        known = tuple(part for part in parts if part is not None)
        return AnyOf(known) if key == "any" else All(known)

    def _test(self, name: str, value: object, path: Path) -> Condition | None:
        if not isinstance(value, dict):
            return self._membership(name, value, path)
        if not value:
            self.source.add(path, "no test is given", f"one of: {', '.join(_OPERATORS)}")
            return None
        return _joined([self._operator(name, op, value[op], (*path, op)) for op in value])

    def _operator(self, name: str, op: str, value: object, path: Path) -> Condition | None:
        if op in _MEMBERSHIP:
            member = self._membership(name, value, path)
            return Not(member) if op == "not" and member is not None else member
        if op not in COMPARISONS:
            self.source.add(
                path, f"there is no test '{printable(op)}'", did_you_mean(op, _OPERATORS)
            )
            return None
        limit = self._limit(value, path)
        if not self._is_number(name):
            self.source.add(path, f"'{op}' compares numbers, and '{name}' is not one")
            return None
        return None if limit is None else Comparison(name, op, limit)

    def _limit(self, value: object, path: Path) -> float | str | None:
        if isinstance(value, dict):
            return self._other_field(value, path)
        try:
            return float(NumberField(type="number").check(value))
        except WrongFactError as wrong:
            self.source.add(path, wrong.what, wrong.hint)
            return None

    def _other_field(self, value: dict[str, object], path: Path) -> str | None:
        other = value.get("field")
        if set(value) != {"field"} or not isinstance(other, str):
            self.source.add(path, "a limit is a number or {field: name}")
        elif other not in self.fields:
            what = f"the policy has no field '{printable(other)}'"
            hint = did_you_mean(other, self.fields)
            self.source.add((*path, "field"), what, hint)
        elif not self._is_number(other):
            self.source.add((*path, "field"), f"'{other}' is not a number")
        else:
            return other
        return None

    def _is_number(self, name: str) -> bool:
        field = self.fields[name]
        return field is None or isinstance(field, NumberField)

    def _membership(self, name: str, value: object, path: Path) -> Condition | None:
        values = value if isinstance(value, list) else [value]
        field = self.fields[name]
        known: set[Fact] = set()
        fine = bool(values)
        if not values:
            self.source.add(path, "the list is empty", "name at least one value")
        for place, item in enumerate(values):
            where = (*path, place) if isinstance(value, list) else path
            fact = self._fact(field, item, where)
            fine = fine and fact is not None
            known |= {fact} if fact is not None else set()
        return IsOneOf(name, frozenset(known)) if fine else None

    def _fact(self, field: PolicyField | None, item: object, path: Path) -> Fact | None:
        if field is None:
            return None
        if isinstance(field, CategoryField) and isinstance(item, int | float):
            item = str(item).lower() if isinstance(item, bool) else f"{item:.15g}"
        if isinstance(item, str) and item.strip() in (*field.unknown, *self.unknown):
            hint = "unknown is not an answer to test for: use on_unknown"
            self.source.add(path, f"'{printable(item)}' means that the fact is not known", hint)
            return None
        try:
            return field.check(item)
        except WrongFactError as wrong:
            self.source.add(path, wrong.what, wrong.hint)
            return None


def _joined(parts: list[Condition | None]) -> Condition | None:
    known = tuple(part for part in parts if part is not None)
    if len(known) < len(parts):
        return None
    return known[0] if len(known) == 1 else All(known)
