"""``python -m benchmarks.monitoring``: how often monitoring cries wolf, and how soon it cries.

Everything is measured on known truth: the model *is* the true probabilities, so that whatever is
found in a still market is false. Exits 1 where a rate is beyond its bar.
"""

import sys
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit

from training.monitoring import cusum as charts
from training.monitoring.cusum import ODDS_RATIOS, cusum
from training.monitoring.psi import number_bins, stability

Vector = NDArray[np.float64]

COMPANIES = 2_000
LOG_ODDS = ((-1.5, 1.0), (-0.7, 1.0), (-0.7, 0.6), (0.0, 1.0))
"""Mean and spread of the log-odds of deals: win rates of 23, 37, 34 and 50 %."""
MOST_FALSE, FEWEST_SEEN = 0.08, 0.90
MOST_MOVED = 0.07
PIPELINES, YEAR = 300, 365.0


def outcomes(
    mean: float, spread: float, n_deals: int, odds_ratio: float, companies: int
) -> tuple[Vector, Vector]:
    random = np.random.default_rng(0)
    p: Vector = expit(random.normal(mean, spread, (companies, n_deals)))
    won: Vector = (random.random(p.shape) < expit(logit(p) + np.log(odds_ratio))).astype(float)
    return p, won


def rung(p: Vector, won: Vector, ratios: tuple[float, ...] = ODDS_RATIOS) -> float:
    return float(
        np.mean(
            [
                any(cusum(chances, ended, ratio).raised for ratio in ratios)
                for chances, ended in zip(p, won, strict=True)
            ]
        )
    )


def with_limit(limit: float, rise: float, measure: Callable[[], float]) -> float:
    before = charts.LIMIT, charts.RISE
    charts.LIMIT, charts.RISE = limit, rise
    try:
        return measure()
    finally:
        charts.LIMIT, charts.RISE = before


def false_alarms() -> bool:
    print(f"{'CUSUM, still odds':<44}{'4.5, constant':>16}{'ours':>8}")
    fine = True
    for mean, spread in LOG_ODDS:
        for n_deals, companies in ((250, COMPANIES), (5_000, COMPANIES // 10)):
            p, won = outcomes(mean, spread, n_deals, 1.0, companies)
            usual = with_limit(4.5, 0.0, lambda p=p, won=won: rung(p, won))  # type: ignore[misc]
            ours = rung(p, won)
            name = f"alarmed in {n_deals:,} deals, win rate {won.mean():.0%}, spread {spread}"
            print(f"{name:<44}{usual:>16.1%}{ours:>8.1%}")
            fine &= n_deals > 250 or ours <= MOST_FALSE
    return fine


def detections() -> bool:
    print(f"\n{'CUSUM, odds moved':<44}{'within 200 deals':>16}")
    fine = True
    for mean, spread in LOG_ODDS:
        for ratio in ODDS_RATIOS:
            p, won = outcomes(mean, spread, 200, ratio, COMPANIES)
            seen = rung(p, won, (ratio,))
            name = f"odds x {ratio}, win rate promised {p.mean():.0%}, spread {spread}"
            print(f"{name:<44}{seen:>16.1%}")
            fine &= seen >= FEWEST_SEEN or p.mean() < 1 / 3
    return fine


def a_pipeline(seed: int, a_month: int) -> tuple[Vector, Vector, Vector, Vector]:
    """Return decision and closing days, chances and outcomes of four still years.

    Wins take 90 days in the median, losses 45, a fifth of the losses 330.
    """
    random = np.random.default_rng(seed)
    day = np.sort(random.uniform(0, 4 * YEAR, a_month * 48))
    p = expit(random.normal(-0.5, 1.0, len(day)))
    won = (random.random(len(day)) < p).astype(float)
    days = np.where(won == 1, 90, 45) * random.lognormal(0, 0.6, len(day))
    slow = (won == 0) & (random.random(len(day)) < 0.2)
    days = np.where(slow, 330 * random.lognormal(0, 0.3, len(day)), days)
    return day, day + days, p, won


def ways_of_counting() -> bool:
    """Tell what each way of choosing and ordering outcomes does in a still market.

    Trained at two years, looked at from three and a half; the first 250 deals of each way.
    """
    trained, today, fine = 2 * YEAR, 3.5 * YEAR, True
    print(f"\n{'Still pipelines: first 250 outcomes':<52}{'alarmed':>9}{'won - promised':>16}")
    for a_month in (20, 60, 200):
        rung_by: dict[str, list[float]] = {}
        gaps: dict[str, list[float]] = {}
        for seed in range(PIPELINES):
            day, closed, p, won = a_pipeline(seed, a_month)
            on_file = closed <= today
            q90 = np.quantile((closed - day)[on_file & (day <= today)], 0.9)
            mature = on_file & (day > trained) & (day <= today - q90)
            young = on_file & (day > trained)
            ways = {
                "closed since, by closing (ours)": (on_file & (closed > trained), closed),
                "decided since and closed, by closing": (young, closed),
                "mature, by closing": (mature, closed),
                "mature, by decision": (mature, day),
            }
            for name, (rows, order) in ways.items():
                chosen = np.flatnonzero(rows)[np.argsort(order[rows])]
                first = chosen[:250]
                rung_by.setdefault(name, []).append(rung(p[None, first], won[None, first]))
                gaps.setdefault(name, []).append(float((won - p)[chosen].mean()))
        for name, alarms in rung_by.items():
            label = f"{a_month} deals a month, {name}"
            print(f"{label:<52}{np.mean(alarms):>9.1%}{np.mean(gaps[name]):>+16.2%}")
        fine &= bool(np.mean(rung_by["closed since, by closing (ours)"]) <= MOST_FALSE)
    return fine


def moved_fields() -> bool:
    print(f"\n{'PSI, still answers':<44}{'0.1':>10}{'0.25':>10}{'ours':>10}")
    random, fine = np.random.default_rng(1), True
    for n in (200, 1_000, 5_000):
        for m in (30, 100, 300):
            found = []
            for _ in range(COMPANIES):
                before, now = random.normal(size=n), random.normal(size=m)
                told = stability(number_bins(before, before), number_bins(before, now))
                assert told is not None
                found.append(told)
            psi, cuts = (np.array([getattr(one, k) for one in found]) for k in ("psi", "cut"))
            rates = [float(np.mean(psi > cut)) for cut in (0.1, 0.25, cuts)]
            print(f"{f'{m} deals beside {n:,}':<44}" + "".join(f"{rate:>10.1%}" for rate in rates))
            fine &= rates[-1] <= MOST_MOVED
    return fine


if __name__ == "__main__":
    sys.exit(0 if all([false_alarms(), detections(), ways_of_counting(), moved_fields()]) else 1)
