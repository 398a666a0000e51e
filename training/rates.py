"""A win rate with its interval, of deals that may count differently."""

import numpy as np
from numpy.typing import NDArray

from reports.refused.report import Rate
from training.evidence_on_refusals import jeffreys
from training.propensity import effective_deals

COVERAGE = 0.90


def rate_of(won: NDArray[np.bool_], weights: NDArray[np.float64]) -> Rate:
    """Return the win rate of some ended deals; both arrays have shape (n_deals,).

    >>> found = rate_of(np.array([True, False, False]), np.array([1.0, 1.0, 2.0]))
    >>> found.deals, found.rate, round(found.effective, 2)
    (3, 0.25, 2.67)
    """
    if not len(won):
        return Rate(deals=0, won=0, effective=0.0, rate=None, low=0.0, high=1.0)
    rate, effective = float(np.average(won, weights=weights)), effective_deals(weights)
    low, high = jeffreys(rate * effective, effective, COVERAGE)
    return Rate(
        deals=len(won), won=int(won.sum()), effective=effective, rate=rate, low=low, high=high
    )
