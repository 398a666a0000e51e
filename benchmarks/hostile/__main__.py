"""``python -m benchmarks.hostile kills --rounds 100``: each judge tells its verdict as JSON."""

import argparse
import json
import sys
import tempfile
from pathlib import Path

from benchmarks.hostile.degraded import PARTS, degraded
from benchmarks.hostile.fuzz import fuzz
from benchmarks.hostile.kills import kills
from benchmarks.hostile.soak import soak


def main() -> int:
    """Run one judge in a folder of its own; 0 where everything holds."""
    chosen = _parser().parse_args()
    with tempfile.TemporaryDirectory(prefix="qualifox-hostile-") as place:
        home = Path(place) / "home"
        home.mkdir()
        told = chosen.run(home, chosen)
        if not told["holds"] and (home / "service.log").exists():
            log = (home / "service.log").read_text(encoding="utf-8", errors="replace")
            sys.stderr.write("".join(_not_access(log)[-40:]))
    print(json.dumps(told, indent=1))
    return 0 if told["holds"] else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.hostile", description=__doc__)
    judges = parser.add_subparsers(required=True)
    one = judges.add_parser("kills", help="kill workers and whole services under load")
    one.add_argument("--rounds", type=int, default=100)
    one.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    one.add_argument("--broken", action="store_true", help="acknowledge early: must be caught")
    one.add_argument("--chance", type=int, default=7, help="what decides when is killed what")
    one.set_defaults(run=_kills)
    two = judges.add_parser("fuzz", help="send requests that nobody sends on purpose")
    two.add_argument("--requests", type=int, default=100_000)
    two.set_defaults(run=_fuzz)
    three = judges.add_parser("soak", help="send a share of the peak for long")
    three.add_argument("--minutes", type=float, default=10.0)
    three.add_argument("--share", type=float, default=0.8)
    three.set_defaults(run=_soak)
    four = judges.add_parser("degraded", help="take away what a service leans on")
    four.add_argument("--only", choices=sorted(PARTS))
    four.set_defaults(run=_degraded)
    return parser


def _kills(home: Path, chosen: argparse.Namespace):
    return kills(
        home,
        rounds=chosen.rounds,
        postgresql=chosen.database == "postgresql",
        broken=chosen.broken,
        chance=chosen.chance,
    )


def _fuzz(home: Path, chosen: argparse.Namespace):
    return fuzz(home, requests=chosen.requests)


def _soak(home: Path, chosen: argparse.Namespace):
    return soak(home, minutes=chosen.minutes, share=chosen.share)


def _degraded(home: Path, chosen: argparse.Namespace):
    return degraded(home, chosen.only)


def _not_access(log: str) -> list[str]:
    return [line for line in log.splitlines(keepends=True) if '"log": "access"' not in line]


if __name__ == "__main__":
    sys.exit(main())
