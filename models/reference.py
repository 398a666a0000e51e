"""Reference deals: past deals kept with a model, to say what an unknown fact may turn out to be.

Deals pursued to their end and, where the file has some, deals declined. They hold the facts that
some rule, number or the model looks at, as they were known on each deal's own day: no ids, no
accounts, no free words. A day is kept as the days since its deal's own day, so that it means the
same for a deal of another day.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from features.columns import (
    INAPPLICABLE_CODE,
    UNKNOWN_CODE,
    CategoryColumn,
    Column,
    NumericColumn,
)
from features.deal import Deal
from features.errors import ArtifactError
from features.fields import BaseField, CategoryField, DateField, PolicyField, TextField
from features.policy import Policy
from features.table import DealTable
from models.chances import Bins
from models.deal_pool import DealPool, joined
from models.economics import missing_numbers
from models.likeness import nearest_who_knows

MOST_DEALS = 1_024
"""So many stand for all: half of them choose the first question worse, more make it slower."""
NEWEST_DAYS = 730

Mask: TypeAlias = NDArray[np.bool_]
Days: TypeAlias = NDArray[np.datetime64]


def facts_that_matter(policy: Policy, modelled: Sequence[str]) -> tuple[str, ...]:
    """Return the fields that somebody answers and that a conclusion may hang on, in order.

    ``modelled`` are the fields that the model looks at. What the model may not see is left out,
    unless a knockout or the money needs it; so are free words, and the account.
    """
    needed = frozenset().union(*(rule.when.fields() for rule in policy.knockouts))
    nothing_known = Deal(as_of=date.min, facts={})
    must = {*policy.decided_by(needed), *missing_numbers(policy, nothing_known)}
    looked_at = frozenset(modelled).union(*(rule.fields() for rule in policy.criteria))
    may = frozenset(policy.decided_by(looked_at & policy.fields.keys()))
    return tuple(
        name
        for name, field in policy.asked.items()
        if not isinstance(field, TextField)
        and (name in must or (name in may and field.used_by_model))
        and not _names_the_account(name, field, policy)
    )


def _names_the_account(name: str, field: BaseField, policy: Policy) -> bool:
    of_whom = {policy.deals.account, policy.deals.id} - {None}
    is_open = isinstance(field, CategoryField) and field.values is None
    return is_open and ((field.column or name) in of_whom or name in policy.deals.track_record)


@dataclass(frozen=True, eq=False)
class Reference:
    """Some past deals as columns; ``n_deals`` of them, each column with a fact for some.

    Day columns hold days since the deal's own day. ``n_declined`` of the deals were declined.
    """

    n_deals: int
    columns: Mapping[str, Column]
    n_declined: int = 0

    @staticmethod
    def learn(
        table: DealTable,
        policy: Policy,
        *,
        modelled: Sequence[str],
        kept_out: Sequence[str] = (),
        closed_on: Days | None = None,
        declined: DealTable | None = None,
        declined_on: Days | None = None,
        seed: int = 0,
    ) -> "Reference":
        """Return a seeded sample of past deals, of the newest 24 months where these suffice.

        ``kept_out`` names the fields whose file does not say what was known at the time. Deals
        that were declined are drawn like the others: their facts made somebody decline.
        """
        pool = DealPool(
            pursued=table, closed_on=closed_on, declined=declined, declined_on=declined_on
        )
        parts = list(pool.drawn(MOST_DEALS, newest_days=NEWEST_DAYS, seed=seed).parts())
        columns = {
            name: joined(*(_since(part.columns[name], part.as_of, -1) for part in parts))
            for name in facts_that_matter(policy, modelled)
            if name not in kept_out and all(name in part.columns for part in parts)
        }
        return Reference(
            n_deals=sum(map(len, parts)),
            columns={name: _compact(one) for name, one in columns.items() if one.known().any()},
            n_declined=sum(map(len, parts[1:])),
        )

    def __len__(self) -> int:
        return self.n_deals

    @cached_property
    def complete(self) -> Mapping[str, Column]:
        """The columns without gaps: what a deal does not know, the next like deal lends it."""
        lenders = nearest_who_knows(self.columns, self.n_deals)
        return {name: one.take(lenders[name]) for name, one in self.columns.items()}

    @cached_property
    def bins(self) -> Mapping[str, Bins]:
        """The complete columns with their answers counted in bins."""
        return {name: Bins.of(one, self.known(name)) for name, one in self.complete.items()}

    def bins_of(self, deal: DealTable, names: Sequence[str]) -> dict[str, int]:
        """Return in which bin the facts of one deal are; those in none are left out."""
        found = {
            name: self.bins[name].code_of(_since(deal.columns[name], deal.as_of, -1))
            for name in names
        }
        return {name: code for name, code in found.items() if code is not None}

    def on(self, as_of: np.datetime64) -> dict[str, Column]:
        """Return the complete columns with their days counted from a day."""
        days = np.full(self.n_deals, as_of, dtype="datetime64[D]")
        return {name: _since(one, days, +1) for name, one in self.complete.items()}

    def known(self, name: str) -> Mask:
        """Return the deals that know a fact themselves; shape (n_deals,)."""
        return self.columns[name].known()

    def misfits(self, policy: Policy) -> list[str]:
        """Return the columns that are none of a policy's answers."""
        return [
            name
            for name, column in self.columns.items()
            if name not in policy.asked or not _fits(column, policy.fields[name])
        ]

    def to_data(self) -> dict[str, Any]:
        """Return the deals as plain data, for JSON."""
        columns = {name: _column_data(one) for name, one in self.columns.items()}
        return {"deals": self.n_deals, "declined": self.n_declined, "facts": columns}

    @staticmethod
    def from_data(data: Mapping[str, Any]) -> "Reference":
        """Return the deals that `to_data` wrote; raises `ArtifactError` when they cannot be."""
        try:
            n_deals = int(data["deals"])
            n_declined = _some_of(n_deals, int(data["declined"]))
            columns = {str(name): _column(one, n_deals) for name, one in data["facts"].items()}
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
            raise ArtifactError(f"the reference deals cannot be read: {error!r}") from None
        return Reference(n_deals, columns, n_declined)


def _since(column: Column, as_of: Days, sign: int) -> Column:
    """Return a column of days counted from other days; any other column as it is."""
    if not isinstance(column, NumericColumn) or column.kind != "date":
        return column
    days = as_of.astype("datetime64[D]").astype(np.float64)
    return replace(column, values=column.values + sign * days)


def _compact(column: Column) -> Column:
    """Return a column without the levels that no deal has."""
    if isinstance(column, NumericColumn):
        none = column.inapplicable is not None and not column.inapplicable.any()
        return replace(column, inapplicable=None) if none else column
    used = np.unique(column.codes[column.codes >= 0])
    place = np.full(len(column.levels) + 2, UNKNOWN_CODE, dtype=np.int32)
    place[used] = np.arange(len(used))
    place[INAPPLICABLE_CODE] = INAPPLICABLE_CODE  # the codes -1 and -2 find the end
    return CategoryColumn(place[column.codes], tuple(column.levels[code] for code in used))


def _fits(column: Column, field: PolicyField) -> bool:
    if isinstance(column, CategoryColumn):
        return isinstance(field, CategoryField)
    is_date = isinstance(field, DateField)
    return not isinstance(field, CategoryField) and (column.kind == "date") == is_date


def _column_data(column: Column) -> dict[str, Any]:
    if isinstance(column, CategoryColumn):
        return {"levels": list(column.levels), "codes": column.codes.tolist()}
    return {
        "kind": column.kind,
        "values": [None if np.isnan(value) else value for value in column.values.tolist()],
        "inapplicable": np.flatnonzero(column.not_applicable()).tolist(),
    }


def _some_of(n_deals: int, n_declined: int) -> int:
    if not 0 <= n_declined <= n_deals:
        raise ValueError(f"{n_declined} of {n_deals} deals were declined")
    return n_declined


def _column(data: Mapping[str, Any], n_deals: int) -> Column:
    made = _categories(data) if "levels" in data else _numbers(data)
    if len(made.known()) != n_deals:
        raise ValueError(f"a column of {len(made.known())} facts for {n_deals} deals")
    return made


def _categories(data: Mapping[str, Any]) -> CategoryColumn:
    codes, levels = np.array(data["codes"], dtype=np.int32), tuple(map(str, data["levels"]))
    if len(codes) and not INAPPLICABLE_CODE <= codes.min() <= codes.max() < len(levels):
        raise ValueError("a code without a level")
    return CategoryColumn(codes, levels)


def _numbers(data: Mapping[str, Any]) -> NumericColumn:
    if data["kind"] not in {"number", "boolean", "date"}:
        raise ValueError(f"a column of the kind {data['kind']!r}")
    values = np.array(data["values"], dtype=np.float64)
    inapplicable = np.zeros(len(values), dtype=bool)
    inapplicable[data["inapplicable"]] = True
    return NumericColumn(values, data["kind"], inapplicable if inapplicable.any() else None)
