"""Who decides: the values, then the policy, then the majority, then other columns."""

import pytest

from training.readers.votes import Votes

ONE, TWO = Votes({"one": 2, "two": 0}), Votes({"one": 0, "two": 1})
OPEN = Votes({"one": 0, "two": 0}, ("?",))
TORN = Votes({"one": 1, "two": 3})


@pytest.mark.parametrize(
    ("votes", "declared", "others", "way"),
    [
        (ONE, None, [], "one"), (ONE, "two", [TWO], "one"), (OPEN, "two", [ONE], "two"),
        (OPEN, None, [ONE], "one"), (OPEN, None, [ONE, TWO], None), (OPEN, None, [OPEN], None),
        (TORN, None, [ONE], "two"), (TORN, "one", [], "one"),
    ],
)  # fmt: skip
def test_the_order_of_authority(votes, declared, others, way):
    assert votes.way(declared, others) == way
