"""The days of a column, for counting by month: one form for the whole column, or no answer."""

from datetime import date, datetime

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from training.sources.raw_table import RawTable

FORMS = ("ISO8601", "%d/%m/%Y", "%d/%m/%Y %H:%M", "%d.%m.%Y", "%m/%d/%Y", "%m/%d/%Y %I:%M %p")
DAY_OR_MONTH = ("%d/%m/%Y", "%m/%d/%Y")


def days_of(raw: RawTable, header: str) -> NDArray[np.datetime64] | None:
    """Return a column as days, NaT where empty; None where no one form reads it all.

    Days that would also be days with day and month exchanged, all of them, are not read either.
    """
    if pa.types.is_nested(raw.table.schema.field(header).type):
        return None
    codes, distinct = pd.factorize(np.array(raw.table.column(header).to_pylist(), dtype=object))
    days = _typed(distinct) if _are_days(distinct) else _read([str(text) for text in distinct])
    return None if days is None else np.append(days, np.datetime64("NaT", "D"))[codes]


def _are_days(values: NDArray[np.object_]) -> bool:
    return len(values) > 0 and all(isinstance(value, date) for value in values)


def _typed(values: NDArray[np.object_]) -> NDArray[np.datetime64]:
    days = [value.date() if isinstance(value, datetime) else value for value in values]
    return np.array(days, dtype="datetime64[D]")


def _read(texts: list[str]) -> NDArray[np.datetime64] | None:
    read = {form: days for form in FORMS if (days := _in_form(texts, form)) is not None}
    if not read or len(read) > 1:
        both = [read[form] for form in DAY_OR_MONTH if form in read]
        return both[0] if len(both) > 1 and (both[0] == both[1]).all() else None
    return next(iter(read.values()))


def _in_form(texts: list[str], form: str) -> NDArray[np.datetime64] | None:
    try:
        found = pd.DatetimeIndex(pd.to_datetime(texts, format=form, utc=True))
    except (ValueError, OverflowError):
        return None
    return found.tz_localize(None).to_numpy().astype("datetime64[D]")
