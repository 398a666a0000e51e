"""Numbers as people write them: decimal point or comma, thousands, currencies, signs.

The decimal mark is one for the whole column. The patterns are RE2, which pyarrow runs over the
distinct texts; they know what the Unicode CLDR gives English, French, German and Swiss numbers.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from features.errors import printable
from training.readers.distinct_texts import MOST_EXAMPLES, DistinctTexts, ReadColumn
from training.readers.votes import Votes

POINT, COMMA = "decimal_point", "decimal_comma"
_CURRENCY = r"(?:\p{Lu}{0,3}\p{Sc}|\p{Sc}\p{Lu}{2}|\p{Lu}{3}|kr\.?|zł|Kč|Ft|Fr\.|lei)"
_NUMBER = (
    r"^(?P<open>\()? ?(?P<first>[+-])? ?(?P<before>" + _CURRENCY + r")? ?(?P<second>[+-])?"
    r"(?P<body>[0-9.,][0-9.,' ]*?)(?P<power>[eE][+-]?[0-9]{1,3})?"
    r" ?(?P<after>" + _CURRENCY + r"|%)? ?(?P<last>[+-])? ?(?P<close>\))?$"
)
_SPACED = r"[1-9][0-9]{0,2}(?: [0-9]{3})+|[1-9][0-9]{0,2}(?:'[0-9]{3})+"
_WITH_POINT = (
    r"^(?:(?:[0-9]+|[1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]?(?:,[0-9]{2})+,[0-9]{3}|"
    + _SPACED + r")(?:\.[0-9]*)?|\.[0-9]+)$"
)  # fmt: skip
_WITH_COMMA = (
    r"^(?:(?:[0-9]+|[1-9][0-9]{0,2}(?:\.[0-9]{3})+|" + _SPACED + r")(?:,[0-9]*)?|,[0-9]+)$"
)
_ODD_MARKS = (
    (r"[\s\x{00A0}\x{202F}\x{2009}\x{2007}]+", " "),
    (r"[\x{2019}\x{02BC}`]", "'"),
    (r"[\x{2212}\x{2013}]", "-"),
)
_SAME_AS = {
    "€": "EUR",
    "$": "USD",
    "US$": "USD",
    "$US": "USD",
    "£GB": "GBP",
    "£": "GBP",
    "Fr.": "CHF",
}


@dataclass(frozen=True, slots=True)
class NumberTexts:
    """A column of numbers, taken apart but for its decimal mark."""

    votes: Votes
    currencies: tuple[str, ...]
    _plain: NDArray[np.float64] | None
    _distinct: DistinctTexts | None
    _parts: Any

    @classmethod
    def of(cls, column: pa.ChunkedArray, unknown: Collection[str] = ()) -> "NumberTexts":
        """Take a column of texts or numbers apart; words for unknown are left out."""
        plain = _plain_numbers(column, unknown)
        if plain is not None:
            return cls(plain[1], (), plain[0], None, None)
        distinct = DistinctTexts.of(column, unknown)
        parts = pc.extract_regex(_simplified(distinct.texts), _NUMBER)
        votes = _votes(distinct.texts, pc.struct_field(parts, "body"))
        return cls(votes, _currencies(parts), None, distinct, parts)

    @property
    def share(self) -> float:
        """The share of the known values that are numbers, under some decimal mark."""
        if self._distinct is None:
            return 1.0
        body = pc.struct_field(self._parts, "body")
        good = _matches(body, _WITH_POINT) | _matches(body, _WITH_COMMA)
        known = self._distinct.codes >= 0
        return (
            float(self._distinct.spread(good, missing=False)[known].mean()) if known.any() else 0.0
        )

    def read(self, way: str | None) -> ReadColumn:
        """Return the numbers under a decimal mark, None where it makes no difference.

        >>> texts = NumberTexts.of(pa.chunked_array([["1 234,5 €", "(12,50)", None]]))
        >>> texts.votes.voted, texts.read("decimal_comma").values.tolist()
        (('decimal_comma',), [1234.5, -12.5, nan])
        """
        if self._plain is not None:
            return ReadColumn(self._plain)
        distinct = self._distinct
        assert distinct is not None  # noqa: S101 (one of the two is there)
        values = _values(self._parts, way or POINT)
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
    is_text = pa.types.is_string(column.type)
    if unknown and is_text:
        words = pc.is_in(column, pa.array(list(unknown), pa.string()))
        column = pc.if_else(words, None, column)
    try:
        numbers = column.cast(pa.float64()) if not _is_time(column.type) else None
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        return None
    if numbers is None or not pc.all(pc.is_finite(numbers), min_count=0).as_py():
        return None
    votes = _plain_votes(column) if is_text else Votes({})
    if votes is None:
        return None
    values = numbers.to_numpy().astype(np.float64, copy=True)
    if unknown and not is_text:
        values[np.isin(values, _numbers_among(unknown))] = np.nan
    return values, votes


def _is_time(kind: pa.DataType) -> bool:
    return bool(pa.types.is_temporal(kind))


def _plain_votes(column: pa.ChunkedArray) -> Votes | None:
    """Return the votes of texts that are all plain numbers; None where points decide nothing."""
    if not pc.any(pc.match_substring(column, ".")).as_py():
        return Votes({})
    decided = any(pc.any(_decisive(texts)).as_py() for texts in (column.slice(0, 1000), column))
    return Votes({POINT: 1}) if decided else None


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


def _simplified(texts: pa.StringArray) -> pa.StringArray:
    """Return texts with one kind of space, apostrophe and minus."""
    for pattern, plain in _ODD_MARKS:
        if pc.any(pc.match_substring_regex(texts, pattern)).as_py():
            texts = pc.replace_substring_regex(texts, pattern, plain)
    return texts


def _matches(body: pa.StringArray, pattern: str) -> NDArray[np.bool_]:
    matched = pc.match_substring_regex(body, pattern).fill_null(fill_value=False)
    result: NDArray[np.bool_] = matched.to_numpy(zero_copy_only=False)
    return result


def _votes(texts: pa.StringArray, body: pa.StringArray) -> Votes:
    point, comma = _matches(body, _WITH_POINT), _matches(body, _WITH_COMMA)
    marked = _matches(body, "[.,]")
    both = np.flatnonzero(point & comma & marked)[:MOST_EXAMPLES]
    counts = {POINT: int((point & ~comma).sum()), COMMA: int((comma & ~point).sum())}
    return Votes(counts, tuple(texts[int(place)].as_py() for place in both))


def _currencies(parts: Any) -> tuple[str, ...]:
    """Return the currencies that are named, by code."""
    found = set()
    for name in ("before", "after"):
        texts = pc.unique(pc.struct_field(parts, name)).to_pylist()
        found |= {_SAME_AS.get(text, text) for text in texts if text and text != "%"}
    return tuple(sorted(found))


def _values(parts: Any, way: str) -> NDArray[np.float64]:
    body = pc.struct_field(parts, "body")
    good = _matches(body, _WITH_COMMA if way == COMMA else _WITH_POINT)
    digits = pc.replace_substring_regex(body, "[ '.]" if way == COMMA else "[ ',]", "")
    if way == COMMA:
        digits = pc.replace_substring(digits, ",", ".")
    text = pc.binary_join_element_wise(digits, pc.struct_field(parts, "power"), "")
    negative, signs_fit = _signs(parts)
    good &= signs_fit
    numbers = pc.if_else(pa.array(good), text, None).cast(pa.float64())
    values = numbers.to_numpy(zero_copy_only=False).astype(np.float64)
    signed: NDArray[np.float64] = np.where(negative, -values, values)
    return signed


def _signs(parts: Any) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return which numbers are negative, and where there is no more than one sign."""

    def is_(name: str, text: str) -> NDArray[np.bool_]:
        found = pc.equal(pc.struct_field(parts, name), text).fill_null(fill_value=False)
        result: NDArray[np.bool_] = found.to_numpy(zero_copy_only=False)
        return result

    opened, closed = is_("open", "("), is_("close", ")")
    minus = [is_(name, "-") for name in ("first", "second", "last")]
    plus = [is_(name, "+") for name in ("first", "second", "last")]
    n_signs = np.sum([opened, *minus, *plus], axis=0)
    return opened | np.any(minus, axis=0), (opened == closed) & (n_signs <= 1)
