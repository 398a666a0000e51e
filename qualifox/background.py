"""A service in the background: started, waited for, found again, and stopped."""

import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from features.errors import QualifoxError

LONGEST_START_SECONDS = 120
LONGEST_STOP_SECONDS = 20
PORTS_TO_TRY = 50


@dataclass(frozen=True, slots=True)
class Service:
    """A running service, as the home folder remembers it; ``serves`` says what it answers with."""

    pid: int
    port: int
    serves: str

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def is_ready(self) -> bool:
        """Return whether it answers that it is ready."""
        try:
            connection = HTTPConnection("127.0.0.1", self.port, timeout=2)
            connection.request("GET", "/readyz")
            return connection.getresponse().status == HTTPStatus.OK
        except (OSError, HTTPException):
            return False

    def is_alive(self) -> bool:
        """Return whether its process group is there."""
        try:
            os.killpg(self.pid, 0)
        except (ProcessLookupError, PermissionError):
            return False
        return True


def free_port(wanted: int) -> int:
    """Return the first free port from the wanted one on."""
    for port in range(wanted, wanted + PORTS_TO_TRY):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise QualifoxError(f"no port is free from {wanted} to {wanted + PORTS_TO_TRY - 1}")


def find_service(home: Path) -> Service | None:
    """Return the service that was started from this home and still runs."""
    try:
        found = Service(**json.loads(_note(home).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return found if found.is_alive() else None


def start_service(
    home: Path, command: Sequence[str], environment: Mapping[str, str], port: int, serves: str
) -> Service:
    """Start a command in a session of its own, and return once it is ready.

    Raises
    ------
    QualifoxError
        When it ends, or is not ready in time; with the end of its log.
    """
    log = home / "logs" / "service.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603 (our own command)
            command,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    service = Service(process.pid, port, serves)
    _note(home).write_text(json.dumps(asdict(service)), encoding="utf-8")
    deadline = time.monotonic() + LONGEST_START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        if service.is_ready():
            return service
        time.sleep(0.2)
    stop_service(home)
    tail = log.read_text(encoding="utf-8", errors="replace")[-2000:]
    raise QualifoxError(f"the service did not start; the end of {log}:\n{tail}")


def stop_service(home: Path) -> bool:
    """Stop the service of this home; return whether there was one."""
    service = find_service(home)
    if service is None:
        _note(home).unlink(missing_ok=True)
        return False
    os.killpg(service.pid, signal.SIGTERM)
    deadline = time.monotonic() + LONGEST_STOP_SECONDS
    while service.is_alive() and time.monotonic() < deadline:
        _reap(service.pid)
        time.sleep(0.1)
    if service.is_alive():
        os.killpg(service.pid, signal.SIGKILL)
    _note(home).unlink(missing_ok=True)
    return True


def _reap(pid: int) -> None:
    """Take leave of a child that has ended, where it is ours: until then it counts as alive."""
    try:
        os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:
        return


def _note(home: Path) -> Path:
    return home / "service.json"
