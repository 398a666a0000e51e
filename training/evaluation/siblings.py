"""Deals so close to each other that one gives the other's outcome away."""

import numpy as np
from numpy.typing import NDArray

from training.closed_deals import ClosedDeals

Mask = NDArray[np.bool_]

SIBLING_DAYS = 30
"""Deals of one account opened within so many days are mostly one pursuit in several parts."""


def twins_of(deals: ClosedDeals, some: Mask) -> Mask:
    """Return which deals are alike one of some others in all that the model sees."""
    return np.isin(deals.twins, deals.twins[some])


def siblings_of(deals: ClosedDeals, some: Mask, *, days: int = SIBLING_DAYS) -> Mask:
    """Return which deals are of the account of one of some others and opened within days of it.

    Shape (n_deals,); the deals themselves are their own siblings, where account and opening day
    are known. Other deals of the account are none: what an account did before may teach.
    """
    if deals.accounts is None or deals.opened_on is None:
        return np.zeros(len(deals), dtype=bool)
    known = (deals.accounts >= 0) & ~np.isnat(deals.opened_on)
    opened = np.where(known, deals.opened_on, np.datetime64("1970-01-01")).astype(np.int64)
    opened -= opened.min(initial=0)
    apart = int(opened.max(initial=0)) + 2 * days + 2  # accounts are further apart than days
    line = np.where(known, deals.accounts, -1) * apart + opened
    others = np.sort(line[some & known])
    if not len(others):
        return np.zeros(len(deals), dtype=bool)
    after = np.searchsorted(others, line).clip(max=len(others) - 1)
    before = (np.searchsorted(others, line, side="right") - 1).clip(min=0)
    nearest = np.minimum(np.abs(others[after] - line), np.abs(others[before] - line))
    close: Mask = known & (nearest <= days)
    return close
