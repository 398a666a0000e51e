"""One day that came as a text or a number, read as a file's column of dates is.

The notations are those of :mod:`training.readers.date_notations`, in their order. A time is left
out as it is written, whatever its zone, as in a file.
"""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from features.errors import printable
from features.fields import WrongFactError
from features.month_names import month_numbers, plain_word
from features.phrase import Phrase

Order = Literal["day_first", "month_first"]
FIRST, LAST = date(1900, 1, 1), date(2200, 12, 31)
LONGEST = 60
_TIME = (
    r"(?:(?:T|,? +|,? à )(?P<hour>[0-9]{1,2})[:h](?P<minute>[0-9]{2})"
    r"(?::(?P<second>[0-9]{2})(?:[.,][0-9]{1,9})?)?"
    r"(?:[ \u202F\u00A0]?(?P<half>[AaPp]\.?[Mm]\.?))?"
    r" ?(?:Z|UTC|GMT|[+-][0-9]{2}(?::?[0-9]{2})?)?)?"
)
_ISO = re.compile(r"(?P<year>[0-9]{4})[-/.](?P<month>[0-9]{1,2})[-/.](?P<day>[0-9]{1,2})" + _TIME)
_NUMERIC = re.compile(
    r"(?P<day>[0-9]{1,2})(?P<mark>[/.-]) ?(?P<month>[0-9]{1,2})[/.-] ?"
    r"(?P<year>[0-9]{4}|[0-9]{2})" + _TIME
)
_WEEKDAY, _LETTER = r"(?:[^\W\d_]{2,10}\.?,? )?", r"[^\W\d_]"
_NAME, _YEAR = rf"(?P<name>{_LETTER}{{3,10}})\.?", r"(?P<year>[0-9]{4}|[0-9]{2})"
_NAMED = (
    re.compile(
        _WEEKDAY
        + r"(?P<day>[0-9]{1,2})(?:er|st|nd|rd|th|\.)?[ -]"
        + _NAME
        + "[ ,-]+"
        + _YEAR
        + _TIME
    ),
    re.compile(
        _WEEKDAY + _NAME + r"[ -](?P<day>[0-9]{1,2})(?:st|nd|rd|th)?,?[ -]+" + _YEAR + _TIME
    ),
)
_COMPACT = re.compile(
    r"(?P<year>(?:19|20|21)[0-9]{2})(?P<month>[0-9]{2})(?P<day>[0-9]{2})" + _TIME
)
_COUNTED = re.compile(
    r"(?P<ms>[0-9]{12,13})(?:\.0)?|(?P<s>[0-9]{9,10}(?:\.[0-9]+)?)|(?P<serial>[0-9]{5}(?:\.[0-9]+)?)"
)
_EPOCH, _SERIAL_ORIGIN = datetime(1970, 1, 1, tzinfo=UTC), datetime(1899, 12, 30, tzinfo=UTC)
_COUNTS = {
    "ms": (_EPOCH, 1e11, 7.3e12, 1),
    "s": (_EPOCH, 1e8, 7.3e9, 1_000),
    "serial": (_SERIAL_ORIGIN, 20_000, 80_000, 86_400_000),
}
"""From which moment is counted, from what to what, in units of how many milliseconds."""
_MONTHS, _HOURS, _SIXTY = 12, 24, 60


def day_of(text: str, declared: Order | None = None) -> date:
    """Return the day that a text means.

    Raises
    ------
    WrongFactError
        When it is no day between 1900 and 2200, or may be two.

    Examples
    --------
    >>> str(day_of("2026-03-31T23:30:00.000+0000")), str(day_of("31/03/2026 10:30"))
    ('2026-03-31', '2026-03-31')
    >>> str(day_of("1774915200000")), str(day_of("03/04/2026", "day_first"))
    ('2026-03-31', '2026-04-03')
    """
    found = None if len(text) > LONGEST else _read(text, declared)
    if found is None or not FIRST <= found <= LAST:
        what = Phrase("'{value}' is not a date between 1900 and 2200", value=printable(text, 40))
        raise WrongFactError(what, "write it like 2026-03-31")
    return found


def _read(text: str, declared: Order | None) -> date | None:
    if written := _ISO.fullmatch(text):
        return _calendar_day(written, int(written["month"]), int(written["day"]))
    if written := _NUMERIC.fullmatch(text):
        return _in_order(written, text, declared)
    for pattern in _NAMED:
        if (written := pattern.fullmatch(text)) and (month := _month(written["name"])):
            return _calendar_day(written, month, int(written["day"]))
    if written := _COMPACT.fullmatch(text):
        return _calendar_day(written, int(written["month"]), int(written["day"]))
    return _counted(text)


def _in_order(written: re.Match[str], text: str, declared: Order | None) -> date | None:
    first, second = int(written["day"]), int(written["month"])
    dotted = written["mark"] == "."
    way = declared
    if second <= _MONTHS and (first > _MONTHS or dotted):
        way = "day_first"
    elif first <= _MONTHS < second and not dotted:
        way = "month_first"
    if way is None and first != second and max(first, second) <= _MONTHS:
        what = Phrase("'{value}' may be read day first or month first", value=printable(text, 40))
        hint = "say which in the policy, under deals: 'dates: day_first' or 'dates: month_first'"
        raise WrongFactError(what, hint)
    day, month = (first, second) if way != "month_first" else (second, first)
    return _calendar_day(written, month, day)


def _month(name: str) -> int:
    return month_numbers().get(plain_word(name), 0)


def _calendar_day(written: re.Match[str], month: int, day: int) -> date | None:
    if not _is_time(written):
        return None
    year = int(written["year"])
    if len(written["year"]) == 2:  # noqa: PLR2004
        year += 2000 if year < 70 else 1900  # noqa: PLR2004
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _is_time(written: re.Match[str]) -> bool:
    hour, minute, second = (int(written[part] or 0) for part in ("hour", "minute", "second"))
    possible = 1 <= hour <= _MONTHS if written["half"] else hour < _HOURS
    return possible and minute < _SIXTY and second < _SIXTY


def _counted(text: str) -> date | None:
    """Return a day that is counted from an origin: milliseconds, seconds, Excel's days."""
    written = _COUNTED.fullmatch(text)
    if written is None:
        return None
    kind = str(written.lastgroup)
    origin, low, high, ms_each = _COUNTS[kind]
    count = float(written[kind])
    return (
        (origin + timedelta(milliseconds=count * ms_each)).date() if low <= count <= high else None
    )
