"""The facts of one field for many deals, as an array."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from features.deal import NOT_APPLICABLE, Fact
from features.fields import BooleanField, CategoryField, DateField, PolicyField, TextField

Rows: TypeAlias = NDArray[np.intp] | NDArray[np.bool_] | slice
Mask: TypeAlias = NDArray[np.bool_]
NumericKind: TypeAlias = Literal["number", "boolean", "date"]

FIRST_DAY = date(1970, 1, 1)
"""Days are counted from here, as numpy counts them."""

UNKNOWN_CODE, INAPPLICABLE_CODE = -1, -2


def day_number(day: date) -> float:
    """Return a day as a number of days since 1970-01-01.

    >>> day_number(date(1970, 1, 31))
    30.0
    """
    return float((day - FIRST_DAY).days)


def number_of(fact: Fact) -> float:
    """Return a number, a yes or no, or a day as the number that columns hold."""
    return day_number(fact) if isinstance(fact, date) else float(fact)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class NumericColumn:
    """Numbers, yes and no as 1 and 0, or days as :func:`day_number`; NaN is unknown.

    ``values`` has shape (n_deals,). ``inapplicable`` is the mask of the deals to which the
    question does not apply, None where there is none; their value is NaN.
    """

    values: NDArray[np.float64]
    kind: NumericKind = "number"
    inapplicable: Mask | None = None

    def answered(self) -> Mask:
        """Return where there is an answer."""
        return ~np.isnan(self.values)

    def known(self) -> Mask:
        """Return where the fact is known: answered, or not applicable."""
        answered = self.answered()
        return answered if self.inapplicable is None else answered | self.inapplicable

    def is_one_of(self, values: frozenset[Fact]) -> Mask:
        """Return where the fact is one of the values."""
        wanted = [number_of(value) for value in values if not isinstance(value, str)]
        if len(wanted) == 1:
            return np.asarray(self.values == wanted[0])
        return np.isin(self.values, wanted)

    def not_applicable(self) -> Mask:
        """Return where the question does not apply."""
        return np.zeros(len(self.values), bool) if self.inapplicable is None else self.inapplicable

    def take(self, rows: Rows) -> "NumericColumn":
        """Return the column of some of the deals."""
        inapplicable = None if self.inapplicable is None else self.inapplicable[rows]
        return NumericColumn(self.values[rows], self.kind, inapplicable)

    def fact(self, row: int) -> Fact | None:
        """Return one deal's fact, None when it is unknown."""
        if self.inapplicable is not None and self.inapplicable[row]:
            return NOT_APPLICABLE
        value = float(self.values[row])
        if np.isnan(value):
            return None
        if self.kind == "date":
            return FIRST_DAY + timedelta(days=value)
        return bool(value) if self.kind == "boolean" else value


@dataclass(frozen=True, slots=True)
class CategoryColumn:
    """Codes into ``levels``; -1 is unknown, -2 not applicable. ``codes`` has shape (n_deals,)."""

    codes: NDArray[np.int32]
    levels: tuple[str, ...]

    def answered(self) -> Mask:
        """Return where there is an answer."""
        return np.asarray(self.codes >= 0)

    def known(self) -> Mask:
        """Return where the fact is known: answered, or not applicable."""
        return np.asarray(self.codes != UNKNOWN_CODE)

    def is_one_of(self, values: frozenset[Fact]) -> Mask:
        """Return where the fact is one of the values."""
        chosen = [place for place, level in enumerate(self.levels) if level in values]
        if len(chosen) == 1:
            return np.asarray(self.codes == chosen[0])
        among = np.zeros(len(self.levels) + 2, dtype=bool)  # the codes -1 and -2 find the end
        among[chosen] = True
        return np.asarray(among[self.codes])

    def not_applicable(self) -> Mask:
        """Return where the question does not apply."""
        return np.asarray(self.codes == INAPPLICABLE_CODE)

    def take(self, rows: Rows) -> "CategoryColumn":
        """Return the column of some of the deals."""
        return CategoryColumn(self.codes[rows], self.levels)

    def fact(self, row: int) -> Fact | None:
        """Return one deal's fact, None when it is unknown."""
        code = int(self.codes[row])
        if code == INAPPLICABLE_CODE:
            return NOT_APPLICABLE
        return None if code < 0 else self.levels[code]


Column: TypeAlias = NumericColumn | CategoryColumn


def column_of(facts: Iterable[Fact | None], field: PolicyField) -> Column:
    """Return a column of facts of one field; None is unknown."""
    answers = list(facts)
    if isinstance(field, CategoryField | TextField):
        return _categories(answers)
    numbers = np.array(
        [
            np.nan if fact is None or fact is NOT_APPLICABLE else number_of(fact)
            for fact in answers
        ],
        dtype=np.float64,
    )
    inapplicable = np.array([fact is NOT_APPLICABLE for fact in answers], dtype=bool)
    return NumericColumn(
        numbers, numeric_kind(field), inapplicable if inapplicable.any() else None
    )


def numeric_kind(field: PolicyField) -> NumericKind:
    """Return what the numbers of a field's column mean."""
    if isinstance(field, BooleanField):
        return "boolean"
    return "date" if isinstance(field, DateField) else "number"


def _categories(answers: list[Any]) -> CategoryColumn:
    levels = tuple(sorted({fact for fact in answers if isinstance(fact, str)}))
    code: dict[Any, int] = {level: place for place, level in enumerate(levels)}
    code |= {None: UNKNOWN_CODE, NOT_APPLICABLE: INAPPLICABLE_CODE}
    return CategoryColumn(np.array([code[fact] for fact in answers], dtype=np.int32), levels)
