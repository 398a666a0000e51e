"""Which deals teach and which judge, by the day on which they closed.

A deal teaches what is known as of a cut if it had closed well before it, and judges if it closed
on the cut or later, whenever it was decided on. Deals that closed as the records began are left
out of both: slow deals could not be among them yet. Windows of opening days would not do: of the
deals opened lately, only those that were lost quickly are closed.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from training.closed_deals import ClosedDeals
from training.maturity import burn_in_end, burn_in_share

Mask = NDArray[np.bool_]

EMBARGO_DAYS = 30
"""Days between the last closing that teaches and the first that judges."""


@dataclass(frozen=True, slots=True)
class BurnIn:
    """The closings as the records began: until when, how many, and their share of all.

    ``end`` is None where they were too many to leave out, or no day is known.
    """

    end: date | None
    deals: int
    share: float | None


def burn_in_of(deals: ClosedDeals) -> BurnIn:
    """Return the burn-in of some deals; nothing where opening or closing days are not known."""
    if deals.opened_on is None or deals.closed_on is None:
        return BurnIn(None, 0, None)
    end = burn_in_end(deals.opened_on, deals.closed_on)
    early = 0 if end is None else int((deals.closed_on < np.datetime64(end, "D")).sum())
    return BurnIn(end, early, burn_in_share(deals.opened_on, deals.closed_on))


def after_burn_in(deals: ClosedDeals, known_by: np.datetime64 | None = None) -> Mask:
    """Return which deals may teach or judge at all, shape (n_deals,); those without days may.

    ``known_by`` has the burn-in told by the deals closed before that day alone.
    """
    known = deals if known_by is None else deals.take(closed_before(deals, known_by, 0))
    end = burn_in_of(known).end
    if end is None or deals.closed_on is None:
        return np.ones(len(deals), dtype=bool)
    return ~(deals.closed_on < np.datetime64(end, "D"))


def closed_before(
    deals: ClosedDeals, cut: np.datetime64, embargo_days: int = EMBARGO_DAYS
) -> Mask:
    """Return which deals had closed well before a cut, shape (n_deals,)."""
    if deals.closed_on is None:
        return np.zeros(len(deals), dtype=bool)
    return np.asarray(deals.closed_on < cut - np.timedelta64(embargo_days, "D"))


def closed_from(
    deals: ClosedDeals, cut: np.datetime64, until: np.datetime64 | None = None
) -> Mask:
    """Return which deals closed on a cut or later, and before another day, shape (n_deals,)."""
    if deals.closed_on is None:
        return np.zeros(len(deals), dtype=bool)
    later = np.asarray(deals.closed_on >= cut)
    return later if until is None else later & (deals.closed_on < until)


def decided_from(deals: ClosedDeals, cut: np.datetime64) -> Mask:
    """Return which deals were decided on at a cut or later, shape (n_deals,).

    A day of decision after the closing is that of an export, and says nothing.
    """
    if deals.closed_on is None:
        return np.zeros(len(deals), dtype=bool)
    return np.asarray((deals.table.as_of >= cut) & (deals.table.as_of <= deals.closed_on))
