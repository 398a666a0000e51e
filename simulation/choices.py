"""Answers out of a list, as codes: the form in which a million of them are drawn and weighed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Vector: TypeAlias = NDArray[np.float64]
Mask: TypeAlias = NDArray[np.bool_]
Places: TypeAlias = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer a deal: ``codes``, of shape (n,), are places in ``levels``.

    >>> size = Choice(("small", "large"), np.array([0, 1, 1]))
    >>> size.is_one_of("large").tolist(), size.weigh({"small": -1.0, "large": 0.5}).tolist()
    ([False, True, True], [-1.0, 0.5, 0.5])
    """

    levels: tuple[str, ...]
    codes: Places

    def is_one_of(self, *levels: str) -> Mask:
        """Return where the answer is one of some levels."""
        chosen = np.zeros(len(self.levels), dtype=bool)
        chosen[[self.levels.index(level) for level in levels]] = True
        return chosen[self.codes]

    def weigh(self, weights: Mapping[str, float]) -> Vector:
        """Return each answer's weight; every level must have one."""
        return np.array([weights[level] for level in self.levels], dtype=np.float64)[self.codes]

    def take(self, places: Places) -> "Choice":
        """Return the answers at some places, in their order."""
        return Choice(self.levels, self.codes[places])


def draw(random: np.random.Generator, shares: Mapping[str, float], n: int) -> Choice:
    """Draw ``n`` answers independently, each level with its share."""
    codes = _places(random.random(n), np.array([list(shares.values())]))
    return Choice(tuple(shares), codes)


def draw_given(
    random: np.random.Generator,
    given: Choice,
    levels: Sequence[str],
    shares: Mapping[str, Sequence[float]],
) -> Choice:
    """Draw one answer for each answer of ``given``.

    ``shares`` holds, for each level of ``given``, the shares of ``levels``.
    """
    table = np.array([shares[level] for level in given.levels], dtype=np.float64)
    return Choice(tuple(levels), _places(random.random(len(given.codes)), table[given.codes]))


def _places(uniform: Vector, shares: Vector) -> Places:
    """Return the place in each row of shares (adding up to one) that a uniform number falls on."""
    edges = np.cumsum(shares, axis=1)[:, :-1]  # without the last: a sum of 0.9999… loses nobody
    return np.asarray((uniform[:, None] >= edges).sum(axis=1), dtype=np.intp)
