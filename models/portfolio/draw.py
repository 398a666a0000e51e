"""Which refused deals a plan works all the same: those that were drawn, as far as they fit."""

import numpy as np
from numpy.typing import NDArray

from features.policy import Policy
from features.table import DealTable
from models.economics import Value
from models.exploration import Room, Selection, explore
from models.portfolio.capacity import Capacity


def draw(
    policy: Policy,
    table: DealTable,
    recommendations: NDArray[np.object_],
    value: Value,
    capacity: Capacity,
) -> Selection:
    """Return the deals drawn together, in the order of their draws, until one no longer fits.

    They must fit the cap of the policy and every capacity of the plan, so their chances are those
    of being drawn and of fitting. A deal of unknown hours is not drawn: it might not fit.
    """
    room = Room(needed=capacity.needed(value), there=capacity.limits)
    return explore(policy, table, recommendations, value.hours, together=True, room=room)
