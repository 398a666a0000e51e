"""The first line of a text file: which mark separates the columns, and what they are called."""

import csv
import io
from collections import Counter
from dataclasses import dataclass

from training.sources.refusal import refusal

DELIMITERS = ",;\t|"
MOST_COLUMNS = 5_000
LONGEST_NAME = 1_000
LONGEST_HEADER = 1 << 20
N_SAMPLED = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The columns of a text file.

    ``names`` may hold "" for columns without a name; ``end`` is the byte after the header,
    ``line`` the line that follows it.
    """

    names: tuple[str, ...]
    delimiter: str
    end: int
    line: int


@dataclass(frozen=True, slots=True)
class _Reading:
    """A sample of the file under one delimiter; ``lines`` is how many the header takes."""

    names: list[str]
    rows: list[list[str]]
    lines: int

    @property
    def merit(self) -> tuple[bool, float, int]:
        """Several columns are better than one, rows as wide as the header than others."""
        width = len(self.names)
        alike = sum(len(row) == width for row in self.rows)
        return width > 1, alike / max(1, len(self.rows)), width


def read_header(content: bytes, where: str) -> Header:
    """Return the header of a text in UTF-8.

    Raises
    ------
    DealsError
        When there is none, or names are given twice, or there are too many.
    """
    start = len(content) - len(content.lstrip(b"\r\n "))
    told, start = _told_delimiter(content, start)
    line = content.count(b"\n", 0, start) + 1
    sample = content[start : start + LONGEST_HEADER].decode(errors="replace")
    if not sample.strip():
        raise refusal(where, "the file is empty", "export it again, with a header line")
    lines = list(io.StringIO(sample, newline=""))
    marks = [told] if told else list(DELIMITERS)
    readings = {mark: _reading(lines, mark) for mark in marks}
    delimiter = max(marks, key=lambda mark: readings[mark].merit)
    reading = readings[delimiter]
    _check(reading, where, line)
    end = start + sum(len(text.encode()) for text in lines[: reading.lines])
    if end - start >= LONGEST_HEADER:
        raise refusal(where, "the header cannot be read", "is it a CSV file?", line)
    names = reading.names
    if reading.rows and all(len(row) == len(names) + 1 and not row[-1] for row in reading.rows):
        names = [*names, ""]  # every row ends with a delimiter
    return Header(names=tuple(names), delimiter=delimiter, end=end, line=line + reading.lines)


def _told_delimiter(content: bytes, start: int) -> tuple[str | None, int]:
    """Return what a line like ``sep=;``, which Excel writes, says, and the byte after it."""
    line = content[start : start + 12].split(b"\n")[0]
    text = line.strip(b'"\r \t').decode(errors="replace")
    if not text.lower().startswith("sep="):
        return None, start
    rest = line.split(b"=", 1)[1].strip(b'"\r').decode(errors="replace")
    return (rest if rest in DELIMITERS and rest else None), start + len(line) + 1


def _reading(lines: list[str], delimiter: str) -> _Reading:
    """Return a sample under a delimiter, without names where it makes no sense."""
    reader = csv.reader(lines, delimiter=delimiter)
    try:
        names = [" ".join(name.split()) for name in next(reader)]
    except (csv.Error, StopIteration):
        return _Reading([], [], 0)
    n_lines, rows = reader.line_num, []
    try:
        for row in reader:
            if row:
                rows.append(row)
            if len(rows) == N_SAMPLED:
                break
    except csv.Error:
        pass
    return _Reading(names, rows, n_lines)


def _check(reading: _Reading, where: str, line: int) -> None:
    names = reading.names
    if not any(names) or max(map(len, names)) > LONGEST_NAME:
        raise refusal(
            where, "the header cannot be read", "is it a CSV file, with every quote closed?", line
        )
    if len(names) > MOST_COLUMNS:
        what = f"the header names {len(names):,} columns"
        raise refusal(where, what, f"at most {MOST_COLUMNS:,}; export those you need", line)
    check_names(names, where, line)


def check_names(names: list[str], where: str, line: int | None) -> None:
    """Refuse names that are given to several columns."""
    twice = sorted(name for name, count in Counter(names).items() if count > 1 and name)
    if twice:
        hint = "rename or remove one of each"
        raise refusal(where, f"columns given twice: {', '.join(twice)[:120]}", hint, line)
