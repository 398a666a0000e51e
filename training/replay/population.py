"""Which deals a replay speaks of, and of which it cannot."""

from datetime import date

import numpy as np

from reports.replay.report import Population
from training.deals_on_file import DealsOnFile
from training.outcomes.outcome import Outcome
from training.replay.past_deals import STALE, PastDeals, is_unrecorded

__all__ = ["STALE", "population_of"]


def population_of(on_file: DealsOnFile, pursued: PastDeals, as_of: date) -> Population:
    """Return how many deals there are of each kind, and over which days they were decided."""
    outcomes = on_file.outcomes
    is_open = np.ones(len(on_file.table), bool) if outcomes is None else outcomes == Outcome.OPEN
    declined = 0 if outcomes is None else int((outcomes == Outcome.DECLINED_BY_US).sum())
    stale = int(is_unrecorded(on_file, as_of).sum())
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
