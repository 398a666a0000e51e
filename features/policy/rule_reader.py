"""From the rules as people write them to criteria and knockouts, every mistake at its line."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeGuard

from features.conditions import All, AnyOf, Comparison, Condition, IsOneOf
from features.errors import did_you_mean, printable
from features.fields import BooleanField, CategoryField, PolicyField, may_not_apply
from features.policy.condition_parser import ConditionParser
from features.policy.criteria import GROUPS, Case, CriterionText
from features.policy.yaml_source import Path

_WAYS = "write 'when' and 'points', or 'field' with 'values' or 'bands'"
_WAY_WORDS = ("when", "points", "field", "values", "bands")
_ONE_WAY = (
    frozenset({"when", "points"}),
    frozenset({"field", "values"}),
    frozenset({"field", "bands"}),
)


@dataclass(frozen=True, slots=True)
class RuleReader:
    """Reads the rules of one file; what is wrong is noted with the parser's source.

    ``groups`` is None where they are broken: then no rule is blamed for naming one of them.
    """

    parser: ConditionParser
    groups: frozenset[str] | None

    def cases(self, rule: dict[str, Any], path: Path) -> tuple[Case, ...] | None:
        """Return the cases of a criterion, or None after noting what is wrong with it."""
        self._check_group(rule.get("group"), (*path, "group"))
        ways = frozenset(way for way in _WAY_WORDS if rule.get(way) is not None)
        if ways not in _ONE_WAY:
            said = " and ".join(f"'{way}'" for way in sorted(ways)) or "nothing"
            what = f"the criterion says {said}, which is not enough or too much"
            self.parser.source.add(path, what, _WAYS)
        if "when" in ways:
            return self._by_condition(rule, path)
        name = rule.get("field")
        if {"values", "bands"} <= ways:
            return None
        if not isinstance(name, str) or not self.parser.names_a_field(name, (*path, "field")):
            return None
        if isinstance(rule.get("values"), dict):
            return self._by_values(name, rule["values"], (*path, "values"))
        if isinstance(rule.get("bands"), list):
            return self._by_bands(name, rule["bands"], (*path, "bands"))
        return None

    def segments(
        self, names: object, path: Path, known: dict[str, Condition | None] | None
    ) -> Condition | None:
        """Return the condition of some segments together; None where none is whole.

        ``known`` is None where the segments are broken.
        """
        if known is None:
            return None
        chosen = [names] if isinstance(names, str) else names if isinstance(names, list) else []
        parts = []
        for name in chosen:
            if not isinstance(name, str):
                continue  # told by pydantic
            if name not in known:
                what = f"the policy has no segment '{printable(name)}'"
                self.parser.source.add(path, what, did_you_mean(name, known))
            elif (part := known[name]) is not None:
                parts.append(part)
        if not parts:
            return None
        return parts[0] if len(parts) == 1 else AnyOf(tuple(parts))

    def _by_condition(self, rule: dict[str, Any], path: Path) -> tuple[Case, ...] | None:
        when, points = self.parser.parse(rule["when"], (*path, "when")), rule.get("points")
        if when is None or not _is_number(points):
            return None
        return (Case(when=when, points=float(points)),)

    def _check_group(self, group: object, path: Path) -> None:
        if self.groups is not None and isinstance(group, str) and group not in self.groups:
            what = f"there is no group '{printable(group)}'"
            hint = did_you_mean(group, sorted({*self.groups, *GROUPS}))
            self.parser.source.add(path, what, f"{hint}, or declare it under 'groups'")

    def _by_values(self, name: str, table: dict[str, Any], path: Path) -> tuple[Case, ...] | None:
        field = self.parser.fields[name]
        if field is not None and not isinstance(field, CategoryField | BooleanField):
            self.parser.source.add(
                path, f"'{name}' has no answers to list", "give numbers 'bands'"
            )
            return None
        cases = []
        for written, points in table.items():
            answer = (
                {"true": True, "false": False}.get(written, written)
                if isinstance(field, BooleanField)
                else written
            )
            facts = self.parser.values(name, [answer], (*path, written))
            if facts is None or not _is_number(points):
                continue
            cases.append(Case(when=IsOneOf(name, facts), points=float(points)))
        return tuple(cases) if len(cases) == len(table) else None

    def _by_bands(self, name: str, bands: list[Any], path: Path) -> tuple[Case, ...] | None:
        if not self.parser.is_number(name):
            self.parser.source.add(
                path, f"'{name}' is not a number, so it has no bands", "list its 'values'"
            )
            return None
        cases: list[Case] = []
        low: float | None = None
        for place, band in enumerate(bands):
            limit = band.get("below") if isinstance(band, dict) else None
            points = band.get("points") if isinstance(band, dict) else None
            if not _is_number(points) or (limit is not None and not _is_number(limit)):
                return None  # told by pydantic
            if limit is None and place < len(bands) - 1:
                self.parser.source.add(
                    (*path, place), "only the last band has no 'below'", "give it a limit"
                )
                return None
            if limit is not None and low is not None and limit <= low:
                what = f"the band below {limit:.15g} comes after the one below {low:.15g}"
                self.parser.source.add((*path, place), what, "let the limits rise")
                return None
            cases.append(Case(when=_between(name, low, limit), points=float(points)))
            low = limit
        return tuple(cases)


def is_complete(criterion: CriterionText, fields: Mapping[str, PolicyField]) -> bool:
    """Return whether one of a criterion's cases holds, whatever the answer may be."""
    name = criterion.field
    if name is None or may_not_apply(fields, name):
        return False
    if criterion.bands is not None:
        return criterion.bands[-1].below is None
    field = fields[name]
    answers = (
        ("true", "false") if isinstance(field, BooleanField) else getattr(field, "values", None)
    )
    return answers is not None and set(answers) <= set(criterion.values or ())


def _between(name: str, low: float | None, below: float | None) -> Condition:
    """Return the condition that a number lies in a band; without limits, any number does."""
    parts: list[Condition] = []
    if low is not None:
        parts.append(Comparison(name, "at_least", float(low)))
    if below is not None:
        parts.append(Comparison(name, "below", float(below)))
    if not parts:
        parts.append(Comparison(name, "at_least", -1e300))
    return parts[0] if len(parts) == 1 else All(tuple(parts))


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool)
