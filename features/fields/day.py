"""A question answered by a day. The model does not see days: derive a number of days instead."""

from datetime import date, datetime
from typing import Annotated, Any, ClassVar, Literal, TypeAlias

from pydantic import BeforeValidator, WithJsonSchema, field_validator

from features.deal import Fact
from features.fields.base import BaseField, WrongFactError, not_below_min, shown


def written_day(value: object) -> date:
    """Return the day that a text means, like 2026-03-31; raises `ValueError` otherwise.

    >>> written_day("2026-03-31")
    datetime.date(2026, 3, 31)
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if not isinstance(value, str):
        raise ValueError(f"{shown(value)} is not a day; write it like 2026-03-31")  # noqa: TRY004 (pydantic wants it)
    try:
        return datetime.fromisoformat(value.strip()).date()
    except ValueError:
        raise ValueError(f"{shown(value)} is not a day; write it like 2026-03-31") from None


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
        try:
            day = written_day(value)
        except ValueError:
            raise WrongFactError(
                f"{shown(value)} is not a day", "write it like 2026-03-31"
            ) from None
        if (self.min and day < self.min) or (self.max and day > self.max):
            low = f"from {self.min}" if self.min else ""
            high = f"until {self.max}" if self.max else ""
            raise WrongFactError(f"{day} is out of range", " ".join(filter(None, (low, high))))
        return day

    def read(self, text: str) -> Fact:
        """Return a text from a file as a fact; raises as :meth:`check` does."""
        return self.check(text)
