"""Whether two servers say the same of the same deals: only then is their speed worth comparing."""

import json
from collections.abc import Iterator
from http import HTTPStatus
from http.client import HTTPConnection
from itertools import islice
from pathlib import Path
from typing import Any

N_DEALS = 20


def require_agreement(ours: tuple[int, str, Path], theirs: tuple[int, str, Path]) -> None:
    """Refuse servers with another ``p_win``; each is a port, a path and a file of bodies.

    Raises
    ------
    RuntimeError
        With the first deal that they do not agree about.
    """
    both = zip(answers(*ours), answers(*theirs), strict=True)
    for number, (mine, other) in enumerate(both, start=1):
        if p_win_of(mine) != p_win_of(other):
            raise RuntimeError(f"deal {number}: p_win is {p_win_of(mine)}, and {p_win_of(other)}")


def answers(port: int, path: str, bodies: Path) -> Iterator[Any]:
    """Give the answers about the first deals of a file."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        with bodies.open("rb") as lines:
            for body in islice(lines, N_DEALS):
                connection.request("POST", path, body, {"content-type": "application/json"})
                reply = connection.getresponse()
                told = reply.read()
                if reply.status != HTTPStatus.OK:
                    raise RuntimeError(f"{path} answered {reply.status}: {told[:300]!r}")
                yield json.loads(told)
    finally:
        connection.close()


def p_win_of(answer: Any) -> float:
    """Return the probability of an answer, ours or MLflow's.

    >>> p_win_of({"p_win": 0.25}), p_win_of({"predictions": [{"p_win": 0.25}]})
    (0.25, 0.25)
    """
    told = answer["predictions"][0] if "predictions" in answer else answer
    return float(told["p_win"])
