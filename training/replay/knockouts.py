"""What each knockout, and each set of knockouts that fire together, does to past deals."""

import numpy as np
from numpy.typing import NDArray

from models.recommended import NO_GO
from reports.replay.report import Combination, KnockoutReplay, OtherCombinations
from training.replay.ledger import DEALS, N_KINDS, Ledger, Places, moves_of
from training.replay.verdicts import Mask, Verdicts

Matrix = NDArray[np.float64]

MOST_COMBINATIONS = 20
BITS = 32
"""Knockouts told apart before sets of them are numbered anew."""


def stopped_alone(verdicts: Verdicts, knockout: int) -> Places:
    """Return the deals that one knockout stops and nothing else would."""
    rows, after = verdicts.without(knockout)
    was_stopped = verdicts.recommendations[rows] == NO_GO
    return np.asarray(rows[was_stopped & (after != NO_GO)])


def knockout_replays(verdicts: Verdicts, ledger: Ledger) -> tuple[KnockoutReplay, ...]:
    """Return what each knockout does, in the policy's order; ``value_back`` is yet to come."""
    return tuple(_replay(verdicts, ledger, n) for n in range(len(verdicts.policy.knockouts)))


def _replay(verdicts: Verdicts, ledger: Ledger, knockout: int) -> KnockoutReplay:
    one = verdicts.policy.knockouts[knockout]
    rows, after = verdicts.without(knockout)
    before = verdicts.recommendations[rows]
    return KnockoutReplay(
        id=one.id,
        label=one.reason,
        stops=one.refuses,
        on_unknown=one.on_unknown,
        fires=ledger.over(np.flatnonzero(verdicts.masks.fired[knockout])),
        unknown=ledger.over(np.flatnonzero(verdicts.masks.unknown[knockout])),
        alone=ledger.over(rows[(before == NO_GO) & (after != NO_GO)]),
        dropped=ledger.moves(before, after, rows),
        value_back=None,
    )


def combinations(
    verdicts: Verdicts, ledger: Ledger
) -> tuple[tuple[Combination, ...], OtherCombinations | None]:
    """Return the sets of knockouts that fire together most often, and the rest summed."""
    fired = verdicts.masks.fired
    rows = np.flatnonzero(fired.any(axis=0))
    if not len(rows):
        return (), None
    fired, before = fired[:, rows], verdicts.recommendations[rows]
    after = verdicts.without_fired()[rows]
    number, first = numbered_sets(fired)
    n_sets = len(first)
    by_move = ledger.by((number * N_KINDS + before) * N_KINDS + after, n_sets * N_KINDS**2, rows)
    sums = by_move.reshape(n_sets, N_KINDS, N_KINDS, -1)
    fires = sums.sum(axis=(1, 2))
    order = np.lexsort((np.arange(n_sets), -fires[:, DEALS]))
    ids = [one.id for one in verdicts.policy.knockouts]
    told = tuple(
        _combination(ledger, sums[n], tuple(np.array(ids)[fired[:, first[n]]].tolist()))
        for n in order[:MOST_COMBINATIONS]
    )
    rest = order[MOST_COMBINATIONS:]
    return told, _others(ledger, sums[rest]) if len(rest) else None


def _combination(ledger: Ledger, sums: Matrix, ids: tuple[str, ...]) -> Combination:
    moved = sums.copy()
    moved[np.arange(N_KINDS), np.arange(N_KINDS)] = 0.0
    return Combination(
        knockouts=ids,
        fires=ledger.count(sums.sum(axis=(0, 1))),
        alone=ledger.count(sums[NO_GO, :NO_GO].sum(axis=0)),
        dropped=moves_of(ledger, moved.reshape(N_KINDS**2, -1)),
    )


def _others(ledger: Ledger, sums: Matrix) -> OtherCombinations:
    return OtherCombinations(
        combinations=len(sums),
        fires=ledger.count(sums.sum(axis=(0, 1, 2))),
        alone=ledger.count(sums[:, NO_GO, :NO_GO].sum(axis=(0, 1))),
    )


def numbered_sets(masks: Mask) -> tuple[Places, Places]:
    """Return a number for each column's set of rows that hold, and a column of each number.

    Sets are numbered as numbers are whose digits are the rows, the last row first.

    >>> number, first = numbered_sets(np.array([[True, False, True], [True, True, True]]))
    >>> number.tolist(), first.tolist()
    ([1, 0, 1], [1, 0])
    """
    number = np.zeros(masks.shape[1], dtype=np.int64)
    first = np.zeros(1, dtype=np.intp)
    for start in range(0, max(len(masks), 1), BITS):
        some = masks[start : start + BITS]
        for place, mask in enumerate(some):
            number |= mask.astype(np.int64) << place
        _, first, number = np.unique(number, return_index=True, return_inverse=True)
        number = number.astype(np.int64) << BITS
    return number >> BITS, first
