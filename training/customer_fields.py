"""Which questions are about the customer: their answers are alike in all deals of an account.

No policy says so, and the deals do: two deals of one account agree on the customer's health, and
on the amount only as often as any two deals.
"""

import numpy as np
from numpy.typing import NDArray

from features.columns import CategoryColumn, Column
from features.table import DealTable

ALIKE = 0.2
"""How much of the way from chance to full agreement the answers of an account must go at least.

A customer's standing changes, so it is less than all of it; chance alone hardly gets so far, with
the margin that there is for few pairs of deals.
"""


def customer_fields(table: DealTable, accounts: NDArray[np.object_]) -> frozenset[str]:
    """Return the fields whose answers belong to the account.

    ``accounts`` has shape (n_deals,), None or "" where a deal has none. By Cohen's kappa of two
    deals of one account, against two of any; a field that no account answers twice is none.
    """
    named = np.array([bool(name) for name in accounts], dtype=bool)
    labels = np.unique(accounts[named].astype(str), return_inverse=True)[1]
    return frozenset(
        name
        for name, column in table.columns.items()
        if _alike(_answers(column)[named], column.known()[named], labels) >= ALIKE
    )


def _answers(column: Column) -> NDArray[np.float64]:
    if isinstance(column, CategoryColumn):
        return column.codes.astype(np.float64)
    return np.where(column.not_applicable(), np.inf, column.values)


def _alike(
    answers: NDArray[np.float64], known: NDArray[np.bool_], labels: NDArray[np.intp]
) -> float:
    """Return the kappa of the answers within accounts, less its margin; -1 where there is none."""
    if not known.any():
        return -1.0
    codes = np.unique(answers[known], return_inverse=True)[1]
    of_account = labels[known]
    within = _pairs(np.unique(of_account, return_counts=True)[1])
    if not within:
        return -1.0
    same = _pairs(np.unique(np.stack([of_account, codes]), axis=1, return_counts=True)[1]) / within
    by_chance = _pairs(np.bincount(codes)) / _pairs(np.array([len(codes)]))
    return (
        float((same - by_chance) / (1 - by_chance) - 2 * within**-0.5) if by_chance < 1 else -1.0
    )


def _pairs(counts: NDArray[np.intp]) -> float:
    """Return how many pairs there are in groups of such sizes."""
    return float((counts * (counts - 1) / 2).sum())
