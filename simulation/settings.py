"""What can be chosen about the market: its size, length and drift, and how well it is recorded."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

DAYS_A_MONTH = 30.4375
DAYS_A_YEAR = 365.25

RANGES: Mapping[str, tuple[float, float]] = {
    "n_deals": (100, 1_000_000),
    "seed": (0, 2**63 - 1),
    "months": (6, 240),
    "base_logit": (-5, 5),
    "drift_per_year": (-2, 2),
    "competition_drift_per_year": (-1, 1),
    "unknown_share": (0, 0.9),
    "deals_per_account": (1, 100),
    "account_spread": (0, 3),
    "latent_spread": (0, 3),
    "n_sellers": (1, 1000),
}
"""The smallest and the largest value of each setting."""

WHOLE = frozenset({"n_deals", "seed", "months", "n_sellers"})
EARLIEST, LATEST = date(1900, 1, 1), date(2200, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class MarketSettings:
    """The market to simulate; two markets with equal settings are equal to the byte.

    Attributes
    ----------
    n_deals
        Deals that come in during the window, 100 to 1,000,000.
    seed
        Fixes every draw.
    start
        The first day of the window.
    months
        Length of the window. On its last day the deals are exported.
    base_logit
        Log-odds of winning, at the start, before any fact speaks.
    drift_per_year
        Change of the base log-odds a year.
    competition_drift_per_year
        Change a year of what one more (log) competitor costs, in log-odds.
    unknown_share
        Probability that an ordinary seller leaves an ordinary, harmless answer blank.
    deals_per_account
        Mean number of deals an account brings.
    account_spread
        Standard deviation of what an account's deals have in common, in log-odds.
    latent_spread
        Standard deviation of what nobody can see about a deal, in log-odds.
    n_sellers
        How many people sell; they differ in how much they write down, not in how well they win.

    Examples
    --------
    >>> MarketSettings(n_deals=500).last_day.isoformat()
    '2025-12-31'
    >>> MarketSettings(n_deals=5)
    Traceback (most recent call last):
    ...
    ValueError: n_deals is 5, and goes from 100 to 1000000
    """

    n_deals: int = 3_000
    seed: int = 7
    start: date = date(2023, 1, 1)
    months: int = 36
    base_logit: float = -0.35
    drift_per_year: float = -0.10
    competition_drift_per_year: float = -0.06
    unknown_share: float = 0.10
    deals_per_account: float = 4.0
    account_spread: float = 0.35
    latent_spread: float = 0.35
    n_sellers: int = 12

    def __post_init__(self) -> None:
        """Refuse what no market can be."""
        for name, (low, high) in RANGES.items():
            value = getattr(self, name)
            if isinstance(value, bool) or (name in WHOLE and not isinstance(value, int)):
                raise ValueError(f"{name} is {value!r}, and is a whole number")
            if not low <= value <= high:
                limits = f"{low:.15g} to {high:.15g}"
                raise ValueError(f"{name} is {value:.15g}, and goes from {limits}")
        if not EARLIEST <= self.start <= LATEST:
            raise ValueError(f"start is {self.start}, and goes from {EARLIEST} to {LATEST}")

    @property
    def n_days(self) -> int:
        """Days in the window."""
        return round(self.months * DAYS_A_MONTH)

    @property
    def last_day(self) -> date:
        """The day of the export: what has not closed by then is open."""
        return self.start + timedelta(days=self.n_days - 1)
