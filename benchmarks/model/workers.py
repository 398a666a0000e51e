"""The same work on several things, in processes of one thread each, told as it gets done."""

import os
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TypeVar

Thing = TypeVar("Thing")
Made = TypeVar("Made")

THREAD_LIMITS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def each(
    work: Callable[[Thing], Made], things: Iterable[Thing], workers: int, name: str
) -> list[Made]:
    """Return what the work makes of each thing, in the order of the things.

    Processes are started afresh, since the libraries read how many threads they may use when they
    are loaded; one worker is this process itself.
    """
    todo = list(things)
    if workers == 1:
        return _told(map(work, todo), len(todo), name)
    before = {limit: os.environ.get(limit) for limit in THREAD_LIMITS}
    os.environ.update(dict.fromkeys(THREAD_LIMITS, "1"))
    try:
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            return _told(pool.map(work, todo), len(todo), name)
    finally:
        for limit, value in before.items():
            os.environ.pop(limit) if value is None else os.environ.update({limit: value})


def _told(made: Iterable[Made], total: int, name: str) -> list[Made]:
    found: list[Made] = []
    for one in made:
        found.append(one)
        print(f"{name}: {len(found)} of {total}", file=sys.stderr, flush=True)
    return found
