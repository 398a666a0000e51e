"""How long a start takes and what memory the service holds, beside an empty BentoML service."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.model.summary import Bar, at_most
from benchmarks.serving import bodies
from benchmarks.serving.client import Job
from benchmarks.serving.company import Company
from benchmarks.serving.figures import by_name, difference, ratio, rotated
from benchmarks.serving.load import OURS, SCORE, loaded
from benchmarks.serving.server import Server, running, servers_of
from benchmarks.serving.usage import memory

EMPTY, FOLLOWED = "empty", "followed"
NAMES = (OURS, EMPTY, FOLLOWED)
MOST_TIMES_EMPTY, MOST_MB_ABOVE = 1.5, 150.0
STARTS, REQUESTS = 5, 1_000
"""Requests before memory is looked at: by then what is loaded late has been loaded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """One start: seconds until it was ready, megabytes of the tree after its requests."""

    seconds: float
    cpu_seconds: float
    pss_mb: float
    rss_mb: float
    errors: int


Round = Mapping[str, Start]


def measure(
    company: Company,
    folder: Path,
    *,
    starts: int = STARTS,
    requests: int = REQUESTS,
    names: Sequence[str] = NAMES,
) -> list[Round]:
    """Return what was seen of each server, start by start, in turns."""
    deals = bodies.different_deals(company.champion, company.deals, requests)
    servers = servers_of(company, folder)
    files = {
        OURS: bodies.write_bodies(deals, bodies.ours, folder / "scored.jsonl"),
        EMPTY: bodies.write_bodies(deals, bodies.nothing, folder / "nothing.jsonl"),
    }
    files[FOLLOWED] = files[OURS]
    return [
        {name: _started(servers[name], files[name], folder, requests)
         for name in rotated(names, turn)}
        for turn in range(starts)
    ]  # fmt: skip


def _started(server: Server, file: Path, folder: Path, requests: int) -> Start:
    path, marker = ("/hello", "hello") if server.name == EMPTY else (SCORE, '"p_win"')
    with running(server, folder) as one:
        job = Job(port=one.port, path=path, bodies=str(file), marker=marker, pid=one.pid,
                  connections=4, seconds=0.0, warm=0.0, least=requests, longest=120.0)  # fmt: skip
        load, held = loaded(job), memory(one.pid)
    return Start(
        seconds=one.started_seconds,
        cpu_seconds=one.started_cpu_seconds,
        pss_mb=held.pss,
        rss_mb=held.rss,
        errors=load.errors,
    )


def bars_of(rounds: Sequence[Round]) -> list[Bar]:
    """Return the bars of the issue."""
    seen = by_name(rounds)
    times = ratio(*([one.seconds for one in seen[name]] for name in (OURS, EMPTY)))
    above = difference(*([one.pss_mb for one in seen[name]] for name in (OURS, EMPTY)))
    errors = sum(one.errors for r in rounds for one in r.values())
    return [
        Bar("start: errors", float(errors), 0.0, errors == 0),
        at_most("start: times an empty BentoML service", times, MOST_TIMES_EMPTY),
        at_most("memory: MB above an empty BentoML service (PSS)", above, MOST_MB_ABOVE),
    ]


def as_data(rounds: Sequence[Round]) -> list[dict[str, Any]]:
    """Return every start, for the file."""
    return [{name: asdict(one) for name, one in r.items()} for r in rounds]
