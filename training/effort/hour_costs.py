"""What an hour of a pursuit costs, deal by deal."""

import numpy as np
from numpy.typing import NDArray

from features.policy import Economics
from features.policy.amounts import amounts_of
from features.table import DealTable

Vector = NDArray[np.float64]


def hour_costs(economics: Economics, table: DealTable) -> Vector | None:
    """Return the cost of an hour, NaN where unknown, shape (n_deals,); None where not counted.

    Where several roles work on a deal, it is their mean, each role weighing as much as its hours:
    hours that are written down do not say whose they are. A role without a cost counts as free,
    as it does in the expected value.
    """
    roles = economics.roles.values()
    if not roles:
        given = economics.cost_per_hour
        return None if given is None else amounts_of(given, table)
    if all(role.cost_per_hour is None for role in roles):
        return None
    free = np.zeros(len(table))
    hours = np.array([amounts_of(role.remaining_hours, table) for role in roles])
    costs = np.array(
        [
            free if role.cost_per_hour is None else amounts_of(role.cost_per_hour, table)
            for role in roles
        ]
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray((hours * costs).sum(axis=0) / hours.sum(axis=0))
