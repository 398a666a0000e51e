"""A market with known truth: the deals of a company that sells complex industrial offers.

The equations
-------------
Everything needed to build the market again; the shares of the answers and whatever else stands in
a table are constants of the module named beside each heading. ``[x]`` is 1 where x holds and 0
elsewhere, ``N(0, s)`` a normal draw, ``LN(m, s)`` a log-normal one of median m, ``L(x)`` is
``1 / (1 + exp(-x))``, ``t`` the years (days / 365.25) since the start, and ``d`` is
``log10(amount / 120,000 EUR)``.

*Accounts* (``accounts``). There are n_deals / deals_per_account; a deal belongs to one with a
probability proportional to its popularity, LN(1, 0.8). Size is LN(1, 0.4). Region and financial
health are drawn once. The ordinary limit is 300,000 EUR · size · LN(1, 0.5); the credit limit is
that times 1, 0.6 or 0.25 when the account is sound, on watch or distressed. 45 % are known at the
start, the others are new until they have brought a geometric(0.35) number of deals. All deals of
an account share ``A = N(0, account_spread)``. 85 % of them are its own seller's.

*Answers* (``answers``). Days are uniform over the window. The amount is LN(median of the
deliverable, 0.8) · size. A known customer is current (72 %) or past. Request type, contact level
and incumbent depend on the relationship; need and the mean of the Poisson number of competitors
(at most 10) on the request type; budget on the need; a proceeding on the health; the chance of
"specified by us" is a share of the relationship times a factor of the request type. Days to the
deadline are LN(median of the request type, 0.75), from 1 to 365. Exposure is the ordinary limit ·
LN(exp(-1.3), 0.7) for a current customer, a fifth of it for a past one, 0 for a new one. The load
of the workshop is 88 + 10 sin(2 π t) + N(0, 17) percent, from 20 to 180. 22 % are strategic.
Amounts and exposures are rounded to 100 EUR, limits to 1,000 EUR, days and loads to whole ones.

*Odds* (``odds``), as of the decision day, of a deal that is pursued to its end::

    F  = base_logit + drift_per_year · t
       + relationship {new -0.40, past 0, current +0.40}
       + request type {direct +0.35, invited 0, open tender -0.45}
       + contact {user -0.35, influencer 0, decision maker +0.35}
       + incumbent {us +0.40, nobody 0, competitor -0.45}
       + need {clear +0.25, partial 0, unclear -0.35}
       + health {sound 0, watch -0.10, distressed -0.40}
       + region {Île-de-France +0.10, Grand Est +0.15, Rhône-Alpes +0.20, Benelux 0, DACH -0.20,
                 Iberia 0, Nordics -0.10, North Africa -0.25}
       + 0.40 [budget] + 0.60 [specified by us]
       + 0.50 [specified by us and decision maker]                       an interaction
       - 0.70 [open tender and new]                                      an interaction
       + (-0.45 + competition_drift_per_year · t) · log(1 + competitors) a coefficient that drifts
       - 2.6 exp(-days to deadline / 14)                                 a curve
       - 0.30 d²                                                         a hump
       - 0.015 max(load - 90, 0)                                         a hinge
    p_win = L(F + A + N(0, latent_spread))

    G  = -0.55 + need {clear -0.45, partial +0.10, unclear +0.80}
       + health {sound 0, watch +0.25, distressed +0.70} + (-0.40 if budget else +0.55)
       + request type {direct +0.25, invited 0, open tender -0.35} + 0.25 d
    p_no_decision = (1 - p_win) · L(G),   p_lost = (1 - p_win) · L(-G)

"Strategic" is in no equation but that of the hours. Sellers are in none but that of the blanks.

*Stakes* (``stakes``). A lost pursuit takes usual hours = {equipment 90, parts 12, services 35,
complete line 260} · {direct 0.8, invited 1, open tender 1.35} · (amount / 100,000)^0.3 · (1.2 if
strategic); a won one 1.25 times as many, one without decision 0.7 times. The expected hours weigh
the three by their probabilities. The margin if won is amount · (r · (1 - 0.04 min(competitors, 5))
- 0.7 q) with r = {equipment 0.22, parts 0.38, services 0.32, complete line 0.17} and the chance of
default q = {sound 0.005, watch 0.03, distressed 0.15}, or 0.5 in receivership or liquidation.

*Records* (``recording``). Deliverable, region, relationship, amount, request type and strategic
are always on record. Any other answer is left blank with the odds unknown_share /
(1 - unknown_share) · exp(difficulty of the question + N(0, 0.8) of the seller + awkwardness of the
answer): bad news stays unsaid, hence what is missing is not missing at random.

*Outcomes* (``outcomes``). One draw from the three probabilities. It takes LN(85 won, 50 lost, 120
no decision; 0.5) · (amount / 100,000)^0.15 days, from 3 to 365, and the hours of its outcome times
a log-normal noise (0.4) of mean one. We decline, by recorded facts alone and after 1 + Poisson(4)
days, 85 % in receivership or liquidation; else 45 % of distressed customers who want equipment or
a complete line; else 35 % over a load of 125 %; else 1.5 %; which takes 5 % of the usual hours.
What has not closed by the last day is open, and has used the share of its hours that has elapsed.
The export estimates each pursuit at the usual hours of its kind, and tells those that were spent.

Accounts, answers, what nobody sees, records and outcomes have a stream of random numbers each, so
another ``unknown_share`` leaves the same deals with the same truth, only recorded differently.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from simulation.accounts import draw_accounts
from simulation.answers import Answers, draw_answers
from simulation.choices import Vector
from simulation.export import deal_ids, deals_frame, write_csv
from simulation.odds import Odds, log_odds_of_no_decision, log_odds_of_win, odds_of
from simulation.outcomes import Ended, end
from simulation.recording import Record, record
from simulation.settings import MarketSettings
from simulation.stakes import expected_hours, margin_if_won, usual_hours


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulatedMarket:
    """Deals and the truth about them, row by row.

    ``deals`` has a row a deal, in the order of the decision days: ids, the facts on record on the
    decision day, the outcome. Unknown facts are missing; days are ISO texts.

    ``truth`` has a row for the same deal: ``p_win``, ``p_lost`` and ``p_no_decision`` if pursued;
    ``p_win_of_facts``, without what nobody can see; ``account_effect`` and ``latent_effect``,
    which are that, in log-odds; ``outcome_if_pursued``; ``usual_hours`` (of a lost pursuit),
    ``expected_hours`` (of a pursuit to the end) and ``spent_hours`` (up to the export);
    ``margin_if_won`` in EUR; and ``seller_data_quality``, the probability that the seller writes
    an ordinary answer down.
    """

    settings: MarketSettings
    deals: pd.DataFrame
    truth: pd.DataFrame


def simulate(settings: MarketSettings) -> SimulatedMarket:
    """Return a market: its deals as a CRM exports them, and the truth.

    >>> market = simulate(MarketSettings(n_deals=100))
    >>> len(market.deals), len(market.truth)
    (100, 100)
    """
    of_accounts, of_answers, of_latent, of_records, of_outcomes = (
        np.random.default_rng(stream) for stream in np.random.SeedSequence(settings.seed).spawn(5)
    )
    accounts = draw_accounts(settings, of_accounts)
    answers = draw_answers(settings, accounts, of_answers)
    latent = settings.latent_spread * of_latent.standard_normal(settings.n_deals)
    odds = _odds(answers, settings, accounts.effect[answers.account] + latent)
    recorded = record(answers, settings, of_records)
    ended = end(answers, odds, recorded, settings, of_outcomes)
    return SimulatedMarket(
        settings=settings,
        deals=deals_frame(answers, recorded, ended, settings),
        truth=_truth(answers, odds, recorded, ended, settings).assign(
            account_effect=accounts.effect[answers.account], latent_effect=latent
        ),
    )


def write_deals(market: SimulatedMarket, path: Path) -> None:
    """Write the deals, without the truth, as the CSV file that a CRM would export."""
    write_csv(market.deals, path)


def _odds(answers: Answers, settings: MarketSettings, unseen: Vector | float) -> Odds:
    return odds_of(log_odds_of_win(answers, settings) + unseen, log_odds_of_no_decision(answers))


def _truth(
    answers: Answers, odds: Odds, recorded: Record, ended: Ended, settings: MarketSettings
) -> pd.DataFrame:
    ends = np.array(ended.if_pursued.levels, dtype=object)
    return pd.DataFrame(
        {
            "deal_id": pd.Series(deal_ids(settings.n_deals), dtype="str"),
            "p_win": odds.p_win,
            "p_lost": odds.p_lost,
            "p_no_decision": odds.p_no_decision,
            "p_win_of_facts": _odds(answers, settings, 0.0).p_win,
            "outcome_if_pursued": pd.Series(ends[ended.if_pursued.codes], dtype="str"),
            "usual_hours": usual_hours(answers),
            "expected_hours": expected_hours(answers, odds),
            "spent_hours": ended.hours,
            "margin_if_won": margin_if_won(answers),
            "seller_data_quality": recorded.seller_quality,
        }
    )
