"""A delimited text file as columns of text: nothing is guessed about what the texts mean.

The encoding is told by the byte order mark, then UTF-8, then Windows-1252, as CRMs export. Values
such as "None" and "NA" stay texts: what they mean is for the policy to say.
"""

import csv
import gzip
import io
import zlib
from collections import Counter
from pathlib import Path

import pandas as pd

from features.errors import DealsError, Problem

GZIP_MAGIC = b"\x1f\x8b"
LARGEST_FILE = 4_000_000_000
DELIMITERS = ",;\t|"
MOST_COLUMNS = 5_000


def read_csv(path: Path) -> pd.DataFrame:
    """Return the file with every value as text, "" where empty, without its blank lines.

    The index is kept: the row of index ``i`` is line ``i + 2`` of the file.

    Raises
    ------
    DealsError
        When it cannot be read as a table with a header.
    """
    text = _decoded(_content(path), path).replace("\r\n", "\n").replace("\r", "\n")
    whole, text = text, text.lstrip("\n ")
    if text.startswith("sep="):  # as Excel writes above the header
        text = text.partition("\n")[2]
    header = text.partition("\n")[0]
    if not header.strip():
        raise _wrong(path, "the file is empty", "export it again, with a header line")
    found = {mark: _names(header, mark) for mark in DELIMITERS}
    delimiter = max(DELIMITERS, key=lambda mark: len(found[mark]))
    if not found[delimiter]:
        raise _wrong(path, "the header cannot be read", "is it a CSV file?", line=1)
    _check_header(path, found[delimiter])
    try:
        frame = pd.read_csv(
            io.StringIO(text),
            sep=delimiter,
            dtype=str,
            keep_default_na=False,
            na_filter=False,
            skip_blank_lines=False,
        )
    except (pd.errors.ParserError, pd.errors.EmptyDataError, csv.Error) as error:
        raise _wrong(path, f"not readable as a table: {str(error)[:160]}", None) from None
    frame.columns = frame.columns.str.strip()
    frame = frame.fillna("")
    if not isinstance(frame.index, pd.RangeIndex):
        what, hint = "lines have more values than the header", "look for a delimiter too many"
        raise _wrong(path, what, hint)
    frame.index = frame.index + whole.count("\n") - text.count("\n")
    return frame[(frame != "").any(axis=1)]


def _content(path: Path) -> bytes:
    try:
        content = path.read_bytes()
        if content.startswith(GZIP_MAGIC):
            with gzip.open(io.BytesIO(content)) as opened:
                content = opened.read(LARGEST_FILE + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise _wrong(
            path, f"cannot be read: {getattr(error, 'strerror', None) or error}", None
        ) from None
    if len(content) > LARGEST_FILE:
        raise _wrong(path, "the file is larger than 4 GB", "split it")
    return content


def _decoded(content: bytes, path: Path) -> str:
    if b"\x00" in content and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _wrong(path, "the file holds NUL bytes, so it is not a text", "export it as CSV")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _names(header: str, delimiter: str) -> list[str]:
    """Return the names that a header has under a delimiter, none where it makes no sense."""
    try:
        return [name.strip() for name in next(csv.reader([header], delimiter=delimiter))]
    except csv.Error:
        return []


def _check_header(path: Path, names: list[str]) -> None:
    if len(names) > MOST_COLUMNS:
        what = f"the header names {len(names):,} columns"
        raise _wrong(path, what, f"at most {MOST_COLUMNS:,}; export those you need", line=1)
    twice = sorted(name for name, count in Counter(names).items() if count > 1)
    if twice:
        hint = "rename or remove one of each"
        raise _wrong(path, f"columns given twice: {', '.join(twice)[:120]}", hint, line=1)


def _wrong(path: Path, what: str, hint: str | None, line: int | None = None) -> DealsError:
    where = str(path) if line is None else f"{path}:{line}"
    return DealsError([Problem(where=where, what=what, hint=hint)])
