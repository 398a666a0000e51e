"""Which deals had the time to close: young cohorts hold mostly what is lost quickly.

All days are ``datetime64[D]`` arrays of shape (n_deals,), NaT where a deal has none or is open.
"""

from datetime import date
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Days: TypeAlias = NDArray[np.datetime64]

SLOW_SHARE = 0.9
LARGEST_BURN_IN = 1 / 3


def q90_days(opened_on: Days, closed_on: Days) -> float:
    """Return within how many days nine deals of ten close; NaN where none has both days.

    Only closed deals are known to it: while a pipeline grows, it is a little short.

    >>> opened = np.full(10, "2025-01-01", dtype="datetime64[D]")
    >>> q90_days(opened, opened + np.arange(1, 11))
    9.1
    """
    lived = _lived_days(opened_on, closed_on)
    lived = lived[lived >= 0]
    return float(np.quantile(lived, SLOW_SHARE)) if len(lived) else np.nan


def burn_in_end(opened_on: Days, closed_on: Days) -> date | None:
    """Return the day before which closings are a mix of fast ones only, as records begin there.

    It is `q90_days` after the first deal was opened. None where more than a third of the closings
    came before it: then there is too little to leave them out, and a warning is due.
    """
    end = _first_mixed_day(opened_on, closed_on)
    if end is None or (burn_in_share(opened_on, closed_on) or 0.0) > LARGEST_BURN_IN:
        return None
    day: date = end.astype("datetime64[D]").item()
    return day


def burn_in_share(opened_on: Days, closed_on: Days) -> float | None:
    """Return the share of the closings that came before slow deals could; None without days.

    >>> opened = np.arange("2024-01-01", "2025-01-01", dtype="datetime64[D]")
    >>> round(burn_in_share(opened, opened + 1 + np.arange(366) % 40), 2)
    0.05
    """
    end = _first_mixed_day(opened_on, closed_on)
    closed = closed_on[~np.isnat(closed_on)]
    return None if end is None else float(np.mean(closed < end))


def _first_mixed_day(opened_on: Days, closed_on: Days) -> np.datetime64 | None:
    slow = q90_days(opened_on, closed_on)
    opened = opened_on[~np.isnat(opened_on)]
    if np.isnan(slow) or np.isnat(closed_on).all():
        return None
    first: np.datetime64 = opened.min() + np.timedelta64(int(np.ceil(slow)), "D")
    return first


def is_mature(opened_on: Days, as_of: date, slow_days: float) -> NDArray[np.bool_]:
    """Return which deals were opened at least ``slow_days`` (`q90_days`) before a day.

    >>> opened = np.array(["2025-01-01", "2025-03-01", "NaT"], dtype="datetime64[D]")
    >>> is_mature(opened, date(2025, 4, 1), 60).tolist()
    [True, False, False]
    """
    mature: NDArray[np.bool_] = _lived_days(opened_on, np.datetime64(as_of, "D")) >= slow_days
    return mature


def _lived_days(opened_on: Days, until: Days | np.datetime64) -> NDArray[np.float64]:
    """Return days from opening, NaN where either day is not known."""
    lived: NDArray[np.float64] = (until - opened_on) / np.timedelta64(1, "D")
    return lived
