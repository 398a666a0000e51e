"""What deals drawn among refused ones count: each stands for those that were not drawn.

A deal that had a chance of 5 % of being worked stands for twenty like it, of which nineteen have
no outcome (inverse probability weights; Horvitz and Thompson 1952). The weight is clipped, since
one odd deal should not decide: what that keeps of the bias is the price of steadier estimates.
"""

import numpy as np
from numpy.typing import NDArray

from training.closed_deals import ClosedDeals

Vector = NDArray[np.float64]

HEAVIEST = 10.0


def propensity_weights(propensity: Vector | None) -> Vector | None:
    """Return what each deal counts; None where none was drawn, so that all count alike.

    ``propensity`` has shape (n_deals,); NaN is a deal of which nothing is said, and counts once.

    >>> propensity_weights(np.array([1.0, 0.5, 0.05, np.nan])).tolist()
    [1.0, 2.0, 10.0, 1.0]
    >>> propensity_weights(np.ones(3)) is None
    True
    """
    if propensity is None:
        return None
    drawn = propensity < 1  # not where it is unknown
    if not drawn.any():
        return None
    heavy = 1 / np.maximum(propensity, 1 / HEAVIEST)
    return np.where(drawn, heavy, 1.0)


def weighed(weights: Vector | None, propensity: Vector | None) -> Vector | None:
    """Return weights times those of deals that were drawn; None where all count alike.

    >>> weighed(np.array([1.0, 0.5]), np.array([1.0, 0.25])).tolist()
    [1.0, 2.0]
    """
    drawn = propensity_weights(propensity)
    if weights is None or drawn is None:
        return drawn if weights is None else weights
    return weights * drawn


def effective_deals(weights: Vector) -> float:
    """Return the effective sample size of weighted deals (Kish 1965).

    >>> effective_deals(np.ones(8)), round(effective_deals(np.array([1, 1, 10.0])), 2)
    (8.0, 1.41)
    """
    return float(weights.sum() ** 2 / (weights**2).sum())


def told_drawn(deals: ClosedDeals) -> str | None:
    """Return how many drawn deals teach and what they count, in a sentence; None without any."""
    weights = propensity_weights(deals.propensity)
    if weights is None or deals.propensity is None:
        return None
    drawn = deals.propensity < 1
    return (
        f"{int(drawn.sum()):,} deals drawn among refused ones count as {weights[drawn].sum():,.0f}"
        f" (1 over their chance, {HEAVIEST:g} at most); all {len(deals):,} deals are worth "
        f"{effective_deals(weights):,.0f} that count alike"
    )
