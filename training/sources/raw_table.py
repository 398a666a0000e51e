"""A source of deals as columns, before anything is decided about what the values mean."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True)
class RawTable:
    """Rows of a file or a query.

    ``table``
        one column a header; texts (``string``, or ``dictionary`` of it) from text files, stripped
        and null where empty; booleans, numbers, dates and timestamps where the source has types;
    ``where``
        the source as messages name it, never with a password;
    ``first_line``
        the line (or sheet row) of the first row, None for a database or Parquet;
    ``notes``
        what was left out or decided on the way (footers, encoding, delimiter), as sentences;
    ``lines``
        the line of every row, shape (n_rows,), where they do not simply follow each other (blank
        lines, line breaks inside quotes);
    ``known_then``
        the columns whose values are as they were known on the day of each deal.
    """

    table: pa.Table
    where: str
    first_line: int | None = None
    notes: tuple[str, ...] = ()
    lines: NDArray[np.int64] | None = None
    known_then: tuple[str, ...] = ()

    def __len__(self) -> int:
        return int(self.table.num_rows)

    @property
    def headers(self) -> tuple[str, ...]:
        """The names of the columns, in the order of the source."""
        return tuple(self.table.column_names)

    def place(self, row: int) -> str:
        """Return where a row stands: ``file:line``, or ``source, row n`` where there are no lines.

        >>> RawTable(table=pa.table({"a": ["x"]}), where="deals.csv", first_line=2).place(0)
        'deals.csv:2'
        """
        if self.lines is not None:
            return f"{self.where}:{self.lines[row]}"
        if self.first_line is None:
            return f"{self.where}, row {row + 1}"
        return f"{self.where}:{self.first_line + row}"

    def header_place(self) -> str:
        """Return where the headers stand."""
        return self.where if self.first_line is None else f"{self.where}:{self.first_line - 1}"
