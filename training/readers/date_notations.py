"""The notations of dates, and the calendar that their numbers make."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from features.month_names import month_numbers, plain_word

Numbers = NDArray[np.int64]
_TIME = (
    r"(?:(?:T|,? +|,? à )(?P<hour>[0-9]{1,2})[:h](?P<minute>[0-9]{2})"
    r"(?::(?P<second>[0-9]{2})(?:[.,](?P<fraction>[0-9]{1,9}))?)?"
    r"(?:[ \x{202F}\x{00A0}]?(?P<half>[AaPp]\.?[Mm]\.?))?"
    r" ?(?:Z|UTC|GMT|[+-][0-9]{2}(?::?[0-9]{2})?)?)?$"
)
_WEEKDAY = r"^(?:\p{L}{2,10}\.?,? )?"
_SERIAL_ORIGIN = np.datetime64("1899-12-30", "ms")
_MS_A_DAY = 86_400_000


@dataclass(frozen=True, slots=True)
class Calendar:
    """Numbers of distinct texts, all of shape (n_distinct,); ``written`` says where they count.

    ``day`` and ``month`` stand in the order of the text where the notation leaves it open;
    ``dotted`` says where points separate them; ``clock_ms`` is -1 for an impossible time of day.
    """

    written: NDArray[np.bool_]
    year: Numbers
    month: Numbers
    day: Numbers
    clock_ms: Numbers
    dotted: NDArray[np.bool_]

    def swapped(self) -> "Calendar":
        """Return the calendar with the other order of day and month."""
        return replace(self, month=self.day, day=self.month)

    def moments(self) -> NDArray[np.datetime64]:
        """Return the moments, NaT where there is no such day or time."""
        real = self.written & (self.month >= 1) & (self.month <= 12) & (self.clock_ms >= 0)  # noqa: PLR2004
        months = (self.year - 1970) * 12 + np.where(real, self.month, 1) - 1
        first = months.astype("datetime64[M]")
        length = ((first + 1).astype("datetime64[D]") - first.astype("datetime64[D]")).astype(int)
        real &= (self.day >= 1) & (self.day <= length)
        days = first.astype("datetime64[D]") + (np.where(real, self.day, 1) - 1)
        moments = days.astype("datetime64[ms]") + np.where(real, self.clock_ms, 0)
        moments[~real] = np.datetime64("NaT")
        return np.asarray(moments, dtype="datetime64[ms]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Notation:
    """One way to write dates; ``either_order`` where day and month may stand in both orders."""

    name: str
    examples: Mapping[str | None, str]
    read: Callable[[pa.StringArray], Calendar]
    either_order: bool = False
    only_digits: bool = False

    def example(self, way: str | None) -> str:
        """Return a date in this notation."""
        return self.examples.get(way, self.examples[None])


def _numbers(parts: Any, name: str, default: int = 0) -> Numbers:
    texts = pc.struct_field(parts, name)
    filled = pc.if_else(pc.equal(texts, ""), None, texts)
    numbers = filled.cast(pa.int64()).fill_null(default)
    result: Numbers = numbers.to_numpy(zero_copy_only=False)
    return result


def _matches(parts: Any, name: str, pattern: str) -> NDArray[np.bool_]:
    found = pc.match_substring_regex(pc.struct_field(parts, name), pattern)
    result: NDArray[np.bool_] = pc.fill_null(found, fill_value=False).to_numpy(
        zero_copy_only=False
    )
    return result


def _written(parts: Any) -> NDArray[np.bool_]:
    result: NDArray[np.bool_] = pc.is_valid(parts).to_numpy(zero_copy_only=False)
    return result


def _clock_ms(parts: Any) -> Numbers:
    hour, minute, second = (_numbers(parts, name) for name in ("hour", "minute", "second"))
    twelve_hours, afternoon = _matches(parts, "half", "."), _matches(parts, "half", "^[Pp]")
    possible = (minute < 60) & (second < 60)  # noqa: PLR2004
    possible &= np.where(twelve_hours, (hour >= 1) & (hour <= 12), hour < 24)  # noqa: PLR2004
    hour = np.where(twelve_hours, hour % 12 + 12 * afternoon, hour)
    fraction = pc.utf8_slice_codeunits(
        pc.utf8_rpad(pc.struct_field(parts, "fraction"), 3, "0"), 0, 3
    )
    thousandths: Numbers = fraction.cast(pa.int64()).fill_null(0).to_numpy(zero_copy_only=False)
    return np.where(possible, ((hour * 60 + minute) * 60 + second) * 1000 + thousandths, -1)


def _year(parts: Any) -> Numbers:
    """Return years, those of two digits between 1970 and 2069."""
    numbers, short = _numbers(parts, "year"), _matches(parts, "year", "^[0-9]{2}$")
    return np.where(short, numbers + np.where(numbers < 70, 2000, 1900), numbers)  # noqa: PLR2004


def _calendar(parts: Any, month: Numbers | None = None) -> Calendar:
    has_mark = "mark" in [child.name for child in parts.type]
    return Calendar(
        written=_written(parts),
        year=_year(parts),
        month=_numbers(parts, "month") if month is None else month,
        day=_numbers(parts, "day"),
        clock_ms=_clock_ms(parts),
        dotted=_matches(parts, "mark", r"^\.$") if has_mark else np.zeros(len(parts), bool),
    )


def _by_pattern(pattern: str) -> Callable[[pa.StringArray], Calendar]:
    return lambda texts: _calendar(pc.extract_regex(texts, pattern))


def _by_name(texts: pa.StringArray) -> Calendar:
    """Read ``15 janv. 2026`` and ``Jan 15, 2026``."""
    name, year = r"(?P<name>\p{L}{3,10})\.?", r"(?P<year>[0-9]{4}|[0-9]{2})"
    day = r"(?P<day>[0-9]{1,2})"
    day_first = pc.extract_regex(
        texts, _WEEKDAY + day + r"(?:er|st|nd|rd|th|\.)?[ -]" + name + "[ ,-]+" + year + _TIME
    )
    name_first = pc.extract_regex(
        texts, _WEEKDAY + name + "[ -]" + day + r"(?:st|nd|rd|th)?,?[ -]+" + year + _TIME
    )
    one, other = _named(day_first), _named(name_first)
    return Calendar(
        written=one.written | other.written,
        year=np.where(one.written, one.year, other.year),
        month=np.where(one.written, one.month, other.month),
        day=np.where(one.written, one.day, other.day),
        clock_ms=np.where(one.written, one.clock_ms, other.clock_ms),
        dotted=one.dotted,
    )


def _named(parts: Any) -> Calendar:
    months = month_numbers()
    names = pc.fill_null(pc.struct_field(parts, "name"), "").dictionary_encode()
    numbers = [months.get(plain_word(name), 0) for name in names.dictionary.to_pylist()]
    month = np.array(numbers, dtype=np.int64)[names.indices.to_numpy()]
    calendar = _calendar(parts, month)
    return replace(calendar, written=calendar.written & (month > 0))


def _counted(
    pattern: str, low: float, high: float, origin: np.datetime64, unit_ms: int
) -> Callable[[pa.StringArray], Calendar]:
    """Return what reads numbers that count days, seconds or milliseconds from an origin."""

    def read(texts: pa.StringArray) -> Calendar:
        digits = pc.match_substring_regex(texts, pattern)
        numbers = pc.if_else(digits, texts, None).cast(pa.float64()).fill_null(np.nan)
        values = numbers.to_numpy(zero_copy_only=False)
        written = (values >= low) & (values <= high)
        passed = np.round(np.where(written, values, low) * unit_ms).astype("timedelta64[ms]")
        return _of_moments(origin + passed, written)

    return read


def _of_moments(moments: NDArray[np.datetime64], written: NDArray[np.bool_]) -> Calendar:
    days = moments.astype("datetime64[D]")
    months = days.astype("datetime64[M]")
    number = months.astype(np.int64)
    return Calendar(
        written=written,
        year=number // 12 + 1970,
        month=number % 12 + 1,
        day=(days - months.astype("datetime64[D]")).astype(np.int64) + 1,
        clock_ms=(moments - days.astype("datetime64[ms]")).astype(np.int64),
        dotted=np.zeros(len(written), dtype=bool),
    )


_EPOCH = np.datetime64("1970-01-01", "ms")
NOTATIONS = (
    Notation(
        name="iso",
        examples={None: "2026-03-31"},
        read=_by_pattern(
            r"^(?P<year>[0-9]{4})[-/.](?P<month>[0-9]{1,2})[-/.](?P<day>[0-9]{1,2})" + _TIME
        ),
    ),
    Notation(
        name="numeric",
        examples={None: "31/03/2026", "month_first": "03/31/2026"},
        either_order=True,
        read=_by_pattern(
            r"^(?P<day>[0-9]{1,2})(?P<mark>[/.-]) ?(?P<month>[0-9]{1,2})[/.-] ?"
            r"(?P<year>[0-9]{4}|[0-9]{2})" + _TIME
        ),
    ),
    Notation(name="named", examples={None: "31 March 2026"}, read=_by_name),
    Notation(
        name="compact",
        examples={None: "20260331"},
        only_digits=True,
        read=_by_pattern(
            r"^(?P<year>(?:19|20|21)[0-9]{2})(?P<month>[0-9]{2})(?P<day>[0-9]{2})" + _TIME
        ),
    ),
    Notation(
        name="epoch_ms",
        examples={None: "1774915200000 (milliseconds since 1970)"},
        only_digits=True,
        read=_counted(r"^[0-9]{12,13}(?:\.0)?$", 1e11, 7.3e12, _EPOCH, 1),
    ),
    Notation(
        name="epoch_s",
        examples={None: "1774915200 (seconds since 1970)"},
        only_digits=True,
        read=_counted(r"^[0-9]{9,10}(?:\.[0-9]+)?$", 1e8, 7.3e9, _EPOCH, 1000),
    ),
    Notation(
        name="serial",
        examples={None: "46112 (days, as Excel counts them)"},
        only_digits=True,
        read=_counted(r"^[0-9]{5}(?:\.[0-9]+)?$", 20_000, 80_000, _SERIAL_ORIGIN, _MS_A_DAY),
    ),
)
"""The commonest first; each value of a column is read in the one that fits most of them."""
