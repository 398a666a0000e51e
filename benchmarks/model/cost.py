"""What training costs beside one plain ``lightgbm.train`` of the same final size, in one run.

``python -m benchmarks.model.cost FILE ROUNDS`` trains on a file of deals, in a process that does
only that, and prints what it took as JSON. Both sides have the same number of threads. With one
thread, processor time is what a shared machine disturbs least.
"""

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import lightgbm as lgb

from benchmarks.model.wide_deals import N_FIELDS, read_wide_deals, wide_policy, write_wide_deals
from benchmarks.model.workers import THREAD_LIMITS
from models.win_model import WinModel
from training.closed_deals import ClosedDeals
from training.train import learn

N_DEALS, MANY_DEALS, ROUNDS, SEED = 100_000, 1_000_000, 5, 0
KB_A_GB = 2**20


class Took(NamedTuple):
    """Seconds on the clock, and of the processors in this process and those it started."""

    clock: float
    processor: float


def cost(n_deals: int, *, threads: int, rounds: int = ROUNDS) -> dict[str, Any]:
    """Return what a whole training took, and one plain fit, which is done ``rounds`` times.

    The peak memory (GB) is that of reading and training. Without rounds, nothing is compared.
    """
    limits = dict.fromkeys(THREAD_LIMITS, str(threads))
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "deals.csv"
        write_wide_deals(n_deals, file)
        command = [sys.executable, "-m", "benchmarks.model.cost", str(file), str(rounds)]
        told = subprocess.run(
            command, stdout=subprocess.PIPE, text=True, check=True, env=os.environ | limits
        )
    found: dict[str, Any] = json.loads(told.stdout)
    return found | {"threads": threads}


def took(work: Callable[[], object]) -> Took:
    """Return what some work takes."""
    clock, processor = time.perf_counter(), _processor_seconds()
    work()
    return Took(time.perf_counter() - clock, _processor_seconds() - processor)


def compared(whole: Took, plain: list[Took]) -> dict[str, Any]:
    """Return the seconds of both, and how many times the median plain fit the whole took."""
    found: dict[str, Any] = {"plain": [one._asdict() for one in plain]}
    for name in Took._fields:
        usual = statistics.median(getattr(one, name) for one in plain)
        found[f"times_{name}"] = getattr(whole, name) / usual
    return found


def main(file: str, rounds: str) -> None:
    """Train on a file, and print what it took."""
    made: list[Any] = []
    reading = took(lambda: made.append(read_wide_deals(Path(file))))
    deals: ClosedDeals = made.pop()
    training = took(lambda: made.append(learn(wide_policy(), deals, seed=SEED, tell=_tell)[0]))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KB_A_GB
    model: WinModel = made.pop()
    told = {
        "deals": len(deals), "fields": N_FIELDS, "columns": len(model.schema.columns),
        "rounds": _trees(model).num_trees(), "peak_gb": peak,
        "reading": reading._asdict(), "training": training._asdict(),
    }  # fmt: skip
    plain = [_plain_fit(model, deals) for _ in range(int(rounds))]
    print(json.dumps(told | (compared(training, plain) if plain else {})))


def _plain_fit(model: WinModel, deals: ClosedDeals) -> Took:
    """Fit trees once, with the parameters and rounds that the model's own trees tell."""
    booster = _trees(model)
    settings = {**booster.params, "verbosity": -1}
    X = model.matrix(deals.table).values
    n_rounds = booster.num_trees()
    return took(lambda: lgb.train(settings, lgb.Dataset(X, deals.won), num_boost_round=n_rounds))


def _trees(model: WinModel) -> lgb.Booster:
    trees = model.estimator.trees_
    assert trees is not None, "too few deals for trees"
    return trees


def _processor_seconds() -> float:
    each = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in each)


def _tell(step: str, done: float) -> None:
    print(f"{step}: {done:.0%}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
