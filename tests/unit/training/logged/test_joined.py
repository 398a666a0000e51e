"""Columns of a file stay as the file writes them, and the log's cells are written alike."""

import pyarrow as pa
import pytest

from features import parse_policy
from tests.unit.training.logged.conftest import DAY, POLICY
from training.logged.form import form_of_policy
from training.logged.joined import decimal_marks, joined, with_plain_days
from training.sources.raw_table import RawTable


@pytest.fixture
def form(policy):
    return form_of_policy(policy)


def raw(**columns):
    plain = {"Deal": ["a", "b"], "End": ["Won", "Lost"]}
    return RawTable(table=pa.table({**plain, **columns}), where="crm.csv")


def test_days_of_a_file_become_plain_or_stay_where_one_is_none(policy, form):
    days = {"Closed": ["31/12/2025", None], "started": ["13/01/2025 10:30", "?"]}
    found = with_plain_days(raw(**days, Decided=["soon", "late"]), policy, form).table
    assert found["Closed"].to_pylist() == ["2025-12-31", None]
    assert found["started"].to_pylist() == ["2025-01-13", "?"]
    assert found["Decided"].to_pylist() == ["soon", "late"]


def test_numbers_are_written_with_the_mark_of_their_column(policy, form):
    texts = {"Amount of the offer": ["1.234,5", "2"], "depth": ["1.5", None], "Hours": [1, 2]}
    source = raw(**texts, Chance=[None, "0,25"])
    marks = decimal_marks(source, policy, form)
    assert marks == {"Amount of the offer": ",", "depth": ".", "Hours": ".", "Chance": ","}


@pytest.mark.parametrize(
    ("column", "cell", "expected"),
    [
        (pa.array([1, 2]), "3.5", [1.0, 2.0, 3.5]),
        (pa.array([1, 2]), "none", ["1", "2", "none"]),
        (pa.array([True, None]), "false", [True, None, False]),
        (pa.array([True, None]), "perhaps", ["true", None, "perhaps"]),
        (pa.array([None, DAY]), "2026-01-05", [None, DAY, DAY]),
        (pa.array(["x", None]).dictionary_encode(), "y", ["x", None, "y"]),
        (pa.nulls(2), "y", [None, None, "y"]),
    ],
)  # fmt: skip
def test_the_type_of_a_column_is_the_file_s_where_that_can_be(
    policy, form, column, cell, expected
):
    rows = [{"Deal": "c", "region": cell}]
    found = joined(raw(region=column), policy, form, rows, "the log")
    assert found.raw.table["region"].to_pylist() == expected
    assert (found.raw.where, found.in_both) == ("crm.csv and the log", 0)


def test_a_deal_that_stands_twice_in_the_file_is_the_log_s_once(form):
    policy = parse_policy(POLICY.encode())
    source = RawTable(
        table=pa.table({"Deal": ["a", "a", "b"], "Seller": ["X", "Y", "Z"], "End": ["Won"] * 3}),
        where="crm.csv",
    )
    found = joined(source, policy, form, [{"Deal": "a", "End": "Lost"}], "the log")
    assert found.raw.table.to_pylist() == [
        {"Deal": "b", "Seller": "Z", "End": "Won"}, {"Deal": "a", "Seller": "X", "End": "Lost"},
    ]  # fmt: skip
