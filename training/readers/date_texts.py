"""Dates as exports write them: one notation and one order of day and month a column."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from features.errors import printable
from training.readers.date_notations import NOTATIONS, Calendar, Notation
from training.readers.distinct_texts import MOST_EXAMPLES, DistinctTexts, ReadColumn
from training.readers.votes import Votes

DAY_FIRST, MONTH_FIRST = "day_first", "month_first"
FIRST_DAY, LAST_DAY = np.datetime64("1900-01-01", "ms"), np.datetime64("2200-12-31", "ms")


@dataclass(frozen=True, slots=True)
class DateTexts:
    """A column of dates, taken apart but for which number is the day.

    ``notation`` is how most of its values are written, None for a column of a source that has
    dates; ``share`` the share of the known values written so.
    """

    votes: Votes
    notation: Notation | None
    share: float
    _typed: NDArray[np.datetime64] | None
    _distinct: DistinctTexts | None
    _calendar: Calendar | None

    @classmethod
    def of(cls, column: pa.ChunkedArray, unknown: Collection[str] = ()) -> "DateTexts":
        """Take a column of texts, dates or numbers apart; words for unknown are left out."""
        if pa.types.is_date(column.type) or pa.types.is_timestamp(column.type):
            typed = column.cast(pa.timestamp("ms")).to_numpy().astype("datetime64[ms]")
            return cls(Votes({}), None, 1.0, typed, None, None)
        distinct = DistinctTexts.of(column, unknown)
        notation, calendar = _commonest(distinct.texts)
        known = distinct.codes >= 0
        share = (
            float(distinct.spread(calendar.written, missing=False)[known].mean())
            if known.any()
            else 0.0
        )
        votes = _votes(distinct.texts, calendar) if notation.either_order else Votes({})
        return cls(votes, notation, share, None, distinct, calendar)

    def read(self, way: str | None) -> ReadColumn:
        """Return the moments, as written; those before 1900 or after 2200 are wrong.

        >>> texts = DateTexts.of(pa.chunked_array([["15/01/2026 10:30", "01/02/2026"]]))
        >>> texts.votes.voted, [str(day)[:10] for day in texts.read("day_first").values]
        (('day_first',), ['2026-01-15', '2026-02-01'])
        """
        if self._distinct is None or self._calendar is None or self.notation is None:
            return ReadColumn(
                np.array([], "datetime64[ms]") if self._typed is None else self._typed
            )
        calendar = self._calendar
        if way == MONTH_FIRST and self.notation.either_order:
            calendar = calendar.swapped()
        moments = calendar.moments()
        bad = np.isnat(moments) | (moments < FIRST_DAY) | (moments > LAST_DAY)
        moments[bad] = np.datetime64("NaT")
        why = _why(self.notation, way)
        return ReadColumn(self._distinct.spread(moments, "NaT"), *self._distinct.wrong(bad, why))


def _commonest(texts: pa.StringArray) -> tuple[Notation, Calendar]:
    """Return the notation that most of the texts are written in."""
    best: tuple[Notation, Calendar] | None = None
    for notation in NOTATIONS:
        calendar = notation.read(texts)
        n_written = calendar.written.sum()
        if best is None or n_written > best[1].written.sum():
            best = notation, calendar
        if n_written == len(texts):
            break
    assert best is not None  # noqa: S101 (there are notations)
    return best


def _votes(texts: pa.StringArray, calendar: Calendar) -> Votes:
    """Return what the numbers say: above twelve is no month, and points stand after the day."""
    first, second = calendar.day, calendar.month
    a_date = calendar.written & (first > 0) & (second > 0) & (first <= 31) & (second <= 31)  # noqa: PLR2004
    day_first = a_date & (second <= 12) & ((first > 12) | calendar.dotted)  # noqa: PLR2004
    month_first = a_date & (first <= 12) & (second > 12) & ~calendar.dotted  # noqa: PLR2004
    either = a_date & (first <= 12) & (second <= 12) & (first != second) & ~calendar.dotted  # noqa: PLR2004
    examples = [texts[int(place)].as_py() for place in np.flatnonzero(either)[:MOST_EXAMPLES]]
    counts = {DAY_FIRST: int(day_first.sum()), MONTH_FIRST: int(month_first.sum())}
    return Votes(counts, tuple(examples))


def _why(notation: Notation, way: str | None) -> Callable[[str], tuple[str, str]]:
    def why(text: str) -> tuple[str, str]:
        what = f"'{printable(text, 40)}' is not a date between 1900 and 2200"
        order = {DAY_FIRST: ", the day first", MONTH_FIRST: ", the month first"}
        told = order.get(way or "", "") if notation.either_order else ""
        return what, f"the column's dates are written like {notation.example(way)}{told}"

    return why
