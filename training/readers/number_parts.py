"""The digits of a number apart from what people put around them: sign, currency, percent.

Patterns that only answer yes or no are quick on a million texts, those that take a text apart are
not: so what stands around most texts is taken off first, and the rest is taken apart.
"""

import re
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

_CURRENCY = r"(?:\p{Lu}{0,3}\p{Sc}|\p{Sc}\p{Lu}{2}|\p{Lu}{3}|kr\.?|zł|Kč|Ft|Fr\.|lei)"
_NUMBER = (
    r"^(?P<open>\()? ?(?P<first>[+-])? ?(?P<before>" + _CURRENCY + r")? ?(?P<second>[+-])?"
    r"(?P<body>[0-9.,][0-9.,' ]*?)(?P<power>[eE][+-]?[0-9]{1,3})?"
    r" ?(?P<after>" + _CURRENCY + r"|%)? ?(?P<last>[+-])? ?(?P<close>\))?$"
)
_BARE = r"^-?[0-9.,](?:[0-9.,' ]*[0-9.,])?$"
_ODD_MARKS = {
    "\t": " ", "\n": " ", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2007": " ",
    "\u2019": "'", "\u02bc": "'", "`": "'", "\u2212": "-", "\u2013": "-",
}  # fmt: skip
_SAME_AS = {
    "€": "EUR", "$": "USD", "US$": "USD", "$US": "USD", "£": "GBP", "£GB": "GBP", "Fr.": "CHF",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class NumberParts:
    """Texts taken apart, one entry a text; ``body`` is null where it is no number at all.

    ``body`` holds digits with their separators, ``power`` what follows an ``e``; ``fits`` says
    where there is no more than one sign. ``currencies`` are those that are named, by code.
    """

    body: pa.StringArray
    power: pa.StringArray
    negative: NDArray[np.bool_]
    fits: NDArray[np.bool_]
    currencies: tuple[str, ...]

    @classmethod
    def of(cls, texts: pa.StringArray) -> "NumberParts":
        """Take texts apart.

        >>> parts = NumberParts.of(pa.array(["-1 234,5 €", "(12)", "x"]))
        >>> parts.body.to_pylist(), parts.negative.tolist(), parts.currencies
        (['1 234,5', '12', None], [True, True, False], ('EUR',))
        """
        texts = _simplified(texts)
        undressed, currency = _undressed(texts)
        bare = pc.match_substring_regex(undressed, _BARE)
        negative = _array(pc.starts_with(undressed, "-")) & _array(bare)
        body = pc.if_else(bare, pc.utf8_ltrim(undressed, "-"), None)
        if pc.all(bare, min_count=0).as_py():
            power, fits = pa.nulls(len(texts), pa.string()), np.ones(len(texts), dtype=bool)
            return cls(body, power.fill_null(""), negative, fits, currency)
        dressed = pc.extract_regex(pc.if_else(bare, None, texts), _NUMBER)
        signed, fits = _signs(dressed)
        named = {*currency, *_currencies(dressed)}
        return cls(
            pc.coalesce(body, pc.struct_field(dressed, "body")),
            pc.fill_null(pc.struct_field(dressed, "power"), ""),
            negative | signed,
            fits,
            tuple(sorted(named)),
        )


def _array(values: Any) -> NDArray[np.bool_]:
    filled: NDArray[np.bool_] = pc.fill_null(values, fill_value=False).to_numpy(
        zero_copy_only=False
    )
    return filled


def _simplified(texts: pa.StringArray) -> pa.StringArray:
    """Return texts with one kind of space, apostrophe and minus."""
    if pc.all(pc.string_is_ascii(texts), min_count=0).as_py():
        return texts
    for mark, plain in _ODD_MARKS.items():
        if pc.any(pc.match_substring(texts, mark)).as_py():
            texts = pc.replace_substring(texts, mark, plain)
    return texts


def _undressed(texts: pa.StringArray) -> tuple[pa.StringArray, tuple[str, ...]]:
    """Return texts without the currency that the first of them has at its end."""
    first = texts[0].as_py() if len(texts) else ""
    found = re.search(r" ?([^\W\d_]{3}|[€$£¥])$", first)
    if not found or not pc.match_substring_regex(found[1], f"^{_CURRENCY}$").as_py():
        return texts, ()
    ends = pc.ends_with(texts, found[0])
    shorter = pc.utf8_slice_codeunits(texts, 0, -len(found[0]))
    return pc.if_else(ends, shorter, texts), (_SAME_AS.get(found[1], found[1]),)


def _currencies(dressed: Any) -> set[str]:
    found = set()
    for name in ("before", "after"):
        texts = pc.unique(pc.struct_field(dressed, name)).to_pylist()
        found |= {_SAME_AS.get(text, text) for text in texts if text and text != "%"}
    return found


def _signs(dressed: Any) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return which numbers are negative, and where there is no more than one sign."""

    def has(name: str, text: str) -> NDArray[np.bool_]:
        return _array(pc.equal(pc.struct_field(dressed, name), text))

    opened, closed = has("open", "("), has("close", ")")
    minus = [has(name, "-") for name in ("first", "second", "last")]
    plus = [has(name, "+") for name in ("first", "second", "last")]
    n_signs = np.sum([opened, *minus, *plus], axis=0)
    return opened | np.any(minus, axis=0), (opened == closed) & (n_signs <= 1)
