"""Companies whose truth is known: the simulated market, another one for every seed."""

import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from scipy.special import expit, logit

from benchmarks.model.experts import criteria_of
from benchmarks.model.facts import Vector
from benchmarks.model.policies import boolean, category, number, policy_of
from features.policy import Policy
from features.table import DealTable
from simulation import MarketSettings, simulate, write_deals
from training.closed_deals import ClosedDeals, closed_deals
from training.intake import read_deals

AS_OF = date(2026, 1, 5)
FEWEST_OF_EACH = 5
TEST_DEALS, LARGEST_TRAINING = 20_000, 10_000
SHARE_PURSUED = 0.8
"""Less than the share of deals that are closed and were pursued, in any of the markets."""

DEALS: dict[str, Any] = {
    "id": "deal_id",
    "account": "account",
    "as_of": "qualified_on",
    "closed_on": "closed_on",
    "outcome": {"column": "outcome", "won": ["won"], "lost": ["lost"],
                "no_decision": ["no_decision"], "declined_by_us": ["declined_by_us"],
                "open": ["open"]},
}  # fmt: skip
FIELDS: dict[str, dict[str, Any]] = {
    **{name: category() for name in (
        "deliverable", "region", "relationship", "request_type", "contact_level", "need",
        "incumbent", "financial_health", "insolvency_proceeding")},
    **{name: number() for name in (
        "amount", "competitors", "days_to_deadline", "exposure", "credit_limit",
        "delivery_load_percent")},
    **{name: boolean() for name in ("strategic", "budget_confirmed", "specified_by_us")},
}  # fmt: skip
UNKNOWN_SHARES = (0.0, 0.05, 0.10, 0.20, 0.35)


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """Closed deals of one company to learn from, and others with their truth to judge by.

    ``p_win`` is the true probability of the test deals; ``p_of_facts`` the one of somebody who
    knows the market and all answers, also those not on record, and nothing that nobody can see:
    the mean over that. Both of shape (n_test,).
    """

    seed: int
    settings: MarketSettings
    closed: ClosedDeals
    test: DealTable
    p_win: Vector
    p_of_facts: Vector

    def policy(self, expert: str) -> Policy:
        """Return the policy as an expert writes it, with the same fields for everybody."""
        return policy_of(f"company_{self.seed}", DEALS, FIELDS, criteria_of(expert, self.seed))

    def training(self, n_deals: int) -> ClosedDeals:
        """Return some closed deals drawn at random, at least five of them won and five not.

        Raises
        ------
        ValueError
            When the company has not so many.
        """
        if not 2 * FEWEST_OF_EACH <= n_deals <= len(self.closed):
            raise ValueError(f"{n_deals} deals to learn from, of {len(self.closed)}")
        random = np.random.default_rng([self.seed, n_deals])
        while True:
            rows = np.sort(random.permutation(len(self.closed))[:n_deals])
            won = self.closed.won[rows].sum()
            if FEWEST_OF_EACH <= won <= n_deals - FEWEST_OF_EACH:
                return self.closed.take(rows)


def settings_of(seed: int, n_deals: int) -> MarketSettings:
    """Return the market of a seed; none drifts, so that every deal teaches the same truth."""
    random = np.random.default_rng([seed, 2026])
    return MarketSettings(
        n_deals=n_deals,
        seed=seed,
        base_logit=float(random.uniform(-1.2, 0.4)),
        unknown_share=UNKNOWN_SHARES[seed % len(UNKNOWN_SHARES)],
        account_spread=float(random.uniform(0.0, 0.6)),
        latent_spread=float(random.uniform(0.0, 0.6)),
        n_sellers=int(random.integers(3, 31)),
        drift_per_year=0.0,
        competition_drift_per_year=0.0,
    )


def company(
    seed: int, *, largest: int = LARGEST_TRAINING, test_deals: int = TEST_DEALS
) -> Company:
    """Return the company of a seed, its deals written to a file and read under a policy.

    The deals to judge by are others of the same market that were pursued, whether or not they
    have ended: their truth is known anyhow.
    """
    settings = settings_of(seed, max(400, round((largest + test_deals) / SHARE_PURSUED)))
    market = simulate(settings)
    policy = policy_of(f"company_{seed}", DEALS, FIELDS)
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "deals.csv"
        write_deals(market, file)
        on_file = read_deals(file, policy, as_of=AS_OF, needs_outcome=True)
    pursued = np.flatnonzero(market.deals["outcome"].to_numpy() != "declined_by_us")
    random = np.random.default_rng([seed, 7])
    judges = np.sort(random.permutation(pursued)[:test_deals])
    teaches = np.setdiff1d(np.arange(len(market.deals)), judges)
    truth = market.truth.iloc[judges]
    return Company(
        seed=seed,
        settings=settings,
        closed=closed_deals(on_file.take(teaches), policy),
        test=on_file.table.take(judges),
        p_win=truth["p_win"].to_numpy(),
        p_of_facts=_over_the_unseen(truth["p_win_of_facts"].to_numpy(), settings),
    )


def _over_the_unseen(p_of_facts: Vector, settings: MarketSettings) -> Vector:
    """Return the mean probability over what nobody can see, by Gauss and Hermite."""
    spread = np.hypot(settings.account_spread, settings.latent_spread)
    nodes, weights = np.polynomial.hermite_e.hermegauss(31)
    each = expit(logit(p_of_facts)[:, None] + spread * nodes)
    return np.asarray(each @ (weights / weights.sum()))
