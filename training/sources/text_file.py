"""A delimited text file as columns of text: nothing is guessed about what the texts mean.

Values such as "None" and "NA" stay texts: what they mean is for the policy to say.
"""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
from numpy.typing import NDArray

from training.side_by_side import side_by_side
from training.sources.footer import footer_note, n_footer_rows
from training.sources.header import Header, read_header
from training.sources.normal_form import normal_column
from training.sources.ragged_rows import RaggedRows, with_ragged_rows
from training.sources.raw_table import RawTable
from training.sources.refusal import refusal
from training.sources.row_lines import n_lines, row_lines
from training.sources.text_content import text_content

BLOCK, LARGEST_BLOCK = 1 << 22, (1 << 31) - 1


def read_text_file(path: Path) -> RawTable:
    """Return a delimited text file, packed with gzip or not, without blank lines and footers.

    Raises
    ------
    DealsError
        When it cannot be read as a table with a header.
    """
    where = str(path)
    content, notes = text_content(path)
    header = read_header(content, where)
    lines_left = n_lines(content, header.end)
    table = _table(content, header, lines_left, where)
    lines, line_notes = (None, ()) if len(table) == lines_left else _lines(content, header, table)
    table, name_notes = named_columns(table, list(header.names))
    return without_extras(
        RawTable(
            table=table,
            where=where,
            first_line=header.line,
            notes=(*notes, *line_notes, *name_notes),
            lines=lines,
        )
    )


def named_columns(table: pa.Table, names: list[str]) -> tuple[pa.Table, tuple[str, ...]]:
    """Return the columns that have a name, in normal form, and what is said of the others."""
    columns = list(side_by_side(normal_column, table.columns))
    named = {name: column for name, column in zip(names, columns, strict=True) if name}
    notes = [
        f"column {place + 1} has no name: its {len(column) - column.null_count} values are left"
        " out"
        for place, (name, column) in enumerate(zip(names, columns, strict=True))
        if not name and column.null_count < len(column)
    ]
    return pa.table(named), tuple(notes)


def without_extras(raw: RawTable) -> RawTable:
    """Return the rows without those that hold nothing, and without the footer of a report."""
    table, lines = raw.table, raw.lines
    filled = _filled_rows(table)
    if filled is not None:
        first = 0 if raw.first_line is None else raw.first_line
        lines = (np.arange(len(table)) + first if lines is None else lines)[filled]
        table = table.filter(pa.array(filled))
    count = n_footer_rows(table)
    note = (footer_note(table, count),) if count else ()
    return RawTable(
        table=table.slice(0, len(table) - count),
        where=raw.where,
        first_line=raw.first_line,
        notes=raw.notes + note,
        lines=None if lines is None or raw.first_line is None else lines,
    )


def _table(content: bytes, header: Header, lines_left: int, where: str) -> pa.Table:
    """Return all rows under the names "0", "1", ..."""
    body = pa.py_buffer(content).slice(header.end)
    names = [str(place) for place in range(len(header.names))]
    if not content[header.end : header.end + 4096].strip() and not content[header.end :].strip():
        return pa.table({name: pa.array([], pa.string()) for name in names})
    try:
        table = _fast(body, header, names)
        if table is None or (len(table) != lines_left and b'"' in content):
            table = _parsed(body, header, names)
        return _closed(table, content, where)
    except pa.ArrowInvalid as error:
        if "Expected" not in str(error):
            raise _unreadable(error, where) from None
    ragged = RaggedRows()
    try:
        table = _parsed(body, header, names, ragged)
    except pa.ArrowInvalid as error:
        raise _unreadable(error, where) from None
    return with_ragged_rows(table, ragged, header, where)


def _fast(body: pa.Buffer, header: Header, names: list[str]) -> pa.Table | None:
    """Return what there is when no line break stands inside quotes, None where one does.

    Blocks are then cut at any line break, and pyarrow notices a cut inside quotes.
    """
    try:
        return _parsed(body, header, names, breaks_in_quotes=False)
    except pa.ArrowInvalid as error:
        if "out of sync" in str(error):
            return None
        raise


def _parsed(
    body: pa.Buffer,
    header: Header,
    names: list[str],
    ragged: RaggedRows | None = None,
    *,
    breaks_in_quotes: bool = True,
) -> pa.Table:
    """Return what pyarrow reads; only one thread can say which rows are ragged."""

    def parse(block: int) -> pa.Table:
        if ragged is not None:
            ragged.clear()
        return pa_csv.read_csv(
            pa.BufferReader(body),
            pa_csv.ReadOptions(column_names=names, use_threads=ragged is None, block_size=block),
            pa_csv.ParseOptions(
                delimiter=header.delimiter,
                newlines_in_values=breaks_in_quotes,
                invalid_row_handler=None if ragged is None else ragged.keep,
            ),
            pa_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()),
                strings_can_be_null=True,
                null_values=[""],
            ),
        )

    try:
        return parse(BLOCK)
    except pa.ArrowInvalid as error:
        if "straddl" not in str(error):
            raise
        return parse(min(len(body) + 1, LARGEST_BLOCK))


def _closed(table: pa.Table, content: bytes, where: str) -> pa.Table:
    """Return the table unless its last row swallowed the rest of the file behind an open quote."""
    last = table.slice(len(table) - 1).to_pylist()[0].values() if len(table) else ()
    if any("\n" in value for value in last if value) and content.count(b'"') % 2:
        row = ", ".join(value.partition("\n")[0][:40] for value in last if value)
        raise refusal(where, "a quote is never closed", f"look at the row {row[:80]!r}")
    return table


def _unreadable(error: Exception, where: str) -> Exception:
    what = " ".join(str(error).split())[:160]
    return refusal(where, f"not readable as a table: {what}", "is every quote closed?")


def _lines(
    content: bytes, header: Header, table: pa.Table
) -> tuple[NDArray[np.int64] | None, tuple[str, ...]]:
    """Return the lines of rows that do not follow each other, and a warning where unsure."""
    lines = row_lines(memoryview(content)[header.end :], header.line)
    if len(lines) == len(table):
        return lines, ()
    return None, ("line numbers are approximate: quotes stand inside the texts of this file",)


def _filled_rows(table: pa.Table) -> NDArray[np.bool_] | None:
    """Return which rows hold something, None where all do."""
    columns = sorted(table.columns, key=lambda column: column.null_count)
    empty = np.ones(len(table), dtype=bool)
    for column in columns:
        if column.null_count == 0:
            return None
        empty &= pc.is_null(column).to_numpy()
        if not empty.any():
            return None
    return ~empty
