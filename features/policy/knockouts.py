"""Knockouts: what makes a deal indigestible, or acceptable only under a condition."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Annotated, Literal, TypeAlias

from pydantic import Discriminator, Field, Tag, ValidationInfo, field_validator, model_validator

from features.conditions import Condition
from features.deal import Waiver
from features.fields import Day, Name
from features.policy.parts import ConditionData, Part, word_or_mapping
from features.texts import Text

OnUnknown: TypeAlias = Literal["find_out", "ignore", "no_go"]
Role: TypeAlias = Annotated[str, Field(min_length=1, max_length=100)]


class ConditionalGo(Part):
    """What a knockout allows the deal to go on under."""

    conditional_go: Text


Then: TypeAlias = Annotated[
    Annotated[Literal["no_go"], Tag("(word)")] | Annotated[ConditionalGo, Tag("(mapping)")],
    Discriminator(word_or_mapping),
]


class WaiverTerms(Part):
    """Who may say that the knockout does not count for a deal, and for how many days at most."""

    by: Annotated[tuple[Role, ...], Field(strict=False, min_length=1)]
    days: int = Field(default=90, ge=1, le=3_650)


class Period(Part):
    """The days on which a knockout is in effect, both included."""

    start: Day | None = Field(default=None, alias="from")
    until: Day | None = None

    @model_validator(mode="after")
    def _has_an_end(self) -> "Period":
        if self.start is None and self.until is None:
            raise ValueError("no day is given; write {from: 2026-01-01}, until, or both")
        return self

    @field_validator("until")
    @classmethod
    def _not_before_start(cls, until: date | None, info: ValidationInfo) -> date | None:
        start = info.data.get("start")
        if until is not None and start is not None and until < start:
            raise ValueError(f"{until} is before 'from'; on {start} or later")
        return until

    def holds_on(self, day: date) -> bool:
        """Return whether a day is within the period."""
        return (self.start is None or day >= self.start) and (
            self.until is None or day <= self.until
        )


class SegmentText(Part):
    """A kind of deals as it stands in the file: a sales motion, with its condition."""

    label: Text
    when: ConditionData


class KnockoutText(Part):
    """A knockout as it stands in the file, its condition still a mapping."""

    id: Name
    when: ConditionData
    then: Then
    on_unknown: OnUnknown = "find_out"
    reason: Text
    owner: Role | None = None
    applies_to: Annotated[tuple[Name, ...], Field(strict=False, min_length=1)] | None = None
    in_effect: Period | None = None
    waiver: WaiverTerms | None = None
    testable: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A kind of deals: those for which its condition holds."""

    id: str
    label: Text
    when: Condition


@dataclass(frozen=True, kw_only=True)
class Knockout:
    """Makes a deal indigestible, or acceptable only under a condition.

    ``when`` holds the condition of its segments too: outside of them it cannot fire.
    """

    id: str
    when: Condition
    rule: Condition
    condition: Text | None
    on_unknown: OnUnknown
    reason: Text
    owner: str | None
    applies_to: tuple[str, ...]
    in_effect: Period | None
    waiver: WaiverTerms | None
    testable: bool

    @cached_property
    def fields(self) -> frozenset[str]:
        """The fields that it looks at, with those of its segments."""
        return self.when.fields()

    @cached_property
    def looked_at(self) -> tuple[str, ...]:
        """The same fields, in order."""
        return tuple(sorted(self.fields))

    @property
    def refuses(self) -> bool:
        """Whether it says no-go, rather than go under a condition."""
        return self.condition is None

    def is_in_effect(self, day: date) -> bool:
        """Return whether it applies on a day at all."""
        return self.in_effect is None or self.in_effect.holds_on(day)

    def is_waived(self, waivers: tuple[Waiver, ...], day: date) -> bool:
        """Return whether somebody who may has waived it for a deal, and the waiver still holds."""
        terms = self.waiver
        return terms is not None and any(
            waiver.knockout == self.id
            and waiver.by in terms.by
            and waiver.granted_on <= day <= waiver.until
            and (waiver.until - waiver.granted_on).days <= terms.days
            for waiver in waivers
        )
