"""Reading a large file of deals under a policy, beside pyarrow reading the same file.

``python -m benchmarks intake [ROWS]``: the ratio of the times and the peak of memory, in one run.
"""

import gc
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv

from features import Policy, parse_policy
from training.intake import read_deals

N_CATEGORIES, N_AMOUNTS, N_COUNTS, N_ANSWERS = 14, 10, 6, 4
N_COLUMNS = 40
A_CHUNK, ROUNDS = 50_000, 3
DAY = date(2026, 1, 5)

POLICY = """
policy: large
title: {en: Large, fr: Grand}
deals:
  id: id
  as_of: created
  closed_on: closed
  account: account
  outcome: {column: status, won: [won], lost: [lost], open: [open]}
  unknown: ["?"]
fields:
"""
DECISION = "decision: {go_at: {p_win: 0.5}}\n"


def policy_of() -> Policy:
    kinds = {"category": N_CATEGORIES, "amount": N_AMOUNTS, "count": N_COUNTS, "answer": N_ANSWERS}
    types = {"category": "category", "amount": "number", "count": "number", "answer": "boolean"}
    fields = [
        f"  {kind}_{place}: {{type: {types[kind]}}}\n"
        for kind, count in kinds.items()
        for place in range(count)
    ]
    return parse_policy((POLICY + "".join(fields) + DECISION).encode())


def write_chunk(rng: np.random.Generator, start: int, n: int) -> pa.Table:
    """Return deals as a CRM exports them: few words, many amounts, dates, gaps."""
    words = np.array(["New business", "Renewal", "Partner", "Web", "Trade fair", ""])
    days = np.datetime64("2020-01-01") + rng.integers(0, 2000, n)
    columns: dict[str, object] = {
        "id": np.char.add("006", (start + np.arange(n)).astype(str)),
        "status": rng.choice(["won", "lost", "open"], n),
        "created": days.astype(str),
        "closed": (days + rng.integers(1, 300, n)).astype(str),
        "account": np.char.add("Account ", rng.integers(0, 50_000, n).astype(str)),
        "owner": np.char.add("Seller ", rng.integers(0, 200, n).astype(str)),
    }
    for place in range(N_CATEGORIES):
        columns[f"category_{place}"] = rng.choice(words, n)
    for place in range(N_AMOUNTS):
        columns[f"amount_{place}"] = np.round(rng.lognormal(10, 1, n), 2)
    for place in range(N_COUNTS):
        columns[f"count_{place}"] = rng.integers(0, 1000, n)
    for place in range(N_ANSWERS):
        columns[f"answer_{place}"] = rng.choice(["yes", "no", ""], n)
    return pa.table(columns)


def write_file(file: Path, rows: int) -> None:
    rng = np.random.default_rng(0)
    first = write_chunk(rng, 0, 1)
    assert first.num_columns == N_COLUMNS
    with pa_csv.CSVWriter(file, first.schema) as writer:
        for start in range(0, rows, A_CHUNK):
            writer.write_table(write_chunk(rng, start, min(A_CHUNK, rows - start)))


def peak_gb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def seconds(work: Callable[[], object]) -> float:
    gc.collect()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main(rows: int = 1_000_000) -> None:
    policy = policy_of()
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "deals.csv"
        write_file(file, rows)
        size, before = file.stat().st_size / 1e6, peak_gb()

        def ours() -> None:
            assert len(read_deals(file, policy, as_of=DAY, needs_outcome=True).table) == rows

        mine = [seconds(ours)]
        peak = peak_gb()
        theirs = [seconds(lambda: pa_csv.read_csv(file))]
        for _ in range(ROUNDS - 1):
            mine.append(seconds(ours))
            theirs.append(seconds(lambda: pa_csv.read_csv(file)))
    ratio = statistics.median(a / b for a, b in zip(mine, theirs, strict=True))
    print(f"{rows:,} deals x {N_COLUMNS} columns, {size:,.0f} MB")
    print(f"read_deals        {statistics.median(mine):8.2f} s   peak {peak:.2f} GB")
    print(f"pyarrow.read_csv  {statistics.median(theirs):8.2f} s   (peak before: {before:.2f} GB)")
    print(f"ratio             {ratio:8.2f} x")
