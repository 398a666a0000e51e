"""Instants as histories write them: ISO texts with or without a zone, epochs, typed timestamps."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from training.history.texts import texts_of

ZONED = r"(?:Z|:.*[+-]\d\d(?::?\d\d)?)$"
EPOCHS = {r"^\d{10}$": "s", r"^\d{13}$": "ms", r"^\d{16}$": "us"}
FIRST_YEAR, LAST_YEAR = 1800, 9000
"""Clocks are not read outside of these years: no deal was there."""

DATED = r"^\d{4}-\d\d-\d\d"


def instants(column: pa.ChunkedArray | pa.Array, *, zone: str = "UTC") -> NDArray[np.datetime64]:
    """Return a column as instants in UTC, ``datetime64[us]``; NaT where it is empty or is none.

    A time without a zone is the clock of ``zone`` (a name such as "Europe/Paris"); of the hour
    that a clock shows twice, it is the later one, so that nothing is known too early. A day alone
    is its first instant.

    >>> column = pa.array(["2024-07-01T10:00:00.000+0000", "1719828000000", "2024-07-01 12:00"])
    >>> [str(instant) for instant in instants(column, zone="Europe/Paris").astype("<M8[s]")]
    ['2024-07-01T10:00:00', '2024-07-01T10:00:00', '2024-07-01T10:00:00']
    """
    if pa.types.is_timestamp(column.type) and column.type.tz is not None:
        return _as_array(column.cast(pa.timestamp("us", "UTC"), safe=False))
    texts = texts_of(column)
    distinct, codes = _distinct(texts)
    found = np.full(len(distinct) + 1, "NaT", dtype="datetime64[us]")  # the code -1 finds the last
    for pattern, unit in EPOCHS.items():
        rows = _matching(distinct, pattern)
        numbers = distinct.take(pa.array(rows)).cast(pa.int64()).to_numpy()
        found[rows] = numbers.astype(f"datetime64[{unit}]")
    dated = distinct.take(pa.array(_matching(distinct, DATED)))
    found[_matching(distinct, DATED)] = _iso_instants(dated, zone)
    return found[codes]


def ends_of_days(
    days: Sequence[date] | NDArray[np.datetime64], *, zone: str = "UTC"
) -> NDArray[np.datetime64]:
    """Return the last instant of each day on the clock of ``zone``, in UTC; NaT stays NaT.

    >>> str(ends_of_days([date(2024, 7, 1)], zone="Europe/Paris")[0])
    '2024-07-01T21:59:59.999999'
    """
    nexts = np.asarray(days, dtype="datetime64[D]") + np.timedelta64(1, "D")
    local = pd.DatetimeIndex(nexts.astype("datetime64[us]"))
    return _on_the_clock(local, zone) - np.timedelta64(1, "us")


def days_of(times: NDArray[np.datetime64], *, zone: str = "UTC") -> NDArray[np.datetime64]:
    """Return the calendar day of each instant on the clock of ``zone``, ``datetime64[D]``.

    >>> str(days_of(np.array(["2024-07-01T23:00"], dtype="<M8[us]"), zone="Europe/Paris")[0])
    '2024-07-02'
    """
    local = pd.DatetimeIndex(times).tz_localize("UTC").tz_convert(ZoneInfo(zone))
    return local.tz_localize(None).to_numpy().astype("datetime64[D]")


def _distinct(texts: pa.Array) -> tuple[pa.Array, NDArray[np.int64]]:
    encoded = texts.dictionary_encode()
    codes = encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
    return encoded.dictionary, codes


def _matching(texts: pa.Array, pattern: str) -> NDArray[np.intp]:
    return np.flatnonzero(pc.match_substring_regex(texts, pattern).to_numpy(zero_copy_only=False))


def _iso_instants(texts: pa.Array, zone: str) -> NDArray[np.datetime64]:
    """Return ISO texts as instants, NaT where they are none; BigQuery writes " UTC" for Z."""
    plain = pc.replace_substring_regex(texts, r" ?UTC$", "Z")
    zoned = pc.match_substring_regex(plain, ZONED).to_numpy(zero_copy_only=False)
    read = pd.to_datetime(plain.to_pandas(), format="ISO8601", utc=True, errors="coerce")
    times = pd.DatetimeIndex(read).tz_localize(None).as_unit("us")
    return np.where(zoned, times.to_numpy(), _on_the_clock(times, zone))


def _on_the_clock(local: pd.DatetimeIndex, zone: str) -> NDArray[np.datetime64]:
    """Return what a clock shows as instants in UTC."""
    sane = (local.year >= FIRST_YEAR) & (local.year <= LAST_YEAR)
    shown = pd.DatetimeIndex(local.where(sane))
    placed = shown.tz_localize(
        ZoneInfo(zone), ambiguous=np.zeros(len(shown), dtype=bool), nonexistent="shift_forward"
    )
    found: NDArray[np.datetime64] = placed.tz_convert("UTC").tz_localize(None).to_numpy()
    return found.astype("datetime64[us]")


def _as_array(column: Any) -> NDArray[np.datetime64]:
    whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    found: NDArray[np.datetime64] = whole.to_numpy(zero_copy_only=False)
    return found.astype("datetime64[us]")
