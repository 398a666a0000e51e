"""LightGBM's text of its trees, read and believed only where it hangs together.

LightGBM itself believes all of it: a text that was cut, or that points nowhere, kills the process
that reads it, or is walked for ever.
"""

from typing import Any

_OF_A_NODE = ("split_feature", "threshold", "decision_type", "left_child", "right_child",
              "internal_count")  # fmt: skip
_OF_A_LEAF = ("leaf_value", "leaf_count")
Written = dict[str, Any]
"""The numbers of one tree as texts, by their name there."""


def trees_in(text: str) -> tuple[list[Written], int]:
    """Return the trees of a text, and how many columns they know.

    Raises
    ------
    ValueError
        When the text is not LightGBM's, or not whole.
    """
    head, *blocks = text.split("\nTree=")
    stated, n_columns = _stated(head), columns_of(text)
    if "\nend of trees" not in text or len(stated.get("tree_sizes", "").split()) != len(blocks):
        raise ValueError("the text of the trees is not whole")
    written = [_written(block) for block in blocks]
    for place, tree in enumerate(written):
        if not _hangs_together(tree, n_columns):
            raise ValueError(f"tree {place} does not hang together")
    return written, n_columns


def columns_of(text: str) -> int:
    """Return how many columns the trees of a text know.

    Raises
    ------
    ValueError
        When it is not LightGBM's text.
    """
    head = text.partition("\nTree=")[0]
    n_columns = int(_stated(head).get("max_feature_idx", "-1")) + 1
    if not head.startswith("tree\n") or n_columns < 1:
        raise ValueError("this is not the text of LightGBM's trees")
    return n_columns


def _stated(head: str) -> dict[str, str]:
    return dict(line.partition("=")[::2] for line in head.splitlines())


def _written(block: str) -> Written:
    lines = block.split("\n\n", maxsplit=1)[0].splitlines()[1:]
    pairs = (line.partition("=") for line in lines)
    found: Written = {name: numbers.split() for name, _, numbers in pairs}
    return {"left_child": [], **found}


def _hangs_together(tree: Written, n_columns: int) -> bool:
    """Return whether every node is reached once, from one before it, and so is every leaf."""
    n_nodes = len(tree["left_child"])
    if not n_nodes:
        return len(tree.get("leaf_value", ())) == 1
    if {len(tree.get(name, ())) for name in _OF_A_NODE} != {n_nodes}:
        return False
    if {len(tree.get(name, ())) for name in _OF_A_LEAF} != {n_nodes + 1}:
        return False
    if not all(0 <= int(column) < n_columns for column in tree["split_feature"]):
        return False
    ways = [*zip(map(int, tree["left_child"]), map(int, tree["right_child"]), strict=True)]
    nodes = [child for pair in ways for child in pair if child >= 0]
    leaves = [~child for pair in ways for child in pair if child < 0]
    follows = all(child < 0 or child > node for node, pair in enumerate(ways) for child in pair)
    counts = [*tree["internal_count"], *tree["leaf_count"]]
    return (
        follows
        and sorted(nodes) == [*range(1, n_nodes)]
        and sorted(leaves) == [*range(n_nodes + 1)]
        and all(float(count) > 0 for count in counts)
    )
