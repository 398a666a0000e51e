"""The judge: callers that never stop, a champion that changes, and what they saw of it.

A failed request is any that was not answered with 200; a mixed answer is one whose numbers are not
those of the version that it names.
"""

import json
import os
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from benchmarks.swaps.versions import (
    DAMAGES,
    DAY,
    FACTS,
    damaged,
    expected,
    make_version,
    signature,
)
from qualifox.background import free_port
from serving.champion.places import Places
from serving.champion.pointer import Tried, move_pointer, read_pointer
from serving.champion.roll import living_workers
from serving.champion.succession import Candidate, succeed, take_back

ROOT = Path(__file__).parents[2]
BODY = json.dumps({"facts": dict(FACTS), "as_of": DAY.isoformat()}).encode()
HEADERS = {"content-type": "application/json"}
LONGEST_SETTLING_SECONDS = 60.0
MOST_AT_FIRST = 4
"""So many turns in a row begin with a damaged version, each with another damage; then fewer do."""
REQUESTS_A_CONNECTION = 25
"""Then a new one: a connection that is kept stays with one worker."""


@dataclass
class Seen:
    """What the callers saw."""

    table: Mapping[str, Mapping[str, object]]
    answers: int = 0
    slowest_seconds: float = 0.0
    versions: Counter[str] = field(default_factory=Counter)
    failed: list[str] = field(default_factory=list)
    mixed: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, status: int, text: bytes, seconds: float = 0.0) -> None:
        """Compare one answer with the table of the version that it names."""
        with self.lock:
            self.slowest_seconds = max(self.slowest_seconds, seconds)
            if status != 200:
                self.failed.append(f"{status}: {text[:200]!r}")
                return
            told = json.loads(text)
            version = str(told["versions"]["model"])
            self.answers += 1
            self.versions[version] += 1
            if self.table.get(version) != signature(told):
                self.mixed.append(version)

    def note_failure(self, error: Exception) -> None:
        """A connection that broke is a request that failed."""
        with self.lock:
            self.failed.append(repr(error))


@dataclass(frozen=True)
class Outcome:
    """What became of a run."""

    swaps: int
    refused: int
    wrongly_taken: int
    rolled_back: int
    slowest_seconds: float
    seen: Seen
    deaths: int

    @property
    def holds(self) -> bool:
        """No failed request, no mixed answer, no damaged version taken, no worker lost."""
        return not (self.seen.failed or self.seen.mixed or self.wrongly_taken or self.deaths)


def judge(home: Path, *, swaps: int, workers: int = 2, callers: int = 4) -> Outcome:
    """Swap so often under load, with damaged versions in between, and look on."""
    folders = home / "served"
    folders.mkdir(parents=True)
    places = Places(folders / "swapped.json")
    versions = [make_version(folders, seed) for seed in range(3)]
    succeed(places, versions[0])
    seen = Seen({one.version: expected(one) for one in versions})
    with service(home, places.pointer, workers) as port:
        settled(places, versions[0].version, workers)
        pids = {one["worker"] for one in living_workers(places.workers)}
        stop = threading.Event()
        threads = [threading.Thread(target=call, args=(port, seen, stop)) for _ in range(callers)]
        for one in threads:
            one.start()
        try:
            counts = _swapped(places, versions, swaps, workers)
        finally:
            stop.set()
            for one in threads:
                one.join()
        deaths = len(pids - {one["worker"] for one in living_workers(places.workers)})
    return Outcome(
        swaps=swaps,
        refused=counts["refused"],
        wrongly_taken=counts["taken"],
        rolled_back=counts["rolled_back"],
        slowest_seconds=counts["slowest"] / 1000,
        seen=seen,
        deaths=deaths,
    )


def _swapped(places: Places, versions: list[Candidate], swaps: int, workers: int) -> Counter[str]:
    counts: Counter[str] = Counter()
    kinds = list(DAMAGES)
    for turn in range(swaps):
        wanted = versions[(turn + 1) % len(versions)]
        if turn < MOST_AT_FIRST or turn % 3 == 0:
            bad = damaged(wanted, kinds[turn % len(kinds)], turn)
            counts.update(offer(places, bad))
        if turn % 5 == 4:
            before = read_pointer(places.pointer)
            assert before is not None
            assert before.before is not None
            take_back(places)
            counts["rolled_back"] += 1
            counts["slowest"] = max(
                counts["slowest"], settled(places, before.before.version, workers)
            )
        succeed(places, wanted, anew=True)
        counts["slowest"] = max(counts["slowest"], settled(places, wanted.version, workers))
    return counts


def offer(places: Places, bad: Candidate) -> Counter[str]:
    """Offer a damaged version to the trial, and then force the pointer past it to the workers."""
    counts: Counter[str] = Counter()
    before = read_pointer(places.pointer)
    assert before is not None
    done = succeed(places, bad)
    counts["taken" if done.refused is None else "refused"] += 1
    forced = Tried(folder=bad.folder.name, version=bad.version, policy="?", number=bad.number)
    move_pointer(places.pointer, lambda pointer: pointer and pointer.with_champion(forced, ""))
    counts["refused" if _all_refuse(places, bad.version) else "taken"] += 1
    move_pointer(places.pointer, lambda _: before)
    return counts


def _all_refuse(places: Places, version: str) -> bool:
    """Wait until every worker says that it refuses a version; False where one does not."""
    start = time.monotonic()
    while time.monotonic() - start < LONGEST_SETTLING_SECONDS:
        said = living_workers(places.workers)
        if any(one["version"] == version for one in said):
            return False
        if all((one["refused"] or {}).get("version") == version for one in said):
            return True
        time.sleep(0.02)
    return False


def settled(places: Places, version: str, workers: int) -> int:
    """Wait until every worker says that it holds a version; return the milliseconds."""
    start = time.monotonic()
    while time.monotonic() - start < LONGEST_SETTLING_SECONDS:
        held = [one["version"] for one in living_workers(places.workers)]
        if len(held) == workers and set(held) == {version}:
            return int(1000 * (time.monotonic() - start))
        time.sleep(0.02)
    raise TimeoutError(f"the workers hold {held}, and not {version}")


def call(port: int, seen: Seen, stop: threading.Event) -> None:
    """Ask for the same deal again and again, over new connections and kept ones."""
    while not stop.is_set():
        connection = HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            for _ in range(REQUESTS_A_CONNECTION):
                start = time.monotonic()
                connection.request("POST", "/v1/score", BODY, HEADERS)
                reply = connection.getresponse()
                seen.note(reply.status, reply.read(), time.monotonic() - start)
        except (OSError, HTTPException) as error:
            seen.note_failure(error)
        finally:
            connection.close()


@contextmanager
def service(home: Path, pointer: Path, workers: int, *, follower: bool = False) -> Iterator[int]:
    """Run the service on a port of its own, following a pointer, as long as the block lasts."""
    port = free_port(4100 + os.getpid() % 2000)  # apart from others that start at the same time
    command = [sys.executable, "-m", "bentoml", "serve", "serving.service:QualifoxService"]
    command += ["--host", "127.0.0.1", "--port", str(port), "--working-dir", str(home)]
    if follower:
        beside = [sys.executable, "-m", "qualifox.following", str(home), pointer.stem, "1"]
        command = [sys.executable, "-m", "qualifox.launch", *beside, "--", *command]
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "BENTOML_DO_NOT_TRACK": "true",
        "BENTOML_HOME": str(home / "bentoml"),
        "OMP_NUM_THREADS": "1",
        "QUALIFOX_POINTER": str(pointer),
        "QUALIFOX_WORKERS": str(workers),
        "QUALIFOX_HOME": str(home),
    }
    with (home / "service.log").open("wb") as log:
        running = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        _wait_until_ready(port, running, home / "service.log")
        yield port
    finally:
        running.terminate()
        running.wait(30)


def _wait_until_ready(port: int, running: "subprocess.Popen[bytes]", log: Path) -> None:
    start = time.monotonic()
    while time.monotonic() - start < 90 and running.poll() is None:
        connection = HTTPConnection("127.0.0.1", port, timeout=2)
        try:
            connection.request("GET", "/readyz")
            if connection.getresponse().status == 200:
                return
        except (OSError, HTTPException):
            pass
        finally:
            connection.close()
        time.sleep(0.2)
    raise RuntimeError(log.read_text(encoding="utf-8", errors="replace")[-2000:])
