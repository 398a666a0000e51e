"""A real service, started as `qualifox serve` starts it: workers, and a follower beside them."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from benchmarks.hostile.processes import is_alive, role, tree
from qualifox.background import free_port
from serving.champion.places import Places
from serving.champion.roll import living_workers

ROOT = Path(__file__).parents[2]
LONGEST_START_SECONDS = 90.0
LONGEST_END_SECONDS = 40.0


class Service:
    """One service in a session of its own, which may be killed and started again."""

    def __init__(
        self, places: Places, *, workers: int = 2, more: Mapping[str, str] | None = None
    ) -> None:
        self._places, self.home, self.workers = places, places.folders.parent, workers
        self.port = free_port(20_000 + os.getpid() % 20_000)  # apart from those of others
        self.log = self.home / "service.log"
        self._command = command(self.home, places.pointer, self.port)
        self._environment = environment(self.home, places.pointer, workers) | dict(more or {})
        self._running: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """The first process."""
        assert self._running is not None
        return self._running.pid

    def start(self, *, wait: bool = True) -> float:
        """Start it; return after how many seconds it was ready."""
        began = time.monotonic()
        with self.log.open("ab") as log:
            self._running = subprocess.Popen(
                self._command, env=self._environment, stdin=subprocess.DEVNULL, stdout=log,
                stderr=log, start_new_session=True,
            )  # fmt: skip
        if wait:
            self.wait_until_ready()
        return time.monotonic() - began

    def wait_until_ready(self, seconds: float = LONGEST_START_SECONDS) -> None:
        """Wait until it answers that it is ready, with all its workers."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self._running is not None and self._running.poll() is not None:
                break
            if self.is_ready() and self.all_open():
                return
            time.sleep(0.1)
        text = self.log.read_text(encoding="utf-8", errors="replace")
        raise RuntimeError(f"the service is not ready; it says:\n{text[-3000:]}")

    def is_ready(self) -> bool:
        """Return whether it is ready, whoever answers."""
        return self.asked("GET", "/readyz") == 200

    def all_open(self) -> bool:
        """Return whether every worker is on the roll: it holds a version, and answers."""
        return len(living_workers(self._places.workers)) >= self.workers

    def asked(self, method: str, path: str, timeout: float = 2.0) -> int:
        """Return the status of a request without a body, 0 where nobody answers."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request(method, path)
            return connection.getresponse().status
        except (OSError, HTTPException):
            return 0
        finally:
            connection.close()

    def pids(self, *roles: str) -> list[int]:
        """Return its processes that do something, by default all."""
        found = tree(self.pid)
        return sorted(pid for pid, words in found.items() if not roles or role(words) in roles)

    def roles(self) -> dict[int, str]:
        """Return what each of its processes does."""
        return {pid: role(words) for pid, words in tree(self.pid).items()}

    def kill_everything(self) -> None:
        """Kill every process of it at once, and wait until they are gone."""
        pids = self.pids()
        for pid in pids:  # the first one first: it would start workers again
            kill(pid)
        self._gone(pids)

    def stop(self) -> int:
        """Ask the first process to end, as an operator does; return its exit status."""
        assert self._running is not None
        pids = self.pids()
        self._running.terminate()
        try:
            status = self._running.wait(LONGEST_END_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill_everything()
            raise
        self._gone(pids)
        return status

    def end(self) -> None:
        """Leave nothing behind, whatever state it is in."""
        if self._running is not None:
            self.kill_everything()

    def _gone(self, pids: list[int]) -> None:
        assert self._running is not None
        self._running.wait(LONGEST_END_SECONDS)
        end = time.monotonic() + LONGEST_END_SECONDS
        while (left := [pid for pid in pids if is_alive(pid)]) and time.monotonic() < end:
            time.sleep(0.02)
        assert not left, f"processes stay: {left}"


@contextmanager
def running(
    places: Places, *, workers: int = 2, more: Mapping[str, str] | None = None
) -> Iterator[Service]:
    """Run a service as long as the block lasts."""
    service = Service(places, workers=workers, more=more)
    try:
        service.start()
        yield service
    finally:
        service.end()


def command(home: Path, pointer: Path, port: int) -> list[str]:
    """Return what `qualifox serve` runs; a test compares the two."""
    serve = ["-m", "bentoml", "serve", "serving.service:QualifoxService", "--host", "127.0.0.1"]
    serve += ["--port", str(port), "--working-dir", str(home)]
    follower = [sys.executable, "-m", "qualifox.following", str(home), pointer.stem, "10.0"]
    launch = [sys.executable, "-m", "qualifox.launch", *follower, "--"]
    return [*launch, sys.executable, *serve]


def environment(home: Path, pointer: Path, workers: int) -> dict[str, str]:
    """Return the environment that goes with it."""
    return {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "BENTOML_DO_NOT_TRACK": "true",
        "BENTOML_HOME": str(home / "bentoml"),
        "OMP_NUM_THREADS": "1",
        "QUALIFOX_HOME": str(home),
        "QUALIFOX_POINTER": str(pointer),
        "QUALIFOX_WORKERS": str(workers),
    }


def kill(pid: int, number: int = signal.SIGKILL) -> None:
    """Send a signal; nothing happens where the process is gone."""
    with suppress(ProcessLookupError):
        os.kill(pid, number)
