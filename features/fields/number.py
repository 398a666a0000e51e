"""A question answered by a number."""

import math
import re
from typing import ClassVar, Literal

from pydantic import Field, field_validator

from features.deal import Fact
from features.fields.base import BaseField, Better, WrongFactError, not_below_min, shown
from features.phrase import Phrase

LARGEST_NUMBER = 1e15
"""Numbers beyond this are slips of the keyboard; sums of them would lose whole units."""

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")


class NumberField(BaseField):
    """A number with its unit and range.

    >>> NumberField(type="number", unit="EUR", min=0).check(1200)
    1200.0
    """

    kind: ClassVar[str] = "number"
    type: Literal["number"]
    unit: str | None = None
    min: float | None = Field(default=None, allow_inf_nan=False)
    max: float | None = Field(default=None, allow_inf_nan=False)
    better: Better | None = None

    _in_order = field_validator("max")(not_below_min)

    def check(self, value: object) -> Fact:
        """Return a JSON value as a fact.

        Raises
        ------
        WrongFactError
            When it is not a finite number within the field's range.
        """
        if isinstance(value, bool) or not isinstance(value, int | float):
            what = Phrase("{value} is not a number", value=shown(value))
            raise WrongFactError(what, "write a number, no quotes")
        try:
            number = float(value)
        except OverflowError:
            number = math.inf
        if not math.isfinite(number) or abs(number) > LARGEST_NUMBER:
            what = Phrase("{value} is not a usable number", value=shown(value))
            raise WrongFactError(what, "a finite number up to 1e15")
        if (self.min is not None and number < self.min) or (
            self.max is not None and number > self.max
        ):
            what = Phrase("{value} is out of range", value=f"{number:.15g}")
            raise WrongFactError(what, self._range())
        return number + 0.0  # -0.0 and 0.0 are one fact

    def read(self, text: str) -> Fact:
        """Return a text from a file as a fact; raises as :meth:`check` does."""
        if not _NUMBER.fullmatch(text):
            what = Phrase("{value} is not a number", value=shown(text))
            raise WrongFactError(what, "write it like 1234.5")
        return self.check(float(text))

    def _range(self) -> Phrase:
        unit = f" {self.unit}" if self.unit else ""
        if self.max is None:
            return Phrase("at least {low:.15g}{unit}", low=self.min, unit=unit)
        if self.min is None:
            return Phrase("at most {high:.15g}{unit}", high=self.max, unit=unit)
        template = "at least {low:.15g} and at most {high:.15g}{unit}"
        return Phrase(template, low=self.min, high=self.max, unit=unit)
