"""The deals that come in, with the true answer to every question of the demo policy."""

from dataclasses import dataclass

import numpy as np

from simulation.accounts import Accounts
from simulation.choices import Choice, Mask, Places, Vector, draw, draw_given
from simulation.settings import DAYS_A_YEAR, MarketSettings

DELIVERABLE = {"equipment": 0.35, "parts": 0.25, "services": 0.28, "complete line": 0.12}
MEDIAN_AMOUNT_EUR = {
    "equipment": 180_000, "parts": 25_000, "services": 60_000, "complete line": 900_000,
}  # fmt: skip
AMOUNT_SPREAD = 0.8
SMALLEST_AMOUNT_EUR = 1_000

KNOWN_RELATIONSHIP = {"current": 0.72, "past": 0.28}
RELATIONSHIPS = ("new", "past", "current")

REQUEST_TYPES = ("direct request", "invited tender", "open tender")
REQUEST_BY_RELATIONSHIP = {
    "new": (0.25, 0.35, 0.40), "past": (0.40, 0.38, 0.22), "current": (0.55, 0.33, 0.12),
}  # fmt: skip
CONTACT_LEVELS = ("user", "influencer", "decision maker")
CONTACT_BY_RELATIONSHIP = {
    "new": (0.40, 0.38, 0.22), "past": (0.30, 0.40, 0.30), "current": (0.25, 0.40, 0.35),
}  # fmt: skip
INCUMBENTS = ("us", "nobody", "competitor")
INCUMBENT_BY_RELATIONSHIP = {
    "new": (0.00, 0.42, 0.58), "past": (0.10, 0.40, 0.50), "current": (0.52, 0.26, 0.22),
}  # fmt: skip
NEEDS = ("clear", "partial", "unclear")
NEED_BY_REQUEST = {
    "direct request": (0.46, 0.34, 0.20),
    "invited tender": (0.50, 0.33, 0.17),
    "open tender": (0.56, 0.30, 0.14),
}
BUDGET_BY_NEED = {"clear": 0.75, "partial": 0.52, "unclear": 0.28}
SPECIFIED_BY_RELATIONSHIP = {"new": 0.15, "past": 0.30, "current": 0.45}
SPECIFIED_BY_REQUEST = {"direct request": 1.3, "invited tender": 1.0, "open tender": 0.45}
MEAN_COMPETITORS = {"direct request": 0.8, "invited tender": 2.2, "open tender": 3.6}
MOST_COMPETITORS = 10
MEDIAN_DAYS_TO_DEADLINE = {"direct request": 35, "invited tender": 28, "open tender": 24}
DEADLINE_SPREAD = 0.75
LONGEST_DEADLINE_DAYS = 365
STRATEGIC_SHARE = 0.22

PROCEEDINGS = ("none", "safeguard", "receivership", "liquidation")
PROCEEDING_BY_HEALTH = {
    "sound": (1.0, 0.0, 0.0, 0.0), "watch": (0.97, 0.03, 0.0, 0.0),
    "distressed": (0.60, 0.20, 0.14, 0.06),
}  # fmt: skip
EXPOSURE_BY_RELATIONSHIP = {"new": 0.0, "past": 0.2, "current": 1.0}
MEAN_LOG_EXPOSURE, EXPOSURE_SPREAD = -1.3, 0.7

MEAN_LOAD_PERCENT, LOAD_SEASON, LOAD_SPREAD = 88, 10, 17
LOAD_RANGE = (20, 180)
OWN_SELLER_SHARE = 0.85


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """Deals in the order in which they came in; every array has shape (n_deals,).

    ``day`` counts days from the start of the window to the decision; ``account`` and ``seller``
    are numbers. Amounts are in EUR.
    """

    day: Places
    account: Places
    seller: Places
    deliverable: Choice
    region: Choice
    amount: Vector
    relationship: Choice
    request_type: Choice
    contact_level: Choice
    need: Choice
    budget_confirmed: Mask
    specified_by_us: Mask
    competitors: Vector
    incumbent: Choice
    days_to_deadline: Vector
    strategic: Mask
    financial_health: Choice
    insolvency_proceeding: Choice
    exposure: Vector
    credit_limit: Vector
    delivery_load_percent: Vector

    @property
    def years(self) -> Vector:
        """Years from the start of the window to the decision."""
        return self.day / DAYS_A_YEAR


def draw_answers(
    settings: MarketSettings, accounts: Accounts, random: np.random.Generator
) -> Answers:
    """Draw the deals of a market, with the truth about each."""
    n = settings.n_deals
    day = np.sort(random.integers(settings.n_days, size=n))
    account = random.choice(len(accounts.popularity), size=n, p=accounts.popularity)
    relationship = _relationship(accounts, account, random)
    request = draw_given(random, relationship, REQUEST_TYPES, REQUEST_BY_RELATIONSHIP)
    need = draw_given(random, request, NEEDS, NEED_BY_REQUEST)
    deliverable = draw(random, DELIVERABLE, n)
    health = accounts.financial_health.take(account)
    specified = relationship.weigh(SPECIFIED_BY_RELATIONSHIP) * request.weigh(SPECIFIED_BY_REQUEST)
    return Answers(
        day=day,
        account=account,
        seller=_seller(settings, accounts, account, random),
        deliverable=deliverable,
        region=accounts.region.take(account),
        amount=_amount(deliverable, accounts.size[account], random),
        relationship=relationship,
        request_type=request,
        contact_level=draw_given(random, relationship, CONTACT_LEVELS, CONTACT_BY_RELATIONSHIP),
        need=need,
        budget_confirmed=random.random(n) < need.weigh(BUDGET_BY_NEED),
        specified_by_us=random.random(n) < specified,
        competitors=_competitors(request, random),
        incumbent=draw_given(random, relationship, INCUMBENTS, INCUMBENT_BY_RELATIONSHIP),
        days_to_deadline=_days_to_deadline(request, random),
        strategic=random.random(n) < STRATEGIC_SHARE,
        financial_health=health,
        insolvency_proceeding=draw_given(random, health, PROCEEDINGS, PROCEEDING_BY_HEALTH),
        exposure=_exposure(relationship, accounts.ordinary_limit[account], random),
        credit_limit=accounts.credit_limit[account],
        delivery_load_percent=_delivery_load(day, random),
    )


def nth_of_account(account: Places) -> Places:
    """Return how many earlier deals each deal's account had; deals are in order of time.

    >>> nth_of_account(np.array([4, 7, 4, 4])).tolist()
    [0, 0, 1, 2]
    """
    order = np.argsort(account, kind="stable")
    _, first, counts = np.unique(account[order], return_index=True, return_counts=True)
    nth = np.empty(len(account), dtype=np.intp)
    nth[order] = np.arange(len(account)) - np.repeat(first, counts)
    return nth


def _relationship(accounts: Accounts, account: Places, random: np.random.Generator) -> Choice:
    """Draw where each customer stands: new until its first order, and never again after."""
    is_new = nth_of_account(account) < accounts.first_order_at[account]
    is_current = random.random(len(account)) < KNOWN_RELATIONSHIP["current"]
    return Choice(RELATIONSHIPS, np.where(is_new, 0, np.where(is_current, 2, 1)))


def _seller(
    settings: MarketSettings, accounts: Accounts, account: Places, random: np.random.Generator
) -> Places:
    anybody = random.integers(settings.n_sellers, size=len(account))
    is_own = random.random(len(account)) < OWN_SELLER_SHARE
    return np.where(is_own, accounts.seller[account], anybody)


def _amount(deliverable: Choice, size: Vector, random: np.random.Generator) -> Vector:
    noise = random.lognormal(0.0, AMOUNT_SPREAD, len(size))
    amount = deliverable.weigh(MEDIAN_AMOUNT_EUR) * size * noise
    return np.maximum(np.round(amount, -2), SMALLEST_AMOUNT_EUR)


def _competitors(request: Choice, random: np.random.Generator) -> Vector:
    met = random.poisson(request.weigh(MEAN_COMPETITORS))
    return np.minimum(met, MOST_COMPETITORS).astype(np.float64)


def _days_to_deadline(request: Choice, random: np.random.Generator) -> Vector:
    noise = random.lognormal(0.0, DEADLINE_SPREAD, len(request.codes))
    days = np.round(request.weigh(MEDIAN_DAYS_TO_DEADLINE) * noise)
    return np.clip(days, 1, LONGEST_DEADLINE_DAYS)


def _exposure(relationship: Choice, limit: Vector, random: np.random.Generator) -> Vector:
    share = random.lognormal(MEAN_LOG_EXPOSURE, EXPOSURE_SPREAD, len(limit))
    return np.round(limit * share * relationship.weigh(EXPOSURE_BY_RELATIONSHIP), -2)


def _delivery_load(day: Places, random: np.random.Generator) -> Vector:
    season = LOAD_SEASON * np.sin(2 * np.pi * day / DAYS_A_YEAR)
    load = MEAN_LOAD_PERCENT + season + LOAD_SPREAD * random.standard_normal(len(day))
    return np.asarray(np.clip(np.round(load), *LOAD_RANGE), dtype=np.float64)
