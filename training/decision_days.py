"""The days on which the deals of a file were decided."""

import numpy as np
from numpy.typing import NDArray

from features.policy import Policy
from training.deals_on_file import DealsOnFile


def decision_days(on_file: DealsOnFile, policy: Policy) -> NDArray[np.datetime64] | None:
    """Return the days of decision, or of opening where nothing says when it was decided."""
    if on_file.columns.as_of is None and policy.deals.history is None:
        return on_file.opened_on
    return on_file.table.as_of
