"""A server of a run: started on a port of its own, waited for, and stopped with all it started."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from benchmarks.serving.company import QUIET, Company
from benchmarks.serving.peers.pipeline import VARIABLE
from benchmarks.serving.usage import cpu_seconds
from qualifox.background import free_port

LONGEST_START_SECONDS, LONGEST_STOP_SECONDS, STEP_SECONDS = 120.0, 30.0, 0.01
FIRST_PORT, PORTS = 21_000, 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """How a server is started; ``{port}`` stands for its port, ``ready`` is what to wait for."""

    name: str
    command: tuple[str, ...]
    ready: str = "/readyz"
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A server that answers, how many seconds after its start it first did, and at what cost.

    ``started_cpu_seconds`` is the processor time of its processes until then.
    """

    pid: int
    port: int
    started_seconds: float
    started_cpu_seconds: float


def bento(target: str) -> tuple[str, ...]:
    """Return the command that serves a BentoML service of this repository."""
    return (sys.executable, "-m", "bentoml", "serve", target, "--host", "127.0.0.1",
            "--port", "{port}")  # fmt: skip


def servers_of(company: Company, folder: Path) -> dict[str, Server]:
    """Return the servers of a run by name, each with one worker and one thread of mathematics.

    Ours keep their decisions in a database of the folder, on disk.
    """
    log = {"QUALIFOX_LOG": f"sqlite:///{folder / 'decisions.db'}"}
    ours = {**company.environment, **log}
    larger = {**log, "QUALIFOX_ARTIFACT": str(company.larger), "QUALIFOX_POINTER": ""}
    peers = {VARIABLE: str(company.pipeline), "BENTOML_HOME": str(company.home / "bentoml")}
    registry = f"sqlite:///{company.home / 'mlflow.db'}"
    mlflow = (sys.executable, "-m", "mlflow", "models", "serve", "--host", "127.0.0.1", "--port",
              "{port}", "--env-manager", "local", "--workers", "1",
              "--model-uri", f"models:/{company.name}@champion")  # fmt: skip
    fast_api = (sys.executable, "-m", "uvicorn", "benchmarks.serving.peers.fast_api:app",
                "--host", "127.0.0.1", "--port", "{port}", "--workers", "1")  # fmt: skip
    # mlflow starts uvicorn by its name: it has to be found.
    path = {"PATH": f"{Path(sys.executable).parent}:{os.environ.get('PATH', '')}"}
    service = bento("serving.service:QualifoxService")
    follower = (sys.executable, "-m", "qualifox.launch", sys.executable, "-m",
                "qualifox.following", str(company.home), company.name, "10", "--")  # fmt: skip
    found = (
        Server(name="qualifox", command=service, environment=ours),
        Server(name="followed", command=(*follower, *service), environment=ours),
        Server(name="larger", command=service, environment={**ours, **larger}),
        Server(name="both", command=bento("benchmarks.serving.read_only:QualifoxService"),
               environment=ours),
        Server(name="mlflow", command=mlflow, ready="/ping",
               environment={"MLFLOW_TRACKING_URI": registry, **path}),
        Server(name="quickstart", command=bento("benchmarks.serving.peers.quickstart:Quickstart"),
               environment=peers),
        Server(name="fastapi", command=fast_api, environment=peers),
        Server(name="empty", command=bento("benchmarks.serving.peers.empty:Empty"),
               environment=peers),
    )  # fmt: skip
    return {one.name: one for one in found}


@contextmanager
def running(server: Server, folder: Path) -> Iterator[Running]:
    """Run a server as long as the block lasts; what it says goes to a file of the folder."""
    port = free_port(FIRST_PORT + time.monotonic_ns() % PORTS)
    command = [word.replace("{port}", str(port)) for word in server.command]
    environment = {**os.environ, **QUIET, **server.environment}
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / f"{server.name}.log"
    with log.open("ab") as said:
        began = time.perf_counter()
        started = subprocess.Popen(command, env=environment, stdout=said, stderr=said,
                                   cwd=folder, start_new_session=True)  # fmt: skip
    try:
        seconds = _seconds_until_ready(server, started, port, began, log)
        yield Running(
            pid=started.pid,
            port=port,
            started_seconds=seconds,
            started_cpu_seconds=cpu_seconds(started.pid),
        )
    finally:
        _stop(started)


def _seconds_until_ready(
    server: Server, started: "subprocess.Popen[bytes]", port: int, began: float, log: Path
) -> float:
    while (seconds := time.perf_counter() - began) < LONGEST_START_SECONDS:
        if is_ready(port, server.ready):
            return time.perf_counter() - began
        if started.poll() is not None:
            break
        time.sleep(STEP_SECONDS)
    end = log.read_text(encoding="utf-8", errors="replace")[-2000:]
    raise RuntimeError(f"{server.name} was not ready after {seconds:.0f} s:\n{end}")


def is_ready(port: int, path: str) -> bool:
    """Return whether a server answers 200; one that listens already is waited for."""
    connection = HTTPConnection("127.0.0.1", port, timeout=LONGEST_START_SECONDS)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == HTTPStatus.OK
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def _stop(started: "subprocess.Popen[bytes]") -> None:
    """Ask the server to end, and make what is left of its session end."""
    started.terminate()
    try:
        started.wait(LONGEST_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        started.kill()
        started.wait()
    try:
        os.killpg(started.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
