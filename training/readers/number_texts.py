"""Numbers as people write them: decimal point or comma, thousands, currencies, signs.

The decimal mark is one for the whole column. The patterns are RE2, which pyarrow runs over the
distinct texts; they know what the Unicode CLDR gives English, French, German and Swiss numbers.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from features.errors import printable
from training.readers.distinct_texts import MOST_EXAMPLES, DistinctTexts, ReadColumn
from training.readers.number_parts import NumberParts
from training.readers.votes import Votes

POINT, COMMA = "decimal_point", "decimal_comma"
_SPACED = r"[1-9][0-9]{0,2}(?: [0-9]{3})+|[1-9][0-9]{0,2}(?:'[0-9]{3})+"
_WITH_POINT = (
    r"^(?:(?:[0-9]+|[1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]?(?:,[0-9]{2})+,[0-9]{3}|"
    + _SPACED + r")(?:\.[0-9]*)?|\.[0-9]+)$"
)  # fmt: skip
_WITH_COMMA = (
    r"^(?:(?:[0-9]+|[1-9][0-9]{0,2}(?:\.[0-9]{3})+|" + _SPACED + r")(?:,[0-9]*)?|,[0-9]+)$"
)


@dataclass(frozen=True, slots=True)
class NumberTexts:
    """A column of numbers, taken apart but for its decimal mark."""

    votes: Votes
    currencies: tuple[str, ...]
    _plain: NDArray[np.float64] | None = None
    _distinct: DistinctTexts | None = None
    _parts: NumberParts | None = None
    _fits: Mapping[str, NDArray[np.bool_]] = field(default_factory=dict)

    @classmethod
    def of(cls, column: pa.ChunkedArray, unknown: Collection[str] = ()) -> "NumberTexts":
        """Take a column of texts or numbers apart; words for unknown are left out."""
        plain = _plain_numbers(column, unknown)
        if plain is not None:
            return cls(plain[1], (), plain[0])
        distinct = DistinctTexts.of(column, unknown)
        parts = NumberParts.of(distinct.texts)
        patterns = {POINT: _WITH_POINT, COMMA: _WITH_COMMA}
        fits = {way: _matches(parts.body, pattern) for way, pattern in patterns.items()}
        votes = _votes(distinct.texts, parts.body, fits[POINT], fits[COMMA])
        return cls(votes, parts.currencies, None, distinct, parts, fits)

    @property
    def share(self) -> float:
        """The share of the known values that are numbers, under some decimal mark."""
        if self._distinct is None:
            return 1.0
        known = self._distinct.codes >= 0
        good = self._distinct.spread(self._fits[POINT] | self._fits[COMMA], missing=False)
        return float(good[known].mean()) if known.any() else 0.0

    def read(self, way: str | None) -> ReadColumn:
        """Return the numbers under a decimal mark, None where it makes no difference.

        >>> texts = NumberTexts.of(pa.chunked_array([["1 234,5 €", "(12,50)", None]]))
        >>> texts.votes.voted, texts.read("decimal_comma").values.tolist()
        (('decimal_comma',), [1234.5, -12.5, nan])
        """
        if self._plain is not None:
            return ReadColumn(self._plain)
        distinct, parts = self._distinct, self._parts
        assert distinct is not None  # noqa: S101 (one of the two is there)
        assert parts is not None  # noqa: S101
        values = _values(parts, way or POINT, self._fits[way or POINT])
        bad = np.isnan(values)
        return ReadColumn(distinct.spread(values, np.nan), *distinct.wrong(bad, _why(way)))


def _why(way: str | None) -> Any:
    example = {POINT: "1234.5", COMMA: "1234,5", None: "1234.5"}[way]

    def why(text: str) -> tuple[str, str]:
        shown = printable(text, 40)
        return f"'{shown}' is not a number", f"the column's numbers are written like {example}"

    return why


def _plain_numbers(
    column: pa.ChunkedArray, unknown: Collection[str]
) -> tuple[NDArray[np.float64], Votes] | None:
    """Return the numbers of a column that is plain as programs write them, else None."""
    if pa.types.is_temporal(column.type):
        return None
    numbers = _cast(column)
    if numbers is None and unknown:
        words = pc.is_in(column, pa.array(list(unknown), pa.string()))
        numbers = _cast(pc.if_else(words, None, column))
    if numbers is None:
        return None
    votes = _plain_votes(column) if pa.types.is_string(column.type) else Votes({})
    if votes is None:
        return None
    values = numbers.to_numpy().astype(np.float64, copy=True)
    if said := _numbers_among(unknown):
        values[np.isin(values, said)] = np.nan
    return values, votes


def _cast(column: pa.ChunkedArray) -> pa.ChunkedArray | None:
    """Return finite numbers, None where some value is no such number."""
    try:
        numbers = column.cast(pa.float64())
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        return None
    return numbers if pc.all(pc.is_finite(numbers), min_count=0).as_py() else None


def _plain_votes(column: pa.ChunkedArray) -> Votes | None:
    """Return the votes of texts that are all plain numbers; None where points decide nothing."""
    if pc.any(_decisive(column.slice(0, 1000))).as_py():
        return Votes({POINT: 1})
    if not pc.any(pc.match_substring(column, ".")).as_py():
        return Votes({})
    return Votes({POINT: 1}) if pc.any(_decisive(column)).as_py() else None


def _decisive(texts: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return which plain numbers cannot be read with a point between thousands."""
    pattern = r"^[+-]?(?:[0-9]{4,}\.|0[0-9]*\.|\.|[0-9]+\.(?:[0-9]{0,2}|[0-9]{4,})(?:[eE]|$))"
    return pc.match_substring_regex(texts, pattern)


def _numbers_among(words: Collection[str]) -> list[float]:
    numbers = []
    for word in words:
        try:
            numbers.append(float(word))
        except ValueError:
            continue
    return numbers


def _matches(body: pa.StringArray, pattern: str) -> NDArray[np.bool_]:
    matched = pc.match_substring_regex(body, pattern).fill_null(fill_value=False)
    result: NDArray[np.bool_] = matched.to_numpy(zero_copy_only=False)
    return result


def _votes(
    texts: pa.StringArray,
    body: pa.StringArray,
    point: NDArray[np.bool_],
    comma: NDArray[np.bool_],
) -> Votes:
    both = np.flatnonzero(point & comma)
    marked = both[_matches(body.take(pa.array(both)), "[.,]")][:MOST_EXAMPLES]
    counts = {POINT: int((point & ~comma).sum()), COMMA: int((comma & ~point).sum())}
    return Votes(counts, tuple(texts[int(place)].as_py() for place in marked))


def _values(parts: NumberParts, way: str, fits: NDArray[np.bool_]) -> NDArray[np.float64]:
    digits = parts.body
    for mark in (" ", "'", "." if way == COMMA else ","):
        digits = pc.replace_substring(digits, mark, "")
    if way == COMMA:
        digits = pc.replace_substring(digits, ",", ".")
    text = pc.binary_join_element_wise(digits, parts.power, "")
    numbers = pc.if_else(pa.array(fits & parts.fits), text, None).cast(pa.float64())
    values = numbers.to_numpy(zero_copy_only=False).astype(np.float64)
    signed: NDArray[np.float64] = np.where(parts.negative, -values, values)
    return signed
