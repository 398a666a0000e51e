"""What a screening of many deals costs the processor, beside LightGBM's words on the same rows.

``python -m benchmarks.serving.batch_cost ARTIFACT DEALS.csv`` takes a folder that holds a model
and a file of deals. It goes from the bytes of the body to the bytes of the items, without a
socket; LightGBM has its matrix ready, and reading the body as JSON is added to its time. All take
turns, each on one thread; the times are the best of some rounds, in milliseconds.
"""

import json
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

from benchmarks.serving.one_answer import DAY, some_deals
from features.deal import NOT_APPLICABLE, Deal, Fact
from models.artifact import load_artifact
from models.qualifier import Qualifier
from serving.routes.deal_columns import read_table
from serving.routes.screening import Form, Screening, read_whole

ROUNDS, MILLI = 5, 1e3
BARS: Mapping[Form, float] = {"short": 1.5, "top": 1.2}


def body_of(deals: Sequence[Deal]) -> bytes:
    """Return a body that holds some deals, each with an id."""
    told = [
        {
            "id": deal.id or f"D-{number}",
            "facts": {name: _written(fact) for name, fact in deal.facts.items()},
        }
        for number, deal in enumerate(deals)
    ]
    return json.dumps({"deals": told}).encode()


def _written(fact: Fact) -> object:
    if fact is NOT_APPLICABLE:
        return {"not_applicable": True}
    return fact.isoformat() if isinstance(fact, date) else fact


def screened(qualifier: Qualifier, body: bytes, form: Form) -> bytes:
    """Return the items of a screening, as the service makes them."""
    read, _ = read_whole(body, qualifier.policy, {}, DAY)
    work = Screening(qualifier, read, form, "")
    return b",".join([b",".join(work.piece(rows).items) for rows in work.pieces()])


def costs(qualifier: Qualifier, body: bytes) -> dict[str, float]:
    """Return the milliseconds of each way, and of the parts of ours."""
    model, read = qualifier.model, read_table(body, qualifier.policy, {}, today=DAY)
    if model is None or model.estimator.trees_ is None:
        raise SystemExit("a champion without trees has nothing to compare with")
    X, trees = model.matrix(read.table).values, model.estimator.trees_
    ways: dict[str, Callable[[], object]] = {
        "json.loads": lambda: json.loads(body),
        "predict": lambda: trees.predict(X, num_threads=1),
        "pred_contrib": lambda: trees.predict(X, pred_contrib=True, num_threads=1),
        "read": lambda: read_table(body, qualifier.policy, {}, today=DAY),
        "matrix": lambda: model.matrix(read.table),
        "log-odds": lambda: model.estimator.log_odds(X),
        "contributions": lambda: model.estimator.contributions(X),
        "short": lambda: screened(qualifier, body, "short"),
        "top": lambda: screened(qualifier, body, "top"),
    }
    best = dict.fromkeys(ways, float("inf"))
    for _ in range(ROUNDS):
        for name, way in ways.items():
            start = time.process_time()
            way()
            best[name] = min(best[name], MILLI * (time.process_time() - start))
    return best


def ratios(taken: Mapping[str, float]) -> dict[Form, float]:
    """Return how many times LightGBM and the parsing each form takes."""
    parsing = taken["json.loads"]
    return {
        "short": taken["short"] / (parsing + taken["predict"]),
        "top": taken["top"] / (parsing + taken["pred_contrib"]),
    }


def main(artifact: str, deals: str, n_deals: int = 10_000) -> None:
    """Print the times and the ratios, with their bars."""
    qualifier = load_artifact(Path(artifact))
    drawn = some_deals(qualifier, Path(deals), n_deals)
    taken = costs(qualifier, body_of(drawn))
    for name, ms in taken.items():
        print(f"{name:<20}{ms:>10.1f} ms")
    for form, times in ratios(taken).items():
        print(f"{form:<20}{times:>10.2f} times, at most {BARS[form]}")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
