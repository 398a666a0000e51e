"""What training costs beside one plain ``lightgbm.train`` of the same final size, in one run.

``python -m benchmarks.model.cost FILE SEED`` trains on a file of deals in a process of its own and
prints seconds and peak memory as JSON.
"""

import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import lightgbm as lgb
import numpy as np
import pandas as pd

from benchmarks.model.companies import AS_OF, DEALS, FIELDS, SHARE_PURSUED
from benchmarks.model.policies import category, number, policy_of
from features.policy import Policy
from models.win_model import WinModel
from simulation import MarketSettings, simulate
from training.closed_deals import ClosedDeals, closed_deals
from training.intake import read_deals
from training.train import learn

N_DEALS, N_FIELDS, ROUNDS, SEED = 100_000, 40, 5, 0
MOST_IN_A_MARKET = 1_000_000
NOISE_LEVELS, NOISE_BLANKS = 8, 0.1
KB_A_GB = 2**20
TEACHES = ("won", "lost", "no_decision")


def noise_fields() -> dict[str, dict[str, Any]]:
    """Return the fields beside the market's own: half numbers, half answers, no signal."""
    names = [f"noise_{place:02}" for place in range(N_FIELDS - len(FIELDS))]
    return {name: number() if place % 2 else category() for place, name in enumerate(names)}


def wide_policy() -> Policy:
    """Return the policy of a company with forty fields."""
    return policy_of("wide_company", DEALS, FIELDS | noise_fields())


def write_wide_deals(n_deals: int, file: Path) -> None:
    """Write that many closed deals of forty fields as CSV, market after market."""
    left, seed = n_deals, SEED
    while left:
        drawn = min(MOST_IN_A_MARKET, max(400, round(left / SHARE_PURSUED)))
        found = simulate(MarketSettings(n_deals=drawn, seed=seed)).deals
        closed = found[found["outcome"].isin(TEACHES)].head(left)
        ids = {name: f"{seed}-" + closed[name] for name in ("deal_id", "account")}
        wide = _with_noise(closed.assign(**ids), seed)
        wide.to_csv(file, mode="a", header=seed == SEED, index=False, encoding="utf-8")
        left, seed = left - len(closed), seed + 1


def _with_noise(deals: pd.DataFrame, seed: int) -> pd.DataFrame:
    random = np.random.default_rng([seed, N_FIELDS])
    columns: dict[str, Any] = {}
    for name, field in noise_fields().items():
        blank = random.random(len(deals)) < NOISE_BLANKS
        if field["type"] == "number":
            values = np.round(random.lognormal(3.0, 1.0, len(deals)), 2)
            columns[name] = np.where(blank, np.nan, values)
        else:
            answers = np.array([f"answer {level}" for level in range(NOISE_LEVELS)], dtype=object)
            columns[name] = np.where(
                blank, None, answers[random.integers(NOISE_LEVELS, size=len(deals))]
            )
    return deals.assign(**columns)


def read_wide_deals(file: Path) -> ClosedDeals:
    """Return the closed deals of a file that :func:`write_wide_deals` wrote."""
    policy = wide_policy()
    return closed_deals(read_deals(file, policy, as_of=AS_OF, needs_outcome=True), policy)


def cost(n_deals: int = N_DEALS, rounds: int = ROUNDS) -> dict[str, Any]:
    """Return the seconds of a whole training and of one plain fit, and their ratio.

    The plain fit has the parameters, rounds and threads of the final trees, and the same matrix.
    It is timed half before and half after the training; the median counts.
    """
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "deals.csv"
        write_wide_deals(n_deals, file)
        deals = read_wide_deals(file)
    policy, made = wide_policy(), []
    whole = _seconds(lambda: made.append(learn(policy, deals, seed=SEED, tell=_tell)[0]))
    model: WinModel = made[0]
    plain = [_plain_fit(model, deals) for _ in range(rounds)]
    again = _seconds(lambda: learn(policy, deals, seed=SEED, tell=_tell))
    plain += [_plain_fit(model, deals) for _ in range(rounds)]
    reference = statistics.median(plain)
    return {
        "deals": len(deals), "fields": N_FIELDS, "columns": len(model.schema.columns),
        "rounds": model.estimator.trees_.num_trees(), "whole_seconds": [whole, again],
        "plain_seconds": plain, "ratio": statistics.mean([whole, again]) / reference,
    }  # fmt: skip


def _plain_fit(model: WinModel, deals: ClosedDeals) -> float:
    """Return the seconds of one fit with the parameters that the model's own trees tell."""
    booster = model.estimator.trees_
    settings = {**booster.params, "verbosity": -1}
    X = model.schema.matrix(deals.table).values
    n_rounds = booster.num_trees()
    return _seconds(
        lambda: lgb.train(settings, lgb.Dataset(X, deals.won), num_boost_round=n_rounds)
    )


def memory(n_deals: int) -> dict[str, Any]:
    """Return the peak memory (GB) of reading and training, in a process that does only that."""
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "deals.csv"
        write_wide_deals(n_deals, file)
        told = subprocess.run(
            [sys.executable, "-m", "benchmarks.model.cost", str(file)],
            stdout=subprocess.PIPE, text=True, check=True,
        )  # fmt: skip
    found: dict[str, Any] = json.loads(told.stdout)
    return found


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _tell(step: str, done: float) -> None:
    print(f"{step}: {done:.0%}", file=sys.stderr, flush=True)


def main(file: str) -> None:
    """Train on a file, and print what it took."""
    start = time.perf_counter()
    deals = read_wide_deals(Path(file))
    read = time.perf_counter() - start
    learn(wide_policy(), deals, seed=SEED, tell=_tell)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    told = {
        "deals": len(deals), "fields": N_FIELDS, "read_seconds": read,
        "seconds": time.perf_counter() - start, "peak_gb": peak / KB_A_GB,
    }  # fmt: skip
    print(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:])
