"""Deals by the month they were decided or closed in, by the quarter where there are few.

A window by closing day is fair at once: in a market that stands still, wins and losses arrive in
it as they should, however long each takes. A cohort by decision day is fair only when its deals
had the time to close, and even then some are open, mostly losses; so it is off only if it is off
whichever way these end.
"""

from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from reports.monitoring import Balance, Cohort
from training.maturity import Days
from training.monitoring.calibration_in_the_large import (
    TWO_SIDED,
    balance,
    tolerated,
    way_off,
)
from training.monitoring.watched import WatchedDeals

Names = NDArray[np.str_]

FEWEST_A_MONTH = 20
DAYS_A_MONTH = 30.4375


def period_names(days: Days) -> Names:
    """Return for each day its month, or its quarter where months have fewer than 20 deals.

    >>> period_names(np.array(["2025-03-01", "2025-05-31"], dtype="datetime64[D]")).tolist()
    ['2025Q1', '2025Q2']
    """
    if not len(days):
        return np.array([], dtype=np.str_)
    months = 1 + float((days.max() - days.min()) / np.timedelta64(1, "D")) / DAYS_A_MONTH
    frequency = "M" if len(days) / months >= FEWEST_A_MONTH else "Q"
    return np.asarray(
        pd.PeriodIndex(pd.DatetimeIndex(days), freq=frequency).astype(str), dtype=np.str_
    )


def last_day(period: str) -> date:
    """Return the last day of a month or a quarter.

    >>> last_day("2025Q1").isoformat(), last_day("2024-02").isoformat()
    ('2025-03-31', '2024-02-29')
    """
    found: date = pd.Period(period).end_time.date()
    return found


def by_closing(outcomes: WatchedDeals) -> tuple[Balance, ...]:
    """Return what was promised and what came, by period of closing."""
    names = period_names(outcomes.closed_on)
    return tuple(
        balance(str(name), outcomes.p_win[names == name], outcomes.won[names == name])
        for name in np.unique(names)
    )


def by_decision(decided: WatchedDeals, slow_days: float) -> tuple[Cohort, ...]:
    """Return the cohorts of deals decided since the model learned, closed and open ones.

    A cohort is mature when its last day is ``slow_days`` (`training.maturity.q90_days`) ago.
    """
    names = period_names(decided.decided_on)
    return tuple(
        _cohort(str(name), decided.take(np.flatnonzero(names == name)), slow_days)
        for name in np.unique(names)
    )


def _cohort(period: str, deals: WatchedDeals, slow_days: float) -> Cohort:
    closed = deals.is_closed
    n, n_open = len(deals), int((~closed).sum())
    n_won, expected = int(deals.won[closed].sum()), float(deals.p_win.sum())
    allowed = tolerated(TWO_SIDED * float(np.sqrt((deals.p_win * (1 - deals.p_win)).sum())), n)
    mature = (deals.seen_until - last_day(period)).days >= slow_days
    return Cohort(
        period=period,
        decided=n,
        closed=n - n_open,
        open=n_open,
        won=n_won,
        expected=expected / n,
        lowest=n_won / n,
        highest=(n_won + n_open) / n,
        mature=mature,
        off=way_off(n_won - expected, n_won + n_open - expected, allowed) if mature else None,
    )
