"""Blanks that know the outcome: filled in once a deal has ended, or only where it ended so."""

import numpy as np
from numpy.typing import NDArray
from scipy.stats import beta

from reports.findings import Clue, LeakKind, Severity
from reports.leak_words import evidence
from training.leaks.signal import RISK, chance_of_purity, log_odds_gap, purity_gap, strictness

FEWEST_OPEN = 5
HARDLY_EVER = 0.10
"""Open deals have the field this many times as often as closed ones, or less: surely too late."""
FILLED_ENOUGH = 0.15
MUCH_MORE = 0.25
FEWEST_PURE = 20
PURE = 0.98
NEARLY_DECIDES, LEANS = 2.0, 1.0
"""Log-odds by which deals with a value, or without, are surely purer than the others."""
TELLING_GAP = 0.20


def blank_clues(
    column: str,
    closed: NDArray[np.bool_],
    won: NDArray[np.float64],
    opened: NDArray[np.bool_],
    n_columns: int,
) -> list[Clue]:
    """Return what it gives away that a column is filled in.

    ``closed`` and ``opened`` say for each closed and open deal whether it has a value, ``won`` how
    the closed ones ended.
    """
    clues = [
        _by_closing(column, closed, opened, n_columns),
        _pure(column, closed, won, n_columns),
        _by_outcome(column, closed, won, n_columns),
    ]
    return [clue for clue in clues if clue is not None]


def _by_closing(
    column: str, closed: NDArray[np.bool_], opened: NDArray[np.bool_], n_columns: int
) -> Clue | None:
    if len(opened) < FEWEST_OPEN:
        return None
    in_closed, in_open = float(closed.mean()), float(opened.mean())
    gap = in_closed - in_open
    if abs(gap) < FILLED_ENOUGH or not _surely_differ(closed, opened, n_columns):
        return None
    hardly = gap > 0 and in_open <= HARDLY_EVER * in_closed
    if not hardly and abs(gap) < MUCH_MORE:
        return None
    kind = LeakKind.FILLED_AT_CLOSING if gap > 0 else LeakKind.EMPTIED_AT_CLOSING
    numbers = {"closed": in_closed, "open": in_open, "n_open": float(len(opened))}
    return Clue(
        column=column,
        kind=kind,
        severity=Severity.CERTAIN if hardly else Severity.SUSPECT,
        evidence=evidence("filled_at_closing", numbers),
        numbers=numbers,
    )


def _surely_differ(closed: NDArray[np.bool_], opened: NDArray[np.bool_], n_columns: int) -> bool:
    """Tell whether open deals, few as they may be, are unlike any draw of closed ones."""
    fewer = closed.mean() > opened.mean()
    one, other = (closed, opened) if fewer else (~closed, ~opened)
    rate = beta.ppf(RISK, one.sum() + 0.5, (~one).sum() + 0.5)
    return chance_of_purity(int(other.sum()), len(other), float(rate)) * n_columns < RISK


def _pure(
    column: str, filled: NDArray[np.bool_], won: NDArray[np.float64], n_columns: int
) -> Clue | None:
    """Return the clue that deals with a value, or those without, all ended alike."""
    for key, group in (("filled_is_pure", filled), ("empty_is_pure", ~filled)):
        inside, outside = won[group], won[~group]
        if len(inside) < FEWEST_PURE or not len(outside):
            continue
        n_won = int(inside.sum())
        odd = min(n_won, len(inside) - n_won)
        mostly_won = n_won > odd
        usual = 1 - outside.mean() if mostly_won else outside.mean()
        gap = purity_gap(odd, len(inside), float(usual), 2 * n_columns)
        if odd <= (1 - PURE) * len(inside) and gap >= LEANS:
            numbers = {"deals": float(len(inside)), "won": float(n_won)}
            numbers["rest"] = float(outside.mean())
            return Clue(
                column=column,
                kind=LeakKind.TELLING_BLANKS,
                severity=Severity.CERTAIN if gap >= NEARLY_DECIDES else Severity.SUSPECT,
                evidence=evidence(key, numbers),
                numbers=numbers,
            )
    return None


def _by_outcome(
    column: str, filled: NDArray[np.bool_], won: NDArray[np.float64], n_columns: int
) -> Clue | None:
    deals = np.array([len(filled) - filled.sum(), filled.sum()], dtype=np.intp)
    wins = np.array([won[~filled].sum(), won[filled].sum()])
    if not deals.all() or not log_odds_gap(wins, deals, strictness(n_columns))[1]:
        return None
    in_won, in_others = float(filled[won == 1].mean()), float(filled[won == 0].mean())
    if abs(in_won - in_others) < TELLING_GAP:
        return None
    numbers = {"won": in_won, "others": in_others}
    return Clue(
        column=column,
        kind=LeakKind.TELLING_BLANKS,
        severity=Severity.SUSPECT,
        evidence=evidence("blanks_differ", numbers),
        numbers=numbers,
    )
