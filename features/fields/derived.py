"""Facts that follow from others: a ratio of two numbers, or the days between two days.

There is no formula language on purpose: these two are what qualification needs, and everybody can
read them.
"""

from typing import ClassVar, Literal

from pydantic import field_validator

from features.deal import Fact
from features.fields.base import BaseField, Better, Name, WrongFactError
from features.phrase import Phrase

AS_OF = "as_of"
_OF_ANSWERS = (
    "question",
    "column",
    "unknown",
    "not_applicable",
    "cost",
    "valid_for_days",
    "observed_column",
    "changeable",
)


class DerivedField(BaseField):
    """A fact that nobody gives: it follows from others."""

    derived: ClassVar[bool] = True

    unit: str | None = None
    better: Better | None = None

    @field_validator(*_OF_ANSWERS, mode="before")
    @classmethod
    def _nobody_answers_it(cls, said: object) -> object:
        if said:
            raise ValueError("nobody answers a derived fact; say it of what it follows from")
        return said

    def check(self, value: object) -> Fact:
        """Refuse a value: the fact follows from others."""
        del value
        first, *others = self.sources()
        hint = Phrase("give {first}", first=first)
        if others:
            hint = Phrase("give {first} and {second}", first=first, second=others[0])
        raise WrongFactError("the fact is derived, so it cannot be given", hint)

    def read(self, text: str) -> Fact:
        """Refuse a text: the fact follows from others."""
        return self.check(text)

    def sources(self) -> tuple[str, ...]:
        """Return the names of the fields it follows from."""
        raise NotImplementedError


class RatioField(DerivedField):
    """One number divided by another; unknown where the other is zero.

    >>> RatioField(type="ratio", of="budget", to="price").sources()
    ('budget', 'price')
    """

    kind: ClassVar[str] = "ratio"
    type: Literal["ratio"]
    of: Name
    to: Name

    def sources(self) -> tuple[str, ...]:
        """Return the dividend and the divisor."""
        return (self.of, self.to)


class DaysField(DerivedField):
    """The days from one day to another, which may be the day of the decision (``as_of``).

    >>> DaysField(type="days_between", start="asked_on", end="as_of").sources()
    ('asked_on',)
    """

    kind: ClassVar[str] = "days_between"
    type: Literal["days_between"]
    start: Name
    end: Name

    def sources(self) -> tuple[str, ...]:
        """Return the fields of the two days, without the day of the decision."""
        return tuple(name for name in (self.start, self.end) if name != AS_OF)
