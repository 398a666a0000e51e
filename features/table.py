"""Many deals as columns: the same facts as :class:`features.deal.Deal`, one array a field."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from features.deal import Deal, Fact
from features.fields import CategoryField, NumberField, PolicyField
from features.kleene import Truth

Rows: TypeAlias = NDArray[np.intp] | NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class NumericColumn:
    """Numbers, or yes and no as 1 and 0; NaN is unknown. ``values`` has shape (n_deals,)."""

    values: NDArray[np.float64]
    boolean: bool = False

    def known(self) -> NDArray[np.bool_]:
        """Return where the fact is known."""
        return ~np.isnan(self.values)

    def is_one_of(self, values: frozenset[Fact]) -> NDArray[np.bool_]:
        """Return where the fact is one of the values."""
        wanted = [float(value) for value in values if not isinstance(value, str)]
        return np.isin(self.values, wanted)

    def take(self, rows: Rows) -> "NumericColumn":
        """Return the column of some of the deals."""
        return NumericColumn(self.values[rows], self.boolean)

    def fact(self, row: int) -> Fact | None:
        """Return one deal's fact, None when it is unknown."""
        value = float(self.values[row])
        if np.isnan(value):
            return None
        return bool(value) if self.boolean else value


@dataclass(frozen=True, slots=True)
class CategoryColumn:
    """Codes into ``levels``; -1 is unknown. ``codes`` has shape (n_deals,)."""

    codes: NDArray[np.int32]
    levels: tuple[str, ...]

    def known(self) -> NDArray[np.bool_]:
        """Return where the fact is known."""
        return self.codes >= 0

    def is_one_of(self, values: frozenset[Fact]) -> NDArray[np.bool_]:
        """Return where the fact is one of the values."""
        chosen = np.array([*(level in values for level in self.levels), False])
        return chosen[self.codes]  # the code -1 finds the last entry

    def take(self, rows: Rows) -> "CategoryColumn":
        """Return the column of some of the deals."""
        return CategoryColumn(self.codes[rows], self.levels)

    def fact(self, row: int) -> Fact | None:
        """Return one deal's fact, None when it is unknown."""
        code = int(self.codes[row])
        return None if code < 0 else self.levels[code]


Column: TypeAlias = NumericColumn | CategoryColumn


@dataclass(frozen=True, slots=True, kw_only=True)
class DealTable:
    """Deals as columns; a field without a column is unknown for all of them.

    >>> deal = Deal(as_of=date(2026, 1, 5), facts={"budget": 10.0})
    >>> table = DealTable.of([deal], {"budget": NumberField(type="number")})
    >>> len(table), table.deal(0).facts["budget"]
    (1, 10.0)
    """

    ids: tuple[str | None, ...]
    as_of: tuple[date, ...]
    columns: Mapping[str, Column]

    def __len__(self) -> int:
        return len(self.ids)

    @staticmethod
    def of(deals: Sequence[Deal], fields: Mapping[str, PolicyField]) -> "DealTable":
        """Return the table of some deals, with a column for every field of the policy."""
        return DealTable(
            ids=tuple(deal.id for deal in deals),
            as_of=tuple(deal.as_of for deal in deals),
            columns={
                name: column_of([deal.facts.get(name) for deal in deals], field)
                for name, field in fields.items()
            },
        )

    def deal(self, row: int) -> Deal:
        """Return one deal."""
        facts = {name: column.fact(row) for name, column in self.columns.items()}
        known = {name: fact for name, fact in facts.items() if fact is not None}
        return Deal(id=self.ids[row], as_of=self.as_of[row], facts=known)

    def take(self, rows: Rows) -> "DealTable":
        """Return the table of some of the deals."""
        places = np.arange(len(self))[rows]
        return DealTable(
            ids=tuple(self.ids[place] for place in places),
            as_of=tuple(self.as_of[place] for place in places),
            columns={name: column.take(rows) for name, column in self.columns.items()},
        )


def column_of(facts: Iterable[Fact | None], field: PolicyField) -> Column:
    """Return a column of facts of one field; None is unknown."""
    if not isinstance(field, CategoryField):
        numbers = [np.nan if fact is None else float(fact) for fact in facts]
        return NumericColumn(
            np.array(numbers, dtype=np.float64), not isinstance(field, NumberField)
        )
    answers = list(facts)
    levels = tuple(sorted({str(fact) for fact in answers if fact is not None}))
    code = {level: place for place, level in enumerate(levels)}
    codes = [-1 if fact is None else code[str(fact)] for fact in answers]
    return CategoryColumn(np.array(codes, dtype=np.int32), levels)


@dataclass(frozen=True, slots=True)
class TableFacts:
    """The facts of many deals, as conditions look them up."""

    table: DealTable

    def number(self, name: str) -> tuple[Any, Any]:
        """Return where the number is known, and the numbers; both of shape (n_deals,)."""
        column = self.table.columns.get(name)
        if not isinstance(column, NumericColumn):
            return np.zeros(len(self.table), bool), np.full(len(self.table), np.nan)
        return column.known(), column.values

    def is_one_of(self, name: str, values: frozenset[Fact]) -> Truth:
        """Return whether the fact is one of the values, deal by deal."""
        column = self.table.columns.get(name)
        if column is None:
            nobody = np.zeros(len(self.table), bool)
            return Truth(nobody, nobody)
        return Truth.where_known(column.known(), column.is_one_of(values))
