"""The answers worth trying: a few of each field stand for all, as far as a condition can tell.

A condition only sees on which side of its limits a number lies, which of its answers a category
has, and how two compared fields are ordered. So one answer out of each such class is enough, and
looking at all combinations of them is exact. Fields that are compared with each other share one
axis, with as many points between two limits as there are fields: every order they can have is
among the combinations.

A derived field is taken to be free of the fields that it follows from. That only adds deals that
cannot be: what holds for none, or for all, of the deals tried is certain.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from math import ceil, floor
from typing import TypeAlias

from features.columns import FIRST_DAY, day_number, number_of
from features.conditions import Comparison, Condition, IsOneOf
from features.deal import NOT_APPLICABLE, Fact
from features.fields import (
    LARGEST_NUMBER,
    BooleanField,
    CategoryField,
    DateField,
    DaysField,
    DerivedField,
    NumberField,
    PolicyField,
    TextField,
)

Domains: TypeAlias = Mapping[str, tuple[Fact, ...]]
Axis: TypeAlias = tuple[float, ...]

ANOTHER_ANSWER = "(another answer)"
"""Stands for every answer of an open category that the condition does not name."""


def domains_of(condition: Condition, fields: Mapping[str, PolicyField]) -> Domains:
    """Return the answers worth trying for each field that a condition looks at.

    >>> fields = {"size": NumberField(type="number", min=0, max=9)}
    >>> domains_of(Comparison("size", "above", 4.0), fields)["size"]
    (0.0, 2.0, 4.0, 6.5, 9.0)
    """
    leaves = tuple(leaves_of(condition))
    found: dict[str, tuple[Fact, ...]] = {}
    for names in _compared_together(condition.fields(), leaves):
        if isinstance(fields[names[0]], CategoryField | BooleanField | TextField):
            found[names[0]] = _answers(names[0], fields[names[0]], leaves)
        else:
            found |= _numbers(names, fields, leaves)
    for name in found:
        if _may_not_apply(name, fields):
            found[name] = (*found[name], NOT_APPLICABLE)
    return found


def leaves_of(condition: Condition) -> Iterator[Condition]:
    """Return the tests of which a condition is made."""
    if not condition.parts:
        yield condition
    for part in condition.parts:
        yield from leaves_of(part)


def _compared_together(
    names: frozenset[str], leaves: Sequence[Condition]
) -> list[tuple[str, ...]]:
    """Return the fields in groups: those that are compared with each other, even indirectly."""
    group = {name: {name} for name in sorted(names)}
    for leaf in leaves:
        if isinstance(leaf, Comparison) and isinstance(leaf.limit, str):
            both = group[leaf.field] | group[leaf.limit]
            group |= dict.fromkeys(both, both)
    return sorted({tuple(sorted(together)) for together in group.values()})


def _answers(name: str, field: PolicyField, leaves: Sequence[Condition]) -> tuple[Fact, ...]:
    """Return one answer out of each set that the condition cannot tell apart."""
    lists = [leaf.values for leaf in leaves if isinstance(leaf, IsOneOf) and leaf.field == name]
    allowed: tuple[Fact, ...] = (True, False)
    if isinstance(field, CategoryField):
        named = sorted({str(value) for values in lists for value in values})
        allowed = field.values or (*named, ANOTHER_ANSWER)
    classes: dict[tuple[bool, ...], Fact] = {}
    for answer in allowed:
        classes.setdefault(tuple(answer in values for values in lists), answer)
    return tuple(classes.values())


def _numbers(
    names: tuple[str, ...], fields: Mapping[str, PolicyField], leaves: Sequence[Condition]
) -> dict[str, tuple[Fact, ...]]:
    """Return points on the axis that the fields share, each within its field's range."""
    bounds = {name: _bounds(fields[name]) for name in names}
    cuts = {limit for both in bounds.values() for limit in both if limit is not None}
    cuts |= {limit for leaf in leaves for limit in _limits(leaf, names)}
    any_whole = any(_is_whole(fields[name]) for name in names)
    whole = _whole_points(sorted(cuts), len(names)) if any_whole else ()
    dense = _dense_points(sorted({*cuts, *whole}), len(names))
    return {
        name: tuple(
            _fact(point, fields[name])
            for point in (whole if _is_whole(fields[name]) else dense)
            if _is_within(point, bounds[name])
        )
        for name in names
    }


def _limits(leaf: Condition, names: tuple[str, ...]) -> Iterator[float]:
    if isinstance(leaf, IsOneOf) and leaf.field in names:
        yield from map(number_of, leaf.values)
    if isinstance(leaf, Comparison) and leaf.field in names and not isinstance(leaf.limit, str):
        yield number_of(leaf.limit)


def _bounds(field: PolicyField) -> tuple[float | None, float | None]:
    """Return the lowest and the highest number that a field can hold."""
    if isinstance(field, NumberField):
        low = -LARGEST_NUMBER if field.min is None else field.min
        return low, LARGEST_NUMBER if field.max is None else field.max
    if isinstance(field, DateField):
        return day_number(field.min or date.min), day_number(field.max or date.max)
    return None, None


def _is_whole(field: PolicyField) -> bool:
    return isinstance(field, DateField | DaysField)


def _is_within(point: float, bounds: tuple[float | None, float | None]) -> bool:
    low, high = bounds
    return (low is None or point >= low) and (high is None or point <= high)


def _fact(point: float, field: PolicyField) -> Fact:
    return FIRST_DAY + timedelta(days=point) if isinstance(field, DateField) else point


def _dense_points(cuts: Sequence[float], many: int) -> Axis:
    """Return the cuts, and ``many`` points between any two of them and beyond both ends."""
    first, last = (cuts[0], cuts[-1]) if cuts else (0.0, 0.0)
    found = {*cuts, first, last}
    for low, high in pairwise(cuts):
        between = (low + (high - low) * (n / (many + 1)) for n in range(1, many + 1))
        found |= {point for point in between if low < point < high}
    for n in range(1, many + 1):
        found |= {first - n * max(1.0, abs(first)), last + n * max(1.0, abs(last))}
    return tuple(sorted(found))


def _whole_points(cuts: Sequence[float], many: int) -> Axis:
    """Return the whole numbers among the cuts, and ``many`` between any two and beyond."""
    first, last = (cuts[0], cuts[-1]) if cuts else (0.0, 0.0)
    found = {float(cut) for cut in (*cuts, first, last) if cut == floor(cut)}
    for low, high in pairwise(cuts):
        after = floor(low) + 1
        found |= {float(after + n) for n in range(many) if after + n < high}
    for n in range(1, many + 1):
        found |= {float(ceil(first) - n), float(floor(last) + n)}
    return tuple(sorted(found))


def _may_not_apply(name: str, fields: Mapping[str, PolicyField]) -> bool:
    field = fields[name]
    if isinstance(field, DerivedField):
        return any(_may_not_apply(source, fields) for source in field.sources())
    return field.not_applicable is not None
