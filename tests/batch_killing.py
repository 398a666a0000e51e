"""Kill a process that answers a batch, send the batch again, and say what became of its rows.

``python -m tests.batch_killing URL ROUNDS [BROKEN_URL]``: a batch with an idempotency key is asked
for in a process that says each line on a pipe as it is told, and is killed with signal 9 after a
random while; the same batch goes to new processes until one tells all of it. At the end each row
must be in the log once, with the decision that was told first. In the log of ``BROKEN_URL``, one
round, lines are told before they are kept, and that must be caught.
"""

import asyncio
import json
import os
import random
import signal
import sys
import time

from sqlalchemy import select

from serving.decision_log.commit import commit
from serving.decision_log.database import open_database
from serving.decision_log.log import DecisionLog
from serving.decision_log.settings import LogSettings
from serving.decision_log.tables import DECISIONS
from serving.routes import batch
from tests.batch_checks import PATH, Caller

ROWS, PIECE = 40, 4
KILLS, LONGEST_S = 2, 0.01
DEALS = [{"id": f"D-{n}", "facts": {"amount": n}} for n in range(ROWS)]


async def tell(log: DecisionLog, key: str, pipe: int) -> None:
    """Answer a batch, each line on the pipe once it is sent."""
    scope = {
        "type": "http", "method": "POST", "path": PATH, "query_string": b"stream=true",
        "headers": [(b"idempotency-key", key.encode()), (b"host", b"test")],
        "scheme": "http", "server": ("test", 80), "root_path": "", "http_version": "1.1",
    }  # fmt: skip
    body = json.dumps({"deals": DEALS}).encode()
    sent, over = [{"type": "http.request", "body": body}], asyncio.Event()

    async def receive():
        if sent:
            return sent.pop()
        await over.wait()
        return {"type": "http.disconnect"}

    async def send(message):
        if message["type"] == "http.response.body":
            os.write(pipe, message.get("body", b""))

    await Caller(log)._with_state(scope, receive, send)
    over.set()


def slowed(log: DecisionLog) -> None:
    """Commit late, so that what is told before it is kept can be seen to be lost."""

    def late(entries):
        time.sleep(0.05)
        return commit(log.database, entries)

    log.writer._commit = late


def started(url: str, key: str, *, broken: bool) -> tuple[int, int]:
    """Return the process that answers, and the pipe on which it tells."""
    ours, theirs = os.pipe()
    child = os.fork()
    if child:
        os.close(theirs)
        return child, ours
    try:
        batch.DEALS_AT_ONCE = PIECE
        log = DecisionLog.open(LogSettings(url=url, patience_s=20, async_ack=broken))
        if broken:
            slowed(log)
        asyncio.run(tell(log, key, theirs))
    finally:
        os._exit(0)


def told_until(child: int, pipe: int, death: tuple[int, float] | None) -> bytes:
    """Return what was told until the process was killed, or until it had told all.

    A ``death`` comes so many seconds after so many lines were told.
    """
    said = b""
    while part := os.read(pipe, 1 << 16):
        said += part
        if death is not None and said.count(b"\n") >= death[0]:
            time.sleep(death[1])
            os.kill(child, signal.SIGKILL)
            death = None
    os.waitpid(child, 0)
    os.close(pipe)
    return said


def decisions_in(said: bytes) -> dict[int, tuple[str, str]]:
    """Return the decision and the answer of each row that was told whole."""
    found = {}
    for line in said.split(b"\n")[:-1]:
        item = json.loads(line)
        if "decision" in item:
            found[item["row"]] = (item["decision"], json.dumps(item["answer"]))
    return found


def one_batch(url: str, key: str, chance: random.Random, *, broken: bool) -> dict[str, int]:
    first: dict[int, tuple[str, str]] = {}
    kills, changed = 0, 0
    while True:
        death = None
        if kills < KILLS:
            death = chance.randrange(ROWS // 2), chance.uniform(0, LONGEST_S)
        said = told_until(*started(url, key, broken=broken and kills < KILLS), death)
        for row, one in decisions_in(said).items():
            changed += first.setdefault(row, one) != one
        if b'"counts"' in said:
            return {"kills": kills, "changed": changed, "untold": ROWS - len(first)}
        kills += 1


def main(url: str, rounds: int, *, broken: bool) -> dict[str, int]:
    chance = random.Random(7)
    DecisionLog.open(LogSettings(url=url)).close()
    done = [one_batch(url, f"b{number}", chance, broken=broken) for number in range(rounds)]
    database = open_database(url)
    with database.reading.connect() as connection:
        columns = DECISIONS.c.batch_id, DECISIONS.c.batch_row
        kept = connection.execute(select(*columns)).all()
    database.close()
    totals = {name: sum(one[name] for one in done) for name in ("kills", "changed", "untold")}
    return {
        **totals,
        "rows": len(kept),
        "expected": rounds * ROWS,
        "batches": len({row.batch_id for row in kept}),
        "twice": len(kept) - len({tuple(row) for row in kept}),
    }


if __name__ == "__main__":
    told = {"kept": main(sys.argv[1], int(sys.argv[2]), broken=False)}
    if len(sys.argv) > 3:
        told["broken"] = main(sys.argv[3], 1, broken=True)
    sys.stdout.write(json.dumps(told))
