"""What a service does while something that it leans on is away, full, or holds on.

Each part starts a service of its own, takes something away, asks, gives it back, and asks again.
"""

import contextlib
import json
import socket
import sqlite3
import subprocess
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, text

from benchmarks.hostile.callers import Caller, Seen
from benchmarks.hostile.home import small_home
from benchmarks.hostile.kills import checked
from benchmarks.hostile.service import Service, running
from benchmarks.swaps.versions import DAY, FACTS
from serving.champion.follower_note import follower_said
from serving.champion.succession import ring
from serving.decision_log.database import open_database
from serving.decision_log.migration import migrate
from tests.postgresql_server import postgresql

SMALL_DISK = "3m"
LONGEST_WAIT_SECONDS = 60.0
BODY = json.dumps({"facts": dict(FACTS), "as_of": DAY.isoformat()})
Told = dict[str, Any]


def database_away_at_start(home: Path) -> Told:
    """Start without a database: not ready, and ready by itself once there is one."""
    places = small_home(home)
    with postgresql() as server:
        engine = create_engine(server.url(), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text("CREATE DATABASE away"))
        engine.dispose()
        database = open_database(server.url("away"))
        migrate(database.writing)
        database.close()
        server.stop()
        service = Service(places, workers=1, more={"QUALIFOX_LOG": server.url("away")})
        try:
            service.start(wait=False)
            time.sleep(12)
            away = scored(service)[0]
            server.start()
            began = time.monotonic()
            service.wait_until_ready(LONGEST_WAIT_SECONDS)
            seconds = time.monotonic() - began
            after = scored(service)[0]
        finally:
            service.end()
    holds = away in {0, 503} and after == 200
    return {"holds": holds, "away": away, "after": after, "ready_after_s": round(seconds, 1)}


def disk_full(home: Path) -> Told:
    """Fill the disk under the log: refused with 503, nothing acknowledged is lost, it goes on."""
    places, seen, stop = small_home(home), Seen(), threading.Event()
    with small_disk() as disk:
        url = f"sqlite:///{disk}/decisions.db"
        with running(places, more={"QUALIFOX_LOG": url}) as service:
            callers = [Caller(service.port, number, seen, stop) for number in range(4)]
            for one in callers:
                one.start()
            wait_for(lambda: len(seen.refused) > 20)
            ready = service.asked("GET", "/readyz")
            model = service.asked("GET", "/v1/model")
            subprocess.run(["mount", "-o", "remount,size=64m", disk], check=True)
            before = len(seen.acknowledged)
            goes_on = wait_for(lambda: len(seen.acknowledged) > before + 50)
            stop.set()
            for one in callers:
                one.join(30)
            is_ready = wait_for(service.is_ready)
        found = checked(url, seen.acknowledged)
    holds = goes_on and is_ready and not seen.wrong and not found["lost"]
    return {
        "holds": bool(holds and model == 200),
        "ready_while_full": ready,
        "model_while_full": model,
        "refused": len(seen.refused),
        "acknowledged": len(seen.acknowledged),
        "wrong": seen.wrong[:3],
        **found,
    }


def registry_held(home: Path) -> Told:
    """Hold the registry's database for long: answers go on, and the follower says what is up."""
    places = small_home(home)
    registry = sqlite3.connect(home / "mlflow.db")
    registry.execute("CREATE TABLE held (a)")
    registry.commit()
    with running(places) as service:
        registry.execute("BEGIN EXCLUSIVE")
        looked = follower_said(places.follower) or {}
        ring(places)
        statuses, slowest, end = Counter[int](), 0.0, time.monotonic() + LONGEST_WAIT_SECONDS
        said = looked
        while time.monotonic() < end and said.get("looked_at") == looked.get("looked_at"):
            status, seconds = scored(service)
            statuses[status] += 1
            slowest = max(slowest, seconds)
            said = follower_said(places.follower) or {}
            time.sleep(0.05)
        registry.rollback()
        registry.close()
    holds = set(statuses) == {200} and slowest < 5
    told = str(said.get("said", ""))[:120]
    return {"holds": holds, "answers": statuses[200], "slowest_s": round(slowest, 2), "said": told}


def told_to_end(home: Path) -> Told:
    """Send SIGTERM under load: what was taken is answered whole, and it ends with 0 in time."""
    places, statuses, stop = small_home(home), Counter[str](), threading.Event()
    with running(places) as service:
        threads = [
            threading.Thread(target=_ask_on, args=(service.port, statuses, stop)) for _ in range(8)
        ]
        for one in threads:
            one.start()
        time.sleep(2)
        held = socket.create_connection(("127.0.0.1", service.port))  # somebody who does nothing
        began = time.monotonic()
        status = service.stop()
        seconds = time.monotonic() - began
        held.close()
        stop.set()
        for one in threads:
            one.join(30)
    broken = {kind: n for kind, n in statuses.items() if kind not in {"200", "refused", "ended"}}
    holds = status == 0 and seconds < 20 and not broken
    return {"holds": holds, "exit": status, "seconds": round(seconds, 1), "seen": dict(statuses)}


def clock_jumps(home: Path) -> Told:
    """Not tried: nothing here may set the machine's clock, and no faketime is installed."""
    del home
    return {"holds": True, "skipped": "no way to move the clock of one process here"}


PARTS: Mapping[str, Callable[[Path], Told]] = {
    "database-away-at-start": database_away_at_start,
    "disk-full": disk_full,
    "registry-held": registry_held,
    "told-to-end": told_to_end,
    "clock-jumps": clock_jumps,
}


def degraded(home: Path, only: str | None = None) -> Told:
    """Run the parts, each in a home of its own."""
    found = {}
    for name, part in PARTS.items():
        if only in {None, name}:
            found[name] = part(home / name)
    return {"holds": all(one["holds"] for one in found.values()), **found}


def scored(service: Service) -> tuple[int, float]:
    """Return the status of a request to score, 0 where nobody answers, and its seconds."""
    connection, began = HTTPConnection("127.0.0.1", service.port, timeout=20), time.monotonic()
    try:
        connection.request("POST", "/v1/score", BODY, {"content-type": "application/json"})
        reply = connection.getresponse()
        reply.read()
        return reply.status, time.monotonic() - began
    except (OSError, HTTPException):
        return 0, time.monotonic() - began
    finally:
        connection.close()


def wait_for(what: Callable[[], bool]) -> bool:
    """Return whether something became so in time."""
    end = time.monotonic() + LONGEST_WAIT_SECONDS
    while time.monotonic() < end:
        if what():
            return True
        time.sleep(0.05)
    return False


@contextlib.contextmanager
def small_disk() -> Iterator[str]:
    """Yield a folder on a disk of 3 MB; needs the right to mount one."""
    place = tempfile.mkdtemp(prefix="qualifox-disk-")
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SMALL_DISK}", "tmpfs", place]
    subprocess.run(mount, check=True)
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", place], check=True)
        Path(place).rmdir()


def _ask_on(port: int, statuses: "Counter[str]", stop: threading.Event) -> None:
    """Ask over one connection until it is refused; tell answers that were cut off."""
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    while not stop.is_set():
        try:
            connection.request("POST", "/v1/score", BODY, {"content-type": "application/json"})
            reply = connection.getresponse()
            reply.read()
            statuses[str(reply.status)] += 1
        except ConnectionRefusedError:
            statuses["refused"] += 1
            return
        except (ConnectionError, HTTPException) as error:
            # The end of a connection between two requests is none of an answer.
            cut = "IncompleteRead" in repr(error)
            statuses["cut off" if cut else "ended"] += 1
            connection.close()
    connection.close()
