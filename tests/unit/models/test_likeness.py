"""Gower's likeness, against plain loops; and who lends a fact to whom."""

import numpy as np
import pytest

from features.columns import CategoryColumn, NumericColumn
from models.likeness import likeness, nearest_who_knows, ranks_among

NUMBERS = np.array([1.0, np.nan, 5.0, 5.0, 900.0])


def test_numbers_are_alike_by_the_deals_in_between_not_by_their_size():
    column = NumericColumn(NUMBERS)
    found = likeness(column, column)
    known = [value for value in NUMBERS if not np.isnan(value)]

    def rank(value):
        below = sum(other < value for other in known)
        return (below + sum(other <= value for other in known)) / (2 * len(known))

    for row, one in enumerate(NUMBERS):
        for place, other in enumerate(NUMBERS):
            if np.isnan(one) or np.isnan(other):
                assert np.isnan(found[row, place])
            else:
                assert found[row, place] == pytest.approx(1 - abs(rank(one) - rank(other)))


def test_words_are_alike_where_they_are_the_same_also_of_other_columns():
    mine = CategoryColumn(np.array([0, 1, -1, -2], dtype=np.int32), ("b", "new"))
    theirs = CategoryColumn(np.array([0, 1, -2], dtype=np.int32), ("a", "b"))
    expected = [[0, 1, 0], [0, 0, 0], [np.nan] * 3, [0, 0, 1]]
    np.testing.assert_array_equal(likeness(mine, theirs), expected)


def test_what_does_not_apply_is_alike_only_to_itself():
    column = NumericColumn(
        np.array([np.nan, 1.0, np.nan]), "number", np.array([True, False, False])
    )
    np.testing.assert_array_equal(
        likeness(column, column), [[1, 0, np.nan], [0, 1, np.nan], [np.nan] * 3]
    )


def test_columns_of_other_kinds_are_not_alike():
    words = CategoryColumn(np.array([0], dtype=np.int32), ("1",))
    assert likeness(words, NumericColumn(np.array([1.0])))[0, 0] == 0


def test_yes_and_no_are_words():
    column = NumericColumn(np.array([1.0, 0.0]), "boolean")
    np.testing.assert_array_equal(likeness(column, column), np.eye(2))


def test_a_gap_is_filled_by_the_most_like_deal_and_by_the_next_among_equals():
    sector = CategoryColumn(np.array([0, 1, 0, 0], dtype=np.int32), ("a", "b"))
    size = NumericColumn(np.array([np.nan, 7.0, 3.0, 4.0]))
    lenders = nearest_who_knows({"sector": sector, "size": size}, 4)
    assert lenders["sector"].tolist() == [0, 1, 2, 3]
    assert lenders["size"].tolist() == [2, 1, 2, 3]  # 2 comes before 3, both like deal 0


def test_ranks_of_nobody():
    assert ranks_among(np.array([]), np.array([1.0])).tolist() == [0.0]
