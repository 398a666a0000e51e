"""What is true about each deal, before anybody writes it down."""

import numpy as np
import pandas as pd

DELIVERABLES = ("equipment", "parts", "service")
TYPICAL_AMOUNT = {"equipment": 180_000.0, "parts": 25_000.0, "service": 45_000.0}
RELATIONSHIPS = ("new", "past", "current")
AUTHORITY = ("user", "influencer", "decision_maker")
CAPACITY = ("available", "tight", "none")


def draw_answers(accounts: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    """Return the true answers; ``accounts`` has one row a deal, that of its account."""
    n = len(accounts)

    def yes(probability: float) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        return random.random(n) < probability

    deliverable = random.choice(DELIVERABLES, n, p=(0.45, 0.30, 0.25))
    typical = pd.Series(deliverable).map(TYPICAL_AMOUNT).to_numpy()
    amount = np.round(typical * random.lognormal(0.0, 0.9, n), -2)
    relationship = random.choice(RELATIONSHIPS, n, p=(0.40, 0.15, 0.45))
    tender = random.random(n) < np.where(relationship == "new", 0.45, 0.15)
    return pd.DataFrame(
        {
            "deliverable": deliverable,
            "region": accounts["region"].to_numpy(),
            "relationship": relationship,
            "customer_growth": accounts["customer_growth"].to_numpy(),
            "financial_health": accounts["financial_health"].to_numpy(),
            "insolvency_proceeding": accounts["insolvency_proceeding"].to_numpy(),
            "amount": amount,
            "exposure": np.round(amount * random.uniform(0.2, 1.1, n), -2),
            "credit_limit": accounts["credit_limit"].to_numpy(),
            "authority": random.choice(AUTHORITY, n, p=(0.30, 0.40, 0.30)),
            "budget_allocated": yes(0.6),
            "need_defined": yes(0.7),
            "formal_tender": tender,
            "heard_early": random.random(n) < np.where(relationship == "new", 0.35, 0.70),
            "competitors": np.minimum(random.poisson(1.3, n), 6).astype(float),
            "technical_fit": np.clip(np.round(random.normal(6.2, 2.0, n), 1), 0, 10),
            "delivery_capacity": random.choice(CAPACITY, n, p=(0.70, 0.25, 0.05)),
            "met_at_fair": yes(0.3),
        }
    )
