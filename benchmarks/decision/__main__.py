"""``python -m benchmarks.decision``: replay, plan, questions and exploration, each beside its bar.

Exits 1 where a bar of the issue is short. Progress goes to stderr; the whole run to a JSON file.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from importlib import import_module
from pathlib import Path

from benchmarks.model.real_sets import ROOT
from benchmarks.model.report import told_bars
from benchmarks.model.summary import Bar

PARTS = ("replay", "portfolio", "questions", "exploration")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the chosen parts, print each bar with what was reached, and write the run down."""
    chosen = _options().parse_args(arguments)
    bars: list[Bar] = []
    for part in chosen.only.split(","):
        print(f"{part} ...", file=sys.stderr, flush=True)
        bars += import_module(f"benchmarks.decision.{part}").measure(small=chosen.small)
    print(told_bars(bars))
    chosen.json.parent.mkdir(parents=True, exist_ok=True)
    written = {"small": chosen.small, "bars": [asdict(bar) for bar in bars]}
    chosen.json.write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")
    print(f"written to {chosen.json}", file=sys.stderr)
    return int(not all(bar.ok for bar in bars))


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.decision", description=__doc__)
    parser.add_argument("--only", default=",".join(PARTS), help=f"parts, of {','.join(PARTS)}")
    parser.add_argument("--small", action="store_true", help="seconds instead of minutes")
    parser.add_argument("--json", type=Path, default=ROOT / "build" / "decision_benchmark.json")
    return parser


if __name__ == "__main__":
    sys.exit(main())
