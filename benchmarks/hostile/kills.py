"""Workers and whole services killed under load, and the database taken away meanwhile.

In the end every acknowledged request must be in the log exactly once, whatever was killed when.
"""

import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from sqlalchemy import create_engine, select, text

from benchmarks.hostile.callers import ROUTES, Acknowledged, Caller, Seen
from benchmarks.hostile.home import small_home
from benchmarks.hostile.service import Service, kill
from serving.decision_log.database import open_database
from serving.decision_log.migration import migrate
from serving.decision_log.tables import TABLES
from tests.postgresql_server import postgresql

CALLERS = 16
LOADED_SECONDS = (0.3, 1.5)
"""So long, at random, a service works before something of it is killed."""
OUTAGE_SECONDS = (0.3, 8.0)
"""Longer than a request waits, often."""
LONGEST_RESPAWN_SECONDS = 60.0


@dataclass
class Told:
    """What was done, and how long it took until all was well again."""

    kills: Counter[str] = field(default_factory=Counter)
    starts: list[float] = field(default_factory=list)
    respawns: list[float] = field(default_factory=list)
    windows: list[tuple[str, float, float]] = field(default_factory=list)
    followers_left: int = 0
    outages: int = 0
    not_ready_in_outage: int = 0


class Killing:
    """One run: a service, its callers, and what is done to them."""

    def __init__(self, service: Service, seen: Seen, seed: int = 7) -> None:
        self.service, self.seen, self.told = service, seen, Told()
        self._random, self._stop = Random(seed), threading.Event()

    def run(self, rounds: int, outage: "Outage | None" = None) -> Told:
        """Kill so often, and let the callers go on until all is well."""
        self.told.starts.append(self.service.start())
        callers = [
            Caller(self.service.port, number, self.seen, self._stop) for number in range(CALLERS)
        ]
        for one in callers:
            one.start()
        try:
            for number in range(rounds):
                self._round(number, outage)
                line = f"{number + 1}/{rounds}: {len(self.seen.acknowledged)} acknowledged, "
                line += f"{len(self.seen.broken)} broken, {len(self.seen.refused)} refused\n"
                sys.stderr.write(line)
            time.sleep(0.5)
        finally:
            self._stop.set()
            for one in callers:
                one.join(30)
        return self.told

    def _round(self, number: int, outage: "Outage | None") -> None:
        time.sleep(self._random.uniform(*LOADED_SECONDS))
        if outage is not None and number % 2:
            self._outage(outage, number)
        elif number % 4 < 2:
            self._worker()
        else:
            self._everything()

    def _worker(self) -> None:
        before = self.service.pids("worker")
        began = time.monotonic()
        kill(self._random.choice(before))
        self.told.kills["worker"] += 1
        self._respawned(set(before))
        self._over("worker", began)
        self.told.respawns.append(time.monotonic() - began)

    def _respawned(self, before: set[int]) -> None:
        end = time.monotonic() + LONGEST_RESPAWN_SECONDS
        while time.monotonic() < end:
            now = set(self.service.pids("worker"))
            if len(now) == self.service.workers and now != before and self.service.all_open():
                return
            time.sleep(0.05)
        raise TimeoutError("no worker came in place of the one that was killed")

    def _everything(self) -> None:
        began = time.monotonic()
        followers = self.service.pids("follower")
        self.service.kill_everything()
        self.told.kills["service"] += 1
        self.told.followers_left += sum(pid in self.service.pids() for pid in followers)
        self.told.starts.append(self.service.start())
        self._over("service", began)

    def _outage(self, outage: "Outage", number: int) -> None:
        """Take the database away; half of the times a worker is killed meanwhile."""
        began = time.monotonic()
        before = self.service.pids("worker")
        outage.stop()
        self.told.outages += 1
        time.sleep(self._random.uniform(*OUTAGE_SECONDS))
        self.told.not_ready_in_outage += self.service.asked("GET", "/readyz") == 503
        killed = number % 4 == 1
        if killed:
            kill(self._random.choice(before))
            self.told.kills["worker, during an outage"] += 1
        outage.start()
        if killed:
            self._respawned(set(before))
        self._over("outage and worker" if killed else "outage", began)

    def _over(self, kind: str, began: float) -> None:
        self.told.windows.append((kind, began, time.monotonic()))


class Outage:
    """A PostgreSQL of our own that can be taken away."""

    def __init__(self, server, url):
        self.url, self.stop, self.start = url, server.stop, server.start


@contextmanager
def own_postgresql() -> Iterator[Outage]:
    """Yield a server with an empty, migrated log in it."""
    with postgresql() as server:
        engine = create_engine(server.url(), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text("CREATE DATABASE hostile"))
        engine.dispose()
        database = open_database(server.url("hostile"))
        migrate(database.writing)
        database.close()
        yield Outage(server, server.url("hostile"))


def kills(
    home: Path, *, rounds: int, postgresql: bool = False, broken: bool = False, chance: int = 7
):
    """Run the judge in an empty home, and return what it found, as plain data."""
    places, more = small_home(home), dict[str, str]()
    if broken:
        more["QUALIFOX_LOG_ASYNC"] = "true"
    if not postgresql:
        killing = Killing(Service(places, more=more), Seen(), chance)
        return _judged(killing, rounds, f"sqlite:///{home}/decisions.db")
    with own_postgresql() as outage:
        more["QUALIFOX_LOG"] = outage.url
        killing = Killing(Service(places, more=more), Seen(), chance)
        return _judged(killing, rounds, outage.url, outage)


def _judged(killing, rounds, url, outage=None):
    service, seen = killing.service, killing.seen
    try:
        told = killing.run(rounds, outage)
        status = service.stop()
    finally:
        service.end()
    return _as_data(told, seen, checked(url, seen.acknowledged)) | {"exit_status": status}


def checked(url: str, acknowledged: list[Acknowledged]) -> dict[str, int]:
    """Compare what was acknowledged with what is in the log."""
    database, found = open_database(url), Counter[str]()
    try:
        for table in TABLES:
            if table.name not in ROUTES:
                continue
            with database.reading.connect() as connection:
                rows = connection.execute(select(table.c.idempotency_key, table.c.id)).all()
            keys = Counter(row.idempotency_key for row in rows)
            ids = {row.id: row.idempotency_key for row in rows}
            ours = [one for one in acknowledged if one.table == table.name]
            found["rows"] += len(rows)
            found["lost"] += sum(ids.get(one.id) != one.key for one in ours)
            found["keys_with_two_rows"] += sum(count > 1 for count in keys.values())
            found["never_acknowledged"] += len(keys.keys() - {one.key for one in ours})
    finally:
        database.close()
    return dict(found)


def _as_data(told: Told, seen: Seen, found: dict[str, int]):
    keys = len({(one.table, one.key) for one in seen.acknowledged})
    holds = not (found["lost"] or found["keys_with_two_rows"] or seen.wrong)
    return {
        "holds": holds and not told.followers_left,
        "kills": dict(told.kills),
        "outages": told.outages,
        "not_ready_in_outages": told.not_ready_in_outage,
        "acknowledged": len(seen.acknowledged),
        "acknowledged_keys": keys,
        "durable": dict(seen.durable),
        **found,
        "wrong": len(seen.wrong),
        "first_wrong": seen.wrong[:5],
        "refused_with_503": len(seen.refused),
        "broken": len(seen.broken),
        "tries_broken": seen.tries_broken,
        "acknowledged_after_it_broke": seen.retries_of_broken,
        "broken_by_window": _by_window(told, seen.broken),
        "refused_by_window": _by_window(told, seen.refused),
        "followers_left": told.followers_left,
        "seconds_to_start": _middle(told.starts),
        "seconds_to_respawn": _middle(told.respawns),
    }


def _by_window(told: Told, moments: list[float]) -> dict[str, dict[str, float]]:
    """Return how many requests went wrong for each kind of what was done, and at other times."""
    found: dict[str, dict[str, float]] = {}
    left = Counter(moments)
    for kind, began, ended in told.windows:
        one = found.setdefault(kind, {"times": 0, "requests": 0, "seconds": 0.0})
        inside = [moment for moment in left if began - 1 <= moment <= ended]
        one["times"] += 1
        one["requests"] += sum(left.pop(moment) for moment in inside)
        one["seconds"] = round(one["seconds"] + ended - began, 1)
    found["otherwise"] = {"requests": left.total()}
    return found


def _middle(seconds: list[float]) -> dict[str, float]:
    if not seconds:
        return {}
    order = sorted(seconds)
    return {"median": round(order[len(order) // 2], 2), "longest": round(order[-1], 2)}
