"""What a challenger in the shadow costs the answers: the same service, with one and without.

``python -m benchmarks.serving.shadow_cost ARTIFACT DEALS.csv [ROUNDS]`` starts one worker, asks it
from eight connections for some seconds with no challenger and with one, in turns, and tells the
median throughput and latencies of each. The challenger is the champion itself: it costs as much.
"""

import json
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import replace
from http.client import HTTPConnection
from pathlib import Path
from statistics import median

from benchmarks.serving.one_answer import some_deals
from benchmarks.swaps.judge import service, settled
from features.deal import NOT_APPLICABLE, Deal
from models.artifact import load_artifact
from serving.champion.places import Places
from serving.champion.pointer import Pointer, move_pointer
from serving.champion.roll import living_workers
from serving.champion.succession import Candidate, succeed

CALLERS, SECONDS, ROUNDS = 8, 4.0, 5
HEADERS = {"content-type": "application/json"}


def main(arguments: list[str]) -> int:
    """Measure, and print a line for each side and what the shadow said of itself."""
    artifact, deals = Path(arguments[0]), Path(arguments[1])
    rounds = int(arguments[2]) if len(arguments) > 2 else ROUNDS
    bodies = [_body(deal) for deal in some_deals(load_artifact(artifact), deals, 500)]
    with tempfile.TemporaryDirectory() as place:
        home = Path(place)
        places = Places(home / "served" / "champion.json")
        folder = home / "served" / artifact.name
        shutil.copytree(artifact, folder)
        version = _version(folder)
        candidate = Candidate(folder=folder, version=version, number="1")
        if succeed(places, candidate).refused:
            raise SystemExit("the artifact was refused")
        taken: dict[bool, list[list[float]]] = {False: [], True: []}
        with service(home, places.pointer, 1) as port:
            settled(places, version, 1)
            for _ in range(rounds):
                for shadowed in (False, True):
                    _let(places, version if shadowed else None)
                    taken[shadowed].append(_asked(port, bodies))
            told = _metrics(port)
    for shadowed, runs in taken.items():
        print(_line("with a challenger" if shadowed else "without one", runs))
    print("\n".join(line for line in told.splitlines() if line.startswith("qualifox_shadow")))
    return 0


def _let(places: Places, version: str | None) -> None:
    """Put the champion into its own shadow, or nobody, and wait until the worker holds it."""

    def moved(pointer: Pointer | None) -> Pointer | None:
        if pointer is None:
            return None
        return replace(pointer, challenger=pointer.champion if version else None)

    move_pointer(places.pointer, moved)
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        if [one["challenger"] for one in living_workers(places.workers)] == [version]:
            return
        time.sleep(0.05)
    raise TimeoutError("the worker did not follow")


def _asked(port: int, bodies: Sequence[bytes]) -> list[float]:
    """Return the seconds of each answer, of all callers."""
    taken: list[float] = []
    until = time.perf_counter() + SECONDS

    def call(first: int) -> None:
        connection = HTTPConnection("127.0.0.1", port, timeout=30)
        place = first
        while (start := time.perf_counter()) < until:
            connection.request("POST", "/v1/score", bodies[place % len(bodies)], HEADERS)
            reply = connection.getresponse()
            reply.read()
            if reply.status != 200:
                raise RuntimeError(reply.status)
            taken.append(time.perf_counter() - start)
            place += 1
        connection.close()

    callers = [threading.Thread(target=call, args=(60 * number,)) for number in range(CALLERS)]
    for one in callers:
        one.start()
    for one in callers:
        one.join()
    return taken


def _line(name: str, runs: Sequence[Sequence[float]]) -> str:
    ordered = [sorted(run) for run in runs]
    rate = median(len(run) / SECONDS for run in ordered)
    p50, p99 = (median(run[int(len(run) * q)] for run in ordered) for q in (0.5, 0.99))
    return f"{name:18} {rate:7.0f}/s  p50 {1e3 * p50:6.2f} ms  p99 {1e3 * p99:6.2f} ms"


def _body(deal: Deal) -> bytes:
    facts = {
        name: {"not_applicable": True}
        if fact is NOT_APPLICABLE
        else fact.isoformat()
        if hasattr(fact, "isoformat")
        else fact
        for name, fact in deal.facts.items()
    }
    return json.dumps({"facts": facts, "id": deal.id}).encode()


def _version(folder: Path) -> str:
    found = load_artifact(folder).model
    return "" if found is None else found.version


def _metrics(port: int) -> str:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", "/metrics")
    text = connection.getresponse().read().decode()
    connection.close()
    return text


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
