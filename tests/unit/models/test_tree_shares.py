"""What a leaf adds: a small tree by hand, and the law that all adds up."""

import pytest

from models.tree_shares import Tree, leaf_of, shares_of

TREE = Tree(
    columns=[0, 1, 0],
    left=[1, ~0, ~2],
    right=[2, ~1, ~3],
    node_counts=[10.0, 4.0, 6.0],
    leaf_counts=[1.0, 3.0, 2.0, 4.0],
    leaf_values=[-1.0, 0.5, 2.0, 3.0],
)
STUMP = Tree(columns=[], left=[], right=[], node_counts=[], leaf_counts=[], leaf_values=[0.7])
KINDS = [[bool(kind >> node & 1) for node in range(3)] for kind in range(8)]


def test_the_leaf_follows_the_conditions():
    assert [leaf_of(TREE, kind) for kind in ([True, True, False], [False, True, True])] == [0, 2]


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_added_is_the_leaf_less_the_mean_of_all_deals(kind):
    mean = sum(n * v for n, v in zip(TREE.leaf_counts, TREE.leaf_values, strict=True)) / 10
    told = TREE.leaf_values[leaf_of(TREE, kind)] - mean
    assert sum(added for _, added in shares_of(TREE, kind)) == pytest.approx(told, abs=1e-12)


def expected(kind, known):
    """Return the mean of the leaves that a deal may reach when only some columns are known."""

    def below(node):
        if node < 0:
            return TREE.leaf_values[~node]
        left, right = TREE.left[node], TREE.right[node]
        if TREE.columns[node] in known:
            return below(left if kind[node] else right)
        counts = TREE.count(left), TREE.count(right)
        return (counts[0] * below(left) + counts[1] * below(right)) / sum(counts)

    return below(0)


@pytest.mark.parametrize("kind", KINDS)
def test_each_column_gets_its_shapley_value(kind):
    """By brute force over the orders in which the two columns become known."""
    values = {known: expected(kind, known) for known in [(), (0,), (1,), (0, 1)]}
    first = (values[0,] - values[()] + values[0, 1] - values[1,]) / 2
    added = {0: 0.0, 1: 0.0}
    for column, share in shares_of(TREE, kind):
        added[column] += share
    assert added[0] == pytest.approx(first, abs=1e-12)
    assert added[1] == pytest.approx(values[0, 1] - values[()] - first, abs=1e-12)


def test_a_tree_of_one_leaf_adds_nothing():
    assert leaf_of(STUMP, []) == 0
    assert shares_of(STUMP, []) == []
