"""What the log costs a batch of whole answers: without it, with it, and sent again by its key.

``python -m benchmarks.serving.kept_batch ARTIFACT DEALS.csv [N] [URL]``: in process, as the edge
hands a batch on; seconds of wall and of processor time, the log's file and the most memory.
"""

import asyncio
import json
import resource
import sys
import tempfile
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from starlette.applications import Starlette
from starlette.routing import Route

from benchmarks.serving.one_answer import some_deals
from features.deal import NotApplicable
from models.artifact import load_artifact
from serving.decision_log.log import DecisionLog
from serving.decision_log.settings import LogSettings
from serving.edge.problem import guarded
from serving.keys.principal import Principal, Scope
from serving.routes.batch import batch

PATH = "/v1/score/batch"


async def asked(app: Starlette, body: bytes, key: str) -> tuple[int, int]:
    """Return the status and the bytes of a batch that is streamed, so that none of it stays."""
    said = {"status": 0, "bytes": 0}
    sent, over = [{"type": "http.request", "body": body}], asyncio.Event()

    async def receive() -> dict[str, Any]:
        if sent:
            return sent.pop()
        await over.wait()
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        said["status"] = message.get("status", said["status"])
        said["bytes"] += len(message.get("body", b""))

    who = Principal(key_id="k", scopes=frozenset(Scope))
    scope = {
        "type": "http", "method": "POST", "path": PATH, "query_string": b"stream=true",
        "headers": [(b"idempotency-key", key.encode())], "scheme": "http",
        "server": ("bench", 80), "root_path": "", "http_version": "1.1",
        "state": {"principal": who, "request_id": "bench"},
    }  # fmt: skip
    await app(scope, receive, send)
    over.set()
    return said["status"], said["bytes"]


def timed(app: Starlette, body: bytes, key: str) -> dict[str, float]:
    """Return the seconds and megabytes of one batch."""
    wall, processor = time.perf_counter(), time.process_time()
    status, size = asyncio.run(asked(app, body, key))
    if status != 200:
        raise SystemExit(f"the batch was answered {status}")
    return {
        "wall s": round(time.perf_counter() - wall, 2),
        "processor s": round(time.process_time() - processor, 2),
        "MB told": round(size / 1e6, 1),
    }


def plain(fact: object) -> Any:
    """Return a fact as JSON has it."""
    if isinstance(fact, NotApplicable):
        return {"not_applicable": True}
    return fact if isinstance(fact, bool | int | float | str) else str(fact)


def measure(artifact: str, place: str, n_deals: int, url: str) -> dict[str, Any]:
    """Return what a batch costs without a log, with it, and the second time."""
    qualifier = load_artifact(Path(artifact))
    deals = [
        {"id": f"D-{n}", "facts": {name: plain(fact) for name, fact in deal.facts.items()}}
        for n, deal in enumerate(some_deals(qualifier, Path(place), n_deals))
    ]
    body = json.dumps({"deals": deals}).encode()
    app = Starlette(routes=[Route(PATH, guarded(batch), methods=["POST"])])
    app.state.champion = SimpleNamespace(current=SimpleNamespace(qualifier=qualifier))
    found: dict[str, Any] = {"deals": n_deals, "not logged": timed(app, body, "a")}
    log = app.state.log = DecisionLog.open(LogSettings(url=url))
    found["logged"] = timed(app, body, "b")
    found["again"] = timed(app, body, "b")
    found["commits"] = log.writer.commits
    log.close()
    file = log.database.file
    found["log MB"] = None if file is None else round(file.stat().st_size / 1e6, 1)
    found["most memory MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return found


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        artifact, deals, *more = sys.argv[1:]
        number, url = [*more, *["2000", f"sqlite:///{folder}/d.db"][len(more) :]]
        told = measure(artifact, deals, int(number), url)
        sys.stdout.write(json.dumps(told, indent=1) + "\n")
