"""Teams and sellers in the order of their names, the small ones together and never alone."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from training.effort.groups import groups_of


def groups(*names):
    everything = np.ones(len(names), dtype=bool)
    return [(one.name, one.pooled, int(one.rows.sum()))
            for one in groups_of(np.array(names, dtype=object), everything)]  # fmt: skip


def test_large_groups_stand_alone_and_small_ones_together():
    names = ["b"] * 6 + ["a"] * 5 + ["c"] * 4 + ["d"] * 2 + [None] * 7
    assert groups(*names) == [("a", 0, 5), ("b", 0, 6), (None, 0, 7), (None, 2, 6)]


def test_a_pool_that_would_tell_of_one_person_takes_the_next_smallest_in():
    assert groups(*["a"] * 9, *["b"] * 6, "c") == [("a", 0, 9), (None, 2, 7)]
    assert groups("a", "b") == [(None, 2, 2)]
    assert groups(*[""] * 3, *["a"] * 5) == [(None, 2, 8)]


def test_of_nobody_nothing_is_told():
    assert groups_of(np.array(["a"], dtype=object), np.zeros(1, dtype=bool)) == ()


@given(st.lists(st.sampled_from([None, "a", "b", "c", "d", "e"]), min_size=1, max_size=60))
def test_each_deal_is_in_one_group_and_none_is_small(names):
    found = groups_of(np.array(names, dtype=object), np.ones(len(names), dtype=bool))
    assert (np.sum([one.rows for one in found], axis=0) == 1).all()
    assert all(one.rows.sum() >= min(5, len(names)) for one in found)
