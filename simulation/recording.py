"""What gets written down: blanks depend on the seller, the question and the answer itself."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from simulation.answers import Answers
from simulation.choices import Mask, Vector
from simulation.settings import MarketSettings

CARELESSNESS_SPREAD = 0.8

DIFFICULTY: Mapping[str, float] = {
    "budget_confirmed": 0.2,
    "contact_level": -0.2,
    "competitors": 0.4,
    "incumbent": 0.1,
    "need": -0.3,
    "specified_by_us": -0.2,
    "days_to_deadline": -0.8,
    "financial_health": -0.5,
    "insolvency_proceeding": -0.8,
    "exposure": -1.5,
    "credit_limit": -1.5,
    "delivery_load_percent": 0.0,
}
"""Log-odds of a blank, question by question; what is not here is always on record."""


@dataclass(frozen=True, slots=True)
class Record:
    """Which answers were written down, and how well each deal's seller does it.

    ``known`` holds a mask a question; ``seller_quality`` is the probability that the deal's seller
    writes an ordinary, harmless answer down. All of shape (n_deals,).
    """

    known: Mapping[str, Mask]
    seller_quality: Vector


def awkwardness(answers: Answers) -> dict[str, Vector]:
    """Return the log-odds of a blank that come from the answer itself: bad news stays unsaid."""
    proceeding = ~answers.insolvency_proceeding.is_one_of("none")
    return {
        "budget_confirmed": _where(~answers.budget_confirmed, 0.9),
        "contact_level": _where(answers.contact_level.is_one_of("user"), 0.8),
        "competitors": 0.15 * np.minimum(answers.competitors, 5.0),
        "incumbent": _where(answers.incumbent.is_one_of("competitor"), 0.6),
        "need": _where(answers.need.is_one_of("unclear"), 0.7),
        "specified_by_us": _where(~answers.specified_by_us, 0.5),
        "days_to_deadline": _where(answers.request_type.is_one_of("direct request"), 0.8),
        "financial_health": _where(answers.financial_health.is_one_of("distressed"), 0.9),
        "insolvency_proceeding": _where(proceeding, 0.7),
        "exposure": _where(answers.exposure > answers.credit_limit, 0.5),
        "credit_limit": _where(answers.relationship.is_one_of("new"), 1.2),
        "delivery_load_percent": np.zeros(len(answers.day)),
    }


def record(answers: Answers, settings: MarketSettings, random: np.random.Generator) -> Record:
    """Draw what gets written down."""
    carelessness = CARELESSNESS_SPREAD * random.standard_normal(settings.n_sellers)
    of_seller = carelessness[answers.seller]
    known = {}
    for question, of_answer in awkwardness(answers).items():
        chance = _blank_chance(settings, DIFFICULTY[question] + of_seller + of_answer)
        known[question] = random.random(len(chance)) >= chance
    return Record(known, 1.0 - _blank_chance(settings, of_seller))


def _where(holds: Mask, log_odds: float) -> Vector:
    return np.where(holds, log_odds, 0.0)


def _blank_chance(settings: MarketSettings, log_odds: Vector) -> Vector:
    """Return the probability of a blank: the setting's odds, times the exponential of the rest."""
    odds = settings.unknown_share / (1.0 - settings.unknown_share) * np.exp(log_odds)
    chance: Vector = odds / (1.0 + odds)
    return chance
