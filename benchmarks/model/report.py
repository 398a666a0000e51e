"""The one table of a run, and what it says of each bar."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from benchmarks.model.baselines import BASELINES
from benchmarks.model.real import OURS as OURS_REAL
from benchmarks.model.simulated import OURS, TRUTHS
from benchmarks.model.summary import Bar, Losses, best_of, grouped, mean_losses

COLUMNS = (*BASELINES, OURS_REAL, *OURS.values(), *TRUTHS)
HEADS = {
    "base_rate": "base", "logistic": "logist", "logistic_cv": "log cv", "lightgbm": "lgbm",
    "lightgbm_cv": "lgbm cv", "naive_bayes": "bayes", "forest": "forest", OURS_REAL: "ours",
    "ours_sensible": "sensib", "ours_equal": "equal", "ours_wrong": "wrong", "ours_none": "none",
    "truth": "truth", "truth_of_facts": "facts",
}  # fmt: skip
WIDTH, FIRST = 9, 22


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
    return "\n".join(lines)


def _line(name: str, losses: Losses) -> str:
    cells = "".join(f"{losses[c]:>{WIDTH}.4f}" if c in losses else " " * WIDTH for c in COLUMNS)
    ours = [losses[c] for c in (OURS_REAL, OURS["sensible"]) if c in losses]
    has_regret = bool(ours) and set(BASELINES) <= set(losses)
    told = f"{ours[0] - best_of(losses)[1]:>+{WIDTH}.4f}" if has_regret else ""
    return f"{name:<{FIRST}}{cells}{told}"


def spread_of(results: Mapping[str, Any]) -> str:
    """Return how our regret varies over the companies: to the best baseline of each of them."""
    lines = []
    for size, rows in grouped(results.get("companies", []), "size").items():
        if not set(BASELINES) <= set(rows[0]["log_loss"]):
            continue
        parts = []
        for expert, ours in OURS.items():
            each = [row["log_loss"][ours] - best_of(row["log_loss"])[1] for row in rows]
            parts.append(f"{expert} {np.mean(each):+.4f} (worst {max(each):+.4f})")
        lines.append(f"{size:,} deals, regret to each company's own best: " + ", ".join(parts))
    return "\n".join(lines)


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
