"""The fingerprint follows the data: not its columns' order, not its chunks."""

from datetime import date

import pyarrow as pa
import pytest

from training.fingerprint import table_fingerprint

TABLE = pa.table({"a": ["x", None, "yz"], "b": [1.5, None, 2.0], "c": [True, None, False],
                  "d": pa.array([date(2026, 1, 5), None, None])})  # fmt: skip


def test_neither_the_order_of_columns_nor_the_chunks_matter():
    parts = pa.concat_tables([TABLE.slice(0, 1), TABLE.slice(1, 2)])
    assert parts["a"].num_chunks == 2
    assert table_fingerprint(parts.select(["d", "c", "b", "a"])) == table_fingerprint(TABLE)


@pytest.mark.parametrize(
    ("name", "values"),
    [("a", ["xy", None, "z"]), ("a", [None, "x", "yz"]), ("b", [1.5, 2.0, None]),
     ("c", [True, False, None]), ("d", pa.array([None, date(2026, 1, 5), None]))],
)  # fmt: skip
def test_any_other_value_changes_it(name, values):
    place = TABLE.column_names.index(name)
    other = TABLE.set_column(place, name, pa.array(values))
    assert table_fingerprint(other) != table_fingerprint(TABLE)
