"""Small trees as tables: what they say of a deal is looked up, to the last bit what LightGBM says.

A tree of few nodes knows few kinds of deals: which of its conditions hold. For each kind the leaf
and what it adds to each column are kept, so that one deal costs one comparison a node and two
look-ups a tree, where LightGBM's exact contributions cost twenty to eighty times its prediction.
Where the trees are too large for that, there are no tables, and LightGBM says it.
"""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.tree_shares import Tree, leaf_of, shares_of
from models.tree_text import trees_in

Vector = NDArray[np.float64]

MOST_NODES, MOST_CELLS = 7, 2_000_000
FILLED_AT_ONCE = 512
"""So many kinds of deals take some milliseconds at the start; more are filled as they are met."""
DEALS_AT_ONCE = 128
_CATEGORICAL, _LEFT_IF_MISSING, _MISSING_NAN = 1, 2, 2 << 2
_MISSING = 3 << 2


@dataclass(frozen=True, slots=True, kw_only=True)
class _Nodes:
    """The conditions of all trees; every array has shape (most_nodes, n_trees).

    A deal goes left where its column is at most ``limit``, and where it is NaN as ``if_nan`` says.
    What a tree has no node for is always left.
    """

    column: NDArray[np.intp]
    limit: Vector
    if_nan: NDArray[np.bool_]
    bit: NDArray[np.uint8]

    def kinds(self, X: Vector) -> NDArray[np.uint8]:
        """Return the kind of each deal to each tree, shape (n_deals, n_trees): a bit a node."""
        values = X[:, self.column]
        left = values <= self.limit
        left |= np.isnan(values) & self.if_nan
        return np.asarray(np.bitwise_or.reduce(left.view(np.uint8) * self.bit, axis=1))


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallTrees:
    """What small trees say of every kind of deal; ``cells`` count the kinds of all trees.

    ``leaf`` has shape (n_cells,), ``column`` and ``added`` (n_cells, most_addends): log-odds, and
    the column that they belong to, in LightGBM's order; what a tree has no addend for goes to the
    column ``n_columns``. ``met`` says which cells have been filled.
    """

    trees: tuple[Tree, ...]
    nodes: _Nodes
    n_columns: int
    first: NDArray[np.intp]
    leaf: Vector
    column: NDArray[np.intp]
    added: Vector
    met: NDArray[np.bool_] = field(repr=False)

    @staticmethod
    def of(text: str) -> "SmallTrees | None":
        """Return the tables of trees in LightGBM's text, None where they are too large or odd.

        Raises
        ------
        ValueError
            When it is not LightGBM's text, or not whole: LightGBM itself would not survive it.
        """
        written, n_columns = trees_in(text)
        most = max((len(one["left_child"]) for one in written), default=0)
        if not 0 < most <= MOST_NODES or any(_unusual(one) for one in written):
            return None
        trees = tuple(map(_tree, written))
        cells = len(trees) << most
        most_addends = max(len(shares_of(tree, [True] * most)) for tree in trees)
        if cells * most_addends > MOST_CELLS:
            return None
        made = SmallTrees(
            trees=trees,
            nodes=_nodes(written, most),
            n_columns=n_columns,
            first=np.arange(len(trees)) << most,
            leaf=np.zeros(cells),
            column=np.full((cells, most_addends), n_columns, dtype=np.intp),
            added=np.zeros((cells, most_addends)),
            met=np.zeros(cells, dtype=bool),
        )
        if cells <= FILLED_AT_ONCE:
            made.fill(np.arange(cells))
        return made

    def log_odds(self, X: Vector) -> Vector:
        """Return the trees' log-odds, of shape (n_deals,)."""
        told = np.empty(len(X))
        for start in range(0, len(X), DEALS_AT_ONCE):
            leaves = self.leaf[self._cells(X[start : start + DEALS_AT_ONCE])]
            told[start : start + len(leaves)] = np.add.accumulate(leaves, axis=1)[:, -1]
        return told

    def contributions(self, X: Vector) -> Vector:
        """Return what the trees add to each column's log-odds, of shape (n_deals, n_columns)."""
        wide, told = self.n_columns + 1, np.empty((len(X), self.n_columns))
        for start in range(0, len(X), DEALS_AT_ONCE):
            cells = self._cells(X[start : start + DEALS_AT_ONCE])
            places = self.column[cells]
            places += (np.arange(len(cells)) * wide)[:, None, None]
            added = np.bincount(  # it adds in the order of its input, as LightGBM does
                places.ravel(), self.added[cells].ravel(), minlength=len(cells) * wide
            )
            told[start : start + len(cells)] = added.reshape(-1, wide)[:, :-1]
        return told

    def _cells(self, X: Vector) -> NDArray[np.intp]:
        """Return which cell speaks of each deal for each tree, shape (n_deals, n_trees)."""
        cells = self.nodes.kinds(X) + self.first
        met = self.met[cells]
        if not met.all():
            self.fill(np.unique(cells[~met]))
        return cells

    def fill(self, cells: NDArray[np.intp]) -> None:
        """Work out some cells; they are what they are, whoever asks first."""
        most = len(self.nodes.column)
        for cell in cells.tolist():
            tree = self.trees[cell >> most]
            left = [bool(cell >> node & 1) for node in range(most)]
            self.leaf[cell] = tree.leaf_values[leaf_of(tree, left)]
            for place, (column, added) in enumerate(shares_of(tree, left)):
                self.column[cell, place], self.added[cell, place] = column, added
        self.met[cells] = True


def _unusual(tree: dict[str, Any]) -> bool:
    """Return whether a tree does what the tables do not know: categories, zero as missing."""
    kinds = [int(kind) for kind in tree.get("decision_type", ())]
    odd = any(kind & _CATEGORICAL or kind & _MISSING not in (0, _MISSING_NAN) for kind in kinds)
    return odd or tree.get("is_linear", ["0"]) != ["0"]


def _tree(written: dict[str, Any]) -> Tree:
    def numbers(name: str, kind: type = float) -> list[Any]:
        return [kind(number) for number in written.get(name, ())]

    return Tree(
        columns=numbers("split_feature", int),
        left=numbers("left_child", int),
        right=numbers("right_child", int),
        node_counts=numbers("internal_count"),
        leaf_counts=numbers("leaf_count"),
        leaf_values=numbers("leaf_value"),
    )


def _nodes(written: list[dict[str, Any]], most: int) -> _Nodes:
    shape = most, len(written)
    column, limit = np.zeros(shape, dtype=np.intp), np.full(shape, np.inf)
    if_nan = np.ones(shape, dtype=bool)
    for place, tree in enumerate(written):
        n_nodes = len(tree["left_child"])
        if not n_nodes:
            continue
        kinds = np.array(tree["decision_type"], dtype=int)
        limits = np.array(tree["threshold"], dtype=np.float64)
        column[:n_nodes, place] = [int(name) for name in tree["split_feature"]]
        limit[:n_nodes, place] = limits
        # LightGBM that never met a NaN in a column reads one as zero.
        knows_nan = (kinds & _MISSING) == _MISSING_NAN
        if_nan[:n_nodes, place] = np.where(knows_nan, (kinds & _LEFT_IF_MISSING) > 0, limits >= 0)
    bit = (1 << np.arange(most)).astype(np.uint8)[:, None]
    return _Nodes(column=column, limit=limit, if_nan=if_nan, bit=bit)
