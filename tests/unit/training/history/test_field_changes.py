"""Histories of one value a row."""

import numpy as np
import pyarrow as pa

from training.history.changes import CREATED, as_known
from training.history.field_changes import FieldRows, field_changes

NOON = np.datetime64("2024-03-01T12:00", "us")


def changes_of(*rows, ids=None):
    """Each row: column, old, new; all of the deal "d" at noon."""
    columns, old, new = (pa.array(part, pa.string()) for part in zip(*rows, strict=True))
    return field_changes(
        FieldRows(
            deals=pa.array(["d"] * len(rows)),
            columns=columns,
            times=np.full(len(rows), NOON),
            new=new,
            old=old,
            ids=None if ids is None else pa.array(ids),
        )
    )


def known(changes, instant):
    found = as_known(changes, ["d"], np.array([instant]))
    return {name: values.to_pylist()[0] for name, values in found.items()}


def test_a_lookup_told_by_name_and_by_id_is_two_columns():
    changes = changes_of(
        ("Owner", "Ada", "Bob"),
        ("Owner", "0056g000004AAAAAAA", "0056g000004BBBBAAA"),
        ("OwnerId2Id", "0056g000004AAAAAAA", "0056g000004BBBBAAA"),
    )
    assert known(changes, NOON) == {
        "Owner": "Bob",
        "OwnerId": "0056g000004BBBBAAA",
        "OwnerId2Id": "0056g000004BBBBAAA",
    }


def test_a_row_that_says_created_is_no_column_of_the_deal():
    changes = changes_of(("created", None, None), ("Amount", "1", "2"))
    assert set(changes.columns) == {CREATED, "Amount"}
    assert known(changes, NOON) == {"Amount": "2"}


def test_changes_of_one_instant_follow_one_another():
    rows = [("Amount", "9", "1"), ("Amount", "5", "9"), ("Amount", "1", "7")]
    changes = changes_of(*rows)
    assert known(changes, NOON) == {"Amount": "7"}
    assert known(changes, NOON - 1) == {"Amount": "5"}


def test_where_values_go_in_circles_the_ids_tell():
    rows = [("Amount", "1", "2"), ("Amount", "2", "1")]
    assert known(changes_of(*rows, ids=["a1", "a2"]), NOON) == {"Amount": "1"}
    assert known(changes_of(*rows, ids=["a2", "a1"]), NOON) == {"Amount": "2"}
