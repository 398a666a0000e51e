"""Deals that the policy would not have pursued, and the wins among them."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from reports.effort.report import UnlikelyWin, Why
from training.effort.pursuits import Pursuits
from training.outcomes.outcome import Outcome

Mask = NDArray[np.bool_]


def reasons_of(deals: Pursuits, threshold: float | None) -> Mapping[Why, Mask]:
    """Return the pursued deals that the policy would not have pursued, each under one reason.

    A knockout comes first, then a negative value; the ``threshold`` of p_win counts only where
    the policy counts no money.
    """
    refused = deals.pursued & deals.refused
    rest = deals.pursued & ~deals.refused
    if deals.expected is not None:
        return {"knocked_out": refused, "below_zero": rest & deals.below_zero}
    if threshold is None:
        return {"knocked_out": refused}
    return {"knocked_out": refused, "below_threshold": rest & (deals.p_win < threshold)}


def wins_of(deals: Pursuits, reasons: Mapping[Why, Mask]) -> tuple[UnlikelyWin, ...]:
    """Return the deals that were won all the same: those that brought most come first."""
    won = np.asarray(deals.outcomes == Outcome.WON, dtype=bool)
    wins = [
        _win(deals, row, why)
        for why, rows in reasons.items()
        for row in np.flatnonzero(rows & won).tolist()
    ]
    return tuple(sorted(wins, key=_most_first))


def _most_first(win: UnlikelyWin) -> tuple[float, str, str]:
    return (-np.inf if win.brought is None else win.brought) * -1, win.name or "", win.deal or ""


def _win(deals: Pursuits, row: int, why: Why) -> UnlikelyWin:
    day = deals.decided_on[row]
    return UnlikelyWin(
        deal=deals.ids[row],
        name=None if deals.names is None else deals.names[row],
        account=deals.accounts[row],
        decided_on=None if np.isnat(day) else str(day),
        why=why,
        p_win=_number(deals.p_win, row),
        expected_value=_number(deals.expected, row),
        hours=_number(deals.hours, row),
        brought=_number(deals.brings, row),
    )


def _number(values: NDArray[np.float64] | None, row: int) -> float | None:
    return None if values is None or np.isnan(values[row]) else float(values[row])
