"""What some deals took and what came of them: every figure of the report is one of these."""

from collections.abc import Mapping
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from reports.effort.report import Spent
from training.effort.pursuits import Pursuits
from training.effort.ratios import Ratio, ratios_of
from training.outcomes.outcome import Outcome

Vector = NDArray[np.float64]
Mask = NDArray[np.bool_]
Key: TypeAlias = tuple[str, int]
"""A list of the report, and the place in it."""


class Part(NamedTuple):
    """Some deals, and those whose hours they have a share of; masks of shape (n_deals,)."""

    rows: Mask
    of: Mask


def spent_on(deals: Pursuits, parts: Mapping[Key, Part], *, seed: int) -> dict[Key, Spent]:
    """Return the sums of each part; one lot of draws gives the intervals of all shares."""
    ratios = ratios_of(deals.hours, deals.cluster, list(parts.values()), seed=seed)
    return {
        key: _spent(deals, part.rows, ratio)
        for (key, part), ratio in zip(parts.items(), ratios, strict=True)
    }


def _spent(deals: Pursuits, rows: Mask, share: Ratio) -> Spent:
    hours = deals.hours[rows]
    money = None if deals.hour_cost is None else hours * deals.hour_cost[rows]
    won = rows & (deals.outcomes == Outcome.WON)
    brought = None if deals.brings is None else deals.brings[won]
    estimated = rows & ~np.isnan(deals.p_win)
    return Spent(
        deals=int(rows.sum()),
        hours=float(np.nansum(hours)),
        unknown_hours=_unknown(hours),
        share=share.value,
        share_low=share.low,
        share_high=share.high,
        money=None if money is None else float(np.nansum(money)),
        unknown_money=0 if money is None else _unknown(money),
        won=int(won.sum()),
        lost=int((rows & (deals.outcomes == Outcome.LOST)).sum()),
        no_decision=int((rows & (deals.outcomes == Outcome.NO_DECISION)).sum()),
        brought=None if brought is None else float(np.nansum(brought)),
        unknown_brought=0 if brought is None else _unknown(brought),
        estimated=int(estimated.sum()),
        estimated_won=int((estimated & won).sum()),
        expected_won=float(deals.p_win[estimated].sum()),
    )


def _unknown(values: Vector) -> int:
    return int(np.isnan(values).sum())
