"""A sheet of a workbook as a table; runs as a process of its own.

A sheet may claim a cell in its far corner, and the library that reads it then asks for more memory
than there is and ends the process. So that process is not ours: ``python -m
training.sources.excel_sheet FILE SHEET TARGET`` writes the table, or why there is none, to TARGET.
"""

import json
import resource
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path

import pyarrow as pa
from pyarrow import feather
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from training.sources.python_values import column_of, joined, text_of

MOST_MEMORY = 8 << 30
N_PEEKED = 30
_BATCH = 20_000

Row = Sequence[object]


class SheetError(Exception):
    """The sheet cannot be read; ``hint`` says what to do."""

    def __init__(self, what: str, hint: str | None = None) -> None:
        self.what, self.hint = what, hint
        super().__init__(what)


def sheet_table(path: Path, name: str) -> pa.Table:
    """Return a sheet under the names "0", "1", ...; its metadata holds header, line and notes.

    Parameters
    ----------
    name
        The sheet's name; "" for the first one that is not hidden and holds something.

    Raises
    ------
    SheetError
        When there is no such sheet, or it is empty.
    """
    workbook = CalamineWorkbook.from_path(str(path))
    sheet, notes = _sheet(workbook, name)
    rows: Iterator[Row] = iter(sheet.iter_rows())
    peeked: list[Row] = list(islice(rows, N_PEEKED))
    place = _header_place(peeked)
    if any(_value(cell) is not None for row in peeked[:place] for cell in row):
        notes.append("the lines above the header are left out")
    body = chain(peeked[place + 1 :], rows)
    columns = _columns(body, len(peeked[place]))
    about = {
        "names": [" ".join((text_of(_value(cell)) or "").split()) for cell in peeked[place]],
        "first_line": place + 2,
        "notes": notes,
    }
    table = pa.table({str(number): column for number, column in enumerate(columns)})
    return table.replace_schema_metadata({"about": json.dumps(about)})


def _sheet(workbook: CalamineWorkbook, name: str) -> tuple[CalamineSheet, list[str]]:
    if name:
        if name not in workbook.sheet_names:
            shown = ", ".join(f"'{known}'" for known in workbook.sheet_names[:8])
            raise SheetError(f"there is no sheet '{name}'", f"the sheets are: {shown}")
        sheets = [workbook.get_sheet_by_name(name)]
    else:
        visible = [about.name for about in workbook.sheets_metadata
                   if about.visible == SheetVisibleEnum.Visible]  # fmt: skip
        sheets = [workbook.get_sheet_by_name(known) for known in visible]
    filled = [sheet for sheet in sheets if sheet.height]
    if not filled:
        raise SheetError("the sheet is empty" if name else "no sheet holds anything")
    others = [f"'{sheet.name}'" for sheet in filled[1:]]
    notes = [f"read from the sheet '{filled[0].name}', not {', '.join(others)}"] if others else []
    return filled[0], notes


def _header_place(rows: list[Row]) -> int:
    """Return the place of the first row with several filled cells: those above it are a title."""
    counts = [sum(_value(cell) is not None for cell in row) for row in rows]
    wanted = min(2, max(counts, default=0))
    if not wanted:
        raise SheetError("the sheet is empty")
    return next(place for place, count in enumerate(counts) if count >= wanted)


def _columns(rows: Iterable[Row], width: int) -> list[pa.ChunkedArray]:
    parts: list[list[pa.Array]] = [[pa.nulls(0)] for _ in range(width)]
    ahead = iter(rows)
    while batch := list(islice(ahead, _BATCH)):
        for place, cells in enumerate(zip(*batch, strict=True)):
            parts[place].append(column_of([_value(cell) for cell in cells]))
    return [joined(column) for column in parts]


def _value(cell: object) -> object:
    """Return a cell's value, None where it is empty (as cells in error arrive)."""
    if isinstance(cell, str):
        return cell.strip() or None
    return cell


def main(path: str, name: str, target: str) -> None:
    """Write the table of a sheet to a file, or a JSON object with what is wrong."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    try:
        feather.write_feather(sheet_table(Path(path), name), target, compression="uncompressed")
    except SheetError as error:
        Path(target).write_text(json.dumps({"what": error.what, "hint": error.hint}))
    except (CalamineError, OSError, ValueError, MemoryError) as error:
        what = f"cannot be read as a workbook: {' '.join(str(error).split())[:160]}"
        Path(target).write_text(json.dumps({"what": what, "hint": "open it, and save it again"}))


if __name__ == "__main__":
    main(*sys.argv[1:])
