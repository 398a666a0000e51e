"""LightGBM's text is believed where it hangs together; all else is refused, and nothing dies."""

import re

import pytest

from models.forest import Forest
from models.small_trees import SmallTrees
from models.tree_text import columns_of, trees_in
from tests.unit.models.test_small_trees import grown

TEXT: str = grown(4, rounds=6)[0].model_to_string()


def test_what_lightgbm_writes_is_read():
    written, n_columns = trees_in(TEXT)
    assert (len(written), n_columns, columns_of(TEXT)) == (6, 7, 7)
    assert Forest(TEXT).load().small is not None
    assert Forest(None).load().is_empty


def one(name, place, number):
    """Put another number in the place of one of the first tree."""

    def changed(text):
        head, tree, rest = text.partition("\nTree=0\n")
        line = re.search(rf"^{name}=(.*)$", rest, flags=re.MULTILINE)
        assert line is not None
        numbers = line.group(1).split()
        numbers[place] = number
        return head + tree + rest[: line.start(1)] + " ".join(numbers) + rest[line.end(1) :]

    return changed


DAMAGES = [
    lambda text: text[: len(text) // 2],
    lambda text: text.partition("\nTree=5")[0] + "\nend of trees\n",
    lambda text: text.replace("tree\n", "", 1),
    lambda text: "",
    one("left_child", 0, "7"),
    one("left_child", 0, "0"),
    one("right_child", 1, "0"),
    one("left_child", 0, "-9"),
    one("split_feature", 0, "99"),
    one("threshold", 0, "high"),
    one("threshold", 0, ""),
    one("leaf_count", 0, "0"),
    one("leaf_value", 0, "1 2"),
]


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_does_not_hang_together_is_refused(damage):
    damaged = damage(TEXT)
    assert damaged != TEXT
    with pytest.raises(ValueError, match=r".+"):
        SmallTrees.of(damaged)
