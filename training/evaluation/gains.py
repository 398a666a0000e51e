"""How many of the wins are among the deals that a model puts first."""

import numpy as np
from numpy.typing import NDArray

from reports.evaluation import Range

N_STEPS = 20


def gains_curve(p_win: NDArray[np.float64], won: NDArray[np.float64]) -> tuple[Range, ...]:
    """Return points of the curve: share of the deals worked, the likeliest first; of the wins.

    Deals of equal probability count in proportion. Empty where nothing was won.

    >>> p, y = np.array([0.9, 0.8, 0.3, 0.1]), np.array([1.0, 1.0, 0.0, 0.0])
    >>> dict(gains_curve(p, y))[0.5]
    1.0
    """
    if not won.sum():
        return ()
    order = np.argsort(-p_win, kind="stable")
    ends = np.flatnonzero(np.diff(p_win[order], append=-np.inf))  # after the last of a tie
    worked = np.append(0, ends + 1) / len(won)
    found = np.append(0.0, np.cumsum(won[order])[ends]) / won.sum()
    steps = np.linspace(0, 1, N_STEPS + 1).round(4)
    return tuple(zip(steps.tolist(), np.interp(steps, worked, found).tolist(), strict=True))
