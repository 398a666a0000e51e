"""Kill writers of the log under load, again and again, and say what became of their decisions.

``python -m tests.log_killing URL ROUNDS [--broken]`` forks two writers a round, with 16 appenders
each; a writer says each id on a pipe after it was acknowledged. After a random while both are
killed with signal 9. At the end every acknowledged id must be in the log exactly once. With
``--broken`` the writers acknowledge before the record is safe, and must be caught.
"""

import asyncio
import json
import os
import random
import signal
import sys
import time
from collections import Counter
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from serving.decision_log.database import open_database
from serving.decision_log.entry import Written
from serving.decision_log.errors import LaterError, LogError
from serving.decision_log.log import DecisionLog
from serving.decision_log.records import Asker
from serving.decision_log.settings import LogSettings
from serving.decision_log.tables import OUTCOMES
from tests.logged import decided, ended

WRITERS, APPENDERS = 2, 16
SHORTEST_S, LONGEST_S = 0.1, 0.5


async def load(log: DecisionLog, pipe: int, decision) -> None:
    async def appender(number: int) -> None:
        count = 0
        while True:
            count += 1
            key = f"{os.getpid()}-{number}-{count}" if number % 2 else None
            who = Asker(
                at=datetime.now(UTC), key_id="k", idempotency_key=key, request_hash=key and "h"
            )
            record = ended(f"D-{number}", who=who) if decision is None else decision(who)
            try:
                written: Written = await log.append(record)
            except LaterError:
                await asyncio.sleep(0.01)
                continue
            os.write(pipe, f"{written.id}\n".encode())  # one short write: whole or not at all
            await asyncio.sleep(0)

    await asyncio.gather(*map(appender, range(APPENDERS)))


def write(settings: LogSettings, pipe: int, *, light: bool) -> None:
    """Be a writer until killed."""
    while True:
        try:
            log = DecisionLog.open(settings)
            break
        except LogError:  # the database is away
            time.sleep(0.05)
    asyncio.run(load(log, pipe, None if light else lambda who: decided(who=who)))


def started(settings: LogSettings, *, light: bool) -> tuple[int, int]:
    """Return the process of a new writer, and the pipe on which it says what it acknowledged."""
    ours, theirs = os.pipe()
    child = os.fork()
    if not child:
        os.close(ours)
        try:
            write(settings, theirs, light=light)
        finally:
            os._exit(3)
    os.close(theirs)
    os.set_blocking(ours, False)
    return child, ours


def heard(pipe: int) -> bytes:
    try:
        return os.read(pipe, 1 << 16)
    except BlockingIOError:
        return b""


def killed(settings: LogSettings, seconds: float, *, light: bool = True) -> list[str]:
    """Return what one round's writers acknowledged before they were killed."""
    writers = [started(settings, light=light) for _ in range(WRITERS)]
    told = [b""] * WRITERS
    end = time.monotonic() + seconds
    while time.monotonic() < end or not all(told):  # all have begun
        if time.monotonic() > end + 30:
            raise TimeoutError("a writer did not begin")
        told = [said + heard(pipe) for said, (_, pipe) in zip(told, writers, strict=True)]
        time.sleep(0.005)
    for child, _ in writers:
        os.kill(child, signal.SIGKILL)
    for child, _ in writers:
        os.waitpid(child, 0)
    ends = [said + rest(pipe) for said, (_, pipe) in zip(told, writers, strict=True)]
    return b"".join(ends).decode().split()


def rest(pipe: int) -> bytes:
    os.set_blocking(pipe, True)
    with os.fdopen(pipe, "rb") as file:
        return file.read()


def kept(url: str) -> Counter[str]:
    while True:
        database = open_database(url)
        try:
            with database.reading.connect() as connection:
                return Counter(connection.execute(select(OUTCOMES.c.id)).scalars())
        except OperationalError:  # the database is away
            time.sleep(0.1)
        finally:
            database.close()


def main(url: str, rounds: int, *, broken: bool) -> dict[str, int]:
    chance = random.Random(7)
    settings = LogSettings(url=url, async_ack=broken, patience_s=2.0)
    acknowledged: list[str] = []
    for number in range(rounds):
        acknowledged += killed(settings, chance.uniform(SHORTEST_S, LONGEST_S))
        said = f"{number + 1}/{rounds}: {len(acknowledged)} acknowledged\n"
        sys.stderr.write(said)
    found = kept(url)
    return {
        "rounds": rounds,
        "acknowledged": len(acknowledged),
        "lost": sum(one not in found for one in acknowledged),
        "twice": sum(count > 1 for count in Counter(acknowledged).values()),
        "in_the_log": found.total(),
    }


if __name__ == "__main__":
    done = main(sys.argv[1], int(sys.argv[2]), broken="--broken" in sys.argv)
    sys.stdout.write(json.dumps(done))
