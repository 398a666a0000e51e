"""Three-valued truth (Kleene's strong logic) for a column of deals.

A truth is kept as two masks, *true* and *false*; where neither holds, it is unknown.
"""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Mask: TypeAlias = NDArray[np.bool_]
"""An array of bool of shape (n_deals,)."""


@dataclass(frozen=True, slots=True)
class Truth:
    """True, false or unknown, deal by deal.

    >>> yes, no = (Truth.known(np.array([answer])) for answer in (True, False))
    >>> unknown = Truth(np.array([False]), np.array([False]))
    >>> (yes | unknown).true, (no & unknown).false, (~unknown).unknown
    (array([ True]), array([ True]), array([ True]))
    """

    true: Mask
    false: Mask

    @staticmethod
    def known(value: Mask) -> "Truth":
        """Return the truth of what is known to hold or not to hold."""
        return Truth(value, ~value)

    @staticmethod
    def where_known(known: Mask, holds: Mask) -> "Truth":
        """Return ``holds`` where it is known and unknown elsewhere."""
        true = known & holds
        return Truth(true, known ^ true)

    @property
    def unknown(self) -> Mask:
        """Where the truth is neither true nor false."""
        return ~(self.true | self.false)

    def __and__(self, other: "Truth") -> "Truth":
        return Truth(self.true & other.true, self.false | other.false)

    def __or__(self, other: "Truth") -> "Truth":
        return Truth(self.true | other.true, self.false & other.false)

    def __invert__(self) -> "Truth":
        return Truth(self.false, self.true)
