"""What to do with deals, from what the policy says of them and whether they are worth it."""

import numpy as np
from numpy.typing import NDArray

from models.decision import Recommendation
from models.knockouts import PolicyVerdict

RECOMMENDATIONS = np.array([*Recommendation], dtype=object)
"""From the best to the last, so that a place among them is a number to count with."""
GO, CONDITIONAL_GO, FIND_OUT, NO_GO = range(4)


def recommended(
    policy: PolicyVerdict, worth: NDArray[np.bool_], hopeless: NDArray[np.bool_]
) -> NDArray[np.intp]:
    """Return places among ``RECOMMENDATIONS``; the first that applies, from the last on, is it.

    A knockout beats any probability. What must be found out is asked only where the answer hangs
    on it: not for a deal that is refused, or too unlikely, whatever the fact may be.
    """
    places = np.where(policy.conditional, CONDITIONAL_GO, GO)
    places[policy.open | ~worth] = FIND_OUT
    places[policy.refused | hopeless] = NO_GO
    return places
