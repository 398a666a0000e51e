"""Conditions over facts: data, not strings to evaluate, and three-valued everywhere.

A condition is a small tree. ``truth`` walks it over *facts*, which are either those of one deal
(:class:`DealFacts`) or the columns of a table (:class:`features.table.TableFacts`): one
implementation of the logic, two ways to look a fact up.

There is no test for "is unknown" on purpose: learning a fact would flip its answer, and the law of
the house is that one more fact never flips a decided verdict.
"""

import json
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial, reduce
from typing import Any, ClassVar, Protocol, TypeAlias

from features.deal import Fact
from features.kleene import Mask, Truth

COMPARISONS: Mapping[str, Callable[[Any, Any], Mask]] = {
    "above": operator.gt,
    "at_least": operator.ge,
    "below": operator.lt,
    "at_most": operator.le,
}


class Facts(Protocol):
    """Where a condition looks its facts up."""

    def number(self, name: str) -> tuple[Mask, Any]:
        """Return where the number is known, and its value."""
        ...

    def is_one_of(self, name: str, values: frozenset[Fact]) -> Truth:
        """Return whether the fact is one of the values."""
        ...


@dataclass(frozen=True, slots=True)
class DealFacts:
    """The facts of one deal, as conditions look them up."""

    facts: Mapping[str, Fact]

    def number(self, name: str) -> tuple[bool, float]:
        """Return whether the number is known, and its value."""
        value = self.facts.get(name)
        return (False, 0.0) if value is None else (True, float(value))

    def is_one_of(self, name: str, values: frozenset[Fact]) -> Truth:
        """Return whether the fact is one of the values."""
        value = self.facts.get(name)
        return Truth.of_unknown() if value is None else Truth.known(value in values)


@dataclass(frozen=True, slots=True)
class IsOneOf:
    """The fact is one of some values."""

    field: str
    values: frozenset[Fact]
    parts: ClassVar[tuple["Condition", ...]] = ()

    def truth(self, facts: Facts) -> Truth:
        """Return whether it holds."""
        return facts.is_one_of(self.field, self.values)

    def fields(self) -> frozenset[str]:
        """Return the names of the fields it looks at."""
        return frozenset({self.field})

    def to_data(self) -> object:
        """Return the condition as it would stand in a file, in canonical order."""
        values = sorted(self.values, key=lambda value: (str(type(value)), value))
        return {self.field: values[0] if len(values) == 1 else values}


@dataclass(frozen=True, slots=True)
class Comparison:
    """A number compared with a limit, which is a constant or another field."""

    field: str
    test: str
    limit: float | str
    parts: ClassVar[tuple["Condition", ...]] = ()

    def truth(self, facts: Facts) -> Truth:
        """Return whether it holds; unknown where either side is."""
        known, value = facts.number(self.field)
        limit: Any = self.limit
        if isinstance(self.limit, str):
            limit_known, limit = facts.number(self.limit)
            known = known & limit_known
        return Truth.where_known(known, COMPARISONS[self.test](value, limit))

    def fields(self) -> frozenset[str]:
        """Return the names of the fields it looks at."""
        return frozenset({self.field} | ({self.limit} if isinstance(self.limit, str) else set()))

    def to_data(self) -> object:
        """Return the condition as it would stand in a file."""
        limit = {"field": self.limit} if isinstance(self.limit, str) else self.limit
        return {self.field: {self.test: limit}}


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds."""

    parts: tuple["Condition", ...]

    def truth(self, facts: Facts) -> Truth:
        """Return whether it holds."""
        return reduce(operator.and_, (part.truth(facts) for part in self.parts))

    def fields(self) -> frozenset[str]:
        """Return the names of the fields it looks at."""
        return frozenset().union(*(part.fields() for part in self.parts))

    def to_data(self) -> object:
        """Return the condition as it would stand in a file."""
        return {"all": _in_order(self.parts)}


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple["Condition", ...]

    def truth(self, facts: Facts) -> Truth:
        """Return whether it holds."""
        return reduce(operator.or_, (part.truth(facts) for part in self.parts))

    def fields(self) -> frozenset[str]:
        """Return the names of the fields it looks at."""
        return frozenset().union(*(part.fields() for part in self.parts))

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

    def truth(self, facts: Facts) -> Truth:
        """Return whether it holds."""
        return ~self.part.truth(facts)

    def fields(self) -> frozenset[str]:
        """Return the names of the fields it looks at."""
        return self.part.fields()

    def to_data(self) -> object:
        """Return the condition as it would stand in a file."""
        return {"not": self.part.to_data()}


Condition: TypeAlias = IsOneOf | Comparison | All | AnyOf | Not


def _in_order(parts: tuple[Condition, ...]) -> list[object]:
    """Return the parts as data in canonical order: their order means nothing."""
    return sorted((part.to_data() for part in parts), key=partial(json.dumps, sort_keys=True))


def deciding_facts(condition: Condition, facts: DealFacts) -> frozenset[str]:
    """Return the facts that decided a condition for one deal, as few as settle it.

    Empty when the condition is unknown. With these facts alone the answer is the same.

    >>> both = All((IsOneOf("a", frozenset({"x"})), IsOneOf("b", frozenset({"y"}))))
    >>> sorted(deciding_facts(both, DealFacts({"a": "no", "b": "y"})))
    ['a']
    """
    truth = condition.truth(facts)
    if truth.unknown:
        return frozenset()
    if not condition.parts:
        return condition.fields()
    if isinstance(condition, Not):
        return deciding_facts(condition.part, facts)
    settles_alone = truth.false if isinstance(condition, All) else truth.true
    decided = [
        deciding_facts(part, facts)
        for part in condition.parts
        if part.truth(facts).true == truth.true and not part.truth(facts).unknown
    ]
    if settles_alone:
        return min(decided, key=lambda names: (len(names), sorted(names)))
    return frozenset().union(*decided)


def missing_facts(condition: Condition, facts: DealFacts) -> frozenset[str]:
    """Return the unknown facts that could still decide an undecided condition for one deal.

    >>> both = All((IsOneOf("a", frozenset({"x"})), IsOneOf("b", frozenset({"y"}))))
    >>> sorted(missing_facts(both, DealFacts({"b": "y"})))
    ['a']
    """
    if not condition.truth(facts).unknown:
        return frozenset()
    if not condition.parts:
        return frozenset(name for name in condition.fields() if name not in facts.facts)
    return frozenset().union(*(missing_facts(part, facts) for part in condition.parts))
