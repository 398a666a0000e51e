"""Which refused deals are worked all the same, and how likely each deal was to be worked.

A rule that refuses deals never sees how they would have ended, so it confirms itself. A small
share of them, drawn by chance, keeps it testable: each id has its place in [0, 1) by a seeded
hash, and the deals below the share are worked. What was drawn never hangs on what else was asked,
on the process, or on the day, and can be checked afterwards.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from features.policy import Policy
from features.policy.decision import Exploration
from features.table import DealTable
from models.decision import Recommendation
from models.refusals import softly_refused

Mask = NDArray[np.bool_]
Vector = NDArray[np.float64]

BITS = 53
"""What a float holds without rounding, so that no draw is ever 1."""

REDRAWS = 400
"""How often the draw is repeated to tell the chances under a cap: to within some 3 % of each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """What deals that are worked together must fit into, whatever the cap of the policy.

    ``needed`` has shape (n_deals, n_capacities), NaN unknown, and ``there`` (n_capacities,).
    """

    needed: Vector
    there: Vector


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What exploration makes of many deals; every array has shape (n_deals,).

    ``eligible`` deals are refused for nothing but what may be tested; ``explored`` ones are worked
    all the same. ``propensity`` is each deal's chance of being worked: 1 where it is not refused,
    0 where it is refused and cannot be drawn. Where the policy explores nothing, nobody is
    eligible.
    """

    eligible: Mask
    explored: Mask
    propensity: Vector


def explore(
    policy: Policy,
    table: DealTable,
    recommendations: NDArray[np.object_],
    hours: Vector | None = None,
    *,
    together: bool = False,
    room: Room | None = None,
) -> Selection:
    """Return which refused deals are worked all the same.

    Parameters
    ----------
    hours
        Shape (n_deals,): the hours that each deal still takes, NaN unknown; None where the policy
        knows of none. Under a cap, a deal of unknown hours is not drawn: it might not fit.
    together
        Whether the deals share the cap: those of one plan or file do, in the order of their draws,
        until one no longer fits. Else each deal is looked at by itself, so that an answer about
        one does not hang on the deals asked about with it; it must only fit the cap alone.
    room
        What those of one plan must fit into besides; counts only for deals looked at together.
    """
    propensity = np.where(recommendations == Recommendation.NO_GO, 0.0, 1.0)
    explored, block = np.zeros(len(table), dtype=bool), policy.decision.exploration
    if block is None or not block.share:
        return Selection(eligible=explored.copy(), explored=explored, propensity=propensity)
    if propensity.all():
        return Selection(eligible=explored.copy(), explored=explored, propensity=propensity)
    soft = softly_refused(policy, table, recommendations)
    named = [row for row in np.flatnonzero(soft).tolist() if table.ids[row]]
    rows = np.array(named, dtype=np.intp)
    if len(rows):
        ids = [str(table.ids[row]) for row in rows]
        needed = None if hours is None else hours[rows]
        of_rows = None if room is None else replace(room, needed=room.needed[rows])
        explored[rows], propensity[rows] = drawn(
            block, ids, needed, together=together, room=of_rows
        )
    return Selection(eligible=soft, explored=explored, propensity=propensity)


def as_worked(
    recommendations: NDArray[np.object_], selection: Selection, conditional: Mask
) -> NDArray[np.object_]:
    """Return what to do with each deal: one that is explored goes ahead, under its conditions.

    ``conditional`` says where some knockout allows the deal only under a condition. The
    recommendations themselves stay as they are: what the policy says is no matter of chance.
    """
    worked = recommendations.copy()
    worked[selection.explored] = Recommendation.GO
    worked[selection.explored & conditional] = Recommendation.CONDITIONAL_GO
    return worked


def place_of(seed: int, deal_id: str) -> float:
    """Return the place of an id in [0, 1): the same in every process, and never another.

    >>> round(place_of(0, "D-1"), 4), place_of(0, "D-1") == place_of(1, "D-1")
    (0.9952, False)
    """
    text = f"{seed}:{deal_id}".encode("utf-8", "surrogatepass")
    number = int.from_bytes(blake2b(text, digest_size=8).digest(), "big")
    return float(number >> (64 - BITS)) / float(1 << BITS)


def drawn(
    block: Exploration,
    ids: Sequence[str],
    hours: Vector | None,
    *,
    together: bool,
    room: Room | None = None,
) -> tuple[Mask, Vector]:
    """Return which of some deals are drawn and the chance that each had; shape (n_deals,).

    Rows of one id are one deal: they take the hours of all of them, and are drawn or not as one.
    """
    names, row_of = np.unique(np.array(ids, dtype=object), return_inverse=True)
    places = np.array([place_of(block.seed, name) for name in names])
    needed, there = _limited(block, len(ids), hours, room if together else None)
    if not len(there):
        return (places < block.share)[row_of], np.full(len(ids), block.share)
    total = np.zeros((len(names), len(there)))
    np.add.at(total, row_of, needed)
    fits = (total <= there).all(axis=1)  # an unknown number fits nowhere
    found, chance = fits & (places < block.share), np.where(fits, block.share, 0.0)
    if together:
        order = np.flatnonzero(fits)[np.argsort(places[fits], kind="stable")]
        found[order] &= (np.cumsum(total[order], axis=0) <= there).all(axis=1)
        chance[order] = _chances(total[order], block, there)
    return found[row_of], chance[row_of]


def _limited(
    block: Exploration, n_deals: int, hours: Vector | None, room: Room | None
) -> tuple[Vector, Vector]:
    """Return what deals need of all that is limited, and what there is: the cap, then the room."""
    needed, there = np.empty((n_deals, 0)), np.empty(0)
    if block.most_hours is not None:
        of_cap = np.full(n_deals, np.nan) if hours is None else hours
        needed, there = of_cap[:, None], np.array([block.most_hours])
    if room is None:
        return needed, there
    return np.column_stack([needed, room.needed]), np.concatenate([there, room.there])


def _chances(needed: Vector, block: Exploration, there: Vector) -> Vector:
    """Return the chance of each deal to be drawn and to fit into all that is limited.

    The others are drawn anew many times; each time a deal is drawn if its own place is before the
    one from which on the others leave no room for it. The mean of those places is its chance: no
    deal that was drawn ever gets a chance of nought (conditioning on the others, Rao 1945).
    """
    if (needed.sum(axis=0) <= there).all():
        return np.full(len(needed), block.share)
    random = np.random.default_rng(block.seed)
    ends = np.zeros(len(needed))
    for _ in range(REDRAWS):
        ends += _room_ends_at(random.random(len(needed)), needed, block.share, there)
    return ends / REDRAWS


def _room_ends_at(places: Vector, needed: Vector, share: float, there: Vector) -> Vector:
    """Return for each deal the place from which on the others leave it no room."""
    order = np.argsort(places)
    order = order[places[order] < share]
    taken = np.cumsum(needed[order], axis=0)
    ends = np.append(places[order], share)
    rank = np.full(len(needed), len(order))
    rank[order] = np.arange(len(order))
    full = _first_over(taken, there - needed)
    # Where a deal is among those that fill the room so far, its own hours are not in the way.
    full = np.where(rank <= full, _first_over(taken, there[None, :]), full)
    return np.asarray(ends[full])


def _first_over(taken: Vector, limits: Vector) -> NDArray[np.intp]:
    """Return the first place at which something taken is more than its limit.

    ``limits`` has shape (n, n_capacities); where nothing is, it is the number of places.
    """
    columns = zip(taken.T, limits.T, strict=True)
    over = [np.searchsorted(sums, most, side="right") for sums, most in columns]
    return np.asarray(np.min(over, axis=0))
