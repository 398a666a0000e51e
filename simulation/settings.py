"""What may be chosen about the simulated market."""

from dataclasses import dataclass
from datetime import date

FEWEST_DEALS, MOST_DEALS = 100, 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class MarketSettings:
    """A market to simulate; the same settings give the same bytes.

    Parameters
    ----------
    n_deals
        How many deals are created, 100 to 1,000,000.
    seed
        Fixes every draw.
    start
        The first day on which a deal may be created.
    months
        Length of the window; deals that end after it are still open.
    n_sellers
        Sellers differ in how much of what they know they write down.
    unknown_share
        About this share of the answers that can be missing is missing.
    drift_per_year
        Change of the log-odds of winning in a year.
    hidden_spread
        Standard deviation, in log-odds, of what decides a deal and is in nobody's file.
    """

    n_deals: int = 3_000
    seed: int = 0
    start: date = date(2023, 1, 2)
    months: int = 36
    n_sellers: int = 12
    unknown_share: float = 0.15
    drift_per_year: float = -0.15
    hidden_spread: float = 0.5

    def __post_init__(self) -> None:
        ranges = {
            "n_deals": (FEWEST_DEALS, MOST_DEALS),
            "months": (6, 240),
            "n_sellers": (1, 1_000),
            "unknown_share": (0.0, 0.6),
            "drift_per_year": (-2.0, 2.0),
            "hidden_spread": (0.0, 3.0),
        }
        for name, (low, high) in ranges.items():
            if not low <= getattr(self, name) <= high:
                raise ValueError(f"{name} is {getattr(self, name)}; it goes from {low} to {high}")
