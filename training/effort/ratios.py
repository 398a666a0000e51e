"""Shares of sums over deals, with intervals by account."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reports.effort.report import COVERAGE
from training.evaluation.bootstrap import drawn_sums, interval_of

Vector = NDArray[np.float64]
Mask = NDArray[np.bool_]

FEWEST_ACCOUNTS = 5
"""Accounts below which no interval is claimed: drawing three again and again tells nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """A share with the ends of its interval; None where it is not known."""

    value: float | None
    low: float | None = None
    high: float | None = None


def ratios_of(
    amounts: Vector, cluster: NDArray[np.intp], parts: list[tuple[Mask, Mask]], *, seed: int
) -> list[Ratio]:
    """Return, for each part, the share that some deals have of the amounts of some others.

    Parameters
    ----------
    amounts
        NaN where unknown: these deals count on neither side. Shape (n_deals,).
    cluster
        The number of each deal's account, from 0. Shape (n_deals,).
    parts
        The deals above the line and those below it.

    Returns
    -------
    list of Ratio
        Without a value where nothing is below the line, and without an interval where fewer than
        ``FEWEST_ACCOUNTS`` accounts have known amounts below it, or where all draws agree: none
        or all of the deals tells nothing of how far it may be off.
    """
    if not parts:
        return []
    known = np.nan_to_num(amounts)
    sides = [np.column_stack([known * part[side] for part in parts]) for side in (0, 1)]
    draws = drawn_sums(np.hstack(sides), cluster, seed=seed)
    with np.errstate(divide="ignore", invalid="ignore"):
        drawn = draws[:, : len(parts)] / draws[:, len(parts) :]
    told = ~np.isnan(amounts)
    return [
        _ratio(above[0], above[1], drawn[:, place], cluster[parts[place][1] & told])
        for place, above in enumerate(zip(*(side.sum(axis=0) for side in sides), strict=True))
    ]


def _ratio(above: float, below: float, drawn: Vector, accounts: NDArray[np.intp]) -> Ratio:
    if not below:
        return Ratio(value=None)
    value = float(above / below)
    ends = interval_of(drawn, COVERAGE) if len(np.unique(accounts)) >= FEWEST_ACCOUNTS else None
    if ends is None or ends[0] == ends[1]:
        return Ratio(value=value)
    return Ratio(value=value, low=ends[0], high=ends[1])
