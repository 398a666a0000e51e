"""Sums in a fixed order: one deal gets the same last bit alone as among a million.

A matrix product, and numpy's own sum along the fast axis, group their additions by the shape of
the batch.
"""

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]

FEW_NUMBERS = 20_000
"""So many are added in one call that keeps every sum on the way; of more, that costs memory."""


def added_in_order(start: Vector, terms: Vector) -> Vector:
    """Return ``start + terms[0] + terms[1] + ...``, from left to right.

    ``terms`` has the shape of ``start`` with one more axis in front.

    >>> added_in_order(np.array([1.0]), np.array([[2.0], [3.0]]))
    array([6.])
    """
    if terms.size <= FEW_NUMBERS:
        together = np.concatenate((start[None], terms))
        return np.asarray(np.add.accumulate(together, axis=0)[-1])
    total = start.copy()
    for term in terms:
        total += term
    return total
