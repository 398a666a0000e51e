"""Deals through time: by month, at the ends of the file, drifting, closed in bulk, short-lived."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import chi2_contingency, fisher_exact

from models.evidence import win_rate_interval
from reports.data_report import BulkDay, Drift, Lifetimes, Month, Months, PeriodRate, Truncation
from training.leaks import LabelledDeals
from training.leaks.labelled_deals import Days
from training.outcomes.outcome import Outcome

A_DAY = np.timedelta64(1, "D")
CONFIDENCE = 0.95
FEWEST = 20
"""Deals with both dates, below which nothing is said of durations."""
BULK_SHARE, FEWEST_BULK = 0.05, 10
SHORT_DAYS = 2
SLOW, STALE = 0.90, 0.99


def period_rate(period: str, won: NDArray[np.float64], p: float | None = None) -> PeriodRate:
    """Return the win rate of some closed deals with its 95 % interval.

    >>> period_rate("2025", np.array([1.0, 0.0, 0.0, 0.0])).rate
    0.25
    """
    deals, n_won = len(won), int(won.sum())
    if not deals:
        return PeriodRate(period=period, deals=0, won=0, rate=None, low=None, high=None, p=p)
    low, high = win_rate_interval(n_won, deals, CONFIDENCE)
    rate = n_won / deals
    return PeriodRate(period=period, deals=deals, won=n_won, rate=rate, low=low, high=high, p=p)


def months(deals: LabelledDeals) -> Months | None:
    """Return the outcomes by month of opening, or of closing where nothing says when they opened.

    Months without deals are there too: a gap is worth seeing.
    """
    if deals.created_on is not None:
        days = deals.created_on
    elif deals.closed_on is not None:
        days = deals.closed_on
    else:
        return None
    month = days.astype("datetime64[M]")
    dated = ~np.isnat(month)
    if not dated.any():
        return None
    first = month[dated].min()
    place = (month[dated] - first).astype(np.intp)
    counts = {
        word.value: np.bincount(place[deals.outcome[dated] == word], minlength=place.max() + 1)
        for word in Outcome
    }
    return Months(
        counted_by="opening" if days is deals.created_on else "closing",
        months=tuple(
            Month(
                month=str(first + n),
                outcomes={word: int(found[n]) for word, found in counts.items()},
            )
            for n in range(place.max() + 1)
        ),
        undated=int((~dated).sum()),
    )


def drift(deals: LabelledDeals) -> Drift | None:
    """Return the win rate by quarter of closing, each quarter beside all the others.

    A quarter's chance is of a two-sided exact test, times the number of quarters looked at (Holm's
    and Bonferroni's first step): so many looks find something somewhere.
    """
    if deals.closed_on is None:
        return None
    closed_on, won = deals.closed_on[deals.closed], deals.won
    dated = ~np.isnat(closed_on)
    names, place = np.unique(_quarters(closed_on[dated]), return_inverse=True)
    if not len(names):
        return None
    ended = won[dated]
    counts = np.array([np.bincount(place, ended), np.bincount(place, 1 - ended)])
    quarters = tuple(
        period_rate(str(name), ended[place == n], _chance_beside(counts, n))
        for n, name in enumerate(names)
    )
    return Drift(quarters=quarters, p=_uneven(counts))


def truncation(deals: LabelledDeals) -> Truncation | None:
    """Return what is cut off at both ends, or None without both dates of 20 deals."""
    if deals.created_on is None or deals.closed_on is None:
        return None
    began, ended = deals.created_on[deals.closed], deals.closed_on[deals.closed]
    took, won = (ended - began) / A_DAY, deals.won
    known = took >= 0
    if known.sum() < FEWEST or np.ptp(won[known]) == 0:
        return None
    slow, stale = (int(np.quantile(took[known], share)) for share in (SLOW, STALE))
    last = last_day(deals)
    is_recent = known & (began > last - slow)
    is_early = known & (began < ended[known].min()) & ~is_recent
    mature = won[known & ~is_recent & ~is_early]
    opened = deals.created_on[deals.open]
    return Truncation(
        median_days_won=float(np.median(took[known & (won == 1)])),
        median_days_others=float(np.median(took[known & (won == 0)])),
        slow_days=slow,
        recent=period_rate("recent", won[is_recent]),
        recent_open=int((opened > last - slow).sum()),
        recent_p=_chance_apart(won[is_recent], mature),
        early=period_rate("early", won[is_early]),
        early_p=_chance_apart(won[is_early], mature),
        mature=period_rate("mature", mature),
        stale=int((opened < last - stale).sum()),
        stale_days=stale,
    )


def bulk_days(deals: LabelledDeals) -> tuple[BulkDay, ...]:
    """Return the days on which over 5 % of all deals were closed, and 10 at least."""
    if deals.closed_on is None:
        return ()
    days = deals.closed_on[deals.closed]
    distinct, counts = np.unique(days[~np.isnat(days)], return_counts=True)
    total = max(int(counts.sum()), 1)
    return tuple(
        BulkDay(day=str(day), deals=int(count), share=int(count) / total)
        for day, count in zip(distinct, counts, strict=True)
        if count > BULK_SHARE * total and count >= FEWEST_BULK
    )


def lifetimes(deals: LabelledDeals) -> Lifetimes | None:
    """Return how many closed deals lived less than two days."""
    if deals.created_on is None or deals.closed_on is None:
        return None
    took = ((deals.closed_on - deals.created_on) / A_DAY)[deals.closed]
    short = took < SHORT_DAYS
    n_known = int(np.isfinite(took).sum())
    return Lifetimes(short=int(short.sum()), deals=n_known, short_won=int(deals.won[short].sum()))


def last_day(deals: LabelledDeals) -> np.datetime64:
    """Return the day of the export: given, or the last day that anything happened."""
    if deals.last_day is not None:
        return deals.last_day
    return max(days.max() for days in _known_days(deals))


def first_day(deals: LabelledDeals) -> np.datetime64 | None:
    """Return the first day that anything happened, None without dates."""
    firsts: list[np.datetime64] = [days.min() for days in _known_days(deals)]
    return min(firsts, default=None)


def _known_days(deals: LabelledDeals) -> Iterator[Days]:
    for days in (deals.created_on, deals.closed_on):
        if days is not None and not np.isnat(days).all():
            yield days[~np.isnat(days)]


def _quarters(days: Days) -> NDArray[np.str_]:
    periods = pd.PeriodIndex(pd.DatetimeIndex(days), freq="Q")
    return np.asarray(periods.astype(str), dtype=np.str_)


def _chance_beside(counts: NDArray[np.float64], n: int) -> float | None:
    """Return the corrected chance that one period differs so from all the others."""
    if counts.shape[1] == 1:
        return None
    here = counts[:, n]
    beside = np.array([here, counts.sum(1) - here])
    p: float = fisher_exact(beside).pvalue * counts.shape[1]
    return min(p, 1.0)


def _uneven(counts: NDArray[np.float64]) -> float | None:
    """Return the chance of so uneven periods, None where they cannot be compared."""
    if counts.shape[1] == 1 or not counts.sum(1).all():
        return None
    return float(chi2_contingency(counts).pvalue)


def _chance_apart(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    table = [[one.sum(), len(one) - one.sum()], [other.sum(), len(other) - other.sum()]]
    return float(fisher_exact(np.array(table)).pvalue)
