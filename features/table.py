"""Many deals as columns: the same facts as :class:`features.deal.Deal`, one array a field."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from features.columns import Column, NumericColumn, Rows, column_of, day_number
from features.conditions import COMPARISONS
from features.deal import Deal, Fact, Waiver
from features.derivation import derived_fields, with_derived_columns
from features.fields import PolicyField
from features.kleene import Truth

DEALS_AT_ONCE = 16_384
"""Masks of so many deals stay in the processor's cache: twice as fast as a million at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DealTable:
    """Deals as columns; a field without a column is unknown for all of them.

    ``as_of`` has shape (n_deals,), in days. What follows from the facts has its columns too.
    ``waivers`` holds those of the few rows that have some.

    >>> from features.fields import NumberField
    >>> deal = Deal(as_of=date(2026, 1, 5), facts={"budget": 10.0})
    >>> table = DealTable.of([deal], {"budget": NumberField(type="number")})
    >>> len(table), table.deal(0).facts["budget"]
    (1, 10.0)
    """

    ids: tuple[str | None, ...]
    as_of: NDArray[np.datetime64]
    columns: Mapping[str, Column]
    waivers: Mapping[int, tuple[Waiver, ...]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.ids)

    @staticmethod
    def of(deals: Sequence[Deal], fields: Mapping[str, PolicyField]) -> "DealTable":
        """Return the table of some deals, with a column for every field of the policy."""
        as_of = np.array([deal.as_of for deal in deals], dtype="datetime64[D]")
        given = {
            name: column_of([deal.facts.get(name) for deal in deals], one)
            for name, one in fields.items()
            if not one.derived
        }
        return DealTable(
            ids=tuple(deal.id for deal in deals),
            as_of=as_of,
            columns=with_derived_columns(given, derived_fields(fields), as_of),
            waivers={row: deal.waivers for row, deal in enumerate(deals) if deal.waivers},
        )

    def deal(self, row: int) -> Deal:
        """Return one deal."""
        asked = [name for name in self.columns if "." not in name]  # no track record
        facts = {name: self.columns[name].fact(row) for name in asked}
        known = {name: fact for name, fact in facts.items() if fact is not None}
        day: date = self.as_of[row].astype("datetime64[D]").item()
        waivers = self.waivers.get(row, ())
        return Deal(id=self.ids[row], as_of=day, facts=known, waivers=waivers)

    def fact(self, name: str, row: int) -> Fact | None:
        """Return one fact of one deal, None where it is unknown."""
        return self.columns[name].fact(row)

    def take(self, rows: Rows) -> "DealTable":
        """Return the table of some of the deals."""
        places = np.arange(len(self))[rows]
        return DealTable(
            ids=self.ids[rows]
            if isinstance(rows, slice)
            else tuple(map(self.ids.__getitem__, places)),
            as_of=self.as_of[rows],
            columns={name: column.take(rows) for name, column in self.columns.items()},
            waivers=self._waivers_of(places) if self.waivers else {},
        )

    def pieces(self) -> Iterator[tuple[slice, "DealTable"]]:
        """Return the table piece by piece, each small enough to stay in the processor's cache."""
        for start in range(0, len(self), DEALS_AT_ONCE):
            rows = slice(start, min(start + DEALS_AT_ONCE, len(self)))
            yield rows, self if len(self) <= DEALS_AT_ONCE else self.take(rows)

    def _waivers_of(self, places: NDArray[np.intp]) -> dict[int, tuple[Waiver, ...]]:
        return {
            row: self.waivers[place]
            for row, place in enumerate(places.tolist())
            if place in self.waivers
        }


@dataclass(frozen=True, slots=True)
class TableFacts:
    """The facts of many deals, as conditions look them up; each look-up is done once."""

    table: DealTable
    _known: dict[str, NDArray[np.bool_]] = field(default_factory=dict, compare=False, repr=False)
    _found: dict[Any, Truth] = field(default_factory=dict, compare=False, repr=False)

    def compare(self, name: str, test: str, limit: float | str | date) -> Truth:
        """Return whether the number or day compares so with a limit, deal by deal."""
        key = (name, test, limit)
        if key not in self._found:
            self._found[key] = self._compared(name, test, limit)
        return self._found[key]

    def is_one_of(self, name: str, values: frozenset[Fact]) -> Truth:
        """Return whether the fact is one of the values, deal by deal."""
        key = (name, values)
        if key not in self._found:
            column = self.table.columns.get(name)
            self._found[key] = (
                self._nobody()
                if column is None
                else Truth.where_known(self._where_known(name, column), column.is_one_of(values))
            )
        return self._found[key]

    def applies(self, name: str) -> Truth:
        """Return whether the question applies, deal by deal."""
        column = self.table.columns.get(name)
        if column is None:
            return self._nobody()
        return Truth.where_known(self._where_known(name, column), ~column.not_applicable())

    def _compared(self, name: str, test: str, limit: float | str | date) -> Truth:
        column = self.table.columns.get(name)
        if not isinstance(column, NumericColumn):
            return self._nobody()
        known = self._where_known(name, column)
        bound: Any = day_number(limit) if isinstance(limit, date) else limit
        if isinstance(limit, str):
            other = self.table.columns.get(limit)
            if not isinstance(other, NumericColumn):
                return self._nobody()
            known, bound = known & self._where_known(limit, other), other.values
        return Truth.where_known(known, COMPARISONS[test](column.values, bound))

    def _where_known(self, name: str, column: Column) -> NDArray[np.bool_]:
        if name not in self._known:
            self._known[name] = column.known()
        return self._known[name]

    def _nobody(self) -> Truth:
        mask = np.zeros(len(self.table), bool)
        return Truth(mask, mask)
