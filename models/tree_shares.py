"""What the leaves of one tree add to each column: exact TreeSHAP, worked out once at load.

Which leaf adds how much to which column hangs only on which conditions on the way to it hold, so a
small tree has few answers. They are those of LightGBM to the last bit: the same sums in the same
order (algorithm 2 of Lundberg and others, 2020, as in LightGBM's ``tree.cpp``).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

Addend: TypeAlias = tuple[int, float]
"""A column, and what is added to its log-odds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """One tree as LightGBM writes it; a child below zero is the leaf ``~child``."""

    columns: Sequence[int]
    left: Sequence[int]
    right: Sequence[int]
    node_counts: Sequence[float]
    leaf_counts: Sequence[float]
    leaf_values: Sequence[float]

    def count(self, child: int) -> float:
        """Return how many deals reached a node or leaf in training."""
        return self.leaf_counts[~child] if child < 0 else self.node_counts[child]


@dataclass(slots=True)
class _Step:
    """One column on the way to a leaf.

    ``zero`` is the share of the deals that go on if the column is not known, ``one`` whether this
    deal does; ``weight`` belongs to the number of known columns, not to this one.
    """

    column: int
    zero: float
    one: float
    weight: float


def leaf_of(tree: Tree, goes_left: Sequence[bool]) -> int:
    """Return the leaf of a deal, from what each node says of it."""
    node = 0 if tree.left else ~0
    while node >= 0:
        node = tree.left[node] if goes_left[node] else tree.right[node]
    return ~node


def shares_of(tree: Tree, goes_left: Sequence[bool]) -> list[Addend]:
    """Return what is added to which column, in LightGBM's order, for what each node says."""
    if not tree.left:
        return []
    root = _Step(column=-1, zero=1.0, one=1.0, weight=0.0)
    return list(_below(tree, goes_left, 0, [], root))


def _below(
    tree: Tree, goes_left: Sequence[bool], node: int, above: Sequence[_Step], step: _Step
) -> Iterator[Addend]:
    way = _extended(above, step)
    if node < 0:
        value = tree.leaf_values[~node]
        for place in range(1, len(way)):
            on_way = way[place]
            share = _unwound_sum(way, place) * (on_way.one - on_way.zero)
            yield on_way.column, share * value
        return
    hot, cold = tree.left[node], tree.right[node]
    if not goes_left[node]:
        hot, cold = cold, hot
    column, zero, one = tree.columns[node], 1.0, 1.0
    before = next((n for n, one_step in enumerate(way) if one_step.column == column), None)
    if before is not None:
        zero, one = way[before].zero, way[before].one
        way = _unwound(way, before)
    for child, goes_on in ((hot, one), (cold, 0.0)):
        share = tree.count(child) / tree.count(node) * zero
        yield from _below(tree, goes_left, child, way, _Step(column, share, goes_on, 0.0))


def _extended(above: Sequence[_Step], step: _Step) -> list[_Step]:
    """Return a way with one more step, its weights shared anew."""
    way, depth = [*map(replace, above), replace(step)], len(above)
    way[depth].weight = 1.0 if depth == 0 else 0.0
    for n in range(depth - 1, -1, -1):
        weight = way[n].weight
        way[n + 1].weight += step.one * weight * (n + 1) / (depth + 1)
        way[n].weight = step.zero * weight * (depth - n) / (depth + 1)
    return way


def _unwound(way: Sequence[_Step], place: int) -> list[_Step]:
    """Return a way as if one of its steps had never been taken."""
    depth, gone = len(way) - 1, way[place]
    weights, next_one = [step.weight for step in way], way[depth].weight
    for n in range(depth - 1, -1, -1):
        if gone.one != 0:
            weight = weights[n]
            weights[n] = next_one * (depth + 1) / ((n + 1) * gone.one)
            next_one = weight - weights[n] * gone.zero * (depth - n) / (depth + 1)
        else:
            weights[n] = weights[n] * (depth + 1) / (gone.zero * (depth - n))
    rest = [step for n, step in enumerate(way) if n != place]
    return [replace(step, weight=weight) for step, weight in zip(rest, weights, strict=False)]


def _unwound_sum(way: Sequence[_Step], place: int) -> float:
    """Return the sum of the weights of a way as if one step had never been taken."""
    depth, gone, total = len(way) - 1, way[place], 0.0
    next_one = way[depth].weight
    for n in range(depth - 1, -1, -1):
        if gone.one != 0:
            weight = next_one * (depth + 1) / ((n + 1) * gone.one)
            total += weight
            next_one = way[n].weight - weight * gone.zero * ((depth - n) / (depth + 1))
        else:
            total += (way[n].weight / gone.zero) / ((depth - n) / (depth + 1))
    return total
