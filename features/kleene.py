"""Three-valued truth (Kleene's strong logic), for one deal or for a column of a million.

A truth is kept as two masks, *true* and *false*; where neither holds, it is unknown. The masks are
plain booleans for one deal and numpy arrays for a column, so that the same three lines of logic
serve both and cannot disagree.
"""

from dataclasses import dataclass
from typing import Any, TypeAlias

Mask: TypeAlias = Any
"""A bool for one deal, or an array of bool of shape (n_deals,) for a column."""


@dataclass(frozen=True, slots=True)
class Truth:
    """True, false or unknown.

    >>> yes, no, open_ = Truth.known(True), Truth.known(False), Truth.of_unknown()
    >>> (yes | open_).true, (no & open_).false, (yes & open_).unknown, (~open_).unknown
    (True, True, True, True)
    """

    true: Mask
    false: Mask

    @staticmethod
    def known(value: Mask) -> "Truth":
        """Return the truth of a value that is known to hold or not to hold."""
        return Truth(value, value ^ True)

    @staticmethod
    def of_unknown() -> "Truth":
        """Return the truth of something that nobody knows, for one deal."""
        return Truth(true=False, false=False)

    @staticmethod
    def where_known(known: Mask, holds: Mask) -> "Truth":
        """Return ``holds`` where it is known and unknown elsewhere."""
        true = known & holds
        return Truth(true, known ^ true)

    @property
    def unknown(self) -> Mask:
        """Where the truth is neither true nor false."""
        return (self.true | self.false) ^ True

    def __and__(self, other: "Truth") -> "Truth":
        return Truth(self.true & other.true, self.false | other.false)

    def __or__(self, other: "Truth") -> "Truth":
        return Truth(self.true | other.true, self.false & other.false)

    def __invert__(self) -> "Truth":
        return Truth(self.false, self.true)
