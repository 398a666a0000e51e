"""A company that sells complex industrial offers, with known truth.

For deal *i* created *t* years after the start, with true answers (``simulation.answers``), ``[x]``
for 1 where x holds and 0 elsewhere, and N(m, s) for a normal draw:

.. code-block:: text

    win_i   = -0.35 + 0.9 [current customer] + 0.2 [past customer]
              + 0.8 [decision maker] + 0.2 [influencer]
              + 0.6 [heard early] - 1.1 [formal tender][not heard early]
              - (0.40 + 0.10 t) min(competitors, 3)
              + tanh((technical fit - 6) / 2)
              + 0.7 [growing customer] - 0.7 [shrinking customer]
              + 0.4 [parts] + 0.3 [service]
              - 0.5 (log10(amount) - 4.8)^2
              - 0.3 [distressed] - 0.5 [no delivery capacity]
              + N(0, 0.4) of the account + N(0, hidden_spread) + drift_per_year t
    stall_i = -0.9 + 0.9 [no budget] + 0.8 [need not defined] + 0.4 [contact is a user]
              - 0.4 [current customer]
    P(won) = e^win / (e^win + e^stall + 1), P(no decision) = e^stall / (same),
    P(lost) = 1 / (same)

``met_at_fair`` has no effect at all. The company declines 80 % of insolvent customers
(receivership or liquidation), else 35 % of deals over the credit limit, else 40 % of those without delivery
capacity; they are neither won nor lost. Medians of the days to the end: won 90, lost 50, no
decision 150, declined 6, times (amount / 60,000)^0.15 and a log-normal of 0.5. A pursuit takes 60,
12 or 25 hours (equipment, parts, service) times (amount / 60,000)^0.35, times 1.6 for a tender; 1.2
of that is spent on a win, 0.9 on a loss, 1.1 without a decision. Each answer that can be missing is
missing with probability unknown_share times the seller's carelessness (mean 1), and 1.8 times as
often when it is bad news.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from simulation.accounts import draw_account_of_each_deal, draw_accounts
from simulation.answers import draw_answers
from simulation.odds import TrueOdds, true_odds
from simulation.outcomes import OPEN, Endings, draw_endings
from simulation.recording import draw_seller_quality, leave_out
from simulation.settings import MarketSettings

DAYS_A_MONTH, DAYS_A_YEAR = 30.4375, 365.25
DAYS_TO_QUALIFY = 10.0
YES_OR_NO = ("budget_allocated", "need_defined", "formal_tender", "heard_early", "met_at_fair")


@dataclass(frozen=True, slots=True)
class SimulatedMarket:
    """What the company's CRM would export, and beside it, row by row, the truth.

    ``truth`` has ``p_win``, ``p_lost``, ``p_no_decision`` as of the decision day, the outcome that
    an open deal will have (``ending``), ``expected_hours``, ``spent_hours``, ``margin_if_won``,
    the ``seller_quality``, and every true answer under ``true_...``.
    """

    deals: pd.DataFrame
    truth: pd.DataFrame


def simulate(settings: MarketSettings) -> SimulatedMarket:
    """Return the deals of a market, in order of creation, and their truth.

    >>> market = simulate(MarketSettings(n_deals=100, seed=1))
    >>> market.deals.shape[0], bool(market.truth["p_win"].between(0, 1).all())
    (100, True)
    """
    random = np.random.default_rng(settings.seed)
    n = settings.n_deals
    accounts = draw_accounts(n, random)
    of_each = accounts.iloc[draw_account_of_each_deal(n, len(accounts), random)]
    answers = draw_answers(of_each, random)
    created = np.sort(random.integers(0, int(settings.months * DAYS_A_MONTH), n))
    hidden = of_each["effect"].to_numpy() + random.normal(0.0, settings.hidden_spread, n)
    odds = true_odds(answers, created / DAYS_A_YEAR, hidden, settings.drift_per_year)
    endings = draw_endings(answers, odds, random)
    sellers = random.integers(0, settings.n_sellers, n)
    quality = draw_seller_quality(settings.n_sellers, random)[sellers]
    recorded = leave_out(answers, quality, settings.unknown_share, random)
    decided = created + np.ceil(random.exponential(DAYS_TO_QUALIFY, n)).astype(int)
    dates = _dates(settings, decided, endings)
    frame = {
        "deal": [f"D{number:07d}" for number in range(1, n + 1)],
        "account": of_each["account"].to_numpy(),
        "seller": [f"S{number:03d}" for number in sellers],
        **dates,
    }
    deals = pd.DataFrame(frame).join(recorded)
    return SimulatedMarket(deals, _truth(odds, endings, quality, answers))


def write_deals(market: SimulatedMarket, path: Path) -> None:
    """Write the deals as a CSV file; unknown answers are empty."""
    words = {True: "yes", False: "no"}
    text = market.deals.copy()
    for name in (
        "budget_allocated",
        "need_defined",
        "formal_tender",
        "heard_early",
        "met_at_fair",
    ):
        text[name] = text[name].map(words, na_action="ignore")
    text.to_csv(path, index=False, lineterminator="\n", encoding="utf-8")


def _dates(
    settings: MarketSettings, decided: NDArray[np.int_], endings: Endings
) -> dict[str, object]:
    """Return the outcome and the days as the file has them; what ends later is still open."""
    start = np.datetime64(settings.start, "D")
    closed = decided + endings.days.astype(int)
    still_open = closed > settings.months * DAYS_A_MONTH
    closed_on = (start + closed.astype("timedelta64[D]")).astype(str).astype(object)
    return {
        "decided_on": (start + decided.astype("timedelta64[D]")).astype(str),
        "closed_on": np.where(still_open, None, closed_on),
        "outcome": np.where(still_open, OPEN, endings.outcome),
    }


def _truth(
    odds: TrueOdds, endings: Endings, quality: NDArray[np.float64], answers: pd.DataFrame
) -> pd.DataFrame:
    truth = pd.DataFrame(
        {
            "p_win": odds.won,
            "p_lost": odds.lost,
            "p_no_decision": odds.no_decision,
            "ending": endings.outcome,
            "expected_hours": endings.expected_hours,
            "spent_hours": endings.spent_hours,
            "margin_if_won": endings.margin,
            "seller_quality": quality,
        }
    )
    return truth.join(answers.add_prefix("true_"))
