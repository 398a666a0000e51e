"""How like deals are in their facts, by Gower's coefficient (Biometrics 27, 1971).

Categories, yes and no, and "does not apply" are alike where they are the same; numbers and days by
how many deals lie between them, so that a few huge amounts stretch nothing.
"""

from collections.abc import Mapping
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from features.columns import CategoryColumn, Column, NumericColumn

Vector: TypeAlias = NDArray[np.float64]
Square: TypeAlias = NDArray[np.float64]


def likeness(column: Column, other: Column) -> Square:
    """Return how alike the facts of some deals are to those of others, from 0 to 1.

    Shape (n_deals, n_others); NaN where either is unknown. The ranks are those among the others.
    """
    alike = np.zeros((len(column.known()), len(other.known())))
    if isinstance(column, CategoryColumn) and isinstance(other, CategoryColumn):
        alike = _same_answer(column, other)
    elif isinstance(column, NumericColumn) and isinstance(other, NumericColumn):
        alike = _as_near(column, other)
    either = column.not_applicable()[:, None] | other.not_applicable()[None]
    both = column.not_applicable()[:, None] & other.not_applicable()[None]
    alike = np.where(either, both, alike)
    unknown = ~column.known()[:, None] | ~other.known()[None]
    return np.where(unknown, np.nan, alike)


def ranks_among(ordered: Vector, values: Vector) -> Vector:
    """Return the share of some sorted numbers that lie below each value, ties counting half.

    >>> ranks_among(np.array([1.0, 2.0, 2.0, 9.0]), np.array([0.0, 2.0, 5.0]))
    array([0.  , 0.5 , 0.75])
    """
    below = np.searchsorted(ordered, values, side="left")
    upto = np.searchsorted(ordered, values, side="right")
    ranks: Vector = (below + upto) / (2 * max(len(ordered), 1))
    return np.where(np.isnan(values), np.nan, ranks)


def nearest_who_knows(columns: Mapping[str, Column], n_deals: int) -> dict[str, NDArray[np.intp]]:
    """Return for each fact the deal whose answer each deal takes: its own where it has one.

    Else that of the most like deal that knows it; among equally like ones the next, going round.
    """
    own = np.arange(n_deals)
    lenders = dict.fromkeys(columns, own)
    if all(column.known().all() for column in columns.values()):
        return lenders
    alike = np.zeros((n_deals, n_deals))
    for column in columns.values():
        alike += np.nan_to_num(likeness(column, column))
    steps = (own[None] - own[:, None]) % max(n_deals, 1)
    alike -= 1e-9 * steps  # less than any difference
    for name, column in columns.items():
        known = column.known()
        gaps = np.flatnonzero(~known)
        who = np.flatnonzero(known)
        if len(gaps) and len(who):
            lenders[name] = own.copy()
            lenders[name][gaps] = who[np.argmax(alike[np.ix_(gaps, who)], axis=1)]
    return lenders


def _same_answer(column: CategoryColumn, other: CategoryColumn) -> Square:
    place = {level: code for code, level in enumerate(other.levels)}
    nowhere = len(other.levels)
    codes = np.array([*(place.get(level, nowhere) for level in column.levels), -2, -1])
    return np.asarray(codes[column.codes][:, None] == other.codes[None], dtype=np.float64)


def _as_near(column: NumericColumn, other: NumericColumn) -> Square:
    if column.kind == "boolean":
        return np.asarray(column.values[:, None] == other.values[None], dtype=np.float64)
    among = np.sort(other.values[other.answered()])
    mine, theirs = (ranks_among(among, one.values) for one in (column, other))
    return np.asarray(1 - np.abs(mine[:, None] - theirs[None]))
