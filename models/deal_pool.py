"""Deals to draw from: those pursued to their end, and those that were declined, as one.

What comes in is both; what was pursued alone lacks the answers that made somebody decline.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from features.columns import CategoryColumn, Column, NumericColumn
from features.table import DealTable

Days: TypeAlias = NDArray[np.datetime64]
Places: TypeAlias = NDArray[np.intp]


@dataclass(frozen=True, slots=True, kw_only=True)
class DealPool:
    """Deals pursued with the days they closed on, and deals declined with those they came in on.

    A day is NaT where it is unknown; no days are known where there is no array of them.
    """

    pursued: DealTable
    closed_on: Days | None = None
    declined: DealTable | None = None
    declined_on: Days | None = None

    def parts(self) -> Iterator[DealTable]:
        """Yield the tables, the deals pursued first."""
        yield self.pursued
        if self.declined is not None and len(self.declined):
            yield self.declined

    def drawn(self, n: int, *, newest_days: int, seed: int) -> "DealPool":
        """Return a seeded sample of at most so many deals, in the order of their tables.

        Of the newest days where these suffice. Both kinds are drawn alike, so that they are among
        the sample as they are among what came in: as many were taken up in those days as closed,
        where the flow is even. Those declined before the first closing have no counterpart.
        """
        places = self._newest(n, newest_days)
        random = np.random.default_rng(seed)
        chosen = np.sort(random.choice(places, size=min(n, len(places)), replace=False))
        n_pursued = len(self.pursued)
        pursued, declined = chosen[chosen < n_pursued], chosen[chosen >= n_pursued] - n_pursued
        return DealPool(
            pursued=self.pursued.take(pursued),
            declined=None if self.declined is None else self.declined.take(declined),
        )

    def _newest(self, n: int, newest_days: int) -> Places:
        """Return the places that are drawn from; those of declined deals follow the others."""
        n_declined = 0 if self.declined is None else len(self.declined)
        closed_on = _days(self.closed_on, len(self.pursued))
        days = np.concatenate([closed_on, _days(self.declined_on, n_declined)])
        if np.isnat(closed_on).all():
            return np.arange(len(days))
        first, last = np.nanmin(closed_on), np.nanmax(closed_on)
        when = np.where(np.isnat(days), first, days)
        order = np.argsort(-when.astype(np.int64), kind="stable")
        order = order[when[order] >= first]
        age_days = (last - when[order]).astype(np.float64)
        return order[: max(int(np.count_nonzero(age_days <= newest_days)), n)]


def _days(days: Days | None, n: int) -> Days:
    return np.full(n, np.datetime64("NaT", "D")) if days is None else days


def joined(first: Column, *others: Column) -> Column:
    """Return the columns of one field as one, one after the other.

    >>> one, other = NumericColumn(np.zeros(1)), NumericColumn(np.ones(1))
    >>> joined(one, other).values.tolist()
    [0.0, 1.0]
    """
    column = first
    for other in others:
        column = _both(column, other)
    return column


def _both(first: Column, second: Column) -> Column:
    if isinstance(first, CategoryColumn) and isinstance(second, CategoryColumn):
        levels = tuple(dict.fromkeys((*first.levels, *second.levels)))
        place = {level: code for code, level in enumerate(levels)}
        codes = np.array([place[one] for one in second.levels], dtype=np.int32)
        known = second.codes >= 0
        moved = second.codes.copy()
        moved[known] = codes[second.codes[known]]
        return CategoryColumn(np.concatenate([first.codes, moved]), levels)
    if isinstance(first, NumericColumn) and isinstance(second, NumericColumn):
        values = np.concatenate([first.values, second.values])
        none = np.concatenate([first.not_applicable(), second.not_applicable()])
        return NumericColumn(values, first.kind, none if none.any() else None)
    raise TypeError("categories and numbers are not one column")
