"""One column of the matrix: its name, where it comes from, and which way is better."""

from typing import get_args

import pytest

from features.matrix_column import (
    CriterionSign,
    Kind,
    MatrixColumn,
    Way,
    criterion_column,
    directed,
    of_criterion,
)


def test_every_kind_has_a_name_of_its_own():
    names = {MatrixColumn("a", kind, "x").name for kind in get_args(Kind)}
    assert len(names) == len(get_args(Kind)) - 1  # a number and a rank are the field itself


def test_points_and_track_records_come_from_columns_that_no_field_can_be_called():
    for kind in get_args(Kind):
        source = MatrixColumn("a", kind, "wins").source
        assert ("." in source) is (kind in {"track", "criterion"})
        assert source == "a" or source.startswith("a.")
    assert MatrixColumn("a", "criterion").source == criterion_column("a")


@pytest.mark.parametrize(
    ("way", "better", "expected"),
    [(Way(1, firm=True), 1, 0), (Way(-1, firm=False), 0, -1), (Way(-1, firm=True), -1, 0)],
)
def test_a_firm_way_is_better_and_any_other_is_expected(way, better, expected):
    column = directed("a", "value", None, {("a", None): way})
    assert (column.better, column.expected) == (better, expected)
    other = directed("b", "value", None, {("a", None): way})
    assert (other.better, other.expected) == (0, 0)


@pytest.mark.parametrize(
    ("sign", "better", "expected"),
    [(CriterionSign.FIRM, 1, 0), (CriterionSign.EXPECTED, 0, 1), (CriterionSign.FREE, 0, 0)],
)
def test_more_points_are_better_expected_to_be_or_free(sign, better, expected):
    column = of_criterion("c", sign)
    assert (column.kind, column.better, column.expected) == ("criterion", better, expected)
