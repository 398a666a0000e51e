"""From the mapping people write to a condition, with every mistake in it reported at its line."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from features.columns import number_of
from features.conditions import (
    COMPARISONS,
    All,
    AnyOf,
    Applies,
    Comparison,
    Condition,
    IsOneOf,
    Not,
)
from features.deal import Fact
from features.errors import did_you_mean, printable
from features.fields import (
    CategoryField,
    DateField,
    DerivedField,
    NumberField,
    PolicyField,
    TextField,
    WrongFactError,
    may_not_apply,
    written_day,
)
from features.policy.yaml_source import Path, YamlSource

_ANY_NUMBER = NumberField(type="number")
_MEMBERSHIP = ("is", "not")
DAY_WORDS: Mapping[str, str] = {
    "after": "above",
    "on_or_after": "at_least",
    "before": "below",
    "on_or_before": "at_most",
}
_OPERATORS = (*COMPARISONS, *DAY_WORDS, *_MEMBERSHIP, "applies")


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

    def names_a_field(self, name: str, path: Path) -> bool:
        """Return whether a name is that of a field, after noting that it is not."""
        if name not in self.fields:
            what = f"the policy has no field '{printable(name)}'"
            self.source.add(path, what, did_you_mean(name, self.fields))
        return name in self.fields

    def is_number(self, name: str) -> bool:
        """Return whether a field holds a number, or is broken and so may be one."""
        field = self.fields.get(name)
        return field is None or isinstance(field, NumberField | DerivedField)

    def values(self, name: str, items: list[object], path: Path) -> frozenset[Fact] | None:
        """Return the values of a field that are written, or None after noting what is wrong."""
        facts = [self._fact(self.fields[name], item, (*path, n)) for n, item in enumerate(items)]
        known = frozenset(fact for fact in facts if fact is not None)
        return known if known and None not in facts else None

    def _entry(self, key: str, value: object, path: Path) -> Condition | None:
        if key in {"any", "all"}:
            return self._branch(key, value, path)
        if key == "not":
            part = self.parse(value, path)
            return None if part is None else Not(part)
        if not self.names_a_field(key, path):
            return None
        if isinstance(self.fields[key], TextField):
            hint = "make it a category to test it"
            self.source.add(path, f"'{key}' is free text, which no condition can test", hint)
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
        if op == "applies":
            return self._applies(name, value, path)
        if op not in COMPARISONS and op not in DAY_WORDS:
            what = f"there is no test '{printable(op)}'"
            self.source.add(path, what, did_you_mean(op, _OPERATORS))
            return None
        if self.fields[name] is None:  # a number or a day, nobody knows
            if isinstance(value, dict) and isinstance(value.get("field"), str):
                self.names_a_field(value["field"], (*path, "field"))
            return None
        if isinstance(self.fields[name], DateField):
            return self._day_comparison(name, DAY_WORDS.get(op, op), value, path)
        return self._comparison(name, op, value, path)

    def _comparison(self, name: str, op: str, value: object, path: Path) -> Condition | None:
        field = self.fields[name]
        ranked = isinstance(field, CategoryField) and field.ordered
        limit = None if ranked else self._limit(value, path)
        if op in DAY_WORDS:
            what = f"'{op}' compares days, and '{name}' is not one"
            self.source.add(path, what, f"one of: {', '.join(COMPARISONS)}")
            return None
        if isinstance(field, CategoryField) and field.ordered:
            return self._ranked(field, Comparison(name, op, 0.0), value, path)
        if not self.is_number(name):
            hint = "an ordered category can be compared: ordered: true"
            told = hint if isinstance(field, CategoryField) else "test its answer, like true"
            self.source.add(path, f"'{op}' compares numbers, and '{name}' is not one", told)
            return None
        return None if limit is None else Comparison(name, op, limit)

    def _applies(self, name: str, value: object, path: Path) -> Condition | None:
        field = self.fields[name]
        if not isinstance(value, bool):
            self.source.add(path, "'applies' is true or false", "write applies: false")
            return None
        if field is not None and not may_not_apply(self.fields, name):
            hint = "give the field 'not_applicable', the words that mean it, like [n/a]"
            self.source.add(path, f"'{name}' applies to every deal", hint)
            return None
        return Applies(name) if value else Not(Applies(name))

    def _day_comparison(self, name: str, op: str, value: object, path: Path) -> Condition | None:
        if isinstance(value, dict):
            other = self._other_field(value, path, DateField, "a day")
            return None if other is None else Comparison(name, op, other)
        try:
            day: date = written_day(value)
        except ValueError as error:
            what, _, hint = str(error).partition("; ")
            self.source.add(path, what, hint)
            return None
        return Comparison(name, op, day)

    def _ranked(
        self, field: CategoryField, test: Comparison, value: object, path: Path
    ) -> Condition | None:
        """Return a comparison of ordered answers as the list of those that it means."""
        limit, values = self._fact(field, value, path), field.values or ()
        if not isinstance(limit, str):
            return None
        compare, place = COMPARISONS[test.test], values.index(limit)
        meant = [answer for rank, answer in enumerate(values) if compare(rank, place)]
        if not meant:
            what = f"no answer of '{test.field}' is {test.test.replace('_', ' ')} '{limit}'"
            self.source.add(path, what, f"in order: {', '.join(values)}")
            return None
        return IsOneOf(test.field, frozenset(meant))

    def _limit(self, value: object, path: Path) -> float | str | None:
        if isinstance(value, dict):
            return self._other_field(value, path, NumberField | DerivedField, "a number")
        try:
            return number_of(_ANY_NUMBER.check(value))
        except WrongFactError as wrong:
            self.source.add(path, wrong.what, wrong.hint)
            return None

    def _other_field(
        self, value: dict[str, object], path: Path, kinds: object, what_it_is: str
    ) -> str | None:
        other = value.get("field")
        if set(value) != {"field"} or not isinstance(other, str):
            what = f"a limit is {what_it_is} or {{field: name}}"
            self.source.add(path, what, "write it like {field: credit_limit}")
        elif self.names_a_field(other, (*path, "field")):
            field = self.fields[other]
            if field is None or isinstance(field, kinds):  # type: ignore[arg-type]
                return other
            fitting = [name for name, one in self.fields.items() if isinstance(one, kinds)]  # type: ignore[arg-type]
            hint = did_you_mean(other, fitting)
            self.source.add((*path, "field"), f"'{other}' is not {what_it_is}", hint)
        return None

    def _membership(self, name: str, value: object, path: Path) -> Condition | None:
        if value == []:
            self.source.add(path, "the list is empty", "name at least one value")
            return None
        if isinstance(value, list):
            values = self.values(name, value, path)
            return None if values is None else IsOneOf(name, values)
        fact = self._fact(self.fields[name], value, path)
        return None if fact is None else IsOneOf(name, frozenset({fact}))

    def _fact(self, field: PolicyField | None, item: object, path: Path) -> Fact | None:
        if field is None:
            return None
        if isinstance(field, CategoryField) and isinstance(item, int | float):
            item = str(item).lower() if isinstance(item, bool) else f"{item:.15g}"
        if isinstance(item, str) and item.strip() in (*field.unknown, *self.unknown):
            hint = "unknown is not an answer to test for: use on_unknown"
            self.source.add(path, f"'{printable(item)}' means that the fact is not known", hint)
            return None
        if isinstance(item, str) and item.strip() in (field.not_applicable or ()):
            what = f"'{printable(item)}' means that the question does not apply"
            self.source.add(path, what, "test it with {applies: false}")
            return None
        try:
            return (
                _ANY_NUMBER.check(item) if isinstance(field, DerivedField) else field.check(item)
            )
        except WrongFactError as wrong:
            self.source.add(path, wrong.what, wrong.hint)
            return None


def _joined(parts: list[Condition | None]) -> Condition | None:
    known = tuple(part for part in parts if part is not None)
    if len(known) < len(parts):
        return None
    return known[0] if len(known) == 1 else All(known)
