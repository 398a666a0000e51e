"""Closed deals of forty fields, as many as wanted: the market's own and others without signal."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.model.companies import AS_OF, DEALS, FIELDS, SHARE_PURSUED
from benchmarks.model.policies import category, number, policy_of
from features.policy import Policy
from simulation import MarketSettings, simulate
from training.closed_deals import ClosedDeals, closed_deals
from training.intake import read_deals

N_FIELDS = 40
FIRST_SEED = 0
FEWEST_IN_A_MARKET, MOST_IN_A_MARKET = 400, 1_000_000
NOISE_ANSWERS = np.array([f"answer {level}" for level in range(8)], dtype=object)
NOISE_BLANKS = 0.1
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
    left, seed = n_deals, FIRST_SEED
    while left:
        wanted = max(FEWEST_IN_A_MARKET, round(left / SHARE_PURSUED))
        settings = MarketSettings(n_deals=min(MOST_IN_A_MARKET, wanted), seed=seed)
        found = simulate(settings).deals
        closed = found[found["outcome"].isin(TEACHES)].head(left)
        ids = {name: f"{seed}-" + closed[name] for name in ("deal_id", "account")}
        wide = _with_noise(closed.assign(**ids), seed)
        wide.to_csv(file, mode="a", header=seed == FIRST_SEED, index=False, encoding="utf-8")
        left, seed = left - len(closed), seed + 1


def read_wide_deals(file: Path) -> ClosedDeals:
    """Return the closed deals of a file that :func:`write_wide_deals` wrote."""
    policy = wide_policy()
    return closed_deals(read_deals(file, policy, as_of=AS_OF, needs_outcome=True), policy)


def _with_noise(deals: pd.DataFrame, seed: int) -> pd.DataFrame:
    random = np.random.default_rng([seed, N_FIELDS])
    columns: dict[str, Any] = {}
    for name, field in noise_fields().items():
        if field["type"] == "number":
            values: Any = np.round(random.lognormal(3.0, 1.0, len(deals)), 2)
        else:
            values = NOISE_ANSWERS[random.integers(len(NOISE_ANSWERS), size=len(deals))]
        known = random.random(len(deals)) >= NOISE_BLANKS
        columns[name] = pd.Series(values, index=deals.index).where(known)
    return deals.assign(**columns)
