"""A number in the digits and separators of a language: what Babel writes, many times faster.

Babel parses its locale and its pattern for every number, and an answer holds some fifty. Python's
own formatting rounds the same way, so only the separators, which stay Babel's, are put in its
place. A number so large that a float does not hold its decimals is left to Babel.
"""

from functools import cache, lru_cache

from babel import Locale
from babel.numbers import format_decimal, get_decimal_symbol, get_group_symbol

from features.texts import Language

LARGEST_WRITTEN_HERE = 1e9
"""Below, the six decimals that a number may have are exact in a float."""
MOST_COUNTS = 4096


def digits_of(value: float, digits: int, language: Language, *, trimmed: bool = False) -> str:
    r"""Return a number that is not negative, already rounded to so many decimals.

    ``trimmed`` leaves out the zeros at its end.

    >>> digits_of(12345.5, 2, "fr"), digits_of(12345.5, 6, "en", trimmed=True)
    ('12\u202f345,50', '12,345.5')
    """
    if value >= LARGEST_WRITTEN_HERE:
        return format_decimal(value, _pattern(digits, trimmed=trimmed), locale=language)
    plain = f"{value:,.{digits}f}"
    if trimmed and digits:
        plain = plain.rstrip("0").rstrip(".")
    return plain if language == "en" else plain.translate(_separators(language))


@cache
def _separators(language: Language) -> dict[int, str]:
    """Return what stands in a language for the separators that Python writes."""
    group, point = get_group_symbol(language), get_decimal_symbol(language)
    return {ord(","): group, ord("."): point}


def _pattern(digits: int, *, trimmed: bool) -> str:
    decimals = ("#" if trimmed else "0") * digits
    return f"#,##0.{decimals}" if digits else "#,##0"


@lru_cache(maxsize=MOST_COUNTS)
def is_one(count: float, language: Language) -> bool:
    """Return whether a noun beside a count stands in the singular.

    >>> is_one(0, "fr"), is_one(0, "en"), is_one(1.5, "fr"), is_one(1.0, "en")
    (True, False, True, True)
    """
    return _locale(language).plural_form(count) == "one"


@cache
def _locale(language: Language) -> Locale:
    return Locale(language)
