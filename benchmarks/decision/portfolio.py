"""The plan beside exhaustive search, beside its proven bound, and in markets of known truth."""

import sys
import time
from collections.abc import Iterable, Sequence
from itertools import product

import numpy as np

from benchmarks.decision.planned_market import Year, played
from benchmarks.model.facts import Vector
from benchmarks.model.summary import Bar, at_least, at_most
from models.portfolio.knapsack import choose

SEEDS, FEW_SEEDS = 20, 1
MANY_DEALS, SECONDS, GAP = 10_000, 10.0, 1e-3
MORE_MARGIN, FEWER_PURSUITS, OF_ORACLE = 1.21, 1 - 0.38, 0.90
"""The published result to reach (doi 10.1177/10591478251407559), and the share of the oracle's."""
KINDS = ("alike", "unlike", "small_fees", "same_rate")


def measure(*, small: bool) -> list[Bar]:
    """Return the bars of the plan; ``small`` takes seconds."""
    bars = [_exhaustive(60 if small else 500)]
    bars += _large(MANY_DEALS)
    years = []
    for seed in range(FEW_SEEDS if small else SEEDS):
        years.append(played(seed))
        print(f"portfolio: {_told(seed, years[-1])}", file=sys.stderr, flush=True)
    return bars + _of_markets(years)


def problem(kind: str, n: int, capacities: int, seed: int) -> tuple[Vector, Vector]:
    """Return values and hours of some kind: how far value goes by hours decides how hard it is."""
    random = np.random.default_rng([seed, n, capacities, KINDS.index(kind)])
    hours: Vector = np.round(random.lognormal(3.5, 0.8, (n, capacities)), 2)
    if kind in {"small_fees", "same_rate"}:
        hours = np.ceil(hours)
    total = hours.sum(axis=1)
    values = {
        "alike": total * 50 * random.lognormal(0, 0.1, n),
        "unlike": random.lognormal(9, 1, n),
        "small_fees": total * 50 + 2_000,
        "same_rate": total * 50,
    }[kind]
    return values, hours


def exhaustive(values: Vector, hours: Vector, limits: Vector) -> float:
    """Return what the best of all choices is worth."""
    places = np.arange(len(values))
    choices = (np.arange(2 ** len(values))[:, None] >> places & 1).astype(bool)
    fit = (choices @ hours <= limits + 1e-9).all(axis=1)
    return float((choices[fit] @ values).max())


def _exhaustive(n_problems: int) -> Bar:
    random, worst = np.random.default_rng(0), 0.0
    for _ in range(n_problems):
        n, capacities = int(random.integers(1, 17)), int(random.integers(1, 4))
        hours: Vector = np.asarray(random.integers(0, 40, (n, capacities)) / 4, dtype=np.float64)
        values: Vector = np.asarray(random.integers(1, 30, n) * 100, dtype=np.float64)
        share = float(random.choice([0, 0.2, 0.5, 0.9, 1.2]))
        limits: Vector = np.floor(hours.sum(axis=0) * share * 4) / 4
        best = exhaustive(values, hours, limits)
        worst = max(worst, abs(choose(values, hours, limits).value - best) / max(best, 1.0))
    return at_most(f"plan less exhaustive search, worst of {n_problems}", worst, 1e-9)


def _large(n: int) -> list[Bar]:
    gaps, seconds = [], []
    for capacities, kind, share in product((1, 3), KINDS, (0.1, 0.4)):
        values, hours = problem(kind, n, capacities, seed=1)
        start = time.perf_counter()
        found = choose(values, hours, hours.sum(axis=0) * share)
        seconds.append(time.perf_counter() - start)
        gaps.append(found.gap)
        told = f"{capacities} capacities, {kind}, {share:.0%}: {seconds[-1]:.2f} s, {gaps[-1]:.1e}"
        print(f"portfolio: {n:,} deals, {told}", file=sys.stderr, flush=True)
    return [
        at_most(f"plan of {n:,} deals, worst gap to the bound", max(gaps), GAP),
        at_most(f"plan of {n:,} deals, worst seconds", max(seconds), SECONDS),
    ]


def _of_markets(years: Sequence[Year]) -> list[Bar]:
    focused = "plan of 60 % as many deals"
    bars = [
        at_least(f"{focused}: realised margin over arrival", *_median(
            (year.focused.margin / year.arrival.margin for year in years), MORE_MARGIN)),
        at_most(f"{focused}: pursuits over arrival", *_median(
            (year.focused.pursuits / year.arrival.pursuits for year in years), FEWER_PURSUITS)),
        at_most(f"{focused}: hours over arrival", *_median(
            (year.focused.hours / year.arrival.hours for year in years), 1.0)),
        at_least(f"{focused}: true expected value over the oracle's", *_median(
            (year.focused.true_value / year.focused_oracle.true_value for year in years),
            OF_ORACLE)),
        at_least("plan by hours alone: realised margin over arrival", *_median(
            (year.by_hours.margin / year.arrival.margin for year in years), MORE_MARGIN)),
        at_least("plan by hours alone: true expected value over the oracle's", *_median(
            (year.by_hours.true_value / year.by_hours_oracle.true_value for year in years),
            OF_ORACLE)),
        at_least("plan by hours alone: realised margin over the oracle's", *_median(
            (year.by_hours.margin / year.by_hours_oracle.margin for year in years), OF_ORACLE)),
        at_most("negative control, odds shuffled: true expected value over the oracle's", *_median(
            (year.shuffled.true_value / year.by_hours_oracle.true_value for year in years),
            OF_ORACLE)),
    ]  # fmt: skip
    return [*bars, *_told_only(years)]


def _median(figures: Iterable[float], limit: float) -> tuple[float, float]:
    return float(np.median(list(figures))), limit


def _told_only(years: Sequence[Year]) -> list[Bar]:
    """Return figures that no bar asks for, and a reader should know."""
    told = {
        "plan by hours alone: pursuits over arrival": [
            year.by_hours.pursuits / year.arrival.pursuits for year in years
        ],
        "plan of 60 % as many deals: expected true margin over arrival": [
            year.focused.true_margin / year.arrival.true_margin for year in years
        ],
        "plan of 60 % as many deals: realised margin over arrival, worst and best": [
            year.focused.margin / year.arrival.margin for year in years
        ],
        "plan of 60 % as many deals: of the oracle's true value, worst and best": [
            year.focused.true_value / year.focused_oracle.true_value for year in years
        ],
        "promise at the win probabilities over the true value": [
            year.promised / year.promised_truly for year in years
        ],
        "promise at the rates of comparable deals over the true value": [
            year.promised_comparably / year.promised_truly for year in years
        ],
    }
    return [
        Bar(name, f"{np.median(each):.2f} {min(each):.2f}-{max(each):.2f}", "told", ok=True)
        for name, each in told.items()
    ]


def _told(seed: int, year: Year) -> str:
    parts = []
    for name in ("by_hours", "focused"):
        one, oracle = getattr(year, name), getattr(year, f"{name}_oracle")
        parts.append(
            f"{name}: margin x{one.margin / year.arrival.margin:.2f} "
            f"(true x{one.true_margin / year.arrival.true_margin:.2f}), "
            f"pursuits x{one.pursuits / year.arrival.pursuits:.2f}, "
            f"hours x{one.hours / year.arrival.hours:.2f}, "
            f"of oracle {one.true_value / oracle.true_value:.2f}"
        )
    return f"seed {seed}: " + "; ".join(parts)
