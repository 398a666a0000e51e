"""The hours of a pursuit as a policy estimates them, and what an hour costs, deal by deal."""

import numpy as np
from numpy.typing import NDArray

from features.policy import Economics
from features.policy.amounts import amounts_of
from features.table import DealTable

Vector = NDArray[np.float64]


def estimated_hours(economics: Economics, table: DealTable) -> Vector | None:
    """Return the hours that a pursuit takes from its decision on; None where nothing says.

    The hours of a deal are those of all its roles; NaN where one is unknown. Shape (n_deals,).
    """
    if economics.roles:
        given = [amounts_of(role.remaining_hours, table) for role in economics.roles.values()]
        return np.asarray(np.sum(given, axis=0))
    hours = economics.remaining_hours
    return None if hours is None else amounts_of(hours, table)


def hour_costs(economics: Economics, table: DealTable) -> Vector | None:
    """Return the cost of an hour, NaN where unknown, shape (n_deals,); None where not counted.

    Where several roles work on a deal, it is their mean, each role weighing as much as its hours:
    hours that are written down do not say whose they are.
    """
    roles = economics.roles
    if not roles:
        given = economics.cost_per_hour
        return None if given is None else amounts_of(given, table)
    if all(role.cost_per_hour is None for role in roles.values()):
        return None
    hours = np.array([amounts_of(role.remaining_hours, table) for role in roles.values()])
    costs = np.array([amounts_of(role.cost_per_hour, table) for role in roles.values()])
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = (hours * costs).sum(axis=0) / hours.sum(axis=0)
    return np.where(np.isfinite(mean), mean, np.nan)
