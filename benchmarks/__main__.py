"""``python -m benchmarks``: prints one table of ratios; machines are noisy, so nothing is gated.

Each row times ours and a reference in turn, several rounds, and gives the median of the ratios.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import cast

import lightgbm as lgb
import numpy as np
import pandas as pd

from benchmarks import intake as large_intake
from benchmarks import policy as rules
from features import DealTable, Policy, load_policy
from models.qualifier import Qualifier
from models.win_model import WinModel
from models.win_probability import WinProbability
from simulation import MarketSettings, simulate, write_deals
from training.closed_deals import closed_deals
from training.deals_on_file import DealsOnFile
from training.fit import fit_model
from training.intake import read_deals

ROOT = Path(__file__).parent.parent
N_DEALS, N_FITTED, ROUNDS = 100_000, 2_000, 3
DAY = date(2026, 1, 5)


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def row(
    name: str, ours: Callable[[], object], other: str, reference: Callable[[], object]
) -> None:
    ours(), reference()
    pairs = [(seconds(ours), seconds(reference)) for _ in range(ROUNDS)]
    ratio = statistics.median(a / b for a, b in pairs)
    mine = statistics.median(a for a, _ in pairs)
    print(f"{name:<46}{mine * 1e3:>12.3f} ms {ratio:>9.2f} x {other}")


def one_deal(qualifier: Qualifier, table: DealTable) -> None:
    deal = table.deal(7)
    assert qualifier.model is not None
    values = qualifier.model.matrix(table.take(np.arange(1))).values
    booster = qualifier.model.estimator.trees_
    assert booster is not None
    predict = lambda: booster.predict(values, num_threads=1)
    row("one deal, whole decision", lambda: qualifier.decide([deal]), "Booster.predict", predict)


def intake(policy: Policy, file: Path) -> DealsOnFile:
    def read() -> DealsOnFile:
        return read_deals(file, policy, as_of=DAY, needs_outcome=True)

    row(f"reading {N_DEALS:,} deals", read, "pandas.read_csv", lambda: pd.read_csv(file))
    return read()


def training(policy: Policy, on_file: DealsOnFile) -> Qualifier:
    deals = closed_deals(on_file, policy).take(np.arange(N_FITTED))

    def fit() -> WinModel:
        return fit_model(deals, policy, seed=0)

    model = fit()
    X = model.matrix(deals.table).values
    chosen = cast("WinProbability", model.estimator).recipe_.trees
    assert chosen is not None
    settings, rounds = chosen.settings, chosen.rounds

    def plain() -> None:
        lgb.train(settings, lgb.Dataset(X, deals.won), num_boost_round=rounds)

    row(
        f"fitting {N_FITTED:,} deals, folds and stack included",
        fit,
        "one lgb.train of the size",
        plain,
    )
    return Qualifier(policy, model)


def main() -> None:
    policy = load_policy(ROOT / "examples" / "demo_company" / "policy.yaml")
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "deals.csv"
        write_deals(simulate(MarketSettings(n_deals=N_DEALS, seed=1)), file)
        on_file = intake(policy, file)
    qualifier = training(policy, on_file)
    one_deal(qualifier, on_file.table)
    rules.main()


if sys.argv[1:2] == ["intake"]:
    large_intake.main(*map(int, sys.argv[2:3]))
else:
    main()
