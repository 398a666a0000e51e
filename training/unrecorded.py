"""Deals whose end nobody recorded, month by month: hidden losses, mostly.

A deal long past the day it should have closed, still open, is a loss that nobody entered; where
their share rises, the newest months look better than they were.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import fisher_exact

from training.outcomes.outcome import Outcome

GRACE_DAYS = 30
"""How long after the expected day a deal may stay open before its end counts as unrecorded."""

RECENT_MONTHS, EARLIER_MONTHS = 3, 12
CHANCE = 0.01
LEAST_RISE = 0.05


@dataclass(frozen=True, slots=True)
class MonthOfDeals:
    """The deals that should have ended in a month (``2026-03``, None where no day is known)."""

    month: str | None
    deals: int
    unrecorded: int


def unrecorded_by_month(
    outcomes: NDArray[np.object_],
    *,
    recorded: NDArray[np.bool_],
    due_on: NDArray[np.datetime64],
    as_of: date,
) -> tuple[MonthOfDeals, ...]:
    """Return, month by month, how many deals should have ended and how many have no end.

    Parameters
    ----------
    outcomes
        What became of each deal; None where the row is set aside. Shape (n_rows,).
    recorded
        False where the file says nothing of the outcome. Shape (n_rows,).
    due_on
        The day a deal closed or, while open, was expected to; NaT unknown. Shape (n_rows,).
    as_of
        The day to pretend to be.

    Returns
    -------
    tuple of MonthOfDeals
        In order of time; what has neither an outcome nor a day comes last. A deal with a day is
        counted from ``GRACE_DAYS`` after it.
    """
    kept = pd.notna(outcomes)
    is_open = outcomes == Outcome.OPEN
    known = ~np.isnat(due_on)
    due = kept & known & (due_on.astype("datetime64[D]") <= np.datetime64(as_of) - GRACE_DAYS)
    months, place = np.unique(due_on[due].astype("datetime64[M]"), return_inverse=True)
    deals = np.bincount(place, minlength=len(months))
    missing = np.bincount(place, weights=is_open[due], minlength=len(months))
    counted = [
        MonthOfDeals(str(month), int(n), int(m))
        for month, n, m in zip(months, deals, missing, strict=True)
    ]
    undated = int((kept & ~known & ~recorded).sum())
    return (*counted, *([MonthOfDeals(None, undated, undated)] if undated else []))


def is_rising(months: Sequence[MonthOfDeals]) -> bool:
    """Return whether the last months have clearly more unrecorded ends than those before.

    By Fisher's exact test, at a chance of 1 %, and by at least 5 points.

    >>> months = [MonthOfDeals(f"2025-{m:02}", 40, 2) for m in range(1, 10)]
    >>> is_rising(months), is_rising([*months, MonthOfDeals("2025-10", 40, 30)])
    (False, True)
    """
    dated = [month for month in months if month.month is not None]
    recent, earlier = dated[-RECENT_MONTHS:], dated[:-RECENT_MONTHS][-EARLIER_MONTHS:]
    new, old = _deals(recent), _deals(earlier)
    if not new or not old:
        return False
    new_missing, old_missing = _unrecorded(recent), _unrecorded(earlier)
    if new_missing / new - old_missing / old < LEAST_RISE:
        return False
    table = np.array([[new_missing, new - new_missing], [old_missing, old - old_missing]])
    return bool(fisher_exact(table, alternative="greater").pvalue < CHANCE)


def _deals(months: Sequence[MonthOfDeals]) -> int:
    return sum(month.deals for month in months)


def _unrecorded(months: Sequence[MonthOfDeals]) -> int:
    return sum(month.unrecorded for month in months)
