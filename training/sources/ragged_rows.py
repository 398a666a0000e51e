"""Rows of a text file that have fewer or more values than the header."""

import csv
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv

from features.errors import DealsError, Problem
from training.sources.header import Header

MOST_EXAMPLES = 3
_BATCH = 10_000


@dataclass(slots=True)
class RaggedRows:
    """What pyarrow passes over while it reads: the places of the rows, and their texts."""

    numbers: list[int] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    def keep(self, row: pa_csv.InvalidRow) -> str:
        """Note a row, as pyarrow's ``invalid_row_handler``."""
        self.numbers.append(row.number - 1)
        self.texts.append(row.text)
        return "skip"

    def clear(self) -> None:
        """Forget what was kept, to read again."""
        self.numbers.clear()
        self.texts.clear()

    def __len__(self) -> int:
        return len(self.numbers)


def with_ragged_rows(table: pa.Table, ragged: RaggedRows, header: Header, where: str) -> pa.Table:
    """Return the table with the ragged rows in their places, missing values at their ends null.

    Raises
    ------
    DealsError
        When rows have more values than there are columns, or quotes that are never closed.
    """
    _check_quotes(ragged, where)
    parts, wide = [], []
    for start in range(0, len(ragged), _BATCH):
        texts = ragged.texts[start : start + _BATCH]
        rows = _cells(texts, header, where)
        wide += [start + place for place, row in enumerate(rows) if any(row[len(header.names) :])]
        parts.append(_table(rows, table.schema))
    if wide:
        raise _too_wide(wide, ragged, header, where)
    whole = pa.concat_tables([table, *parts])
    n_even = len(table)
    if ragged.numbers and ragged.numbers[0] == n_even:
        return whole  # they all stand at the end, as footers do
    numbers = np.array(ragged.numbers)
    even = np.setdiff1d(np.arange(len(whole)), numbers, assume_unique=True)
    return whole.take(pa.array(np.argsort(np.concatenate([even, numbers]))))


def _cells(texts: list[str], header: Header, where: str) -> list[list[str]]:
    try:
        rows = list(csv.reader(texts, delimiter=header.delimiter))
    except csv.Error as error:
        raise DealsError(
            [Problem(where=where, what=f"not readable as a table: {str(error)[:160]}")]
        ) from None
    if len(rows) != len(texts):
        raise DealsError([Problem(where=where, what="a quote is never closed")])
    return rows


def _table(rows: list[list[str]], schema: pa.Schema) -> pa.Table:
    width = len(schema.names)
    padded = [row[:width] + [""] * (width - len(row)) for row in rows]
    columns = [pa.array(column, pa.string()) for column in zip(*padded, strict=True)]
    return pa.table(columns, schema=schema)


def _check_quotes(ragged: RaggedRows, where: str) -> None:
    if ragged.texts and ragged.texts[-1].count('"') % 2:
        what = "a quote is never closed"
        start = ragged.texts[-1].partition("\n")[0][:40]
        raise DealsError(
            [Problem(where=where, what=what, hint=f"look at the row that starts with {start!r}")]
        )


def _too_wide(wide: list[int], ragged: RaggedRows, header: Header, where: str) -> DealsError:
    """Return the error for rows with too many values; the lines are those of simple files."""
    hint = f"look for a '{header.delimiter}' too many, or for a text that needs quotes"
    problems = [
        Problem(
            where=f"{where}:{header.line + ragged.numbers[place]}",
            what=f"more values than the {len(header.names)} columns of the header",
            hint=hint,
        )
        for place in wide[:MOST_EXAMPLES]
    ]
    if len(wide) > MOST_EXAMPLES:
        what = f"{len(wide) - MOST_EXAMPLES:,} more rows with too many values"
        problems.append(Problem(where=where, what=what))
    return DealsError(problems)
