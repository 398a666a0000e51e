"""Teams and sellers, the small ones pooled: nobody is judged by a handful of deals."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reports.effort.report import FEWEST_DEALS

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupOfDeals:
    """Which deals are of one team or seller, shape (n_deals,).

    ``name`` is None where none is written; ``pooled`` counts the groups in it, 0 for one alone.
    """

    name: str | None
    rows: Mask
    pooled: int = 0


def groups_of(names: NDArray[np.object_], among: Mask) -> tuple[GroupOfDeals, ...]:
    """Return the groups of some deals in the order of their names, then those without a name.

    Groups of fewer than ``FEWEST_DEALS`` deals are pooled, last of all. Where the pool itself is
    so small, the next smallest groups join it: else it would tell what one of few people did.
    """
    written = np.array([name or None for name in names], dtype=object)
    found = sorted({name for name in written[among] if name is not None})
    rows = [(name, among & (written == name)) for name in found]
    unnamed = among & np.array([name is None for name in written], dtype=bool)
    groups = [*rows, *([(None, unnamed)] if unnamed.any() else [])]
    pool = _pool([int(mask.sum()) for _, mask in groups])
    kept = [
        GroupOfDeals(name=name, rows=mask)
        for place, (name, mask) in enumerate(groups)
        if place not in pool
    ]
    if not pool:
        return tuple(kept)
    together = np.logical_or.reduce([groups[place][1] for place in pool])
    return (*kept, GroupOfDeals(name=None, rows=together, pooled=len(pool)))


def _pool(sizes: list[int]) -> frozenset[int]:
    """Return the places of the groups to pool."""
    by_size = sorted(range(len(sizes)), key=lambda place: sizes[place])
    pool: list[int] = []
    for place in by_size:
        pooled = sum(sizes[one] for one in pool)
        if sizes[place] >= FEWEST_DEALS and not 0 < pooled < FEWEST_DEALS:
            break
        pool.append(place)
    return frozenset(pool)
