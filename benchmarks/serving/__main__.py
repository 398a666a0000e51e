"""``python -m benchmarks.serving``: one answer under load, a start, a batch, beside their peers.

Everything is made anew in a folder that goes away; with ``--home`` the company of a folder is
kept and found again. Tables and bars go to stdout, progress to stderr, every round to a JSON file.
Exits 1 where a bar of the issue is short or a request failed.
"""

import argparse
import json
import os
import signal
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.model.real_sets import ROOT
from benchmarks.model.report import told_bars
from benchmarks.model.summary import Bar
from benchmarks.serving import batch, load, start
from benchmarks.serving.company import Company, make_company
from benchmarks.serving.larger import make_larger
from benchmarks.serving.report import batch_table, errors_told, load_table, start_table
from benchmarks.serving.server import servers_of

PARTS = ("load", "start", "batch")
SMALL_SECONDS, SMALL_ROWS = 1.0, 500
LARGER_ROWS = 500
"""Of the champion with large trees, whose contributions take milliseconds a deal; told, and not
judged: it is none that training would make of these deals."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the chosen parts, print tables and bars, and write the run down."""
    chosen = _options().parse_args(arguments)
    bars: list[Bar] = []
    written: dict[str, Any] = {"small": chosen.small, "processors": os.cpu_count()}
    # Beside the JSON file, and not where a system keeps its temporary files: that may be memory,
    # and then keeping a decision would cost nothing.
    chosen.json.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="serving-", dir=chosen.json.parent) as place:
        folder = Path(place).resolve()
        _say("the demo company is made and trained ...")
        company = make_company((chosen.home or folder / "home").resolve())
        for part in chosen.only.split(","):
            _say(f"{part}, load average {os.getloadavg()[0]:.1f} ...")
            written[part], found = RUN[part](company, chosen, folder / part)
            bars += found
    print(told_bars(bars))
    written["bars"] = [asdict(bar) for bar in bars]
    chosen.json.write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")
    _say(f"written to {chosen.json}")
    return int(not all(bar.ok for bar in bars))


def _load(company: Company, chosen: Any, folder: Path) -> tuple[Any, list[Bar]]:
    plan = load.Plan(rounds=chosen.rounds, seconds=chosen.seconds)
    if chosen.small:
        plan = load.Plan(rounds=1, seconds=SMALL_SECONDS, least=20, targets=load.FEW)
    seen = load.measure(company, plan, folder, tell=_say)
    print(load_table(seen), errors_told(seen), sep="\n")
    return load.as_data(seen), load.bars_of(seen)


def _start(company: Company, chosen: Any, folder: Path) -> tuple[Any, list[Bar]]:
    starts = 1 if chosen.small else chosen.rounds
    names = (load.OURS, start.EMPTY) if chosen.small else start.NAMES
    seen = start.measure(company, folder, starts=starts, names=names)
    print(start_table(seen))
    return start.as_data(seen), start.bars_of(seen)


def _batch(company: Company, chosen: Any, folder: Path) -> tuple[Any, list[Bar]]:
    rounds, rows = (1, SMALL_ROWS) if chosen.small else (chosen.rounds, batch.ROWS)
    servers = servers_of(company, folder)
    given = batch.Rows.of(company.artifact, company.deals, rows)
    seen = batch.measure(servers[load.OURS], given, folder, rounds)
    print(batch_table(seen, "the champion", rows))
    written, bars = {"champion": batch.as_data(seen)}, batch.bars_of(seen)
    if not chosen.small:
        given = batch.Rows.of(make_larger(company), company.deals, LARGER_ROWS)
        larger = batch.measure(servers["larger"], given, folder, rounds)
        print(batch_table(larger, "300 trees of 31 leaves", LARGER_ROWS))
        written["larger"] = batch.as_data(larger)
    return written, bars


RUN = {"load": _load, "start": _start, "batch": _batch}


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.serving", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=5.0, help="of load that count, each time")
    parser.add_argument("--only", default=",".join(PARTS), help=f"parts, of {','.join(PARTS)}")
    parser.add_argument("--small", action="store_true", help="seconds instead of minutes")
    parser.add_argument("--home", type=Path, help="keep the demo company here")
    parser.add_argument("--json", type=Path, default=ROOT / "build" / "serving_benchmark.json")
    return parser


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the servers are stopped
    sys.exit(main())
