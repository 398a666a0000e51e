"""A Parquet file as columns."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from training.sources.header import MOST_COLUMNS, check_names
from training.sources.raw_table import RawTable
from training.sources.refusal import refusal
from training.sources.text_file import named_columns

MOST_ROWS = 50_000_000
"""A few bytes of Parquet can stand for billions of equal rows."""


def read_parquet_file(path: Path) -> RawTable:
    """Return a Parquet file with its own types.

    Raises
    ------
    DealsError
        When it is damaged, or too large.
    """
    where = str(path)
    try:
        with pq.ParquetFile(path) as file:
            names = list(file.schema_arrow.names)
            _check_size(file.metadata.num_rows, len(names), where)
            check_names(names, where, None)
            table = file.read()
        table.validate(full=True)  # texts that are no UTF-8, codes beyond their dictionary
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        what = f"cannot be read as Parquet: {' '.join(str(error).split())[:160]}"
        raise refusal(where, what, "is the file whole?") from None
    table, notes = named_columns(table, [" ".join(name.split()) for name in names])
    return RawTable(table=table, where=where, notes=notes)


def _check_size(n_rows: int, n_columns: int, where: str) -> None:
    if n_columns > MOST_COLUMNS:
        what = f"the file has {n_columns:,} columns"
        raise refusal(where, what, f"at most {MOST_COLUMNS:,}; export those you need")
    if n_rows > MOST_ROWS:
        raise refusal(where, f"the file has {n_rows:,} rows", f"at most {MOST_ROWS:,}; split it")
