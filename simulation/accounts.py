"""The customers: each brings several deals, which have something in common."""

from dataclasses import dataclass

import numpy as np

from simulation.choices import Choice, Places, Vector, draw
from simulation.settings import MarketSettings

REGION = {
    "Île-de-France": 0.20, "Grand Est": 0.12, "Rhône-Alpes": 0.17, "Benelux": 0.13, "DACH": 0.15,
    "Iberia": 0.10, "Nordics": 0.08, "North Africa": 0.05,
}  # fmt: skip
FINANCIAL_HEALTH = {"sound": 0.74, "watch": 0.18, "distressed": 0.08}
LIMIT_BY_HEALTH = {"sound": 1.0, "watch": 0.6, "distressed": 0.25}

POPULARITY_SPREAD = 0.8
SIZE_SPREAD = 0.4
LIMIT_SPREAD = 0.5
MEDIAN_LIMIT_EUR = 300_000
KNOWN_AT_START = 0.45
FIRST_ORDER_CHANCE = 0.35


@dataclass(frozen=True, slots=True, kw_only=True)
class Accounts:
    """Customers; every array has shape (n_accounts,).

    ``popularity`` adds up to one and is the share of deals that an account brings; ``size`` has
    median one; ``first_order_at`` counts the deals after which a new customer becomes a known one;
    ``effect`` is what all deals of the account have in common, in log-odds of winning.
    ``ordinary_limit`` is the credit (EUR) before and ``credit_limit`` after a look at its health.
    """

    popularity: Vector
    size: Vector
    region: Choice
    financial_health: Choice
    ordinary_limit: Vector
    credit_limit: Vector
    first_order_at: Places
    effect: Vector
    seller: Places


def draw_accounts(settings: MarketSettings, random: np.random.Generator) -> Accounts:
    """Draw the customers of a market."""
    n = max(1, round(settings.n_deals / settings.deals_per_account))
    popularity = random.lognormal(0.0, POPULARITY_SPREAD, n)
    size = random.lognormal(0.0, SIZE_SPREAD, n)
    health = draw(random, FINANCIAL_HEALTH, n)
    ordinary_limit = MEDIAN_LIMIT_EUR * size * random.lognormal(0.0, LIMIT_SPREAD, n)
    known = random.random(n) < KNOWN_AT_START
    orders = random.geometric(FIRST_ORDER_CHANCE, n)
    return Accounts(
        popularity=popularity / popularity.sum(),
        size=size,
        region=draw(random, REGION, n),
        financial_health=health,
        ordinary_limit=ordinary_limit,
        credit_limit=np.round(ordinary_limit * health.weigh(LIMIT_BY_HEALTH), -3),
        first_order_at=np.where(known, 0, orders),
        effect=settings.account_spread * random.standard_normal(n),
        seller=random.integers(settings.n_sellers, size=n),
    )
