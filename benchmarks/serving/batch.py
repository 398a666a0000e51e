"""10,000 deals in one request, beside LightGBM's own prediction of the same rows.

LightGBM has its matrix ready and runs on one thread, as the service does; reading the body as
JSON is added to its time, since whoever is asked over HTTP has to. Both are timed by the clock, in
turns.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.model.summary import Bar, at_most
from benchmarks.serving import bodies
from benchmarks.serving.figures import by_name, ratio
from benchmarks.serving.one_answer import DAY
from benchmarks.serving.server import Running, Server, running
from benchmarks.serving.usage import cpu_seconds
from features.deal import Deal
from features.table import DealTable
from models.artifact import load_artifact

PATH = f"/v1/score/batch?as_of={DAY.isoformat()}&reasons="
ROWS, ROUNDS, MILLI = 10_000, 5, 1_000.0
LONGEST_SECONDS = 300.0
WITHOUT, EXACT, FULL = "false", "top", "true"
PREDICT, CONTRIB = "predict", "pred_contrib"
AGAINST = {WITHOUT: (PREDICT, 1.5), EXACT: (CONTRIB, 1.2), FULL: (CONTRIB, 1.2)}
TOLD = {
    WITHOUT: "without reasons, by predict + parsing",
    EXACT: "with exact reasons, by pred_contrib + parsing",
    FULL: "with whole answers (there is no reasons=top yet), by pred_contrib + parsing",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """Milliseconds by the clock, and of the processor (of the server's tree, or of this one)."""

    ms: float
    cpu_ms: float


Round = Mapping[str, Taken]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Many deals as a body and as a matrix, and what the champion says of them in this process."""

    body: bytes
    first: bytes
    X: NDArray[np.float64]
    trees: Any
    p_win: NDArray[np.float64]

    @staticmethod
    def of(artifact: Path, deals: Path, n_rows: int) -> "Rows":
        """Return rows of a file of deals, under the champion of a folder."""
        champion = load_artifact(artifact)
        facts = bodies.different_deals(champion, deals, n_rows)
        table = DealTable.of([Deal(as_of=DAY, facts=one) for one in facts], champion.policy.fields)
        p_win = champion.judge(table).p_win
        if champion.model is None or champion.model.estimator.trees_ is None or p_win is None:
            raise SystemExit("a champion without trees has nothing to compare with")
        return Rows(
            body=_body(facts), first=_body(facts[:1]), p_win=p_win,
            X=champion.model.odds(table).matrix.values, trees=champion.model.estimator.trees_,
        )  # fmt: skip

    def predicted(self) -> None:
        """Read the body, and let LightGBM predict."""
        json.loads(self.body)
        self.trees.predict(self.X, num_threads=1)

    def explained(self) -> None:
        """Read the body, and let LightGBM give its contributions."""
        json.loads(self.body)
        self.trees.predict(self.X, pred_contrib=True, num_threads=1)


def measure(
    server: Server, rows: Rows, folder: Path, rounds: int = ROUNDS
) -> dict[str, list[Round]]:
    """Return by form of ours its time and LightGBM's, round by round.

    Whole answers, which are measured while there is no short form with reasons, take so long that
    one round is enough.

    Raises
    ------
    RuntimeError
        When an answer is not 200, or does not say of each deal what the champion says.
    """
    with running(server, folder) as one:
        has_exact = _asked(one, rows.first, EXACT)[0] == HTTPStatus.OK
        forms = (WITHOUT, EXACT if has_exact else FULL)
        for form in forms:
            require_same(*_asked(one, rows.body, form), rows.p_win)
        theirs = {PREDICT: rows.predicted, CONTRIB: rows.explained}
        return {
            form: [
                {
                    AGAINST[form][0]: _timed(theirs[AGAINST[form][0]], None),
                    form: _timed(partial(_asked, one, rows.body, form), one.pid),
                }
                for _ in range(1 if form == FULL else rounds)
            ]
            for form in forms
        }


def _body(facts: Sequence[bodies.Facts]) -> bytes:
    deals = [{"facts": one, "id": f"D-{number}"} for number, one in enumerate(facts)]
    return json.dumps({"deals": deals}, ensure_ascii=False).encode()


def _asked(server: Running, body: bytes, form: str) -> tuple[int, bytes]:
    connection = HTTPConnection("127.0.0.1", server.port, timeout=LONGEST_SECONDS)
    try:
        headers = {"content-type": "application/json", "accept-language": "en"}
        connection.request("POST", PATH + form, body, headers)
        reply = connection.getresponse()
        return reply.status, reply.read()
    finally:
        connection.close()


def require_same(status: int, told: bytes, p_win: NDArray[np.float64]) -> None:
    """Refuse a batch that was not answered, or in which a deal has another probability."""
    if status != HTTPStatus.OK:
        raise RuntimeError(f"the batch was answered {status}: {told[:300]!r}")
    found = [item.get("answer", {}).get("p_win") for item in json.loads(told)["items"]]
    if found != p_win.tolist():
        raise RuntimeError("the batch does not say what the champion says of each deal")


def _timed(way: Callable[[], object], pid: int | None) -> Taken:
    taken = process_time if pid is None else partial(cpu_seconds, pid)
    cpu, began = taken(), perf_counter()
    way()
    return Taken(ms=MILLI * (perf_counter() - began), cpu_ms=MILLI * (taken() - cpu))


def times(form: str, rounds: Sequence[Round]) -> float:
    """Return how many times as long as LightGBM a form of ours takes."""
    taken = by_name(rounds)
    return ratio([one.ms for one in taken[form]], [one.ms for one in taken[AGAINST[form][0]]])


def bars_of(seen: Mapping[str, Sequence[Round]]) -> list[Bar]:
    """Return the bars of the issue."""
    return [
        at_most(f"batch: {TOLD[form]}", times(form, rounds), AGAINST[form][1])
        for form, rounds in seen.items()
    ]


def as_data(seen: Mapping[str, Sequence[Round]]) -> dict[str, list[dict[str, Any]]]:
    """Return every round, for the file."""
    return {
        form: [{name: asdict(one) for name, one in r.items()} for r in rounds]
        for form, rounds in seen.items()
    }
