"""Twins in a file: deals equal in everything but their id and their dates."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from training.leaks.order import id_numbers

UNIQUE = 0.9


@dataclass(frozen=True)
class Twins:
    """Which deals are alike.

    ``groups``
        the number of each deal's group, shape (n_deals,), in order of first appearance;
    ``ignored``
        the columns that were not compared.
    """

    groups: NDArray[np.intp]
    ignored: tuple[str, ...]

    @cached_property
    def sizes(self) -> NDArray[np.intp]:
        """How many deals each group has, shape (n_groups,)."""
        return np.bincount(self.groups)

    @property
    def n_twins(self) -> int:
        """How many deals are like an earlier one."""
        return len(self.groups) - len(self.sizes)

    @cached_property
    def first(self) -> NDArray[np.intp]:
        """The row of the first deal of each group, shape (n_groups,)."""
        return np.unique(self.groups, return_index=True)[1]


def find_twins(frame: pd.DataFrame, ignored: Collection[str] | None = None) -> Twins:
    """Return the twins of a table; empty equals empty, and every other value only itself.

    ``ignored`` are the columns of ids and dates, by default those that ``identifying`` finds. One
    column after the other divides the groups of those before it, so nothing is left to hashes.

    >>> find_twins(pd.DataFrame({"id": ["a", "b", "c"], "need": ["clear", "none", "clear"]}),
    ...            ["id"]).groups.tolist()
    [0, 1, 0]
    """
    apart = identifying(frame) if ignored is None else tuple(map(str, ignored))
    groups = np.zeros(len(frame), dtype=np.intp)
    for name in frame.columns:
        if name not in apart:
            groups = divided(groups, frame[name])
    return Twins(groups, apart)


def divided(groups: NDArray[np.intp], column: "pd.Series[Any]") -> NDArray[np.intp]:
    """Return groups divided by one more column, numbered in order of first appearance."""
    codes, distinct = pd.factorize(column)
    # Below 2**63 for as many deals as fit into memory: both factors are at most their number.
    return pd.factorize(groups.astype(np.int64) * (len(distinct) + 1) + codes + 1)[0]


def identifying(frame: pd.DataFrame) -> tuple[str, ...]:
    """Return the columns that tell deals apart without saying anything of them: ids and dates.

    An id is a text, or a number that counts up, which hardly two deals share.

    >>> identifying(pd.DataFrame({"deal": ["D1", "D2"], "amount": [10.5, 99.0]}))
    ('deal',)
    """
    return tuple(str(name) for name in frame.columns if _identifies(frame[name]))


def _identifies(column: "pd.Series[Any]") -> bool:
    if not isinstance(column.dtype, np.dtype) or column.dtype.kind == "O":
        return bool(column.nunique() > UNIQUE * max(len(column), 1))
    return column.dtype.kind == "M" or id_numbers(column) is not None
