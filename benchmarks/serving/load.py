"""``/v1/score`` under load beside its peers, in turns: throughput, waits, processor, errors."""

import json
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.model.summary import Bar, at_least
from benchmarks.serving import bodies
from benchmarks.serving.agreement import require_agreement
from benchmarks.serving.client import Job, Load
from benchmarks.serving.company import Company
from benchmarks.serving.figures import by_name, ratio, rotated
from benchmarks.serving.server import Running, running, servers_of

SCORE, READ = "/v1/score", "/v1/read-only"
CONNECTIONS = (1, 16)
MANY = 16
LEAST_TIMES_MLFLOW, LEAST_P99_BY_OURS, LEAST_OF_READ_ONLY = 50.0, 20.0, 0.5
OURS, READ_ONLY, MLFLOW = "qualifox", "read-only", "mlflow"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A route that is put under load; ``marker`` stands in each of its answers."""

    server: str
    path: str
    form: bodies.Form
    marker: str = '"p_win"'


TARGETS = {
    OURS: Target(server="both", path=SCORE, form=bodies.ours),
    READ_ONLY: Target(server="both", path=READ, form=bodies.ours, marker="{}"),
    MLFLOW: Target(server="mlflow", path="/invocations", form=bodies.mlflow),
    "quickstart": Target(server="quickstart", path="/predict", form=bodies.nested),
    "fastapi": Target(server="fastapi", path="/predict", form=bodies.plain),
}
FEW = (OURS, READ_ONLY, MLFLOW)
Round = Mapping[str, Load]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How long a run is."""

    rounds: int = 5
    seconds: float = 5.0
    warm: float = 1.0
    least: int = 200
    targets: Sequence[str] = tuple(TARGETS)


def measure(
    company: Company, plan: Plan, folder: Path, *, tell: Callable[[str], None]
) -> dict[int, list[Round]]:
    """Return what was seen of each target, by number of connections and round by round."""
    deals = bodies.different_deals(company.champion, company.deals)
    servers, targets = servers_of(company, folder), {name: TARGETS[name] for name in plan.targets}
    files = {
        name: bodies.write_bodies(deals, one.form, folder / f"{name}.jsonl")
        for name, one in targets.items()
    }
    seen: dict[int, list[Round]] = {connections: [] for connections in CONNECTIONS}
    with ExitStack() as stack:
        started = {
            name: stack.enter_context(running(servers[name], folder))
            for name in dict.fromkeys(one.server for one in targets.values())
        }
        _require_agreement(targets, started, files)
        for turn in range(plan.rounds):
            for connections in CONNECTIONS:
                seen[connections].append({
                    name: loaded(job_of(
                        targets[name], started[targets[name].server], files[name], plan,
                        connections=connections, first=turn * 997,
                    ))
                    for name in rotated(list(targets), turn)
                })  # fmt: skip
                tell(_told(turn, connections, seen[connections][-1]))
    return seen


def _require_agreement(
    targets: Mapping[str, Target], started: Mapping[str, Running], files: Mapping[str, Path]
) -> None:
    """Refuse to compare ours with MLflow's unless both answer with the same champion."""
    if MLFLOW in targets:
        require_agreement(*(
            (started[targets[name].server].port, targets[name].path, files[name])
            for name in (OURS, MLFLOW)
        ))  # fmt: skip


def _told(turn: int, connections: int, seen: Round) -> str:
    rates = ", ".join(f"{name} {one.per_second:,.0f}/s" for name, one in seen.items())
    return f"  round {turn + 1}, {connections} connection(s): {rates}"


def job_of(
    target: Target, server: Running, file: Path, plan: Plan, *, connections: int, first: int
) -> Job:
    """Return what the client is to do."""
    return Job(
        port=server.port, path=target.path, bodies=str(file), marker=target.marker, pid=server.pid,
        connections=connections, seconds=plan.seconds, warm=plan.warm, least=plan.least,
        first=first,
    )  # fmt: skip


def loaded(job: Job) -> Load:
    """Run the client in a process of its own, and return what it saw."""
    command = [sys.executable, "-m", "benchmarks.serving.client"]
    done = subprocess.run(command, input=json.dumps(asdict(job)), capture_output=True, text=True,
                          check=False)  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"the client failed:\n{done.stderr[-2000:]}")
    return Load(**json.loads(done.stdout))


def bars_of(seen: Mapping[int, Sequence[Round]]) -> list[Bar]:
    """Return the bars of the issue; peers that were not asked have none."""
    many = by_name(seen[MANY])
    per_second = {name: [one.per_second for one in loads] for name, loads in many.items()}
    p99 = {name: [one.p99_ms for one in loads] for name, loads in many.items()}
    errors = sum(one.errors for rounds in seen.values() for r in rounds for one in r.values())
    bars = [Bar("load: errors", float(errors), 0.0, errors == 0)]
    if MLFLOW in many:
        times = ratio(per_second[OURS], per_second[MLFLOW])
        bars.append(at_least("16 connections: times the throughput of mlflow", times,
                             LEAST_TIMES_MLFLOW))  # fmt: skip
        waits = ratio(p99[MLFLOW], p99[OURS])
        bars.append(at_least("16 connections: p99 of mlflow by ours", waits, LEAST_P99_BY_OURS))
    if READ_ONLY in many:
        share = ratio(per_second[OURS], per_second[READ_ONLY])
        bars.append(at_least("16 connections: throughput by the read-only route's", share,
                             LEAST_OF_READ_ONLY))  # fmt: skip
    return bars


def as_data(seen: Mapping[int, Sequence[Round]]) -> dict[str, Any]:
    """Return every round, for the file."""
    return {
        str(connections): [{name: asdict(one) for name, one in r.items()} for r in rounds]
        for connections, rounds in seen.items()
    }
