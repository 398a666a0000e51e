"""Numbers of the economics block: a constant, a field, or a table by a field's value."""

from typing import Annotated, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from pydantic import Discriminator, Field, Tag

from features.columns import CategoryColumn, NumericColumn
from features.conditions import Known
from features.fields import Name
from features.policy.parts import Part
from features.table import DealTable

Finite: TypeAlias = Annotated[float, Field(allow_inf_nan=False, ge=-1e15, le=1e15)]


class FromField(Part):
    """The number that a field holds, times a constant."""

    field: Name
    times: Finite = 1.0

    def value(self, known: Known) -> float | None:
        """Return the number for one deal, None where it is unknown or does not apply."""
        fact = known.get(self.field)
        return fact * self.times if isinstance(fact, float) else None

    def values_of(self, table: DealTable) -> NDArray[np.float64]:
        """Return the numbers of many deals, NaN where unknown; shape (n_deals,)."""
        column = table.columns.get(self.field)
        if not isinstance(column, NumericColumn):
            return np.full(len(table), np.nan)
        return column.values * self.times

    def fields(self) -> frozenset[str]:
        """Return the name of the field."""
        return frozenset({self.field})


class ByAnswer(Part):
    """A number for each answer of a category; ``otherwise`` for the answers that are not listed.

    An unknown answer leaves the number unknown: ``otherwise`` is not for it.
    """

    by: Name
    values: dict[str, Finite] = Field(min_length=1)
    otherwise: Finite | None = None

    def value(self, known: Known) -> float | None:
        """Return the number for one deal, None where it is unknown."""
        fact = known.get(self.by)
        if isinstance(fact, bool):
            fact = "true" if fact else "false"
        return self.values.get(fact, self.otherwise) if isinstance(fact, str) else None

    def values_of(self, table: DealTable) -> NDArray[np.float64]:
        """Return the numbers of many deals, NaN where unknown; shape (n_deals,)."""
        column = table.columns.get(self.by)
        if isinstance(column, CategoryColumn):
            levels: list[Any] = [self.values.get(name, self.otherwise) for name in column.levels]
            by_code = np.array([*levels, None, None], dtype=np.float64)  # the codes -1 and -2
            return np.asarray(by_code[column.codes])
        if isinstance(column, NumericColumn) and column.kind == "boolean":
            no, yes = (self.values.get(word, self.otherwise) for word in ("false", "true"))
            known = np.array([no, yes], dtype=np.float64)[np.nan_to_num(column.values).astype(int)]
            return np.where(column.answered(), known, np.nan)
        return np.full(len(table), np.nan)

    def fields(self) -> frozenset[str]:
        """Return the name of the field."""
        return frozenset({self.by})


def _form(written: object) -> str:
    if isinstance(written, ByAnswer) or (isinstance(written, dict) and "by" in written):
        return "(table)"
    return "(field)" if isinstance(written, dict | FromField) else "(constant)"


Amount: TypeAlias = Annotated[
    Annotated[Finite, Tag("(constant)")]
    | Annotated[FromField, Tag("(field)")]
    | Annotated[ByAnswer, Tag("(table)")],
    Discriminator(_form),
]


def amount_of(amount: Amount | None, known: Known) -> float | None:
    """Return the number for one deal; None where it is not given or unknown, never zero.

    >>> amount_of(FromField(field="price", times=0.5), {"price": 10.0})
    5.0
    >>> amount_of(None, {}) is None
    True
    """
    if isinstance(amount, FromField | ByAnswer):
        return amount.value(known)
    return amount


def amounts_of(amount: Amount | None, table: DealTable) -> NDArray[np.float64]:
    """Return the numbers of many deals, NaN where not given or unknown; shape (n_deals,)."""
    if isinstance(amount, FromField | ByAnswer):
        return amount.values_of(table)
    return np.full(len(table), np.nan if amount is None else amount)


def fields_of(amount: Amount | None) -> frozenset[str]:
    """Return the fields that a number hangs on."""
    return amount.fields() if isinstance(amount, FromField | ByAnswer) else frozenset()
