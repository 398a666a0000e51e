"""How many deals were won beside how many the model had promised."""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from reports.monitoring import Balance, Off

Vector = NDArray[np.float64]

TWO_SIDED = 1.959964
SMALLEST_GAP = 0.02
"""A share; a smaller difference changes hardly a decision, however surely it is there: with
thousands of deals a month every model that was ever learned is beyond chance somewhere."""


def balance(period: str, p_win: Vector, won: Vector) -> Balance:
    """Return observed minus expected, and observed over expected, with 95 % intervals.

    Both arrays have shape (n_deals,). The intervals are of the spread that a right model has
    (variance of a sum of unlike coins), so that both exclude "as promised" in the same cases. It
    is off where they do, by two points at least.

    >>> found = balance("2025-03", np.full(100, 0.5), np.repeat([1.0, 0.0], [30, 70]))
    >>> found.gap, found.off
    (-0.2, 'fewer')
    """
    n, n_won, expected = len(won), float(won.sum()), float(p_win.sum())
    half = TWO_SIDED * float(np.sqrt((p_win * (1 - p_win)).sum()))
    if not n:
        return Balance(period=period, deals=0, won=0, expected=0.0)
    gap = n_won - expected
    return Balance(
        period=period,
        deals=n,
        won=int(n_won),
        expected=expected,
        gap=gap / n,
        gap_low=(gap - half) / n,
        gap_high=(gap + half) / n,
        ratio=n_won / expected,
        ratio_low=max(n_won - half, 0.0) / expected,
        ratio_high=(n_won + half) / expected,
        off=way_off(gap, gap, tolerated(half, n)),
    )


def tolerated(half: float, n_deals: int) -> float:
    """Return the number of wins by which some deals may differ from what was promised.

    ``half`` is half of the interval that chance gives.

    >>> tolerated(8.0, 100), tolerated(100.0, 10_000)
    (8.0, 200.0)
    """
    return max(half, SMALLEST_GAP * n_deals)


def way_off(lowest: float, highest: float, half: float) -> Off | None:
    """Return whether a gap is beyond chance at both its bounds, and which way."""
    if highest < -half:
        return "fewer"
    return "more" if lowest > half else None


def two_in_a_row(ways: list[Off | None]) -> Off | None:
    """Return the way that two periods in a row are off; None without any, or when it is over.

    One period of twenty is off by chance; two in a row, the same way, one pair of eight hundred.
    It is over when two periods in a row have come as promised since.

    >>> two_in_a_row([None, "more", "more", None]), two_in_a_row(["fewer", None, "fewer"])
    ('more', None)
    >>> two_in_a_row(["more", "more", None, None]) is None
    True
    """
    standing: Off | None = None
    for one, other in pairwise(ways):
        if one == other:
            standing = one
    return standing
