"""A deal as known on one day."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from types import MappingProxyType
from typing import Final, TypeAlias


class NotApplicable(Enum):
    """The state of a fact that the deal cannot have: known, and known to be no answer."""

    NOT_APPLICABLE = "not applicable"


NOT_APPLICABLE: Final = NotApplicable.NOT_APPLICABLE

Fact: TypeAlias = float | bool | str | date | NotApplicable
"""A known answer: a number, yes or no, a category or text, a day, or that the question does not
apply. What is unknown is simply absent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """Somebody's word that one knockout does not count for one deal, until a day."""

    knockout: str
    by: str
    reason: str
    granted_on: date
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Deal:
    """The facts of one deal, as they were known on the day ``as_of``.

    A field without a fact is *unknown*: never "no", never zero. ``expired`` names the facts whose
    answer is too old to count, and so are unknown again.

    >>> deal = Deal(as_of=date(2026, 3, 2), facts={"authority": "High"})
    >>> deal.knows("authority"), deal.knows("budget")
    (True, False)
    """

    as_of: date
    facts: Mapping[str, Fact]
    id: str | None = None
    expired: tuple[str, ...] = ()
    waivers: tuple[Waiver, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "facts", MappingProxyType(dict(self.facts)))

    def knows(self, name: str) -> bool:
        """Return whether the fact is known."""
        return name in self.facts

    def with_facts(self, **facts: Fact) -> "Deal":
        """Return the same deal with some facts added or replaced."""
        return replace(self, facts={**self.facts, **facts})
