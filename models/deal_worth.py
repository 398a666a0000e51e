"""The money of each deal, out of that of many."""

from collections.abc import Sequence
from math import isfinite

import numpy as np
from numpy.typing import NDArray

from features.deal import Deal
from features.policy import Policy
from models.decision import Worth
from models.economics import Value, missing_numbers

FIGURES = ("expected", "lowest", "highest", "if_won", "remaining_cost",
           "break_even", "hours", "per_hour", "cost_share", "sunk_cost")  # fmt: skip


def worths_of(
    policy: Policy, deals: Sequence[Deal], value: Value | None
) -> Sequence[Worth | None]:
    """Return the money of each deal; None where the policy counts none."""
    if value is None:
        return [None] * len(deals)
    rows = zip(*(_numbers(getattr(value, name)) for name in FIGURES), strict=True)
    return [
        _worth(policy, value.left_out, row, () if known else missing_numbers(policy, deal))
        for deal, row, known in zip(deals, rows, value.is_known.tolist(), strict=True)
    ]


def _worth(
    policy: Policy,
    left_out: tuple[str, ...],
    row: tuple[float | None, ...],
    needs: tuple[str, ...],
) -> Worth:
    expected, lowest, highest, if_won, cost, break_even, hours, per_hour, share, sunk = row
    return Worth(
        currency=policy.economics.currency,
        expected_value=expected,
        lowest=lowest,
        highest=highest,
        if_won=if_won,
        remaining_cost=cost,
        break_even=break_even,
        hours=hours,
        per_hour=per_hour,
        cost_share=share,
        sunk_cost=sunk,
        left_out=left_out,
        needs=needs,
    )


def _numbers(values: NDArray[np.float64]) -> list[float | None]:
    """Return numbers, None where one is unknown or has no end."""
    return [number if isfinite(number) else None for number in values.tolist()]
