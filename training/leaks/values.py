"""Values that know the outcome: one column alone, a copy of it, values that pin one ending."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from features.errors import printable
from reports.findings import Clue, LeakKind, Severity
from reports.leak_words import evidence
from training.leaks.levels import Levels
from training.leaks.names import telling_name
from training.leaks.signal import (
    Signal,
    log_odds_gap,
    purity_gap,
    signal,
    strictness,
)

SURELY_TOO_GOOD, TOO_GOOD = 0.90, 0.72
"""Lower bounds of the AUC; honest columns of the public tables stay under 0.735."""
GOOD_FOR_ITS_NAME = {"outcome": 0.60, "course": 0.60, "judgement": 0.75}
MOST_COPIES = 12
AGREES = 0.97
DEALS_A_LEVEL, DEALS_A_VALUE = 30, 3
"""Fewest deals of a value judged by itself, and of one of several judged together."""
PURE = 0.99
PINNED_PART = 0.20
NEARLY_DECIDES, LEANS = 2.0, 1.0
"""Log-odds by which a value lies surely off the rest: odds 7.4 and 2.7 times as good, or bad."""
IDENTIFIER = 0.9
LONGEST_NAME = 40


def value_clues(
    column: str, levels: Levels, won: NDArray[np.float64], n_columns: int
) -> list[Clue]:
    """Return what the values of a column give away; arrays have shape (n_closed,)."""
    if levels.unique_share > IDENTIFIER and len(levels.names) == levels.distinct:
        return []  # names and free texts: each value is met once
    found = signal(levels, won, strictness(n_columns))
    deals, wins = levels.counts(won)
    clues = [
        _copy(column, levels, deals, wins, found),
        _alone(column, found),
        _pinned(column, levels, won, n_columns),
        _nearly_decides(column, levels, deals, wins, n_columns),
        _named(column, found),
    ]
    return [clue for clue in clues if clue is not None]


def _alone(column: str, found: Signal) -> Clue | None:
    if found.low < TOO_GOOD:
        return None
    return alone(column, LeakKind.PREDICTS_ALONE, found, certain=found.low >= SURELY_TOO_GOOD)


def alone(column: str, kind: LeakKind, found: Signal, *, certain: bool) -> Clue:
    """Return the clue that a column predicts well alone."""
    numbers = {"auc": found.auc, "low": max(found.low, 0.5), "skill": max(found.skill, 0.0)}
    return Clue(
        column=column,
        kind=kind,
        severity=Severity.CERTAIN if certain else Severity.SUSPECT,
        evidence=evidence("alone", numbers),
        numbers=numbers,
    )


def _copy(
    column: str,
    levels: Levels,
    deals: NDArray[np.intp],
    wins: NDArray[np.float64],
    found: Signal,
) -> Clue | None:
    """Return the clue that a few values stand for the outcome, one to one or nearly."""
    agree = float(np.maximum(wins, deals - wins).sum() / deals.sum())
    few = len(levels.names) == levels.distinct <= MOST_COPIES
    if not few or agree < AGREES or found.low < SURELY_TOO_GOOD:
        return None
    numbers = {"agree": agree, "deals": float(deals.sum())}
    return Clue(
        column=column,
        kind=LeakKind.HIDDEN_TARGET,
        severity=Severity.CERTAIN,
        evidence=evidence("hidden_target", numbers),
        numbers=numbers,
    )


def _pinned(column: str, levels: Levels, won: NDArray[np.float64], n_columns: int) -> Clue | None:
    """Return the clue that some values hold one ending only, and a good part of all that have it.

    Values that are pure in one half of the deals are weighed together by the other half: each may
    be rare, and to choose and to judge by the same deals would make luck look like purity.
    """
    halves = np.random.default_rng(1).permutation(len(won)) % 2
    best = _Pinned(0.0, 0.0, 0, 0.0, "")
    for ended in (won, 1 - won):
        for half in (0, 1):
            found = _pinned_in(levels, ended, halves == half, 4 * n_columns)
            best = max(best, found or best)
    if best.gap < LEANS:
        return None
    sure = best.share >= PINNED_PART and best.gap >= NEARLY_DECIDES
    numbers = {"deals": float(best.deals), "pure": best.pure, "share": best.share}
    return Clue(
        column=column,
        kind=LeakKind.PINNED_VALUE,
        severity=Severity.CERTAIN if sure else Severity.SUSPECT,
        evidence=evidence("all_pinned", numbers, value=best.example),
        numbers=numbers,
    )


class _Pinned(NamedTuple):
    """How much purer some values surely are, their share of an ending, and the commonest."""

    gap: float
    share: float
    deals: int
    pure: float
    example: str


def _pinned_in(
    levels: Levels, ended: NDArray[np.float64], chosen: NDArray[np.bool_], n_looks: int
) -> _Pinned | None:
    """Choose the values by some deals and judge them by the others."""
    size = len(levels.names) + 1
    deals = np.bincount(levels.codes[chosen], minlength=size)
    inside = np.bincount(levels.codes[chosen], ended[chosen], size)
    pure = (inside >= PURE * deals) & (deals >= DEALS_A_VALUE)
    pure[0] = False  # the blanks are judged apart
    held, judged = pure[levels.codes], ~chosen
    these, rest = ended[judged & held], ended[judged & ~held]
    if not len(these) or not len(rest):
        return None
    n_odd = len(these) - int(these.sum())
    gap = purity_gap(n_odd, len(these), float(1 - rest.mean()), n_looks)
    if n_odd > (1 - PURE) * len(these):
        return None
    example = int(np.argmax(np.where(pure, deals, -1)))
    share = float(ended[held].sum() / ended.sum())
    return _Pinned(gap, share, int(held.sum()), float(ended[held].mean()), _shown(levels, example))


def _shown(levels: Levels, code: int) -> str:
    name = levels.names[code - 1]
    return printable(name, LONGEST_NAME)


def _nearly_decides(
    column: str,
    levels: Levels,
    deals: NDArray[np.intp],
    wins: NDArray[np.float64],
    n_columns: int,
) -> Clue | None:
    """Return the clue of the value whose deals end most unlike the others."""
    gaps = np.abs(log_odds_gap(wins, deals, strictness(n_columns * len(deals))))
    gaps[(deals < DEALS_A_LEVEL)] = 0.0
    gaps[0] = 0.0
    code = int(np.argmax(gaps))
    if gaps[code] < NEARLY_DECIDES:
        return None
    n, n_won = int(deals[code]), int(wins[code])
    rest = float((wins.sum() - n_won) / max(deals.sum() - n, 1))
    numbers = {"deals": float(n), "won": float(n_won), "rate": n_won / n, "rest": rest}
    return Clue(
        column=column,
        kind=LeakKind.PINNED_VALUE,
        severity=Severity.SUSPECT,
        evidence=evidence("pinned", numbers, value=_shown(levels, code)),
        numbers=numbers,
    )


def _named(column: str, found: Signal) -> Clue | None:
    """Return the clue of a name, where the column does tell something of the outcome."""
    name = telling_name(column)
    if name is None or not found.tells:
        return None
    certain = found.low >= GOOD_FOR_ITS_NAME[name.kind]
    numbers = {"auc": found.auc, "low": found.low}
    return Clue(
        column=column,
        kind=LeakKind.TELLING_NAME,
        severity=Severity.CERTAIN if certain else Severity.SUSPECT,
        evidence=evidence(f"name_{name.kind}", numbers, value=name.words),
        numbers=numbers,
    )
