"""What to learn from and what to judge by, so that the judgment means something.

With closing dates: one cut in time, with a gap. A deal teaches if it had closed well before the
cut, and judges if it closed after; a deal still open on the cut is in neither side's past.
Twins of a judging deal do not teach, unless the questions are so few that hardly a deal is without
one; earlier deals of its account do teach, as they were known by then.
Without: repeated splits of three quarters to one, in which twins and the deals of an account stay
together.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import StratifiedGroupKFold

from training.closed_deals import ClosedDeals

SplitKind: TypeAlias = Literal["time", "grouped"]

HELD_OUT_SHARE = 0.25
GAP_DAYS = 30
SPLITS = 20
MANY_DEALS = 10_000
SPLITS_OF_MANY = 4


@dataclass(frozen=True, slots=True)
class Split:
    """Places of the deals that teach and of those that judge."""

    train: NDArray[np.intp]
    held_out: NDArray[np.intp]


def split_deals(
    deals: ClosedDeals, *, seed: int, n_splits: int | None = None
) -> tuple[SplitKind, Sequence[Split]]:
    """Return the splits by which a model of these deals is judged.

    ``n_splits`` counts the grouped splits; by default 20, or 4 for more than 10,000 deals.
    """
    if deals.closed_on is not None:
        for twins_apart in (True, False):
            split = _in_time(deals, twins_apart=twins_apart)
            if _can_judge(deals, split):
                return "time", [split]
    default = SPLITS_OF_MANY if len(deals) > MANY_DEALS else SPLITS
    return "grouped", _grouped(deals, n_splits or default, seed)


def _in_time(deals: ClosedDeals, *, twins_apart: bool) -> Split:
    closed_on = deals.closed_on
    assert closed_on is not None  # noqa: S101 (told to mypy; the caller asked)
    dated = np.sort(closed_on[~np.isnat(closed_on)])
    if not len(dated):
        return Split(np.arange(0), np.arange(0))
    cut = dated[int(len(dated) * (1 - HELD_OUT_SHARE))]
    held_out = closed_on >= cut
    straddles = np.isin(deals.twins, deals.twins[held_out]) & twins_apart
    train = (closed_on < cut - np.timedelta64(GAP_DAYS, "D")) & ~straddles
    return Split(np.flatnonzero(train), np.flatnonzero(held_out))


def _can_judge(deals: ClosedDeals, split: Split) -> bool:
    """Return whether both sides hold both outcomes often enough to fit and to judge."""
    sides = (deals.won[split.train], deals.won[split.held_out])
    fewest = 10
    return all(min(side.sum(), len(side) - side.sum()) >= fewest for side in sides)


def _grouped(deals: ClosedDeals, n_splits: int, seed: int) -> list[Split]:
    folds = round(1 / HELD_OUT_SHARE)
    splits: list[Split] = []
    for turn in range(-(-n_splits // folds)):
        splitter = StratifiedGroupKFold(folds, shuffle=True, random_state=seed + turn)
        splits += [Split(*s) for s in splitter.split(deals.won, deals.won, deals.groups)]
    return splits[:n_splits]
