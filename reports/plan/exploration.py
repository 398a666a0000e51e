"""What a plan sets apart for drawn deals, in sum."""

from collections.abc import Sequence

import numpy as np

from features.policy import Policy
from models.economics import Value
from models.exploration import Selection
from models.portfolio.plan import Portfolio
from reports.plan.report import PlannedExploration


def exploration_of(
    policy: Policy,
    ids: Sequence[str | None],
    value: Value,
    portfolio: Portfolio,
    *,
    together: Selection,
    alone: Selection,
) -> PlannedExploration | None:
    """Return what the drawn deals take and cost; None where the policy explores nothing.

    ``together`` are the deals drawn under the capacities of the plan, ``alone`` those that were
    drawn looked at one by one, as the answer about each tells.
    """
    block, rows = policy.decision.exploration, portfolio.drawn
    if block is None or not block.share:
        return None
    expected = value.expected[rows]
    return PlannedExploration(
        hours=float(value.hours[rows].sum()),
        value=float(np.nansum(expected)),
        unknown=int(np.isnan(expected).sum()),
        foregone=portfolio.foregone,
        left_out=int((alone.explored & ~together.explored).sum()),
        chances={
            name: float(together.propensity[row])
            for row in np.flatnonzero(together.eligible).tolist()
            if (name := ids[row])
        },
    )
