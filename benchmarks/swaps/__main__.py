"""``python -m benchmarks.swaps --swaps 200 --workers 2``: the judge, with its verdict as JSON."""

import argparse
import json
import sys
import tempfile
from pathlib import Path

from benchmarks.swaps.judge import judge


def main() -> int:
    """Run the judge in a folder of its own; 0 where everything holds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--swaps", type=int, default=200)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--callers", type=int, default=4)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="qualifox-swaps-") as place:
        home = Path(place)
        outcome = judge(home, swaps=chosen.swaps, workers=chosen.workers, callers=chosen.callers)
        if not outcome.holds:
            print((home / "service.log").read_text()[-4000:], file=sys.stderr)
    told = {
        "swaps": outcome.swaps,
        "damaged_refused": outcome.refused,
        "damaged_taken": outcome.wrongly_taken,
        "rolled_back": outcome.rolled_back,
        "requests": outcome.seen.answers,
        "failed": len(outcome.seen.failed),
        "mixed": len(outcome.seen.mixed),
        "workers_lost": outcome.deaths,
        "slowest_settling_seconds": outcome.slowest_seconds,
        "slowest_request_seconds": round(outcome.seen.slowest_seconds, 3),
        "versions_seen": len(outcome.seen.versions),
    }
    print(json.dumps(told, indent=1))
    for failure in outcome.seen.failed[:5]:
        print(failure, file=sys.stderr)
    return 0 if outcome.holds else 1


if __name__ == "__main__":
    sys.exit(main())
