"""A workbook (.xlsx, .xlsm, .xlsb, .xls, .ods): one sheet of it as columns."""

import json
import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import feather

from training.sources.header import MOST_COLUMNS, check_names
from training.sources.raw_table import RawTable
from training.sources.refusal import refusal
from training.sources.text_file import named_columns, without_extras

MOST_UNPACKED = 4_000_000_000
LARGEST_GROWTH = 200
FREE_BYTES = 64_000_000
SLOWEST_SECONDS = 600
ROOT = Path(__file__).resolve().parents[2]
_SHEETS = ("xl/workbook.xml", "xl/workbook.bin", "content.xml")


def read_excel_file(path: Path, sheet: str | None = None) -> RawTable:
    """Return a sheet; formulas are the values they had when saved, cells in error are empty.

    Raises
    ------
    DealsError
        When there is no such sheet, or the workbook is damaged or would unpack beyond measure.
    """
    where = str(path)
    if path.read_bytes()[:2] == b"PK":
        _check_archive(path, where)
    table, about = _read_elsewhere(path, sheet or "", where)
    names: list[str] = about["names"]
    line: int = about["first_line"]
    if len(names) > MOST_COLUMNS:
        what = f"the sheet has {len(names):,} columns"
        raise refusal(where, what, f"at most {MOST_COLUMNS:,}; export those you need")
    check_names(names, where, line - 1)
    table, notes = named_columns(table, names)
    return without_extras(
        RawTable(table=table, where=where, first_line=line, notes=(*about["notes"], *notes))
    )


def _check_archive(path: Path, where: str) -> None:
    """Look at the sizes that the archive declares, before anything is unpacked."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        what = f"cannot be read as a workbook: {error}"
        raise refusal(where, what, "open it, and save it again") from None
    if not {member.filename for member in members} & set(_SHEETS):
        raise refusal(where, "a zip archive that is no workbook", "unpack it, and give its file")
    size = sum(member.file_size for member in members)
    packed = path.stat().st_size
    if size > MOST_UNPACKED or (size > FREE_BYTES and size > LARGEST_GROWTH * packed):
        what = f"the workbook grows to {size / 1e6:,.0f} MB when it is unpacked"
        raise refusal(where, what, "export it as CSV")


def _read_elsewhere(path: Path, sheet: str, where: str) -> tuple[pa.Table, dict[str, Any]]:
    """Read the sheet in a process of its own, which a bad file may end."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "sheet"
        command = [sys.executable, "-m", "training.sources.excel_sheet"]
        try:
            subprocess.run(  # noqa: S603 (our own interpreter and code)
                [*command, str(path.resolve()), sheet, str(target)],
                env={**os.environ, "PYTHONPATH": str(ROOT)},
                cwd=ROOT,
                capture_output=True,
                timeout=SLOWEST_SECONDS,
                check=True,
            )
        except (subprocess.SubprocessError, OSError, ValueError):
            what = "the workbook needs too much memory or time, or is damaged"
            raise refusal(where, what, "export the sheet as CSV") from None
        if target.read_bytes()[:1] == b"{":
            raise refusal(where, **json.loads(target.read_text()))
        table = feather.read_table(target, memory_map=False)
    return table, json.loads(table.schema.metadata[b"about"])
