"""Fields that only tell when: what a model learns of them cannot hold tomorrow.

The month of a first year, the number of a fair, a campaign: each answer belongs to one stretch of
time. Such a field says the date in other words, and its next answer is one that nobody has seen.
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from features.columns import CategoryColumn, Column
from features.table import DealTable

Vector = NDArray[np.float64]

ALMOST_ALL = 0.9
"""The share of the dates' variance (eta squared) from which on a field only tells them."""
FEWEST_DEALS, MOST_ANSWERS = 100, 60


def stand_ins_for_time(table: DealTable, names: Iterable[str]) -> tuple[str, ...]:
    """Return the fields, of some, whose answers say little but the deal's day.

    Empty for too few deals or without different days to compare.
    """
    days = table.as_of.astype("datetime64[D]").astype(np.float64)
    if len(days) < FEWEST_DEALS or np.ptp(days) == 0:
        return ()
    return tuple(name for name in names if _tells_when(table.columns.get(name), days))


def _tells_when(column: Column | None, days: Vector) -> bool:
    """Return whether the answers' mean days explain almost all that days differ."""
    if not isinstance(column, CategoryColumn):
        return False
    known = column.answered()
    codes, when = column.codes[known], days[known]
    counts = np.bincount(codes, minlength=len(column.levels))
    n_answers = int((counts > 0).sum())
    # Of nearly unique answers each explains its own day, whatever it says.
    if not 1 < n_answers <= min(MOST_ANSWERS, len(when) // 10) or np.ptp(when) == 0:
        return False
    means = np.bincount(codes, when, len(column.levels)) / np.maximum(counts, 1)
    explained = float(counts @ (means - when.mean()) ** 2)
    return explained / float(((when - when.mean()) ** 2).sum()) >= ALMOST_ALL
