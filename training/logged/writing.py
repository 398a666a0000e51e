"""Deals as a file: whole or not at all, and for its owner's eyes, since it holds facts."""

import csv
import os
import tempfile
from pathlib import Path
from typing import TextIO

import pyarrow as pa
import pyarrow.parquet as pq

PARQUET = ".parquet"


def write_deals(table: pa.Table, place: Path) -> None:
    """Write a table of texts as CSV (UTF-8, commas), or as Parquet where the name says so."""
    place.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name}-")  # mode 0600
    try:
        if place.suffix.lower() == PARQUET:
            os.close(handle)
            pq.write_table(table, draft)
        else:
            with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
                _write_csv(table, file)
        Path(draft).replace(place)
    finally:
        Path(draft).unlink(missing_ok=True)


def _write_csv(table: pa.Table, file: TextIO) -> None:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(table.column_names)
    for batch in table.to_batches(max_chunksize=10_000):
        columns = [column.to_pylist() for column in batch.columns]
        writer.writerows(zip(*columns, strict=True))
