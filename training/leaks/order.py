"""Ids whose order knows the outcome: numbered, or sorted, after it was known."""

import re
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from reports.findings import Clue, LeakKind, Severity
from reports.leak_words import evidence
from training.leaks.signal import area_under_curve, lower_area, strictness

UNIQUE = 0.9
SURELY_TELLS, TELLS = 0.80, 0.60
_NUMBERED = re.compile(r"^\D*(\d{1,15})\D*$")


def order_clue(
    column: str, values: "pd.Series[Any]", won: NDArray[np.float64], n_columns: int
) -> Clue | None:
    """Return the clue that won deals have lower or higher ids; arrays have shape (n_closed,)."""
    numbers = id_numbers(values)
    if numbers is None:
        return None
    auc = area_under_curve(numbers, won, 1 - won)
    auc = max(auc, 1 - auc)
    low = lower_area(auc, won, strictness(2 * n_columns))
    if low < TELLS:
        return None
    found = {"auc": auc, "low": low}
    return Clue(
        column=column,
        kind=LeakKind.TELLING_ORDER,
        severity=Severity.CERTAIN if low >= SURELY_TELLS else Severity.SUSPECT,
        evidence=evidence("order", found),
        numbers=found,
    )


def id_numbers(values: "pd.Series[Any]") -> NDArray[np.float64] | None:
    """Return the numbers of ids such as ``D0000012``, or None where the column holds no ids.

    >>> id_numbers(pd.Series(["D07", "D02"])).tolist()
    [7.0, 2.0]
    >>> id_numbers(pd.Series(["red", "blue"])) is None
    True
    """
    kind = values.dtype.kind if isinstance(values.dtype, np.dtype) else "O"
    if kind in "Mb" or not len(values):
        return None
    if kind in "fiu":
        found = np.asarray(values, dtype=np.float64)
        return found if _counts_up(found) and _mostly_unique(values) else None
    if not _NUMBERED.match(str(values.iloc[0])) or not _mostly_unique(values):
        return None
    texts = [_NUMBERED.match(str(text)) for text in values]
    if not all(texts):
        return None
    return np.array([float(match.group(1)) for match in texts if match])


def _mostly_unique(values: "pd.Series[Any]") -> bool:
    return bool(values.nunique() >= UNIQUE * len(values))


def _counts_up(found: NDArray[np.float64]) -> bool:
    """Tell ids from amounts: whole, and close together or of about as many digits."""
    if not (np.isfinite(found).all() and (found == np.round(found)).all()):
        return False
    low, high = found.min(), found.max()
    return bool(low >= 0 and (high - low < 3 * len(found) or high < 10 * low))
