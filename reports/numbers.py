"""Numbers as the reader writes them, in French and in English.

Separators and plurals are Babel's (CLDR); minus is the real sign, so that it never breaks off its
number. What is not known, or not a number, is a dash.
"""

from datetime import date
from functools import cache, lru_cache
from math import isfinite
from typing import TypeGuard

from babel.dates import format_date
from babel.numbers import get_currency_symbol, list_currencies

from features.texts import Language, Text
from reports.digits import digits_of, is_one

_DAY_LOCALES = {"en": "en_GB", "fr": "fr_FR"}
NOTHING = "–"
MINUS = "−"
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"

MOST_DIGITS = 6
MOST_MONTHS = 4096
"""So many months are remembered as they are written."""

_PERCENT = {"en": "%", "fr": NO_BREAK_SPACE + "%"}
_POINTS = {"en": " pp", "fr": NO_BREAK_SPACE + "pts"}
_TO = {"en": " to ", "fr": " à "}
_OF = {"en": " of ", "fr": " sur "}


def percent(share: float | None, language: Language, *, digits: int = 0) -> str:
    r"""Return a share, where 1 is 100 %.

    >>> percent(0.634, "en"), percent(0.634, "fr", digits=1), percent(None, "fr")
    ('63%', '63,4\xa0%', '–')
    """
    if not _known(share):
        return NOTHING
    return _written(100 * share, digits, "", language) + _PERCENT[language]


def share(value: float, language: Language) -> str:
    """Return a share as exactly as somebody wrote it.

    >>> share(0.25, "en"), share(0.125, "en"), share(0.33333, "en")
    ('25%', '12.5%', '33.333%')
    """
    decimals = f"{100 * value:.{MOST_DIGITS}f}".rstrip("0").partition(".")[2]
    return percent(value, language, digits=len(decimals))


def percent_range(low: float | None, high: float | None, language: Language) -> str:
    r"""Return an interval of shares, the sign once.

    >>> percent_range(0.52, 0.73, "en"), percent_range(0.52, 0.73, "fr")
    ('52–73%', '52–73\xa0%')
    """
    if not (_known(low) and _known(high)):
        return NOTHING
    return f"{decimal(100 * low, language, digits=0)}–{percent(high, language)}"


def points_of_percent(share: float | None, language: Language, *, signed: bool = True) -> str:
    r"""Return a difference of shares in percentage points, where 1 is 100 points.

    >>> points_of_percent(0.083, "en"), points_of_percent(-0.0831, "fr")
    ('+8.3 pp', '−8,3\xa0pts')
    >>> points_of_percent(-0.0001, "en"), points_of_percent(0.02, "en", signed=False)
    ('0.0 pp', '2.0 pp')
    """
    if not _known(share):
        return NOTHING
    plus = "+" if signed else ""
    return _written(100 * share, 1, plus, language) + _POINTS[language]


def points(value: float | None, language: Language) -> str:
    """Return the points of a criterion, with their sign.

    >>> points(20, "en"), points(-2.5, "fr"), points(0, "en"), points(None, "en")
    ('+20', '−2,5', '0', '–')
    """
    return _written(value, MOST_DIGITS, "+", language, trimmed=True) if _known(value) else NOTHING


def decimal(value: float | None, language: Language, *, digits: int | None = None) -> str:
    r"""Return a number with that many decimals, or with those that it has (six at most).

    >>> decimal(0.6931, "en", digits=3), decimal(12345.5, "fr"), decimal(-3.0, "fr")
    ('0.693', '12\u202f345,5', '−3')
    """
    if not _known(value):
        return NOTHING
    if digits is None:
        return _written(value, MOST_DIGITS, "", language, trimmed=True)
    return _written(value, digits, "", language)


def decimal_range(
    low: float | None, high: float | None, language: Language, *, digits: int
) -> str:
    """Return an interval of numbers, in words because either may be negative.

    >>> decimal_range(-0.004, 0.02, "en", digits=3), decimal_range(0.004, 0.02, "fr", digits=3)
    ('−0.004 to 0.020', '0,004 à 0,020')
    """
    if not (_known(low) and _known(high)):
        return NOTHING
    ends = (decimal(end, language, digits=digits) for end in (low, high))
    return _TO[language].join(ends)


def whole(count: int, language: Language) -> str:
    r"""Return a count, its thousands apart.

    >>> whole(12500, "en"), whole(12500, "fr")
    ('12,500', '12\u202f500')
    """
    return digits_of(count, 0, language)


def part_of(part: int, total: int, language: Language) -> str:
    """Return some of a count.

    >>> part_of(41, 65, "en"), part_of(41, 65, "fr")
    ('41 of 65', '41 sur 65')
    """
    return _OF[language].join(whole(count, language) for count in (part, total))


def counted(count: int, one: Text, other: Text, language: Language) -> str:
    r"""Return a count with its noun, singular or plural as the language has it.

    >>> deal, deals = Text(en="deal", fr="affaire"), Text(en="deals", fr="affaires")
    >>> [counted(n, deal, deals, "fr") for n in (0, 1, 1200)]
    ['0\xa0affaire', '1\xa0affaire', '1\u202f200\xa0affaires']
    >>> counted(0, deal, deals, "en")
    '0\xa0deals'
    """
    noun = one if is_one(count, language) else other
    return whole(count, language) + NO_BREAK_SPACE + noun.in_(language)


def _known(value: float | None) -> TypeGuard[float]:
    return value is not None and isfinite(value)


def _written(
    value: float, digits: int, plus: str, language: Language, *, trimmed: bool = False
) -> str:
    # Rounded first, and zero added, because -0.04 would be written "-0.0".
    rounded = round(value, digits) + 0.0
    if trimmed and rounded.is_integer():
        digits = 0
    if rounded < 0:
        return MINUS + digits_of(-rounded, digits, language, trimmed=trimmed)
    written = digits_of(rounded, digits, language, trimmed=trimmed)
    return plus + written if plus and rounded else written


def written_day(day: date, language: Language) -> str:
    r"""Return a day as the reader writes it; the first of a month is an ordinal in French.

    >>> written_day(date(2026, 3, 31), "en"), written_day(date(2026, 3, 1), "fr")
    ('31\xa0March 2026', '1er\xa0mars 2026')
    """
    number = "1er" if language == "fr" and day.day == 1 else str(day.day)
    return f"{number}{NO_BREAK_SPACE}{_month(day.replace(day=1), language)}"


@lru_cache(maxsize=MOST_MONTHS)
def _month(first: date, language: Language) -> str:
    """Return the month and year of its first day."""
    return str(format_date(first, "MMMM y", locale=_DAY_LOCALES[language]))


def quantity(value: float | None, unit: str | None, language: Language) -> str:
    r"""Return a number with its unit: money as it is written, days and hours in the language.

    >>> quantity(100_000, "EUR", "en"), quantity(100_000, "EUR", "fr")
    ('€100,000', '100\u202f000\xa0€')
    >>> quantity(1, "days", "en"), quantity(-30, "days", "fr"), quantity(80, "%", "fr")
    ('1\xa0day', '−30\xa0jours', '80\xa0%')
    """
    if not _known(value) or not unit:
        return decimal(value, language)
    if unit in _currencies():
        return _money(value, unit, language)
    if unit == "%":
        return decimal(value, language) + _PERCENT[language]
    words = _UNITS.get(unit.lower())
    if words is not None:
        one, other = (word.in_(language) for word in words)
        unit = one if is_one(abs(value), language) else other
    return decimal(value, language) + NO_BREAK_SPACE + unit


def money(amount: float, currency: str | None, language: Language) -> str:
    r"""Return an amount of money, to the unit.

    >>> money(12345.6, "EUR", "fr"), money(80, None, "en")
    ('12\u202f346\xa0€', '80')
    """
    return quantity(float(round(amount)), currency, language)


def _money(value: float, currency: str, language: Language) -> str:
    symbol = _symbol(currency, language)
    if language == "fr":
        return decimal(value, language) + NO_BREAK_SPACE + symbol
    apart = NO_BREAK_SPACE if symbol[-1].isalpha() else ""
    number = decimal(value, language)
    sign = MINUS if number.startswith(MINUS) else ""
    return sign + symbol + apart + number.removeprefix(MINUS)


@cache
def _symbol(currency: str, language: Language) -> str:
    """Return the sign of a currency, of which there are few."""
    return get_currency_symbol(currency, locale=language)


@cache
def _currencies() -> frozenset[str]:
    return frozenset(list_currencies())


def _units() -> dict[str, tuple[Text, Text]]:
    named = (
        (("day", "jour"), ("days", "jours")),
        (("week", "semaine"), ("weeks", "semaines")),
        (("month", "mois"), ("months", "mois")),
        (("year", "an"), ("years", "ans")),
        (("hour", "heure"), ("hours", "heures")),
    )
    found: dict[str, tuple[Text, Text]] = {}
    for names in named:
        one, other = (Text(en=en, fr=fr) for en, fr in names)
        found |= {word: (one, other) for text in (one, other) for word in (text.en, text.fr)}
    return found


_UNITS = _units()
