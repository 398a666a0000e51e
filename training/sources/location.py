"""Where deals stand: the one door to files and databases."""

import re
from pathlib import Path
from typing import TypeAlias

from training.sources.database import read_database
from training.sources.excel_file import read_excel_file
from training.sources.parquet_file import read_parquet_file
from training.sources.raw_table import RawTable
from training.sources.refusal import refusal
from training.sources.text_file import read_text_file

Location: TypeAlias = str | Path | RawTable
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_REMOTE = re.compile(r"(https?|ftps?|s3|gs|file|az|abfss?)://", re.IGNORECASE)
_PARQUET, _ZIP, _OLD_OFFICE = b"PAR1", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


def read_source(
    location: Location, *, query: str | None = None, sheet: str | None = None
) -> RawTable:
    """Return the rows of a file or of a query; what the file is, its first bytes say.

    Parameters
    ----------
    location
        A path of a text file (packed with gzip or not), a Parquet file or a workbook, or the
        SQLAlchemy URL of a database. What was read already is returned as it is.
    query
        The SELECT to run on a database.
    sheet
        The sheet of a workbook; by default the first that holds something.

    Raises
    ------
    DealsError
        When it cannot be read as a table with a header.
    """
    if isinstance(location, RawTable):
        return location
    if isinstance(location, str) and _URL.match(location):
        if _REMOTE.match(location):
            what = "only files on this machine and databases are read"
            raise refusal(location.partition("?")[0], what, "download it first")
        return read_database(location, query)
    path = Path(location)
    magic = _first_bytes(path)
    if query is not None:
        raise refusal(str(path), "a query is for a database", "give the URL of a database")
    if magic in {_ZIP, _OLD_OFFICE}:
        return read_excel_file(path, sheet)
    if sheet is not None:
        raise refusal(str(path), "a sheet is for a workbook, which this is not", "leave it out")
    return read_parquet_file(path) if magic == _PARQUET else read_text_file(path)


def _first_bytes(path: Path) -> bytes:
    where = str(path)
    try:
        if path.is_dir():
            raise refusal(where, "cannot be read: it is a folder", "give one file")
        if path.exists() and not path.is_file():
            raise refusal(where, "cannot be read: it is not a file", "save it to a file first")
        with path.open("rb") as file:
            return file.read(4)
    except (OSError, ValueError) as error:
        what = f"cannot be read: {getattr(error, 'strerror', None) or error}"
        raise refusal(where, what) from None
