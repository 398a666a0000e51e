"""Closed deals counted by label and day, so that any day can be asked what was known by then."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Ints: TypeAlias = NDArray[np.int64]

NEVER = np.iinfo(np.int64).min
"""The number of the day NaT."""

FARTHEST_DAY = 10_000_000
"""Days from 1970 that no calendar reaches: beyond them the keys might overflow."""


@dataclass(frozen=True)
class ClosingsByLabel:
    """How many deals of a label closed on a day, and how many of them were won.

    Entries are sorted by label and day, at most one for each pair; arrays have shape (n_entries,).
    ``codes`` are places in ``labels``, which are sorted; ``days`` count from 1970-01-01.
    """

    labels: tuple[str, ...]
    codes: Ints
    days: Ints
    deals: Ints
    wins: Ints

    @staticmethod
    def of(
        labels: Sequence[str | None] | NDArray[Any], closed_on: NDArray[np.datetime64], won: Ints
    ) -> "ClosingsByLabel":
        """Return the counts of some closings; those without a label or a day are passed over.

        Raises
        ------
        ValueError
            When the columns differ in length.
        """
        if not len(labels) == len(closed_on) == len(won):
            raise ValueError(f"{len(labels)} labels, {len(closed_on)} days, {len(won)} outcomes")
        dated = np.flatnonzero(~np.isnat(closed_on))
        found = {labels[place] for place in dated.tolist()}
        names = tuple(sorted(str(label) for label in found if _is_label(label)))
        codes = _codes(labels, names)[dated]
        days = closed_on[dated].astype(np.int64)
        return _counted(names, codes, days, np.ones(len(days), np.int64), won[dated])

    def merged(self, other: "ClosingsByLabel") -> "ClosingsByLabel":
        """Return the counts of both together."""
        names = tuple(sorted({*self.labels, *other.labels}))
        parts = (self, other)
        codes = [_codes(part.labels, names)[part.codes] for part in parts]
        columns = [
            np.concatenate([part.days for part in parts]),
            np.concatenate([part.deals for part in parts]),
            np.concatenate([part.wins for part in parts]),
        ]
        return _counted(names, np.concatenate(codes), *columns)

    def before(
        self, labels: Sequence[str | None] | NDArray[Any], days: NDArray[np.datetime64]
    ) -> tuple[Ints, Ints, NDArray[np.datetime64]]:
        """Return deals and wins of each label closed before its day, and the day of the last win.

        All have shape (n_deals,); the last is NaT where there was no win.
        """
        if len(labels) != len(days):
            raise ValueError(f"{len(labels)} labels for {len(days)} days")
        codes = np.fromiter(
            (self._places.get(label, -1) for label in labels), np.int64, len(labels)
        )
        first = self._starts[codes]
        found = np.searchsorted(self._keys, self._key(codes, days.astype(np.int64)), side="left")
        end = np.maximum(found, first)
        deals = self._deals_so_far[end] - self._deals_so_far[first]
        wins = self._wins_so_far[end] - self._wins_so_far[first]
        last_win = np.where(wins > 0, self._last_wins[end - 1], NEVER)
        return deals, wins, last_win.astype("datetime64[D]")

    def to_data(self) -> dict[str, Any]:
        """Return the counts as plain data: the entries of each label follow one another."""
        entries = np.diff(self._starts[:-1]).tolist()
        columns = {name: getattr(self, name).tolist() for name in ("days", "deals", "wins")}
        return {"labels": list(self.labels), "entries": entries, **columns}

    @staticmethod
    def from_data(data: Mapping[str, Any]) -> "ClosingsByLabel":
        """Return the counts that `to_data` wrote; raises `ValueError` when they cannot be any."""
        labels = tuple(map(str, data["labels"]))
        entries = np.array(data["entries"], dtype=np.int64)
        days, deals, wins = (np.array(data[n], dtype=np.int64) for n in ("days", "deals", "wins"))
        codes = np.repeat(np.arange(len(labels)), entries)
        found = ClosingsByLabel(labels, codes, days, deals, wins)
        if not found._is_sound():
            raise ValueError("its entries contradict one another")
        return found

    def _is_sound(self) -> bool:
        same_shape = self.codes.shape == self.days.shape == self.deals.shape == self.wins.shape
        return (
            same_shape
            and bool((np.abs(self.days) < FARTHEST_DAY).all())
            and self.labels == tuple(sorted(set(self.labels)))
            and bool((np.diff(self._keys) > 0).all())
            and bool(((self.wins >= 0) & (self.wins <= self.deals) & (self.deals > 0)).all())
        )

    @cached_property
    def _places(self) -> dict[Any, int]:
        return {label: code for code, label in enumerate(self.labels)}

    @cached_property
    def _starts(self) -> Ints:
        """Where the entries of each label begin, then twice the end: the code -1 has none."""
        starts = np.searchsorted(self.codes, np.arange(len(self.labels) + 1))
        return np.append(starts, len(self.codes)).astype(np.int64)

    @cached_property
    def _keys(self) -> Ints:
        """One number an entry, rising by label and then by day."""
        return self._key(self.codes, self.days)

    @cached_property
    def _span(self) -> tuple[int, int]:
        """The first day, and how many days there are up to the one after the last."""
        if not len(self.days):
            return 0, 1
        return int(self.days.min()), int(self.days.max() - self.days.min()) + 2

    def _key(self, codes: Ints, days: Ints) -> Ints:
        first, length = self._span
        key: Ints = codes * length + (np.clip(days, first, first + length - 1) - first)
        return key

    @cached_property
    def _deals_so_far(self) -> Ints:
        return np.concatenate([[0], np.cumsum(self.deals)]).astype(np.int64)

    @cached_property
    def _wins_so_far(self) -> Ints:
        return np.concatenate([[0], np.cumsum(self.wins)]).astype(np.int64)

    @cached_property
    def _last_wins(self) -> Ints:
        """The day of the last win up to each entry; one more entry, so that -1 can be asked.

        It may be another label's where the label has none: whoever asks counts the wins first.
        """
        won = np.where(self.wins > 0, np.arange(len(self.days)), 0)
        places = np.maximum.accumulate(won) if len(won) else won
        return np.append(self.days[places], NEVER)


def _is_label(label: object) -> bool:
    return isinstance(label, str) and label != ""


def _codes(labels: Sequence[str | None] | NDArray[Any], names: tuple[str, ...]) -> Ints:
    places: dict[Any, int] = {name: code for code, name in enumerate(names)}
    return np.fromiter((places.get(label, -1) for label in labels), np.int64, len(labels))


def _counted(
    names: tuple[str, ...], codes: Ints, days: Ints, deals: Ints, wins: Ints
) -> ClosingsByLabel:
    """Return the counts, one entry for each label and day."""
    known = codes >= 0
    codes, days, deals, wins = codes[known], days[known], deals[known], wins[known]
    order = np.lexsort((days, codes))
    codes, days = codes[order], days[order]
    new = np.ones(len(codes), dtype=bool)
    new[1:] = (np.diff(codes) != 0) | (np.diff(days) != 0)
    first = np.flatnonzero(new)
    sums = [np.add.reduceat(c[order], first) if len(first) else c[:0] for c in (deals, wins)]
    return ClosingsByLabel(names, codes[first], days[first], sums[0], sums[1])
