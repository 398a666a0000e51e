"""A service in the background: started, waited for, found again, and stopped."""

import json
import os
import signal
import socket
import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

from features.errors import QualifoxError

LONGEST_START_SECONDS = 120
LONGEST_STOP_SECONDS = 20
PORTS_TO_TRY = 50
STARTED_AFTER_NAME = 19
"""Place of the start time in /proc/PID/stat, counted from after the command's name."""


@dataclass(frozen=True, slots=True)
class Service:
    """A running service, as the home folder remembers it.

    ``serves`` says what it answers with, ``started`` when its process began, in the kernel's own
    ticks: a process id alone may be somebody else's by now.
    """

    pid: int
    port: int
    serves: str
    started: str

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def is_ready(self) -> bool:
        """Return whether it answers that it is ready."""
        try:
            with closing(HTTPConnection("127.0.0.1", self.port, timeout=2)) as connection:
                connection.request("GET", "/readyz")
                return connection.getresponse().status == HTTPStatus.OK
        except (OSError, HTTPException):
            return False

    def ask(self, path: str, facts: Mapping[str, object]) -> dict[str, Any]:
        """Return the answer to one request; raises `QualifoxError` unless it is a good one."""
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=30)) as connection:
            body, headers = json.dumps(facts), {"content-type": "application/json"}
            connection.request("POST", path, body=body, headers=headers)
            reply = connection.getresponse()
            text = reply.read().decode()
        if reply.status != HTTPStatus.OK:
            raise QualifoxError(f"the service answered {reply.status}: {text[:500]}")
        answer: dict[str, Any] = json.loads(text)
        return answer

    def is_alive(self) -> bool:
        """Return whether its process is there, and is the one that was started."""
        return bool(self.started) and _started(self.pid) == self.started


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
    pid = _spawn(command, environment, log)
    service = Service(pid, port, serves, _started(pid))
    _note(home).write_text(json.dumps(asdict(service)), encoding="utf-8")
    deadline = time.monotonic() + LONGEST_START_SECONDS
    while time.monotonic() < deadline and not _has_ended(service.pid):
        if service.is_ready():
            return service
        time.sleep(0.2)
    stop_service(home)
    tail = log.read_text(encoding="utf-8", errors="replace")[-2000:]
    raise QualifoxError(f"the service did not start; the end of {log}:\n{tail}")


def _spawn(command: Sequence[str], environment: Mapping[str, str], log: Path) -> int:
    """Start a command that outlives us, in a session of its own, and return its process id."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    return os.posix_spawn(
        command[0],
        list(command),
        dict(environment),
        file_actions=[
            (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
            (os.POSIX_SPAWN_OPEN, 1, str(log), flags, 0o600),
            (os.POSIX_SPAWN_DUP2, 1, 2),
        ],
        setsid=True,
    )


def stop_service(home: Path) -> bool:
    """Stop the service of this home; return whether there was one."""
    service = find_service(home)
    if service is None:
        _note(home).unlink(missing_ok=True)
        return False
    os.killpg(service.pid, signal.SIGTERM)
    deadline = time.monotonic() + LONGEST_STOP_SECONDS
    while service.is_alive() and time.monotonic() < deadline:
        _has_ended(service.pid)
        time.sleep(0.1)
    if service.is_alive():
        os.killpg(service.pid, signal.SIGKILL)
    _note(home).unlink(missing_ok=True)
    return True


def _started(pid: int) -> str:
    """Return when a process began, "" where there is none or where it has ended."""
    try:
        _, _, rest = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")
    except OSError:
        return ""
    fields = rest.split()
    return "" if fields[0] == "Z" else fields[STARTED_AFTER_NAME]


def _has_ended(pid: int) -> bool:
    """Return whether a child of ours has ended; it counts as alive until it is asked."""
    try:
        return os.waitpid(pid, os.WNOHANG)[0] == pid
    except ChildProcessError:
        return False


def _note(home: Path) -> Path:
    return home / "service.json"
