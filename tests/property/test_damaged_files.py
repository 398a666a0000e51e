"""Whatever a file holds, it is read or refused with reasons: no traceback, no hang.

A few hundred files by default, ten thousand with ``HYPOTHESIS_PROFILE=thorough``.
"""

import gzip
import io
import os
import sys
import time
import zipfile
from datetime import date

import numpy as np
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from features import DealsError, parse_policy
from training.intake import read_deals

THOROUGH = os.environ.get("HYPOTHESIS_PROFILE") == "thorough"
N_FILES = 10_000 if THOROUGH else 300
N_WORKBOOKS = N_FILES // 8 if THOROUGH else 6  # each in a process of its own
SLOWEST_SECONDS = 2.0 if sys.gettrace() is None else 10.0
"""The bar, of processor time; measuring the coverage of every line makes the work several times
longer, and then only what hangs is found. `make laws` measures without."""
"""Of work; other work on the machine may make it longer by the clock."""
LONGEST_WAIT_SECONDS = 30.0
DAY = date(2026, 1, 5)
POLICY = """
policy: shop
title: {en: Shop, fr: Boutique}
deals:
  id: Id
  outcome: {column: Result, won: [Won], lost: [Lost]}
  as_of: Seen
  unknown: ["?"]
fields:
  amount: {type: number, column: Amount, min: 0}
  urgent: {type: boolean, column: Urgent}
  source: {type: category, column: Source}
decision: {go_at: {p_win: 0.5}}
"""
ROWS = [
    ["Id", "Result", "Seen", "Amount", "Urgent", "Source", "Notes"],
    *(
        [f"006{n}", "Won" if n % 2 else "Lost", f"{1 + n % 28:02}/03/2025", f"{n * 1000:,}.50",
         "yes" if n % 3 else "", "Élan, société" if n % 5 else "=1+1", 'a "quoted"\ntext']
        for n in range(40)
    ),
]  # fmt: skip
PIECES = (
    b"\x00", b'"', b'""', b"\n",
    b"\r", b",", b";", b"\t", b"\xff\xfe", b"\xef\xbb\xbf", b"\xe9",
    b"\xc3\xa9", b"\xf0\x9f", b"=1+1", b"=cmd|' /C calc'!A0", b"NaN", b"-inf",
    b"1e999", b"sep=;\n",
    b"9" * 400, b"(", b"\xe2\x80\xaf", b"01/02/2026", b"\x1f\x8b", b"x" * 200_000,
)  # fmt: skip


def text_file():
    cells = [[f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row] for row in ROWS]
    return "\r\n".join(",".join(row) for row in cells).encode()


def packed_file():
    return gzip.compress(text_file(), mtime=0)


def parquet_file():
    target = io.BytesIO()
    columns = {name: list(values) for name, *values in zip(*ROWS, strict=True)}
    pq.write_table(pa.table(columns), target)
    return target.getvalue()


def workbook_file():
    book, target = openpyxl.Workbook(), io.BytesIO()
    sheet = book.create_sheet("Deals", 0)
    for row in ROWS:
        sheet.append(row)
    book.save(target)
    return target.getvalue()


def cut(rng, content):
    return content[: rng.integers(len(content) + 1)]


def insert(rng, content):
    for _ in range(rng.integers(1, 5)):
        place, piece = rng.integers(len(content) + 1), PIECES[rng.integers(len(PIECES))]
        content = content[:place] + piece + content[place:]
    return content


def flip(rng, content):
    damaged = bytearray(content)
    for place in rng.integers(0, len(damaged), rng.integers(1, 20)):
        damaged[place] = rng.integers(256)
    return bytes(damaged)


def swap(rng, content):
    one, other = sorted(rng.integers(0, len(content) + 1, 2))
    return content[other:] + content[one:other] + content[:one]


def drop(rng, content):
    one, other = sorted(rng.integers(0, len(content) + 1, 2))
    return content[:one] + content[other:]


def noise(rng, content):
    return rng.bytes(int(rng.integers(0, 3000)))


def other_encoding(rng, content):
    text = content.decode("utf-8", errors="replace")
    name = ("utf-16", "utf-16-le", "utf-32", "cp1252", "utf-8-sig")[rng.integers(5)]
    return text.encode(name, errors="replace") + content[: rng.integers(50)]


DAMAGES = (cut, insert, insert, flip, swap, drop, noise, other_encoding)


def is_clear(error):
    return len(str(error)) < 20_000 and all(found.where and found.what for found in error.problems)


def outcome(content, place, policy):
    """Return "read" or "refused"; anything else that happens is a failure."""
    place.write_bytes(content)
    start, work = time.perf_counter(), time.process_time()
    try:
        read_deals(place, policy, as_of=DAY, needs_outcome=True)
        said = "read"
    except DealsError as error:
        said = "refused" if is_clear(error) else f"unclear: {error}"
    assert said in {"read", "refused"}
    assert time.process_time() - work < SLOWEST_SECONDS
    assert time.perf_counter() - start < LONGEST_WAIT_SECONDS
    return said


@pytest.fixture(scope="module")
def policy():
    return parse_policy(POLICY.encode())


@pytest.mark.parametrize(
    ("make", "count"),
    [(text_file, N_FILES // 2), (packed_file, N_FILES // 8), (parquet_file, N_FILES // 4),
     (workbook_file, N_WORKBOOKS)],
)  # fmt: skip
def test_damaged_files_are_read_or_refused(make, count, policy, tmp_path):
    whole = make()
    assert outcome(whole, tmp_path / "deals", policy) == "read"
    rng, said = np.random.default_rng(7), []
    for number in range(count):
        content = whole
        for _ in range(rng.integers(1, 3)):
            content = DAMAGES[rng.integers(len(DAMAGES))](rng, content)
        try:
            said.append(outcome(content, tmp_path / "deals", policy))
        except Exception as error:
            raise AssertionError(f"file {number} of {make.__name__}") from error
    assert "refused" in said


def bomb_of(name, content):
    target = io.BytesIO(workbook_file())
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return target.getvalue()


EXTREMES = {
    "100,000 columns": ",".join(f"c{n}" for n in range(100_000)).encode() + b"\n1\n",
    "100,000 values in a row": b"Id,Result\n" + b"1," * 100_000 + b"\n",
    "a gzip bomb": gzip.compress(b"a,b\n" * 20_000_000, 1),
    "a gzip bomb of nothing": gzip.compress(bytes(200_000_000), 1),
    "gzip in gzip": gzip.compress(gzip.compress(text_file())),
    "a workbook that is a bomb": bomb_of("xl/worksheets/sheet9.xml", bytes(100_000_000)),
    "a very long line": b"Id,Result\n" + b"x" * 20_000_000 + b",Won\n",
    "a very long name": b"x" * 2_000_000 + b",Result\n1,Won\n",
    "deep quotes": b"Id,Result\n" + b'"' * 1_000_001 + b"\n",
    "only quotes": b'"' * 100_000,
    "only delimiters": b",;\t|" * 50_000,
    "only line ends": b"\r\n" * 500_000,
    "many ragged rows": b"Id,Result,Amount\n" + b"1\n1,2\n" * 100_000,
    "a byte order mark alone": b"\xff\xfe",
    "half a byte order mark": b"\xff",
}


@pytest.mark.parametrize("name", EXTREMES)
def test_extreme_files_are_refused_in_time(name, policy, tmp_path):
    assert outcome(EXTREMES[name], tmp_path / "deals", policy) == "refused"


def test_formulas_stay_texts(policy, tmp_path):
    (tmp_path / "deals.csv").write_bytes(text_file())
    deals = read_deals(tmp_path / "deals.csv", policy, as_of=DAY, needs_outcome=True)
    assert deals.table.deal(0).facts["source"] == "=1+1"


def test_the_check_sees_a_traceback(policy, tmp_path, monkeypatch):
    """The negative control: a reader that fails in its own words does not pass."""

    def broken(*_, **__):
        raise UnicodeDecodeError("utf-8", b"", 0, 1, "broken on purpose")

    monkeypatch.setattr("training.intake.read_source", broken)
    with pytest.raises(UnicodeDecodeError):
        outcome(text_file(), tmp_path / "deals", policy)
