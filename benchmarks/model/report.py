"""The one table of a run, and what it says of each bar."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from benchmarks.model.baselines import BASELINES
from benchmarks.model.facts import Vector
from benchmarks.model.real import OURS as OURS_REAL
from benchmarks.model.simulated import OURS, TRUTHS
from benchmarks.model.summary import Bar, Losses, Row, best_of, grouped, mean_losses, regret

COLUMNS = (*BASELINES, OURS_REAL, *OURS.values(), *TRUTHS)
HEADS = {
    "base_rate": "base", "logistic": "logist", "logistic_cv": "log cv", "lightgbm": "lgbm",
    "lightgbm_cv": "lgbm cv", "naive_bayes": "bayes", "forest": "forest", OURS_REAL: "ours",
    "ours_sensible": "sensib", "ours_equal": "equal", "ours_wrong": "wrong", "ours_none": "none",
    "truth": "truth", "truth_of_facts": "facts",
}  # fmt: skip
WIDTH, FIRST = 9, 22
LEGEND = """\
In brackets: splits, or companies. ours: under the policy of the set; sensib, equal, wrong, none:
ours under the policy of such an expert. truth: the true probabilities; facts: the best that the
answers allow. regret: ours, or with sensible experts, less the best of the first seven."""


def table_of(results: Mapping[str, Any]) -> str:
    """Return the mean log-loss of every model, a line a set and a size; the regret is ours.

    Nothing where no model was compared.
    """
    if not {"real", "companies"} & results.keys():
        return ""
    lines = [f"{'log-loss, nats':<{FIRST}}" + "".join(f"{HEADS[c]:>{WIDTH}}" for c in COLUMNS)
             + f"{'regret':>{WIDTH}}"]  # fmt: skip
    for name, rows in grouped(results.get("real", []), "set").items():
        lines.append(_line(f"{name} ({len(rows)})", mean_losses(rows)))
    for size, rows in grouped(results.get("companies", []), "size").items():
        lines.append(_line(f"{size:,} deals ({len(rows)})", mean_losses(rows)))
    return "\n".join([*lines, "", LEGEND])


def _line(name: str, losses: Losses) -> str:
    cells = "".join(f"{losses[c]:>{WIDTH}.4f}" if c in losses else " " * WIDTH for c in COLUMNS)
    ours = [losses[c] for c in (OURS_REAL, OURS["sensible"]) if c in losses]
    has_regret = bool(ours) and set(BASELINES) <= set(losses)
    told = f"{ours[0] - best_of(losses)[1]:>+{WIDTH}.4f}" if has_regret else ""
    return f"{name:<{FIRST}}{cells}{told}"


def spread_of(results: Mapping[str, Any]) -> str:
    """Return how ours does split by split and company by company, beside what is best there."""
    lines = [
        _splits(name, rows)
        for name, rows in grouped(results.get("real", []), "set").items()
        if len(rows) > 1
    ]
    lines += [
        _companies(size, rows)
        for size, rows in grouped(results.get("companies", []), "size").items()
        if set(BASELINES) <= set(rows[0]["log_loss"])
    ]
    return "\n".join(lines)


def _splits(name: str, rows: Sequence[Row]) -> str:
    best = best_of(mean_losses(rows))[0]
    over = _differences(rows, OURS_REAL, best)
    above = int((_differences(rows, OURS_REAL, "base_rate") > 0).sum())
    return (
        f"{name}: ours - {best} {over.mean():+.4f} (sd over splits {over.std():.4f}), "
        f"lower in {int((over < 0).sum())} of {len(rows)}; above the base rate in {above}"
    )


def _companies(size: int, rows: Sequence[Row]) -> str:
    best = best_of(mean_losses(rows))[0]
    parts = []
    for expert, ours in OURS.items():
        over = _differences(rows, ours, best)
        own = max(regret(row["log_loss"], ours) for row in rows)
        parts.append(f"{expert} {over.mean():+.4f} (sd {over.std():.4f}, worst {own:+.4f})")
    return (
        f"{size:,} deals: ours - {best}, over companies; worst to a company's own best: "
        + ", ".join(parts)
    )


def _differences(rows: Sequence[Row], ours: str, other: str) -> Vector:
    return np.array([row["log_loss"][ours] - row["log_loss"][other] for row in rows])


def told_bars(bars: Sequence[Bar]) -> str:
    """Return a line a bar: what was reached, the limit, ok or short."""
    width = max((len(bar.name) for bar in bars), default=0)
    return "\n".join(
        f"{bar.name:<{width}}  {_shown(bar.reached):>12}  {_shown(bar.limit):>12}  "
        f"{'ok' if bar.ok else 'short'}"
        for bar in bars
    )


def _shown(value: float | str) -> str:
    return value if isinstance(value, str) else f"{value:.4f}"
