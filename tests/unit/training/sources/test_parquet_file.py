"""Parquet with its types, whole or refused."""

from datetime import UTC, datetime
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from features import DealsError
from training.sources.parquet_file import read_parquet_file


def test_types_become_the_few_that_readers_know(tmp_path):
    moment = datetime(2026, 1, 15, 23, 30, tzinfo=UTC)
    pq.write_table(
        pa.table(
            {
                "text": pa.array([" a ", ""]).dictionary_encode(),
                "price": [Decimal("1.50"), None],
                "seen": pa.array([moment, None], pa.timestamp("us", "Europe/Paris")),
                "count": pa.array([1, 2], pa.uint8()),
                "nan": [float("nan"), 1.0],
                "list": [[1], None],
            }
        ),
        tmp_path / "deals.parquet",
    )
    raw = read_parquet_file(tmp_path / "deals.parquet")
    assert raw.table.to_pylist()[0] == {
        "text": "a", "price": 1.5, "seen": datetime.fromisoformat("2026-01-16 00:30"),
        "count": 1, "nan": None, "list": "[1]",
    }  # fmt: skip
    assert raw.table["text"].to_pylist() == ["a", None]
    assert raw.place(1) == f"{raw.where}, row 2"


def test_a_damaged_file_and_one_that_stands_for_too_much_are_refused(tmp_path, monkeypatch):
    file = tmp_path / "deals.parquet"
    pq.write_table(pa.table({"a": range(100)}), file)
    whole = file.read_bytes()
    monkeypatch.setattr("training.sources.parquet_file.MOST_ROWS", 99)
    with pytest.raises(DealsError, match="100 rows"):
        read_parquet_file(file)
    file.write_bytes(whole[:-20])
    with pytest.raises(DealsError, match="cannot be read as Parquet"):
        read_parquet_file(file)
