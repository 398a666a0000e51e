"""Conditions over facts: data, not strings to evaluate, and three-valued everywhere.

A condition is a small tree. ``holds`` walks it for one deal, over plain facts, in a few millionths
of a second; ``truth`` walks it for a column of deals, as masks. Both follow Kleene's strong logic,
and a property of the house is that they never disagree.

What is not applicable is known: it is none of the values, and neither above nor below anything.
There is no test for "is unknown" on purpose: learning a fact would flip its answer, and the law of
the house is that one more fact never flips a decided verdict.
"""

import json
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, partial, reduce
from typing import Any, ClassVar, Protocol, TypeAlias

from features.deal import NOT_APPLICABLE, Fact
from features.kleene import Mask, Truth

COMPARISONS: Mapping[str, Callable[[Any, Any], Mask]] = {
    "above": operator.gt,
    "at_least": operator.ge,
    "below": operator.lt,
    "at_most": operator.le,
}

Known: TypeAlias = Mapping[str, Fact]
"""What is known of one deal, with what follows from it; what is absent is unknown."""
Holds: TypeAlias = bool | None
"""Whether a condition holds for one deal; None where nobody knows."""
Explained: TypeAlias = tuple[Holds, frozenset[str]]
"""Whether a condition holds, and the facts that decided it; where unknown, those it waits for."""

_one = cache(lambda name: frozenset({name}))


class Columns(Protocol):
    """Where a condition looks up the facts of many deals."""

    def compare(self, name: str, test: str, limit: float | str | date) -> Truth:
        """Return whether the number or day compares so with a limit, or with another field."""

    def is_one_of(self, name: str, values: frozenset[Fact]) -> Truth:
        """Return whether the fact is one of the values."""

    def applies(self, name: str) -> Truth:
        """Return whether the question applies; known wherever the fact is."""


@dataclass(frozen=True, slots=True)
class _Leaf:
    field: str
    parts: ClassVar[tuple["Condition", ...]] = ()

    def holds(self, known: Known) -> Holds:
        """Return whether it holds for one deal; None where that is unknown."""
        raise NotImplementedError

    def explained(self, known: Known) -> Explained:
        """Return whether it holds for one deal, and the fact that says so or is missing."""
        return self.holds(known), self.fields()

    def fields(self) -> frozenset[str]:
        """Return the names of the fields it looks at."""
        return _one(self.field)


@dataclass(frozen=True, slots=True)
class IsOneOf(_Leaf):
    """The fact is one of some values."""

    values: frozenset[Fact]

    def holds(self, known: Known) -> Holds:
        """Return whether it holds for one deal."""
        fact = known.get(self.field)
        return None if fact is None else fact in self.values

    def truth(self, columns: Columns) -> Truth:
        """Return where it holds."""
        return columns.is_one_of(self.field, self.values)

    def to_data(self) -> object:
        """Return the condition as it would stand in a file, in canonical order."""
        values = sorted(self.values, key=lambda value: (str(type(value)), value))
        written = [value.isoformat() if isinstance(value, date) else value for value in values]
        return {self.field: written[0] if len(written) == 1 else written}


@dataclass(frozen=True, slots=True)
class Comparison(_Leaf):
    """A number or a day compared with a limit, which is a constant or another field."""

    test: str
    limit: float | str | date

    def holds(self, known: Known) -> Holds:
        """Return whether it holds for one deal; None where either side is unknown."""
        value = known.get(self.field)
        limit: Any = known.get(self.limit) if isinstance(self.limit, str) else self.limit
        if value is None or limit is None:
            return None
        if value is NOT_APPLICABLE or limit is NOT_APPLICABLE:
            return False
        return bool(COMPARISONS[self.test](value, limit))

    def explained(self, known: Known) -> Explained:
        """Return whether it holds for one deal, and the facts that say so or are missing."""
        holds, names = self.holds(known), self.fields()
        return holds, names if holds is not None else names - known.keys()

    def truth(self, columns: Columns) -> Truth:
        """Return where it holds; unknown where either side is."""
        return columns.compare(self.field, self.test, self.limit)

    def fields(self) -> frozenset[str]:
        """Return the names of the fields it looks at."""
        return (
            _one(self.field) | _one(self.limit)
            if isinstance(self.limit, str)
            else _one(self.field)
        )

    def to_data(self) -> object:
        """Return the condition as it would stand in a file."""
        if isinstance(self.limit, str):
            return {self.field: {self.test: {"field": self.limit}}}
        limit = self.limit.isoformat() if isinstance(self.limit, date) else self.limit
        return {self.field: {self.test: limit}}


@dataclass(frozen=True, slots=True)
class Applies(_Leaf):
    """The question applies to the deal, whatever its answer."""

    def holds(self, known: Known) -> Holds:
        """Return whether it holds for one deal."""
        fact = known.get(self.field)
        return None if fact is None else fact is not NOT_APPLICABLE

    def truth(self, columns: Columns) -> Truth:
        """Return where it holds."""
        return columns.applies(self.field)

    def to_data(self) -> object:
        """Return the condition as it would stand in a file."""
        return {self.field: {"applies": True}}


@dataclass(frozen=True, slots=True)
class _Branch:
    parts: tuple["Condition", ...]

    def fields(self) -> frozenset[str]:
        """Return the names of the fields it looks at."""
        return frozenset().union(*(part.fields() for part in self.parts))


@dataclass(frozen=True, slots=True)
class All(_Branch):
    """Every part holds."""

    def holds(self, known: Known) -> Holds:
        """Return whether it holds for one deal."""
        answer: Holds = True
        for part in self.parts:
            one = part.holds(known)
            if one is False:
                return False
            if one is None:
                answer = None
        return answer

    def explained(self, known: Known) -> Explained:
        """Return whether it holds for one deal, and the facts behind it."""
        return _explained(self.parts, known, settles=False)

    def truth(self, columns: Columns) -> Truth:
        """Return where it holds."""
        return reduce(operator.and_, (part.truth(columns) for part in self.parts))

    def to_data(self) -> object:
        """Return the condition as it would stand in a file."""
        return {"all": _in_order(self.parts)}


@dataclass(frozen=True, slots=True)
class AnyOf(_Branch):
    """At least one part holds."""

    def holds(self, known: Known) -> Holds:
        """Return whether it holds for one deal."""
        answer: Holds = False
        for part in self.parts:
            one = part.holds(known)
            if one is True:
                return True
            if one is None:
                answer = None
        return answer

    def explained(self, known: Known) -> Explained:
        """Return whether it holds for one deal, and the facts behind it."""
        return _explained(self.parts, known, settles=True)

    def truth(self, columns: Columns) -> Truth:
        """Return where it holds."""
        return reduce(operator.or_, (part.truth(columns) for part in self.parts))

    def to_data(self) -> object:
        """Return the condition as it would stand in a file."""
        return {"any": _in_order(self.parts)}


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: "Condition"

    @property
    def parts(self) -> tuple["Condition", ...]:
        """The one part, as a tuple, like the other branches."""
        return (self.part,)

    def holds(self, known: Known) -> Holds:
        """Return whether it holds for one deal."""
        one = self.part.holds(known)
        return None if one is None else not one

    def explained(self, known: Known) -> Explained:
        """Return whether it holds for one deal, and the facts behind it."""
        holds, names = self.part.explained(known)
        return None if holds is None else not holds, names

    def truth(self, columns: Columns) -> Truth:
        """Return where it holds."""
        return ~self.part.truth(columns)

    def fields(self) -> frozenset[str]:
        """Return the names of the fields it looks at."""
        return self.part.fields()

    def to_data(self) -> object:
        """Return the condition as it would stand in a file."""
        return {"not": self.part.to_data()}


Condition: TypeAlias = IsOneOf | Comparison | Applies | All | AnyOf | Not


def _in_order(parts: tuple[Condition, ...]) -> list[object]:
    """Return the parts as data in canonical order: their order means nothing."""
    return sorted((part.to_data() for part in parts), key=partial(json.dumps, sort_keys=True))


def _explained(parts: tuple[Condition, ...], known: Known, *, settles: bool) -> Explained:
    """Return what parts come to that one of them may settle, and the facts behind it."""
    settling: list[frozenset[str]] = []
    waiting: list[frozenset[str]] = []
    others: list[frozenset[str]] = []
    for part in parts:
        holds, names = part.explained(known)
        (waiting if holds is None else settling if holds is settles else others).append(names)
    if settling:  # one part is enough: the one with the fewest facts, and always the same
        return settles, min(settling, key=_fewest) if len(settling) > 1 else settling[0]
    if waiting:
        return None, frozenset().union(*waiting)
    return not settles, frozenset().union(*others)


def _fewest(names: frozenset[str]) -> tuple[int, list[str]]:
    return len(names), sorted(names)


def deciding_facts(condition: Condition, known: Known) -> frozenset[str]:
    """Return the facts that decided a condition for one deal, as few as settle it.

    Empty when the condition is unknown. With these facts alone the answer is the same.

    >>> both = All((IsOneOf("a", frozenset({"x"})), IsOneOf("b", frozenset({"y"}))))
    >>> sorted(deciding_facts(both, {"a": "no", "b": "y"}))
    ['a']
    """
    holds, names = condition.explained(known)
    return frozenset() if holds is None else names


def missing_facts(condition: Condition, known: Known) -> frozenset[str]:
    """Return the unknown facts that could still decide an undecided condition for one deal.

    >>> both = All((IsOneOf("a", frozenset({"x"})), IsOneOf("b", frozenset({"y"}))))
    >>> sorted(missing_facts(both, {"b": "y"}))
    ['a']
    """
    holds, names = condition.explained(known)
    return names if holds is None else frozenset()
