"""One number that came as a text, read as a file's column of numbers is.

A file has a column, and so a habit, to go by; a record has one value. A number as programs write
it (``1234.567``) is that number, whatever the file's habit: an API writes no thousands. Anything
else was typed by somebody, and is read as :mod:`training.readers.number_texts` does: what can be
read in one way only is, then what the policy declares decides.
"""

import re
from collections.abc import Sequence
from typing import Literal

from features.errors import printable
from features.fields import WrongFactError
from features.phrase import Phrase

Marks = Literal["decimal_point", "decimal_comma"]
_PROGRAM = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_SIGNS = "$¢£¤¥֏؋৲৳৻૱௹฿៛\u20a0-\u20c0﷼﹩＄￠￡￥￦"
_CURRENCY = rf"(?:[A-Z]{{0,3}}[{_SIGNS}]|[{_SIGNS}][A-Z]{{2}}|[A-Z]{{3}}|kr\.?|zł|Kč|Ft|Fr\.|lei)"
_DRESSED = re.compile(
    rf"(?P<open>\()? ?(?P<first>[+-])? ?(?P<before>{_CURRENCY})? ?(?P<second>[+-])?"
    r"(?P<body>[0-9.,][0-9.,' ]*?)(?P<power>[eE][+-]?[0-9]{1,3})?"
    rf" ?(?P<after>{_CURRENCY}|%)? ?(?P<last>[+-])? ?(?P<close>\))?"
)
_SPACED = r"[1-9][0-9]{0,2}(?: [0-9]{3})+|[1-9][0-9]{0,2}(?:'[0-9]{3})+"
_POINT = re.compile(
    r"(?:(?:[0-9]+|[1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]?(?:,[0-9]{2})+,[0-9]{3}|"
    + _SPACED + r")(?:\.[0-9]*)?|\.[0-9]+)"
)  # fmt: skip
_COMMA = re.compile(
    r"(?:(?:[0-9]+|[1-9][0-9]{0,2}(?:\.[0-9]{3})+|" + _SPACED + r")(?:,[0-9]*)?|,[0-9]+)"
)
_ODD_MARKS = str.maketrans("\t\n\u00a0\u202f\u2009\u2007\u2019\u02bc`\u2212\u2013", "      '''--")
_SAME_AS = {
    "€": "EUR", "$": "USD", "US$": "USD", "$US": "USD", "£": "GBP", "£GB": "GBP", "Fr.": "CHF",
}  # fmt: skip
LONGEST = 100


def number_of(text: str, declared: Marks | None = None) -> float:
    """Return the number that a text means.

    Raises
    ------
    WrongFactError
        When it is no number, or may be two.

    Examples
    --------
    >>> number_of("120000"), number_of("120 000,50 €"), number_of("(1,234.5)")
    (120000.0, 120000.5, -1234.5)
    >>> number_of("120,000", "decimal_point")
    120000.0
    """
    if len(text) > LONGEST:
        raise _no_number(text)
    if _PROGRAM.fullmatch(text):
        return float(text)
    parts = _DRESSED.fullmatch(text.translate(_ODD_MARKS))
    if parts is None:
        raise _no_number(text)
    point, comma = _POINT.fullmatch(parts["body"]), _COMMA.fullmatch(parts["body"])
    signs = [parts["first"], parts["second"], parts["last"], parts["open"]]
    if not (point or comma) or not _is_one_amount(parts, signs):
        raise _no_number(text)
    way = _way(text, declared, point=bool(point), comma=bool(comma))
    number = float(_digits(parts["body"], way) + (parts["power"] or ""))
    return -number if "-" in signs or parts["open"] else number


def _is_one_amount(parts: re.Match[str], signs: Sequence[str | None]) -> bool:
    """Return whether there is no more than one sign, and no more than one currency."""
    before, after = (_SAME_AS.get(parts[side], parts[side]) for side in ("before", "after"))
    one_currency = before in {None, after} or after in {None, "%"}
    closed = bool(parts["open"]) == bool(parts["close"])
    return closed and one_currency and sum(map(bool, signs)) <= 1


def _way(text: str, declared: Marks | None, *, point: bool, comma: bool) -> Marks:
    if point != comma:
        return "decimal_point" if point else "decimal_comma"
    if declared is None and ("." in text or "," in text):
        what = Phrase("'{value}' may have decimals or thousands", value=printable(text, 40))
        hint = (
            "say which in the policy, under deals: 'numbers: decimal_point' or "
            "'numbers: decimal_comma'"
        )
        raise WrongFactError(what, hint)
    return declared or "decimal_point"


def _digits(body: str, way: Marks) -> str:
    thousands = "," if way == "decimal_point" else "."
    bare = body.replace(" ", "").replace("'", "").replace(thousands, "")
    return bare.replace(",", ".")


def _no_number(text: str) -> WrongFactError:
    what = Phrase("'{value}' is not a number", value=printable(text, 40))
    return WrongFactError(what, "write it like 1234.5")
