"""Which deals judge a challenger and its champion, and which may teach them.

A first model and a changed one are judged by the last quarter of the closings; a refreshed one by
the newest half of what closed after its champion learned, since the champion has never seen it and
the challenger may learn from the older half. Without dates, grouped splits judge.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from features.fingerprint import canonical_fingerprint
from reports.promotion import HoldoutSummary
from training.closed_deals import ClosedDeals
from training.evaluation.siblings import twins_of
from training.evaluation.windows import closed_before, closed_from
from training.promotion.fitting import Rows, Split, grouped_splits

FEWEST_DEALS, FEWEST_OF_AN_OUTCOME = 100, 25
"""A holdout of fewer cannot tell one model from another."""

FEWEST_TO_FIT = 10
HELD_OUT_SHARE, LARGEST_SHARE = 0.25, 0.5
FRESH_SHARE = 0.5

Days = NDArray[np.datetime64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Holdout:
    """Splits of closed deals; ``cut`` is the first closing day that judges, None without dates.

    ``fresh_learned`` counts the deals that teach and that the champion had not seen; None where
    that is not asked.
    """

    kind: Literal["time", "grouped"]
    splits: tuple[Split, ...]
    cut: date | None = None
    fresh_learned: int | None = None

    @property
    def rows(self) -> Rows:
        """The deals that judge, each once."""
        return np.unique(np.concatenate([split.held_out for split in self.splits]))

    def summary(self, deals: ClosedDeals) -> HoldoutSummary:
        """Return what a report says of it."""
        rows = self.rows
        days = _days(deals)[rows]
        days = days[~np.isnat(days)]
        dated = self.kind == "time" and len(days) > 0
        return HoldoutSummary(
            kind=self.kind,
            deals=len(rows),
            won=int(deals.won[rows].sum()),
            groups=len(np.unique(deals.groups[rows])),
            n_splits=len(self.splits),
            since=str(days.min()) if dated else None,
            until=str(days.max()) if dated else None,
            fingerprint=fingerprint_of(deals, rows),
        )


def last_quarter(deals: ClosedDeals, *, seed: int, n_splits: int | None = None) -> Holdout:
    """Return the newest deals: a quarter of them, more where these are too few to judge.

    Grouped splits stand in where the deals carry no dates, or hardly any before the cut.
    """
    dated = np.sort(_days(deals)[~np.isnat(_days(deals))])
    if len(dated):
        order = np.argsort(_days(deals), kind="stable")[: len(dated)]
        size = _large_enough(deals.won[order], HELD_OUT_SHARE, LARGEST_SHARE)
        cut = dated[len(dated) - size]
        for twins_apart in (True, False):
            split = _split_at(deals, cut, twins_apart=twins_apart)
            if _can_teach(deals, split):
                return Holdout(kind="time", splits=(split,), cut=cut.item())
    return Holdout(kind="grouped", splits=grouped_splits(deals, seed=seed, n_splits=n_splits))


def newest_fresh(
    deals: ClosedDeals, trained_on: date, learned_until: date | None = None
) -> Holdout:
    """Return the newest of the deals that closed after a champion had learned.

    ``learned_until`` is the day on which its intercept last moved, if later: what closed in
    between may teach the challenger, and judges nobody. Judging deals that equal a teaching one
    are left out where enough remain: both models may have seen the answer.
    """
    days = _days(deals)
    fresh = days > np.datetime64(trained_on, "D")
    order = np.argsort(days, kind="stable")
    order = order[fresh[order]]
    if not len(order):
        nobody = np.arange(0)
        return Holdout(kind="time", splits=(Split(nobody, nobody),), fresh_learned=0)
    size = _large_enough(deals.won[order], FRESH_SHARE, 1.0)
    cut = days[order[len(order) - size]]
    if learned_until is not None:
        cut = max(cut, np.datetime64(learned_until, "D") + 1)
    split = _split_at(deals, cut, twins_apart=False)
    unlike = ~np.isin(deals.twins[split.held_out], deals.twins[split.train])
    if judges(deals, split.held_out[unlike]):
        split = Split(split.train, split.held_out[unlike])
    learned = int(fresh[split.train].sum())
    return Holdout(kind="time", splits=(split,), cut=cut.item(), fresh_learned=learned)


def judges(deals: ClosedDeals, rows: Rows) -> bool:
    """Return whether some deals are enough to judge by."""
    return len(rows) >= FEWEST_DEALS and fewest_of_an_outcome(deals, rows) >= FEWEST_OF_AN_OUTCOME


def fewest_of_an_outcome(deals: ClosedDeals, rows: Rows) -> int:
    """Return how many of some deals were won, or were not won, whichever are fewer."""
    won = int(deals.won[rows].sum())
    return min(won, len(rows) - won)


def fingerprint_of(deals: ClosedDeals, rows: Rows) -> str:
    """Return what identifies deals and how they ended, in any order and under any policy.

    Where deals have no ids, the source is named too.
    """
    ids, days = deals.table.ids, _days(deals).astype(str)
    named = sorted([str(ids[row] or ""), str(days[row]), float(deals.won[row])] for row in rows)
    source = "" if all(ids[row] for row in rows) else deals.fingerprint
    return canonical_fingerprint([source, named])


def _large_enough(won: NDArray[np.float64], share: float, largest: float) -> int:
    """Return how many of the newest to hold out; ``won`` is in order of closing."""
    won_so_far = np.cumsum(won[::-1])
    counts = np.arange(1, len(won) + 1)
    enough = (counts >= FEWEST_DEALS) & (
        np.minimum(won_so_far, counts - won_so_far) >= FEWEST_OF_AN_OUTCOME
    )
    wanted = int(np.argmax(enough)) + 1 if enough.any() else len(won)
    least = max(int(len(won) * share), 1)
    return min(max(wanted, least), max(int(len(won) * largest), 1))


def _split_at(deals: ClosedDeals, cut: np.datetime64, *, twins_apart: bool) -> Split:
    held_out = closed_from(deals, cut)
    straddles = twins_of(deals, held_out) & twins_apart
    train = closed_before(deals, cut) & ~straddles
    return Split(np.flatnonzero(train), np.flatnonzero(held_out))


def _can_teach(deals: ClosedDeals, split: Split) -> bool:
    return fewest_of_an_outcome(deals, split.train) >= FEWEST_TO_FIT


def _days(deals: ClosedDeals) -> Days:
    if deals.closed_on is None:
        return np.full(len(deals), np.datetime64("NaT", "D"))
    return deals.closed_on.astype("datetime64[D]")
