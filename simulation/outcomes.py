"""How the deals end, when, and after how many hours."""

from dataclasses import dataclass

import numpy as np

from simulation.answers import Answers
from simulation.choices import Choice, Mask, Places, Vector
from simulation.odds import Odds
from simulation.recording import Record
from simulation.settings import MarketSettings
from simulation.stakes import HOURS_BY_OUTCOME, usual_hours

ENDS = ("won", "lost", "no_decision")
OUTCOMES = (*ENDS, "declined_by_us", "open")
DECLINED, OPEN = OUTCOMES.index("declined_by_us"), OUTCOMES.index("open")

MEDIAN_DAYS = {"won": 85, "lost": 50, "no_decision": 120}
DAYS_EXPONENT, DAYS_AMOUNT_EUR, DAYS_SPREAD = 0.15, 100_000.0, 0.5
SHORTEST_DAYS, LONGEST_DAYS = 3, 365
DECLINED_DAYS, DECLINED_HOURS = 4.0, 0.05
HOURS_SPREAD = 0.4

DECLINE_INSOLVENT, DECLINE_DISTRESSED, DECLINE_NO_CAPACITY, DECLINE_OTHER = 0.85, 0.45, 0.35, 0.015
CAPACITY_PERCENT = 125


@dataclass(frozen=True, slots=True)
class Ended:
    """What became of the deals; every array has shape (n_deals,).

    ``outcome`` is as the export shows it; ``if_pursued`` as it would be (for an open deal: will
    be) after a pursuit to the end. ``days`` go from the decision to the end of what was done.
    ``hours`` were spent up to the export.
    """

    outcome: Choice
    if_pursued: Choice
    days: Places
    hours: Vector


def chance_of_declining(answers: Answers, recorded: Record) -> Vector:
    """Return how likely we decline each deal, which depends on recorded facts only."""
    insolvent = answers.insolvency_proceeding.is_one_of("receivership", "liquidation")
    distressed = answers.financial_health.is_one_of("distressed")
    distressed &= answers.deliverable.is_one_of("equipment", "complete line")
    no_capacity = answers.delivery_load_percent > CAPACITY_PERCENT
    return np.select(
        [
            insolvent & recorded.known["insolvency_proceeding"],
            distressed & recorded.known["financial_health"],
            no_capacity & recorded.known["delivery_load_percent"],
        ],
        [DECLINE_INSOLVENT, DECLINE_DISTRESSED, DECLINE_NO_CAPACITY],
        DECLINE_OTHER,
    )


def end(
    answers: Answers,
    odds: Odds,
    recorded: Record,
    settings: MarketSettings,
    random: np.random.Generator,
) -> Ended:
    """Draw how the deals end."""
    n = len(answers.day)
    if_pursued = _drawn_end(odds, random.random(n))
    pursuit_days = _pursuit_days(answers, if_pursued, random)
    declined = random.random(n) < chance_of_declining(answers, recorded)
    days = np.where(declined, 1 + random.poisson(DECLINED_DAYS, n), pursuit_days)
    is_open = answers.day + days >= settings.n_days
    codes = np.where(is_open, OPEN, np.where(declined, DECLINED, if_pursued.codes))
    spent = _pursuit_hours(answers, if_pursued, random)
    spent = np.where(declined, DECLINED_HOURS * usual_hours(answers), spent)
    elapsed = np.minimum(1.0, (settings.n_days - 1 - answers.day) / days)
    return Ended(Choice(OUTCOMES, codes), if_pursued, days, spent * elapsed)


def _drawn_end(odds: Odds, uniform: Vector) -> Choice:
    not_won = uniform >= odds.p_win
    no_decision: Mask = uniform >= odds.p_win + odds.p_lost
    return Choice(ENDS, not_won.astype(np.intp) + no_decision)


def _pursuit_days(answers: Answers, ended: Choice, random: np.random.Generator) -> Places:
    size = (answers.amount / DAYS_AMOUNT_EUR) ** DAYS_EXPONENT
    noise = random.lognormal(0.0, DAYS_SPREAD, len(size))
    days = np.round(ended.weigh(MEDIAN_DAYS) * size * noise)
    return np.clip(days, SHORTEST_DAYS, LONGEST_DAYS).astype(np.intp)


def _pursuit_hours(answers: Answers, ended: Choice, random: np.random.Generator) -> Vector:
    """Return the hours of a pursuit to the end; the noise has mean one."""
    noise = random.lognormal(-(HOURS_SPREAD**2) / 2, HOURS_SPREAD, len(answers.day))
    return usual_hours(answers) * ended.weigh(HOURS_BY_OUTCOME) * noise
