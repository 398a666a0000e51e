"""Which deals a replay speaks of, and of which it cannot."""

from datetime import date

import numpy as np
from numpy.typing import NDArray

from reports.replay import Population
from training.deals_on_file import DealsOnFile
from training.outcomes.outcome import Outcome
from training.replay.past_deals import PastDeals

STALE = 0.99
"""A deal open for longer than this share of the closed ones took has an end nobody recorded."""


def population_of(on_file: DealsOnFile, pursued: PastDeals, as_of: date) -> Population:
    """Return how many deals there are of each kind, and over which days they were decided."""
    outcomes = on_file.outcomes
    is_open = np.ones(len(on_file.table), bool) if outcomes is None else outcomes == Outcome.OPEN
    declined = 0 if outcomes is None else int((outcomes == Outcome.DECLINED_BY_US).sum())
    stale = _stale(on_file, np.asarray(is_open), as_of)
    dated = pursued.decided_on[~np.isnat(pursued.decided_on)]
    has_accounts = on_file.accounts is not None
    return Population(
        on_file=len(on_file.table),
        pursued=len(pursued),
        won=int(pursued.won.sum()),
        lost=int(pursued.lost.sum()),
        no_decision=int(pursued.no_decision.sum()),
        declined=declined,
        open=int(is_open.sum()) - stale,
        unrecorded=stale,
        accounts=len(np.unique(pursued.cluster)) if has_accounts else None,
        first_day=str(dated.min()) if len(dated) else None,
        last_day=str(dated.max()) if len(dated) else None,
    )


def _stale(on_file: DealsOnFile, is_open: NDArray[np.bool_], as_of: date) -> int:
    """Return how many open deals are older than nearly all were when they closed."""
    if on_file.opened_on is None or on_file.closed_on is None:
        return 0
    lived = (on_file.closed_on - on_file.opened_on) / np.timedelta64(1, "D")
    lived = lived[np.isfinite(lived) & (lived >= 0)]
    if not len(lived):
        return 0
    age = (np.datetime64(as_of, "D") - on_file.opened_on) / np.timedelta64(1, "D")
    return int((is_open & (age > np.quantile(lived, STALE))).sum())
