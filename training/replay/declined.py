"""What a policy says of the deals that we declined, bounded: nobody knows how they would end."""

import numpy as np
from numpy.typing import NDArray

from models.recommended import FIND_OUT, NO_GO
from reports.replay.report import DeclinedDeals, WinBounds
from training.replay.money import Money

Places = NDArray[np.intp]

RATES = (0.5, 1.0, 1.5)
"""Of the win rate of the deals pursued; more than certain is certain."""


def declined_report(
    recommendations: Places, money: Money, base_rate: float | None
) -> DeclinedDeals:
    """Return what a policy says of declined deals; ``base_rate`` is that of the deals pursued."""
    return DeclinedDeals(
        deals=len(recommendations),
        base_rate=base_rate,
        would_stop=win_bounds(recommendations == NO_GO, money, base_rate),
        would_find_out=win_bounds(recommendations == FIND_OUT, money, base_rate),
        would_pursue=win_bounds(recommendations < FIND_OUT, money, base_rate),
    )


def win_bounds(some: NDArray[np.bool_], money: Money, base_rate: float | None) -> WinBounds:
    """Return how many of some deals might have been won, and what they would have left."""
    n_deals = int(some.sum())
    at = [None if base_rate is None else n_deals * min(base_rate * rate, 1.0) for rate in RATES]
    known = some & np.isfinite(money.if_won) & np.isfinite(money.cost)
    lost, won = -money.cost[known], money.if_won[known] - money.cost[known]
    return WinBounds(
        deals=n_deals,
        lowest=0,
        highest=n_deals,
        at_half=at[0],
        at_base_rate=at[1],
        at_one_and_a_half=at[2],
        value_lowest=float(np.minimum(lost, won).sum()) if money.counted else None,
        value_highest=float(np.maximum(lost, won).sum()) if money.counted else None,
        money_unknown=n_deals - int(known.sum()) if money.counted else 0,
    )
