"""A question answered by a day. The model does not see days: derive a number of days instead."""

from datetime import date, datetime
from typing import Annotated, Any, ClassVar, Literal, TypeAlias

from pydantic import BeforeValidator, WithJsonSchema, field_validator

from features.deal import Fact
from features.fields.base import BaseField, WrongFactError, not_below_min, shown
from features.phrase import Phrase


class WrongDayError(WrongFactError):
    """A text that is no day; in one line where only one is told, as pydantic does."""

    def __init__(self, value: object) -> None:
        what = Phrase("{value} is not a day", value=shown(value))
        super().__init__(what, "write it like 2026-03-31")

    def __str__(self) -> str:
        """Return what is wrong, and what to do."""
        return f"{self.what}; {self.hint}"


def written_day(value: object) -> date:
    """Return the day that a text means, like 2026-03-31; raises `WrongFactError` otherwise.

    >>> written_day("2026-03-31")
    datetime.date(2026, 3, 31)
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if not isinstance(value, str):
        raise WrongDayError(value)
    try:
        return datetime.fromisoformat(value.strip()).date()
    except ValueError:
        raise WrongDayError(value) from None


def _schema() -> dict[str, Any]:
    return {"type": "string", "format": "date"}


Day: TypeAlias = Annotated[date, BeforeValidator(written_day), WithJsonSchema(_schema())]


class DateField(BaseField):
    """A day, between two days if the policy says so.

    >>> DateField(type="date").check("2026-03-31")
    datetime.date(2026, 3, 31)
    """

    kind: ClassVar[str] = "date"
    modelled: ClassVar[bool] = False
    type: Literal["date"]
    min: Day | None = None
    max: Day | None = None

    _in_order = field_validator("max")(not_below_min)

    def check(self, value: object) -> Fact:
        """Return a JSON value as a fact; raises `WrongFactError` unless it is a day in range."""
        day = written_day(value)
        if (self.min and day < self.min) or (self.max and day > self.max):
            raise WrongFactError(Phrase("{value} is out of range", value=day), self._range())
        return day

    def _range(self) -> Phrase:
        if self.min is None or self.max is None:
            if self.max is None:
                return Phrase("from {low} on", low=self.min)
            return Phrase("until {high}", high=self.max)
        return Phrase("from {low} until {high}", low=self.min, high=self.max)

    def read(self, text: str) -> Fact:
        """Return a text from a file as a fact; raises as :meth:`check` does."""
        return self.check(text)
