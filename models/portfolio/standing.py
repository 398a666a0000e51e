"""Where each deal stands before anything is planned: only some may be chosen at all."""

from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from models.decision import Recommendation
from models.economics import Value


class Standing(StrEnum):
    """What a plan makes of a deal.

    ``chosen``
        to be worked;
    ``no_room``
        worth its effort, and others are worth more in the same hours;
    ``no_value``
        the policy allows it, and it costs at least as much as it brings;
    ``unknown``
        the policy allows it, and its value or its hours are unknown;
    ``find_out``
        something must be found out first;
    ``no_go``
        refused;
    ``drawn``
        refused, and drawn to be worked all the same.
    """

    CHOSEN = "chosen"
    NO_ROOM = "no_room"
    NO_VALUE = "no_value"
    UNKNOWN = "unknown"
    FIND_OUT = "find_out"
    NO_GO = "no_go"
    DRAWN = "drawn"


def standings_of(
    recommendations: NDArray[np.object_], value: Value, needed: NDArray[np.float64]
) -> NDArray[np.object_]:
    """Return the standing of each deal, shape (n_deals,), with ``no_room`` for all candidates.

    ``needed`` are their hours, shape (n_deals, n_capacities), NaN where unknown.
    """
    unknown = ~np.isfinite(value.expected) | ~np.isfinite(needed).all(axis=1)
    found = np.select(
        [
            recommendations == Recommendation.NO_GO,
            recommendations == Recommendation.FIND_OUT,
            unknown,
            value.expected <= 0,
        ],
        [Standing.NO_GO, Standing.FIND_OUT, Standing.UNKNOWN, Standing.NO_VALUE],
        default=Standing.NO_ROOM,
    )
    return np.array([Standing(str(name)) for name in found], dtype=object)
