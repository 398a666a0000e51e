"""The few sums of a run: percentiles, medians over rounds, and ratios round by round."""

import math
from collections.abc import Callable, Mapping, Sequence
from statistics import median
from typing import TypeVar

Seen = TypeVar("Seen")


def percentile(ordered: Sequence[float], share: float) -> float:
    """Return the smallest of ordered numbers that a share of them does not exceed.

    >>> percentile([1, 2, 3, 4], 0.5), percentile([1, 2, 3, 4], 0.99), percentile([7], 0.01)
    (2, 4, 7)
    """
    return ordered[max(math.ceil(share * len(ordered)), 1) - 1]


def median_of(rounds: Sequence[Seen], figure: Callable[[Seen], float]) -> float:
    """Return the median of a figure over rounds."""
    return median(figure(one) for one in rounds)


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """Return the median over rounds of ours by theirs; both were measured in the same round.

    The machine may be twice as fast in one round as in another; it hardly changes within one.

    >>> ratio([2, 8, 3], [1, 2, 1])
    3.0
    """
    return median(mine / other for mine, other in zip(ours, theirs, strict=True))


def rotated(names: Sequence[str], turn: int) -> list[str]:
    """Return the names, another one of them first in each turn.

    >>> rotated(["a", "b", "c"], 4)
    ['b', 'c', 'a']
    """
    start = turn % len(names)
    return [*names[start:], *names[:start]]


def by_name(rounds: Sequence[Mapping[str, Seen]]) -> dict[str, list[Seen]]:
    """Return what was seen of each name, round by round."""
    return {name: [one[name] for one in rounds] for name in rounds[0]}


def difference(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """Return the median over rounds of ours less theirs.

    >>> difference([5, 9, 7], [4, 6, 1])
    3
    """
    return median(mine - other for mine, other in zip(ours, theirs, strict=True))
