"""Values made of plain arrays, as a policy would give them."""

from collections.abc import Mapping, Sequence

import numpy as np

from models.decision import Recommendation
from models.economics import Value

GO, CONDITIONAL, FIND_OUT, NO_GO = (
    Recommendation.GO,
    Recommendation.CONDITIONAL_GO,
    Recommendation.FIND_OUT,
    Recommendation.NO_GO,
)


def worth(
    expected: Sequence[float],
    hours: Sequence[float] | None = None,
    roles: Mapping[str, Sequence[float]] | None = None,
    spent: Sequence[float] | None = None,
) -> Value:
    n = len(expected)
    by_role = {name: np.array(one, float) for name, one in (roles or {}).items()}
    total = sum(by_role.values(), np.zeros(n)) if hours is None else np.array(hours, float)
    value = np.array(expected, float)
    return Value(
        if_won=value + 100,
        remaining_cost=np.full(n, 50.0),
        expected=value,
        lowest=value,
        highest=value,
        hours=total,
        hours_by_role=by_role,
        revenue=value * 10,
        sunk_cost=np.full(n, np.nan) if spent is None else np.array(spent, float),
        left_out=(),
    )


def go(n: int) -> np.ndarray:
    return np.full(n, GO, dtype=object)


def names(n: int) -> tuple[str, ...]:
    return tuple(f"D{place}" for place in range(n))
