"""Whether one condition can only hold where another does: enough to say which of two is stricter.

Sound, and not complete: where it says yes, it is so for every deal whose facts decide both; where
it says no, nobody has proved it. Policies are small, and what people change in them is simple.
"""

from datetime import date
from typing import Any

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

_OPPOSITE = {"above": "at_most", "at_least": "below", "below": "at_least", "at_most": "above"}
_RISING = frozenset({"above", "at_least"})


def implies(one: Condition, other: Condition) -> bool:
    """Return whether ``one`` surely holds only where ``other`` does.

    >>> high, higher = Comparison("exposure", "above", 10.0), Comparison("exposure", "above", 20.0)
    >>> implies(higher, high), implies(high, higher)
    (True, False)
    """
    if isinstance(one, AnyOf):
        return one == other or all(implies(part, other) for part in one.parts)
    if isinstance(other, All):
        return one == other or all(implies(one, part) for part in other.parts)
    return one == other or _by_a_part(one, other) or _without_branches(one, other)


def _by_a_part(one: Condition, other: Condition) -> bool:
    """Return whether a part of one settles it: one that must hold, or one that is enough."""
    if isinstance(one, All) and any(implies(part, other) for part in one.parts):
        return True
    return isinstance(other, AnyOf) and any(implies(one, part) for part in other.parts)


def _without_branches(one: Condition, other: Condition) -> bool:
    if isinstance(one, Not) or isinstance(other, Not):
        return _with_negation(one, other)
    return _leaf_implies(one, other)


def _with_negation(one: Condition, other: Condition) -> bool:
    if isinstance(one, Not) and isinstance(other, Not):
        return implies(other.part, one.part)
    if isinstance(one, Not):
        inside = _denied(one.part)
        return inside is not None and implies(inside, other)
    return isinstance(other, Not) and _excludes(one, other.part)


def _denied(part: Condition) -> Condition | None:
    """Return the opposite of a branch, its parts denied; None where there is no such thing."""
    if isinstance(part, Not):
        return part.part
    if isinstance(part, All):
        return AnyOf(tuple(map(Not, part.parts)))
    return All(tuple(map(Not, part.parts))) if isinstance(part, AnyOf) else None


def _excludes(one: Condition, other: Condition) -> bool:
    """Return whether the two surely never hold together."""
    if isinstance(other, Not):
        return implies(one, other.part)
    if isinstance(other, AnyOf):
        return all(_excludes(one, part) for part in other.parts)
    if isinstance(other, All):
        return any(_excludes(one, part) for part in other.parts)
    return _leaves_exclude(one, other) or _leaves_exclude(other, one)


def _leaves_exclude(one: Condition, other: Condition) -> bool:
    if isinstance(one, Comparison) and isinstance(other, Comparison):
        opposite = Comparison(other.field, _OPPOSITE[other.test], other.limit)
        return _comparison_implies(one, opposite)
    if not isinstance(one, IsOneOf) or isinstance(other, Not | All | AnyOf | Applies):
        return False
    if isinstance(other, IsOneOf):
        return one.field == other.field and not one.values & other.values
    return one.field == other.field and all(_fails(value, other) for value in one.values)


def _leaf_implies(one: Condition, other: Condition) -> bool:
    if isinstance(one, IsOneOf) and isinstance(other, IsOneOf):
        return one.field == other.field and one.values <= other.values
    if isinstance(one, Comparison) and isinstance(other, Comparison):
        return _comparison_implies(one, other)
    if isinstance(one, IsOneOf) and isinstance(other, Comparison):
        return one.field == other.field and all(_meets(value, other) for value in one.values)
    # What passes a test applies; a branch might do so only because a part does not hold.
    return isinstance(other, Applies) and not one.parts and one.fields() == {other.field}


def _meets(value: object, test: Comparison) -> bool:
    return _are_alike(value, test.limit) and bool(COMPARISONS[test.test](value, test.limit))


def _fails(value: object, test: Comparison) -> bool:
    return _are_alike(value, test.limit) and not COMPARISONS[test.test](value, test.limit)


def _are_alike(value: object, limit: object) -> bool:
    """Return whether both are numbers, or both are days; the limit may be another field."""
    return any(isinstance(value, kind) and isinstance(limit, kind) for kind in (float, date))


def _comparison_implies(one: Comparison, other: Comparison) -> bool:
    if one.field != other.field or (one.test in _RISING) is not (other.test in _RISING):
        return False
    limit: Any = one.limit
    to: Any = other.limit
    if limit == to:
        return one.test == other.test or other.test in {"at_least", "at_most"}
    if isinstance(limit, str) or isinstance(to, str):
        return False
    return bool(limit > to) if one.test in _RISING else bool(limit < to)
