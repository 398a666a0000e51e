"""A deal as known on one day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import TypeAlias

Fact: TypeAlias = float | bool | str
"""A known answer: a number, yes or no, or a category. What is unknown is simply absent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deal:
    """The facts of one deal, as they were known on the day ``as_of``.

    A field without a fact is *unknown*: never "no", never zero.

    >>> deal = Deal(as_of=date(2026, 3, 2), facts={"authority": "High"})
    >>> deal.knows("authority"), deal.knows("budget")
    (True, False)
    """

    as_of: date
    facts: Mapping[str, Fact]
    id: str | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "facts", MappingProxyType(dict(self.facts)))

    def knows(self, name: str) -> bool:
        """Return whether the fact is known."""
        return name in self.facts

    def with_facts(self, **facts: Fact) -> "Deal":
        """Return the same deal with some facts added or replaced."""
        return Deal(id=self.id, as_of=self.as_of, facts={**self.facts, **facts})
