"""``python -m benchmarks.model``: the win probability beside what others would do, in one table.

Exits 1 where a bar of the issue is short. Progress goes to stderr; the whole run to a JSON file.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.model import cost, summary
from benchmarks.model.companies import TEST_DEALS
from benchmarks.model.real import promotion_of, real_rows
from benchmarks.model.real_sets import ROOT, SETS
from benchmarks.model.report import spread_of, table_of, told_bars
from benchmarks.model.simulated import SIZES, Plan, all_companies

SECTIONS = ("real", "companies", "evidence", "cost")
ASKED_FOR = ("memory",)
"""Runs when it is named only: a million deals take long."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the chosen sections, print the table and the bars, and write the run down."""
    chosen = _options().parse_args(arguments)
    results = _results(chosen)
    bars = _bars(results)
    print("\n\n".join(filter(None, (table_of(results), spread_of(results), told_bars(bars)))))
    written = results | {"bars": [asdict(bar) for bar in bars]}
    chosen.json.parent.mkdir(parents=True, exist_ok=True)
    chosen.json.write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")
    print(f"written to {chosen.json}", file=sys.stderr)
    return int(not all(bar.ok for bar in bars))


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.model", description=__doc__)
    parser.add_argument("--only", type=_names(SECTIONS + ASKED_FOR), default=SECTIONS,
                        help=f"sections, by comma: {','.join(SECTIONS + ASKED_FOR)}")  # fmt: skip
    parser.add_argument("--sets", type=_names(tuple(SETS)), default=tuple(SETS),
                        help=f"real sets, by comma: {','.join(SETS)}")  # fmt: skip
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--seeds", type=int, default=20, help="simulated companies")
    parser.add_argument("--sizes", type=_sizes, default=SIZES, help="closed deals, by comma")
    parser.add_argument("--test-deals", type=int, default=TEST_DEALS)
    parser.add_argument("--cost-deals", type=int, default=cost.N_DEALS)
    parser.add_argument("--memory-deals", type=int, default=cost.MANY_DEALS)
    parser.add_argument("--threads", type=int, default=1, help="threads of the cost section")
    parser.add_argument("--workers", type=int, default=2, help="processes of one thread each")
    parser.add_argument("--json", type=Path, default=ROOT / "build" / "model_benchmark.json")
    return parser


def _names(known: tuple[str, ...]) -> Any:
    def names(text: str) -> tuple[str, ...]:
        found = tuple(text.split(","))
        unknown = sorted(set(found) - set(known))
        if unknown:
            raise argparse.ArgumentTypeError(f"{unknown[0]!r} is none of {', '.join(known)}")
        return found

    return names


def _sizes(text: str) -> tuple[int, ...]:
    return tuple(int(size) for size in text.split(","))


def _results(chosen: argparse.Namespace) -> dict[str, Any]:
    results: dict[str, Any] = {}
    if "real" in chosen.only:
        results["real"] = real_rows(chosen.data, chosen.sets, chosen.workers)
        if summary.NO_SIGNAL in chosen.sets:
            results["promotion"] = promotion_of(chosen.data, summary.NO_SIGNAL)
    if {"companies", "evidence"} & set(chosen.only):
        results |= _companies(chosen)
    if "cost" in chosen.only:
        results["cost"] = cost.cost(chosen.cost_deals, threads=chosen.threads)
    if "memory" in chosen.only:
        results["memory"] = cost.cost(chosen.memory_deals, threads=chosen.threads, rounds=0)
    return results


def _companies(chosen: argparse.Namespace) -> dict[str, Any]:
    """Return the rows of the companies, under the sections that ask for them."""
    wanted = "companies" in chosen.only
    plan = Plan(chosen.seeds, chosen.sizes, chosen.test_deals, baselines=wanted)
    rows = all_companies(plan, chosen.workers)
    return {name: rows for name in ("companies", "evidence") if name in chosen.only}


def _bars(results: dict[str, Any]) -> list[summary.Bar]:
    bars = summary.real_bars(results.get("real", []), results.get("promotion"))
    bars += summary.company_bars(results["companies"]) if "companies" in results else []
    bars += summary.evidence_bars(results.get("evidence", []))
    return bars + summary.cost_bars(results.get("cost"), results.get("memory"))


if __name__ == "__main__":
    sys.exit(main())
