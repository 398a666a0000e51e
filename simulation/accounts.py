"""The customers of the simulated company, and which of them each deal is with."""

import numpy as np
import pandas as pd

DEALS_AN_ACCOUNT = 2.5
REGIONS = ("North", "South", "East", "West", "Export")
HEALTH = ("good", "fair", "distressed")
PROCEEDINGS = ("none", "safeguard", "receivership", "liquidation")
GROWTH = ("shrinking", "stable", "growing")


def draw_accounts(n_deals: int, random: np.random.Generator) -> pd.DataFrame:
    """Return the accounts: one row each, with what is true of all its deals.

    ``effect`` is in log-odds: what makes a customer easier or harder to win, in nobody's file.
    """
    n_accounts = max(20, int(n_deals / DEALS_AN_ACCOUNT))
    health = random.choice(HEALTH, n_accounts, p=(0.60, 0.28, 0.12))
    in_trouble = random.choice(PROCEEDINGS, n_accounts, p=(0.55, 0.20, 0.15, 0.10))
    return pd.DataFrame(
        {
            "account": [f"A{number:06d}" for number in range(n_accounts)],
            "region": random.choice(REGIONS, n_accounts, p=(0.28, 0.24, 0.2, 0.18, 0.1)),
            "financial_health": health,
            "insolvency_proceeding": np.where(health == "distressed", in_trouble, "none"),
            "customer_growth": random.choice(GROWTH, n_accounts, p=(0.25, 0.45, 0.30)),
            "credit_limit": np.round(random.lognormal(np.log(250_000), 0.8, n_accounts), -3),
            "effect": random.normal(0.0, 0.4, n_accounts),
        }
    )


def draw_account_of_each_deal(
    n_deals: int, n_accounts: int, random: np.random.Generator
) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
    """Return each deal's account: a few buy often, most once or twice. Shape (n_deals,)."""
    weight = random.pareto(2.0, n_accounts) + 0.5
    return random.choice(n_accounts, n_deals, p=weight / weight.sum())
