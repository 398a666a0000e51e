"""What gets written down: sellers differ, and bad news is left out more often than good."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

ALWAYS_WRITTEN = ("deliverable", "region", "relationship", "amount")
BAD_NEWS: Mapping[str, tuple[object, ...]] = {
    "financial_health": ("distressed",),
    "insolvency_proceeding": ("safeguard", "receivership", "liquidation"),
    "authority": ("user",),
    "budget_allocated": (False,),
    "need_defined": (False,),
    "heard_early": (False,),
    "customer_growth": ("shrinking",),
    "delivery_capacity": ("none",),
}
BAD_NEWS_LEFT_OUT = 1.8
"""Bad news is missing so many times as often as good news."""


def draw_seller_quality(n_sellers: int, random: np.random.Generator) -> NDArray[np.float64]:
    """Return the share of answers that each seller writes down, relative to the average."""
    return np.clip(random.beta(5.0, 3.0, n_sellers), 0.1, 0.98)


def leave_out(
    answers: pd.DataFrame,
    quality: NDArray[np.float64],
    unknown_share: float,
    random: np.random.Generator,
) -> pd.DataFrame:
    """Return the answers as recorded, missing where nobody wrote them down.

    ``quality`` is that of each deal's seller, shape (n_deals,).
    """
    recorded = answers.copy()
    carelessness = (1.0 - quality) / max(float((1.0 - quality).mean()), 1e-9)
    for name in answers.columns.difference(list(ALWAYS_WRITTEN), sort=False):
        bad = answers[name].isin(list(BAD_NEWS.get(name, ()))).to_numpy()
        weight = np.where(bad, BAD_NEWS_LEFT_OUT, 1.0)
        missing = random.random(len(answers)) < np.clip(
            unknown_share * carelessness * weight, 0.0, 0.95
        )
        recorded[name] = recorded[name].astype(object).mask(missing, None)
    return recorded
