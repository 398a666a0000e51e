"""What one full answer costs the processor, part by part, and what a batch does.

``python -m benchmarks.serving.one_answer ARTIFACT DEALS.csv`` takes a folder that holds a model
and a file of deals. Microseconds are processor time, the median of the deals; a batch is compared
with LightGBM on the same matrix, on one thread, each the best of three rounds that take turns.
"""

import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

import numpy as np

from features.deal import Deal
from features.table import DealTable
from models.artifact import load_artifact
from models.forest import raw_contributions, raw_score
from models.qualifier import Qualifier
from reports.answer import answer
from training.intake import read_deals

DAY = date(2026, 1, 5)
LEFT_OUT = (0.0, 0.0, 0.0, 0.1, 0.3, 0.7)
"""Shares of the facts that nobody knows; one is drawn for each deal."""
ROUNDS, MICRO, MILLI = 3, 1e6, 1e3


def some_deals(qualifier: Qualifier, place: Path, n_deals: int, seed: int = 0) -> list[Deal]:
    """Return deals of a file, drawn with replacement, some of whose facts are left out."""
    table = read_deals(str(place), qualifier.policy, as_of=DAY, needs_outcome=False).table
    random, asked, drawn = Random(seed), qualifier.policy.asked, []
    for _ in range(n_deals):
        deal, share = table.deal(random.randrange(len(table))), random.choice(LEFT_OUT)
        facts = {n: f for n, f in deal.facts.items() if n in asked and random.random() >= share}
        drawn.append(replace(deal, facts=facts))
    return drawn


def as_bytes(data: dict[str, Any]) -> bytes:
    """Return an answer as the service writes it."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.encode()


def parts_of_one(qualifier: Qualifier, deals: Sequence[Deal]) -> dict[str, float]:
    """Return the median processor time of each part of one answer, in microseconds."""
    taken: list[tuple[float, float, float, float]] = []
    for deal in deals:
        start = time.process_time()
        (decision,) = qualifier.decide([deal])
        decided = time.process_time()
        data = answer(decision, qualifier.policy, "en")
        told = time.process_time()
        as_bytes(data)
        written = time.process_time()
        taken.append((decided - start, told - decided, written - told, written - start))
    columns = zip(*taken, strict=True)
    names = ("decide", "answer", "json", "in all")
    return {name: MICRO * median(one) for name, one in zip(names, columns, strict=True)}


def batch(qualifier: Qualifier, deals: Sequence[Deal]) -> dict[str, float]:
    """Return the milliseconds of a batch: LightGBM's, and ours of the same deals."""
    model, table = qualifier.model, DealTable.of(deals, qualifier.policy.fields)
    if model is None:
        raise SystemExit("a policy alone has no trees to compare with")
    odds, trees = model.odds(table), model.estimator.trees_
    X = odds.matrix.values
    ways: dict[str, Callable[[], object]] = {
        "predict (LightGBM)": lambda: raw_score(trees, X),
        "log-odds of the trees": lambda: model.estimator.forest_.log_odds(X),
        "judge, from the table": lambda: qualifier.judge(table),
        "pred_contrib (LightGBM)": lambda: raw_contributions(trees, X),
        "contributions of the trees": lambda: model.estimator.forest_.contributions(X),
        "contributions of the fields": lambda: model.contributions_to(odds),
    }
    best = dict.fromkeys(ways, np.inf)
    for _ in range(ROUNDS):
        for name, way in ways.items():
            start = time.process_time()
            way()
            best[name] = min(best[name], MILLI * (time.process_time() - start))
    return best


def main(artifact: str, deals: str, n_deals: int = 10_000) -> None:
    """Print both tables."""
    qualifier = load_artifact(Path(artifact))
    drawn = some_deals(qualifier, Path(deals), n_deals)
    parts_of_one(qualifier, drawn[:50])  # what is made once is made
    for name, taken in parts_of_one(qualifier, drawn[:500]).items():
        print(f"{name:<30}{taken:>10.0f} us")
    for name, taken in batch(qualifier, drawn).items():
        print(f"{name:<30}{taken:>10.1f} ms")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
