"""Dates that know the outcome, and what can be computed from the closing date."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import spearmanr

from reports.findings import Clue, LeakKind, Severity
from reports.leak_words import evidence
from training.leaks.labelled_deals import Days, LabelledDeals
from training.leaks.levels import levels_of
from training.leaks.names import telling_name
from training.leaks.signal import signal, strictness
from training.leaks.values import alone

FEWEST_DATES = 20
AT_CLOSING_SURELY, AT_CLOSING = 0.50, 0.10
NOT_BEFORE = 0.90
SAME_LENGTH, LIKE_LENGTH = 0.90, 0.60
ENOUGH = 20_000
"""Deals by which a rank correlation is known to two decimals; ranking a million takes long."""
A_DAY = np.timedelta64(1, "D")


@dataclass(frozen=True)
class Closing:
    """What is known of when deals began and ended; arrays have shape (n_deals,).

    ``column`` names the column that holds the closing date, where the file still has it.
    """

    deals: LabelledDeals
    column: str | None
    closed_on: Days | None

    @cached_property
    def dates(self) -> dict[str, Days]:
        """The date columns, as days."""
        frame = self.deals.frame
        names = [name for name in frame.columns if is_date(frame[name])]
        return {str(name): _days(frame[name]) for name in names}

    @cached_property
    def began(self) -> dict[str, Days]:
        """The dates that a pursuit may be counted from: the columns and the day of creation."""
        found = {name: days for name, days in self.dates.items() if name != self.column}
        created = self.deals.created_on
        if created is not None and not any(_same(days, created) for days in found.values()):
            found["created_on"] = created
        return found

    def date_clue(self, column: str) -> Clue | None:
        """Return the clue that a date was written when the deal closed, or after."""
        if self.closed_on is None or column == self.column or column not in self.dates:
            return None
        written, closed = self.dates[column], self.deals.closed
        apart = (written - self.closed_on)[closed] / A_DAY
        known = np.isfinite(apart)
        if known.sum() < FEWEST_DATES:
            return None
        at = float((np.abs(apart[known]) <= 1).mean())
        not_before = float((apart[known] >= -1).mean())
        past = not (written[closed][known] > self._last_day()).any()
        if at >= AT_CLOSING:
            return _clue(column, "at_closing", at, known, surely=at >= AT_CLOSING_SURELY)
        if not_before >= NOT_BEFORE:
            return _clue(column, "after_closing", not_before, known, surely=past)
        return None

    def length_clue(self, column: str) -> Clue | None:
        """Return the clue that a number goes with the days that the deal took."""
        values = self.deals.frame[column]
        if self.closed_on is None or values.dtype != np.float64:
            return None
        closed, numbers = self.deals.closed, values.to_numpy()[self.deals.closed]
        best = (0.0, 0)
        some = slice(None, None, -(-len(numbers) // ENOUGH))
        numbers = numbers[some]
        for days in self.began.values():
            length = (self.closed_on - days)[closed][some] / A_DAY
            known = np.isfinite(length) & np.isfinite(numbers)
            if known.sum() >= FEWEST_DATES and np.ptp(numbers[known]) and np.ptp(length[known]):
                rho = float(spearmanr(numbers[known], length[known]).statistic)
                best = max(best, (abs(rho), int(known.sum())))
        if best[0] < LIKE_LENGTH:
            return None
        numbers_found = {"rho": best[0], "deals": float(best[1])}
        return Clue(
            column=column,
            kind=LeakKind.PURSUIT_LENGTH,
            severity=Severity.CERTAIN if best[0] >= SAME_LENGTH else Severity.SUSPECT,
            evidence=evidence("length", numbers_found),
            numbers=numbers_found,
        )

    def derived(self, n_columns: int) -> list[tuple[Clue, tuple[str, ...]]]:
        """Return the durations and the month that a closing date in the file would give away."""
        if self.column is None or self.closed_on is None:
            return []
        made: list[tuple[str, NDArray[np.float64], tuple[str, ...]]] = [
            (f"{self.column} - {name}", (self.closed_on - days) / A_DAY, (self.column, name))
            for name, days in self.began.items()
        ]
        month = pd.Series(self.closed_on).dt.month.to_numpy(dtype=np.float64)
        made.append((f"month({self.column})", month, (self.column,)))
        clues = [(self._derived_clue(name, of, n_columns), parts) for name, of, parts in made]
        return [(clue, parts) for clue, parts in clues if clue is not None]

    def _derived_clue(
        self, name: str, numbers: NDArray[np.float64], n_columns: int
    ) -> Clue | None:
        levels = levels_of(pd.Series(numbers[self.deals.closed]))
        found = signal(levels, self.deals.won, strictness(n_columns))
        if not found.tells:
            return None
        return alone(name, LeakKind.DERIVED_FROM_CLOSING, found, certain=True)

    def _last_day(self) -> np.datetime64:
        if self.deals.last_day is not None:
            return self.deals.last_day
        known = [days[~np.isnat(days)] for days in (self.closed_on, self.deals.created_on)
                 if days is not None]  # fmt: skip
        return max(days.max() for days in known if len(days))


def find_closing(deals: LabelledDeals, filled_at_closing: set[str]) -> Closing:
    """Return the closing dates: given, or those of the column that behaves like one.

    Without a word from the source, it is a date that only closed deals have, or the one whose name
    says so where there are no open deals to compare with.
    """
    frame = deals.frame
    dates = [str(name) for name in frame.columns if is_date(frame[name])]
    if deals.closed_on is not None:
        given = deals.closed_on.astype("datetime64[D]")
        same = (name for name in dates if _same(_days(frame[name]), given))
        return Closing(deals, next(same, None), given)
    late = [name for name in dates if name in filled_at_closing]
    if not late and not deals.open.any():
        late = [name for name in dates if _speaks_of_closing(name)]
    late.sort(key=lambda name: not _speaks_of_closing(name))
    return Closing(deals, late[0], _days(frame[late[0]])) if late else Closing(deals, None, None)


def is_date(column: "pd.Series[Any]") -> bool:
    """Tell whether a column holds dates."""
    return isinstance(column.dtype, np.dtype) and column.dtype.kind == "M"


def _speaks_of_closing(name: str) -> bool:
    found = telling_name(name)
    return found is not None and found.kind == "outcome"


def _days(column: "pd.Series[Any]") -> Days:
    return column.to_numpy().astype("datetime64[D]")


def _same(one: Days, other: Days) -> bool:
    known = ~np.isnat(one) & ~np.isnat(other)
    return bool(known.any() and (one == other)[known].all())


def _clue(column: str, key: str, share: float, known: NDArray[np.bool_], *, surely: bool) -> Clue:
    numbers = {"share": share, "deals": float(known.sum())}
    return Clue(
        column=column,
        kind=LeakKind.CLOSING_DATE,
        severity=Severity.CERTAIN if surely else Severity.SUSPECT,
        evidence=evidence(key, numbers),
        numbers=numbers,
    )
