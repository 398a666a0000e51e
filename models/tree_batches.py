"""What small trees say of many deals at once: the tables of one deal, walked tree by tree.

For one deal a look-up is cheap and each call of numpy is not; for thousands it is the other way
round. So here the deals stand side by side, every condition is looked at once however many trees
share it, and every tree adds what it says of all deals in one call. The additions of each deal
keep their order, hence their last bit.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from models.small_trees import SmallTrees

Vector = NDArray[np.float64]
Kinds = NDArray[np.uint8]
"""The kind of each deal to each tree, shape (n_trees, n_deals)."""
Told = Callable[[NDArray[np.intp]], Vector]

DEALS_AT_ONCE = 2_048
FEW_CELLS = 4_096
"""So many kinds of deals are filled at the first batch: less than a fifth of a second."""


@dataclass(frozen=True, slots=True)
class _Conditions:
    """The conditions of one column: those of ``limits`` hold up to them, NaN going as told.

    They stand one after another from ``first`` on; ``limits`` has shape (n_conditions, 1).
    """

    column: int
    if_nan: bool
    first: int
    limits: Vector


@dataclass(frozen=True, slots=True)
class _Steps:
    """What is added to one column, in order: by which tree, from which row of the table."""

    column: int
    trees: tuple[int, ...]
    rows: tuple[int, ...]


@dataclass(frozen=True)
class TreeBatches:
    """Small trees, ready to speak of many deals."""

    small: SmallTrees

    def log_odds(self, X: Vector, background: Vector) -> Vector:
        """Return the trees' log-odds averaged over the background, of shape (n_deals,)."""
        return self._over(X, background, self._log_odds, ())

    def contributions(self, X: Vector, background: Vector) -> Vector:
        """Return what the trees add to each column, averaged likewise, (n_deals, n_columns)."""
        return self._over(X, background, self._contributions, (self.small.n_columns,))

    def _over(self, X: Vector, background: Vector, told: Told, shape: tuple[int, ...]) -> Vector:
        """Return what is told of each deal, averaged over the answers that it lacks."""
        lacking = np.isnan(X) & ~np.isnan(background).any(axis=0)
        lacks_some = lacking.any(axis=1)
        filling, every = self.kinds(background), self.kinds(X)
        result = np.empty((len(X), *shape))
        for rows in _pieces(np.flatnonzero(~lacks_some)):
            result[rows] = told(self._met(every.take(rows, axis=1)))
        for rows in _pieces(np.flatnonzero(lacks_some)):
            lacks = self._lacking(lacking[rows])
            own = every.take(rows, axis=1) & ~lacks
            total = np.zeros((len(rows), *shape))
            for kinds in filling.T:  # in a fixed order, so that a batch does not change a bit
                total += told(self._met(own | (lacks & kinds[:, None])))
            result[rows] = total / len(background)
        return result

    def kinds(self, X: Vector) -> Kinds:
        """Return the kind of each deal to each tree: a bit a node."""
        values = np.ascontiguousarray(X.T)
        n_conditions = sum(len(one.limits) for one in self._conditions)
        holds = np.empty((n_conditions, len(X)), dtype=np.bool_)
        for one in self._conditions:
            into = holds[one.first : one.first + len(one.limits)]
            if one.if_nan:
                np.greater(values[one.column], one.limits, out=into)
                np.logical_not(into, out=into)
            else:
                np.less_equal(values[one.column], one.limits, out=into)
        return _as_bits(holds, self._condition_of)

    def _lacking(self, lacking: NDArray[np.bool_]) -> Kinds:
        """Return the nodes whose answer each deal lacks, as the bits of a kind."""
        columns = np.zeros((self.small.n_columns + 1, len(lacking)), dtype=np.bool_)
        columns[:-1] = lacking.T
        used = np.isfinite(self.small.nodes.limit)
        return _as_bits(columns, np.where(used, self.small.nodes.column, self.small.n_columns))

    def _log_odds(self, kinds: NDArray[np.intp]) -> Vector:
        leaves = self.small.leaf.reshape(len(kinds), -1)
        total: Vector = leaves[0].take(kinds[0])
        added = np.empty(kinds.shape[1])
        for leaf, kind in zip(leaves[1:], kinds[1:], strict=True):
            leaf.take(kind, out=added, mode="clip")
            total += added
        return total

    def _contributions(self, kinds: NDArray[np.intp]) -> Vector:
        told = np.zeros((self.small.n_columns, kinds.shape[1]))
        added = np.empty(kinds.shape[1])
        for steps in self._steps:
            total = told[steps.column]
            for tree, row in zip(steps.trees, steps.rows, strict=True):
                self._table[row].take(kinds[tree], out=added, mode="clip")
                total += added
        return np.ascontiguousarray(told.T)

    def _met(self, kinds: Kinds) -> NDArray[np.intp]:
        """Return kinds as places in the tables, which hold them all."""
        if not self._ready.all():
            if self.small.met.all() or len(self._ready) <= FEW_CELLS:
                self._fill(np.arange(len(self._ready)))
            cells = kinds + self.small.first[:, None]
            self._fill(np.unique(cells[~self._ready[cells]]))
        return kinds.astype(np.intp)

    def _fill(self, cells: NDArray[np.intp]) -> None:
        """Put some kinds of deals into the table; they are what they are, whoever asks first."""
        self.small.fill(cells[~self.small.met[cells]])
        trees, kinds = np.divmod(cells, self._n_kinds)
        given = np.zeros((len(cells), self.small.n_columns + 1), dtype=np.intp)
        every = np.arange(len(cells))
        for columns, added in zip(
            self.small.column[cells].T, self.small.added[cells].T, strict=True
        ):
            there = columns < self.small.n_columns
            rows = self._first_step[trees, columns] + given[every, columns]
            self._table[rows[there], kinds[there]] = added[there]
            given[every, columns] += 1
        self._ready[cells] = True

    @cached_property
    def _n_kinds(self) -> int:
        return 1 << len(self.small.nodes.column)

    @cached_property
    def _ready(self) -> NDArray[np.bool_]:
        """Which kinds are in the table, of shape (n_cells,)."""
        return np.zeros(len(self.small.leaf), dtype=np.bool_)

    @cached_property
    def _table(self) -> Vector:
        """What each step adds for each kind, of shape (n_steps, n_kinds)."""
        return np.zeros((int(self._counts.sum()), self._n_kinds))

    @cached_property
    def _counts(self) -> NDArray[np.intp]:
        """How often each tree adds to each column, whatever the deal; the last column is none."""
        self.small.fill(self.small.first[~self.small.met[self.small.first]])
        counts = np.zeros((len(self.small.first), self.small.n_columns + 1), dtype=np.intp)
        for tree, columns in enumerate(self.small.column[self.small.first]):
            counts[tree] = np.bincount(columns, minlength=self.small.n_columns + 1)
        counts[:, -1] = 0
        return counts

    @cached_property
    def _first_step(self) -> NDArray[np.intp]:
        """The row of the table for what a tree adds first to a column."""
        ends = np.cumsum(self._counts).reshape(self._counts.shape)
        return ends - self._counts

    @cached_property
    def _steps(self) -> tuple[_Steps, ...]:
        found = []
        for column in np.flatnonzero(self._counts.any(axis=0)).tolist():
            counts, first = self._counts[:, column], self._first_step[:, column]
            trees = np.repeat(np.arange(len(counts)), counts)
            rows = np.concatenate([np.arange(n) + at for n, at in zip(counts, first, strict=True)])
            found.append(_Steps(column, tuple(trees.tolist()), tuple(rows.tolist())))
        return tuple(found)

    @cached_property
    def _conditions(self) -> tuple[_Conditions, ...]:
        """The conditions of all trees, each once."""
        return self._different[0]

    @cached_property
    def _condition_of(self) -> NDArray[np.intp]:
        """The condition of each node, of shape (most_nodes, n_trees)."""
        return self._different[1]

    @cached_property
    def _different(self) -> tuple[tuple[_Conditions, ...], NDArray[np.intp]]:
        nodes = self.small.nodes
        asked = zip(nodes.column.flat, nodes.if_nan.flat, nodes.limit.flat, strict=True)
        every = [(int(column), bool(if_nan), float(limit)) for column, if_nan, limit in asked]
        different = sorted(set(every))
        limits: dict[tuple[int, bool], list[float]] = defaultdict(list)
        for column, if_nan, limit in different:
            limits[column, if_nan].append(limit)
        firsts = accumulate(map(len, limits.values()), initial=0)
        conditions = tuple(
            _Conditions(column, if_nan, first, np.array(found)[:, None])
            for ((column, if_nan), found), first in zip(limits.items(), firsts, strict=False)
        )
        place = {one: n for n, one in enumerate(different)}
        return conditions, np.array([place[one] for one in every]).reshape(nodes.column.shape)


def _as_bits(masks: NDArray[np.bool_], places: NDArray[np.intp]) -> Kinds:
    """Return the masks that each tree asks for as the bits of one number, the first node first."""
    zero_one = masks.view(np.uint8)
    bits: Kinds = zero_one.take(places[0], axis=0)
    for node, place in enumerate(places[1:], start=1):
        bits |= zero_one.take(place, axis=0) << np.uint8(node)
    return bits


def _pieces(rows: NDArray[np.intp]) -> Iterator[NDArray[np.intp]]:
    for start in range(0, len(rows), DEALS_AT_ONCE):
        yield rows[start : start + DEALS_AT_ONCE]
