"""What to learn from and what to judge by, so that the judgment means something.

With closing dates: one cut in time, with a gap, and earlier cuts beside it. A deal teaches if it
had closed well before the cut, and judges if it closed after; a deal still open on the cut is in
neither side's past. A deal does not judge where a twin or a sibling of it teaches (unless the
questions are so few that hardly a deal is without a twin); so what teaches depends on nothing that
came after. Earlier deals of an account do teach, as they were known by then.
Without: repeated splits of three quarters to one, in which twins and the deals of an account stay
together.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import StratifiedGroupKFold

from training.closed_deals import ClosedDeals
from training.evaluation.siblings import siblings_of, twins_of
from training.evaluation.windows import EMBARGO_DAYS, after_burn_in, closed_before, closed_from

SplitKind: TypeAlias = Literal["time", "grouped"]
Rows: TypeAlias = NDArray[np.intp]

HELD_OUT_SHARE = 0.25
EARLIER_SHARES = (0.5, 0.625)
"""The earlier cuts of the rolling evaluation come after these shares of the closings."""

FEWEST_OF_AN_OUTCOME = 10
LARGEST_GROUP = 0.1
"""A group with a larger share of the deals always teaches in a random split."""

SPLITS = 20
MANY_DEALS = 10_000
SPLITS_OF_MANY = 4
MOST_TEACHING = 10_000
"""So many deals teach at the cuts that only accompany the judgment: more cost minutes."""


@dataclass(frozen=True, slots=True)
class Split:
    """Places of the deals that teach and of those that judge.

    ``cut`` is the first day of the closings that judge, ``until`` the first day after them; None
    where the split is not one in time, or has no end. ``sampled`` says that not all deals that
    might have taught do; ``n_siblings`` counts later deals left out as twins or siblings;
    ``twins_apart`` is False where twins were not.
    """

    train: Rows
    held_out: Rows
    cut: np.datetime64 | None = None
    until: np.datetime64 | None = None
    sampled: bool = False
    n_siblings: int = 0
    twins_apart: bool = True


def split_deals(
    deals: ClosedDeals, *, seed: int, n_splits: int | None = None
) -> tuple[SplitKind, Sequence[Split]]:
    """Return the splits by which a model of these deals is judged.

    ``n_splits`` counts the grouped splits; by default 20, or 4 for more than 10,000 deals.
    """
    cut = cut_after(deals, 1 - HELD_OUT_SHARE)
    if cut is not None:
        split = best_split_at(deals, cut)
        if split is not None:
            return "time", [split]
    default = SPLITS_OF_MANY if len(deals) > MANY_DEALS else SPLITS
    return "grouped", _grouped(deals, n_splits or default, seed)


def cut_after(deals: ClosedDeals, share: float) -> np.datetime64 | None:
    """Return the day on which a share of the closings after the burn-in is past."""
    if deals.closed_on is None:
        return None
    closed_on = deals.closed_on[after_burn_in(deals)]
    dated = np.sort(closed_on[~np.isnat(closed_on)])
    return dated[int(len(dated) * share)] if len(dated) else None


def split_at(
    deals: ClosedDeals,
    cut: np.datetime64,
    *,
    until: np.datetime64 | None = None,
    embargo_days: int = EMBARGO_DAYS,
    twins_apart: bool = True,
) -> Split:
    """Return the split at a cut; what teaches depends on the deals closed before it alone.

    The deals' days alone decide who teaches, so that two models judged at one cut learned from the
    same deals.
    """
    teaches = closed_before(deals, cut, embargo_days) & after_burn_in(deals, cut)
    judges = closed_from(deals, cut, until)
    close = siblings_of(deals, teaches)
    if twins_apart:
        close |= twins_of(deals, teaches)
    return Split(
        train=np.flatnonzero(teaches),
        held_out=np.flatnonzero(judges & ~close),
        cut=cut,
        until=until,
        n_siblings=int((judges & close).sum()),
        twins_apart=twins_apart,
    )


def best_split_at(
    deals: ClosedDeals, cut: np.datetime64, until: np.datetime64 | None = None
) -> Split | None:
    """Return the split at a cut with twins apart if it can judge so, else with them, else None."""
    for twins_apart in (True, False):
        split = split_at(deals, cut, until=until, twins_apart=twins_apart)
        if can_judge(deals, split):
            return split
    return None


def rolling_splits(deals: ClosedDeals, last: Split) -> list[Split]:
    """Return the earlier splits in time, each judged by what closed before the next cut.

    Together with the last one they are the origins of a rolling evaluation, their past growing.
    Those without enough of both outcomes are left out.
    """
    cuts = [cut for share in EARLIER_SHARES if (cut := cut_after(deals, share)) is not None]
    ends = [*cuts[1:], last.cut]
    found = (
        best_split_at(deals, cut, end)
        for cut, end in zip(cuts, ends, strict=True)
        if end is not None and cut < end
    )
    return [newest(deals, split, MOST_TEACHING) for split in found if split is not None]


def random_split(deals: ClosedDeals, last: Split, *, seed: int) -> Split | None:
    """Return a split that ignores time, of as many teaching deals as the last one in time.

    It takes the same deals; twins and the deals of an account stay together.
    """
    rows = np.sort(np.concatenate([last.train, last.held_out]))
    random = np.random.default_rng(seed)
    held_out = _some_groups(deals.groups[rows], HELD_OUT_SHARE, random)
    most = min(len(last.train), MOST_TEACHING)
    train = np.sort(random.permutation(rows[~held_out])[:most])
    shuffled = Split(train, rows[held_out], sampled=most < len(last.train))
    return shuffled if can_judge(deals, shuffled) else None


def _some_groups(
    groups: NDArray[np.intp], share: float, random: np.random.Generator
) -> NDArray[np.bool_]:
    """Return a mask of whole groups, drawn until they hold a share of the deals."""
    _, place, size = np.unique(groups, return_inverse=True, return_counts=True)
    order = random.permutation(np.flatnonzero(size <= LARGEST_GROUP * len(groups)))
    drawn = order[np.cumsum(size[order]) <= share * len(groups)]
    return np.isin(place, drawn)


def newest(deals: ClosedDeals, split: Split, most: int) -> Split:
    """Return the split with about the newest ``most`` of its teaching deals, in whole days."""
    if len(split.train) <= most or deals.closed_on is None:
        return split
    closed_on = deals.closed_on[split.train]
    first_day = np.sort(closed_on)[-most]
    return replace(split, train=split.train[closed_on >= first_day], sampled=True)


def can_judge(deals: ClosedDeals, split: Split) -> bool:
    """Return whether both sides hold both outcomes often enough to fit and to judge."""
    sides = (deals.won[split.train], deals.won[split.held_out])
    return all(min(side.sum(), len(side) - side.sum()) >= FEWEST_OF_AN_OUTCOME for side in sides)


def _grouped(deals: ClosedDeals, n_splits: int, seed: int) -> list[Split]:
    folds = round(1 / HELD_OUT_SHARE)
    splits: list[Split] = []
    for turn in range(-(-n_splits // folds)):
        splitter = StratifiedGroupKFold(folds, shuffle=True, random_state=seed + turn)
        splits += [Split(*s) for s in splitter.split(deals.won, deals.won, deals.groups)]
    return splits[:n_splits]
