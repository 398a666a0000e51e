"""The money of one deal, out of that of many."""

from math import isfinite

import numpy as np
from numpy.typing import NDArray

from features.deal import Deal
from features.policy import Policy
from models.decision import Worth
from models.economics import Value, missing_numbers


def worth_of(policy: Policy, deal: Deal, value: Value | None, row: int) -> Worth | None:
    """Return the money of the deal in a row; None where the policy counts none."""
    if value is None:
        return None
    return Worth(
        currency=policy.economics.currency,
        expected_value=_number(value.expected, row),
        lowest=_number(value.lowest, row),
        highest=_number(value.highest, row),
        if_won=_number(value.if_won, row),
        remaining_cost=_number(value.remaining_cost, row),
        break_even=_number(value.break_even, row),
        hours=_number(value.hours, row),
        per_hour=_number(value.per_hour, row),
        cost_share=_number(value.cost_share, row),
        sunk_cost=_number(value.sunk_cost, row),
        left_out=value.left_out,
        needs=() if value.is_known[row] else missing_numbers(policy, deal),
    )


def _number(values: NDArray[np.float64], row: int) -> float | None:
    """Return one number, None where it is unknown or has no end."""
    number = float(values[row])
    return number if isfinite(number) else None
