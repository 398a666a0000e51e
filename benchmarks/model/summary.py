"""From the rows of a run to the means, the regrets, and the bars of the issue."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from benchmarks.model.baselines import BASELINES
from benchmarks.model.real import OURS as OURS_REAL
from benchmarks.model.simulated import OURS

Row: TypeAlias = Mapping[str, Any]
Losses: TypeAlias = dict[str, float]

MEAN_REGRET, WORST_REGRET = 0.005, 0.01
GAINS_OF_SENSIBLE = {40: 0.05, 100: 0.02}
LOSS_OF_WRONG, WRONG_FROM = 0.005, 200
FROM_TRUTH, TRUTH_AT = 0.035, 2_000
COVERAGE, COVERAGE_TOLERANCE = 0.90, 0.03
MOST_TIMES, MOST_GB = 20.0, 12.0
NO_SIGNAL = "maven_crm"
JUDGED_BY_REGRET = ("sensible", "equal", "none")


@dataclass(frozen=True, slots=True)
class Bar:
    """One requirement, what was reached, and whether that is on the right side of the limit."""

    name: str
    reached: float | str
    limit: float | str
    ok: bool


def at_most(name: str, reached: float, limit: float) -> Bar:
    """Return a bar from above."""
    return Bar(name, reached, limit, reached <= limit)


def at_least(name: str, reached: float, limit: float) -> Bar:
    """Return a bar from below."""
    return Bar(name, reached, limit, reached >= limit)


def mean_losses(rows: Iterable[Row]) -> Losses:
    """Return the mean log-loss of each model over some rows that all have the same models."""
    losses = [row["log_loss"] for row in rows]
    return {name: float(np.mean([one[name] for one in losses])) for name in losses[0]}


def grouped(rows: Sequence[Row], key: str) -> dict[Any, list[Row]]:
    """Return the rows by what they have under a key, in order of first appearance."""
    found: dict[Any, list[Row]] = {}
    for row in rows:
        found.setdefault(row[key], []).append(row)
    return found


def best_of(losses: Mapping[str, float]) -> tuple[str, float]:
    """Return the baseline that loses least, and how much it loses."""
    name = min(BASELINES, key=lambda one: losses[one])
    return name, losses[name]


def regret(losses: Mapping[str, float], ours: str) -> float:
    """Return how much more ours loses than the best baseline; below zero, it loses less."""
    return losses[ours] - best_of(losses)[1]


def real_bars(rows: Sequence[Row], promotion: Row | None) -> list[Bar]:
    """Return the bars on real closed deals."""
    bars = []
    for name, of_set in grouped(rows, "set").items():
        losses = mean_losses(of_set)
        best = best_of(losses)[0]
        bars.append(at_most(f"{name}: ours - best ({best})", regret(losses, OURS_REAL), 0.0))
        over_base = losses[OURS_REAL] - losses["base_rate"]
        bars.append(at_most(f"{name}: ours - base rate", over_base, 0.0))
    if promotion is not None:
        verdict, wanted = promotion["verdict"], "not promoted"
        bars.append(Bar(f"{promotion['set']}: verdict", verdict, wanted, verdict != "promoted"))
    return bars


def company_bars(rows: Sequence[Row]) -> list[Bar]:
    """Return the bars on simulated companies that have been run with the baselines."""
    cells = {size: mean_losses(of_size) for size, of_size in grouped(rows, "size").items()}
    bars = []
    for expert in JUDGED_BY_REGRET:
        regrets = {size: regret(losses, OURS[expert]) for size, losses in cells.items()}
        worst = max(regrets, key=lambda size: regrets[size])
        mean = float(np.mean(list(regrets.values())))
        bars.append(at_most(f"companies, {expert}: mean regret", mean, MEAN_REGRET))
        name = f"companies, {expert}: worst regret (at {worst:,})"
        bars.append(at_most(name, regrets[worst], WORST_REGRET))
    return bars + _expert_bars(cells) + _truth_bars(cells)


def _expert_bars(cells: Mapping[int, Losses]) -> list[Bar]:
    over_plain = {
        (expert, size): losses["logistic"] - losses[OURS[expert]]
        for size, losses in cells.items()
        for expert in ("sensible", "wrong")
    }
    bars = [
        at_least(f"companies, sensible at {size:,}: better than logistic by",
                 over_plain["sensible", size], least)
        for size, least in GAINS_OF_SENSIBLE.items() if size in cells
    ]  # fmt: skip
    bars += [
        at_most(f"companies, wrong at {size:,}: ours - logistic",
                -over_plain["wrong", size], LOSS_OF_WRONG)
        for size in cells if size >= WRONG_FROM
    ]  # fmt: skip
    return bars


def _truth_bars(cells: Mapping[int, Losses]) -> list[Bar]:
    """Return how far ours is from the truth, and from what the facts can tell of it."""
    if TRUTH_AT not in cells:
        return []
    losses = cells[TRUTH_AT]
    return [
        at_most(f"companies, {expert} at {TRUTH_AT:,}: ours - {truth}",
                losses[OURS[expert]] - losses[truth], FROM_TRUTH)
        for truth in ("truth_of_facts", "truth") for expert in JUDGED_BY_REGRET
    ]  # fmt: skip


def evidence_bars(rows: Sequence[Row]) -> list[Bar]:
    """Return how often the evidence intervals hold the truth, size by size over all experts."""
    bars = []
    for size, of_size in grouped(rows, "size").items():
        held = float(np.mean([share for row in of_size for share in row["covered"].values()]))
        off = abs(held - COVERAGE)
        limit = f"{COVERAGE:.0%} ± {COVERAGE_TOLERANCE:.0%}"
        name = f"evidence at {size:,}: intervals that hold the truth"
        bars.append(Bar(name, held, limit, off <= COVERAGE_TOLERANCE))
    return bars


def cost_bars(cost: Row | None, memory: Row | None) -> list[Bar]:
    """Return the bars on time and memory."""
    bars = []
    if cost is not None:
        size = f"{cost['deals']:,} deals x {cost['fields']} fields, {cost['threads']} thread(s)"
        for name in ("processor", "clock"):
            times = cost[f"times_{name}"]
            bars.append(at_most(f"{size}: times one lightgbm.train, {name}", times, MOST_TIMES))
    if memory is not None:
        bars.append(at_most(f"{memory['deals']:,} deals: peak GB", memory["peak_gb"], MOST_GB))
    return bars
