"""What a plan promises, and how much of it to believe.

Deals are chosen because they look good, and those that look better than they are look good: the
expected value of what was chosen may be more than it will bring (the optimiser's curse; Smith and
Winkler 2006). So it stands beside the value at the win rates of comparable past deals. In markets
that stand still our plans bring what they promise; where a market gets harder, both are too high.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]

DRAWS, AT_ONCE = 4_000, 250
COVERAGE = 0.90


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What some chosen deals bring together, in money and in wins.

    ``expected_value`` and ``expected_wins`` are at the win probabilities, ``comparable_value`` and
    ``comparable_wins`` at the win rates of comparable past deals; None where some deal has none.
    ``wins`` and ``value`` are the intervals, of 90 %, of what comes if the probabilities are right
    and the deals are won or lost each by itself.
    """

    expected_value: float
    expected_wins: float
    comparable_value: float | None
    comparable_wins: float | None
    wins: tuple[int, int]
    value: tuple[float, float]


def promise_of(
    p_win: Vector, comparable: Vector, if_won: Vector, cost: Vector, *, seed: int = 0
) -> Promise:
    """Return what deals bring together; all arrays have shape (n_deals,).

    ``comparable`` are win rates of past deals, NaN where there are none; ``if_won`` is what each
    brings if it is won, ``cost`` what each costs in any case.

    >>> one = np.ones(1)
    >>> found = promise_of(one, one * 0.5, one * 100.0, one * 20.0)
    >>> found.expected_value, found.comparable_value, found.wins, found.value
    (80.0, 30.0, (1, 1), (80.0, 80.0))
    """
    spent = float(cost.sum())
    known = bool(np.isfinite(comparable).all())
    wins, value = _spread(p_win, if_won, np.random.default_rng(seed))
    return Promise(
        expected_value=float(p_win @ if_won) - spent,
        expected_wins=float(p_win.sum()),
        comparable_value=float(comparable @ if_won) - spent if known else None,
        comparable_wins=float(comparable.sum()) if known else None,
        wins=(int(wins[0]), int(wins[1])),
        value=(float(value[0]) - spent, float(value[1]) - spent),
    )


def _spread(
    p_win: Vector, if_won: Vector, random: np.random.Generator
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the intervals of the wins and of what they bring, drawn again and again."""
    wins, brought = [], []
    for _ in range(DRAWS // AT_ONCE):
        won = random.random((AT_ONCE, len(p_win))) < p_win
        wins.append(won.sum(axis=1))
        brought.append(won @ if_won)
    tails = [(1 - COVERAGE) / 2, (1 + COVERAGE) / 2]
    return (
        np.quantile(np.concatenate(wins), tails, method="nearest"),
        np.quantile(np.concatenate(brought), tails),
    )
