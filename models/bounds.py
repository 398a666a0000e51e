"""Numbers of many deals that are known, or lie between bounds: interval arithmetic.

Bounds of a result hold whatever the unknown numbers are. They are exact where each unknown number
stands in one place of the formula, and never too narrow (Moore 1966).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from features.columns import CategoryColumn, NumericColumn
from features.fields import CategoryField, NumberField, PolicyField
from features.policy.amounts import Amount, ByAnswer, FromField, amounts_of
from features.table import DealTable

Vector: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """A number of each deal: ``middle`` where it is known, NaN elsewhere; never outside its ends.

    All have shape (n_deals,). Where the number is known all three are it; an end that nobody gave
    is infinite.
    """

    low: Vector
    middle: Vector
    high: Vector

    @staticmethod
    def known(values: Vector) -> "Bounds":
        """Return numbers that are known."""
        return Bounds(low=values, middle=values, high=values)

    @property
    def is_known(self) -> bool:
        """Whether every number is known, so that its ends are it; else nobody has looked."""
        return self.low is self.middle is self.high

    def __add__(self, other: "Bounds") -> "Bounds":
        if self.is_known and other.is_known:
            return Bounds.known(self.middle + other.middle)
        return Bounds(
            low=self.low + other.low,
            middle=self.middle + other.middle,
            high=self.high + other.high,
        )

    def __neg__(self) -> "Bounds":
        if self.is_known:
            return Bounds.known(-self.middle)
        return Bounds(low=-self.high, middle=-self.middle, high=-self.low)

    def __sub__(self, other: "Bounds") -> "Bounds":
        return self + -other

    def __mul__(self, other: "Bounds") -> "Bounds":
        if self.is_known and other.is_known:
            return Bounds.known(_times(self.middle, other.middle))
        ends = [
            _times(one, two) for one in (self.low, self.high) for two in (other.low, other.high)
        ]
        middle = self.middle * other.middle
        low, high = np.minimum.reduce(ends), np.maximum.reduce(ends)
        return Bounds(low=low, middle=np.where(low == high, low, middle), high=high)


def bounds_of(
    amount: Amount | None, table: DealTable, fields: Mapping[str, PolicyField]
) -> Bounds:
    """Return a number of the economics for many deals, between its ends where it is unknown.

    The ends are those that the policy gives: the range of a field, the smallest and the largest
    number of a table. What no policy bounds has no end; what is not given at all has none either.

    >>> from datetime import date
    >>> from features.deal import Deal
    >>> fields = {"size": NumberField(type="number", min=0, max=9)}
    >>> table = DealTable.of([Deal(as_of=date(2026, 1, 5), facts={})], fields)
    >>> found = bounds_of(FromField(field="size", times=2.0), table, fields)
    >>> float(found.low[0]), float(found.high[0])
    (0.0, 18.0)
    """
    middle = amounts_of(amount, table)
    if isinstance(amount, float):
        return Bounds.known(middle)
    unknown = np.isnan(middle)
    if not unknown.any():
        return Bounds.known(middle)
    low, high = _ends(amount, fields)
    may_be_answered = _may_be_answered(amount, table)
    return Bounds(
        low=np.where(unknown, np.where(may_be_answered, low, -np.inf), middle),
        middle=middle,
        high=np.where(unknown, np.where(may_be_answered, high, np.inf), middle),
    )


def _times(one: Vector, other: Vector) -> Vector:
    """Return the products of ends: nothing times an endless number is nothing."""
    with np.errstate(invalid="ignore"):
        product = one * other + 0.0  # nothing is never less than nothing
    if not np.isnan(product).any():
        return product
    return np.where((one == 0) | (other == 0), 0.0, product)


def _ends(amount: Amount | None, fields: Mapping[str, PolicyField]) -> tuple[float, float]:
    if isinstance(amount, ByAnswer):
        return _ends_of_table(amount, fields[amount.by])
    if isinstance(amount, FromField):
        low, high = _ends_of_field(fields[amount.field])
        if amount.times == 0:
            return 0.0, 0.0
        ends = sorted((low * amount.times, high * amount.times))
        return ends[0], ends[1]
    return -np.inf, np.inf


def _ends_of_field(field: PolicyField) -> tuple[float, float]:
    if not isinstance(field, NumberField):
        return -np.inf, np.inf
    low = -np.inf if field.min is None else field.min
    return low, np.inf if field.max is None else field.max


def _ends_of_table(amount: ByAnswer, field: PolicyField) -> tuple[float, float]:
    """Return the smallest and the largest number; without end where an answer has none."""
    allowed: tuple[str, ...] | None = ("true", "false")
    if isinstance(field, CategoryField):
        allowed = field.values
    listed = amount.values if allowed is None else [one for one in allowed if one in amount.values]
    numbers = [amount.values[answer] for answer in listed]
    has_others = allowed is None or len(listed) < len(allowed)
    if has_others and amount.otherwise is None:
        return -np.inf, np.inf
    if has_others and amount.otherwise is not None:
        numbers.append(amount.otherwise)
    return min(numbers), max(numbers)


def _may_be_answered(amount: Amount | None, table: DealTable) -> NDArray[np.bool_]:
    """Return where the number is unknown because the answer is: not where it has no number."""
    name = amount.field if isinstance(amount, FromField) else getattr(amount, "by", None)
    column = table.columns.get(str(name))
    if isinstance(column, NumericColumn | CategoryColumn):
        return ~column.known()
    return np.ones(len(table), dtype=bool)
