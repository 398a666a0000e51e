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

import lightgbm as lgb
import numpy as np
import pandas as pd

from benchmarks import intake as large_intake
from features import DealTable, Policy, load_policy
from models.boosting import tree_settings
from models.knockouts import judge_policy
from models.qualifier import Qualifier
from models.scorecard import add_points
from models.win_model import WinModel
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


def conditions(policy: Policy, table: DealTable) -> None:
    def ours() -> None:
        judge_policy(policy, table)
        add_points(policy, table)

    numeric = [c.values for c in table.columns.values() if hasattr(c, "values")]
    rules = [rule.when for rule in policy.knockouts] + [rule.when for rule in policy.criteria]
    n_tests = sum(len(rule.fields()) for rule in rules)

    def by_hand() -> None:
        for place in range(n_tests):
            values = numeric[place % len(numeric)]
            known = ~np.isnan(values)
            true = known & (values > 1.0)
            _ = true, known & ~true

    row(f"policy over {len(table):,} deals", ours, "as many masks by hand", by_hand)


def one_deal(policy: Policy, qualifier: Qualifier, table: DealTable) -> None:
    deal = table.deal(7)
    alone = table.take(np.array([7]))

    def rules() -> None:
        judge_policy(policy, alone)
        add_points(policy, alone)

    assert qualifier.model is not None
    values = qualifier.model.schema.matrix(table.take(np.arange(1))).values
    booster = qualifier.model.estimator.trees_
    predict = lambda: booster.predict(values, num_threads=1)
    row("one deal, policy", rules, "Booster.predict of one row", predict)
    row("one deal, whole decision", lambda: qualifier.decide([deal]), "same", predict)


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
    X = model.schema.matrix(deals.table).values
    settings = tree_settings(len(deals), np.zeros(X.shape[1], int), 0)
    rounds = model.estimator.trees_.num_trees()

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
    conditions(policy, on_file.table)
    qualifier = training(policy, on_file)
    one_deal(policy, qualifier, on_file.table)


if sys.argv[1:2] == ["intake"]:
    large_intake.main(*map(int, sys.argv[2:3]))
else:
    main()
