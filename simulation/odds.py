"""The true probabilities of the three ways in which a pursued deal ends."""

from dataclasses import dataclass

import numpy as np

from simulation.answers import Answers
from simulation.choices import Vector
from simulation.settings import MarketSettings

WIN_BY_RELATIONSHIP = {"new": -0.40, "past": 0.0, "current": 0.40}
WIN_BY_REQUEST = {"direct request": 0.35, "invited tender": 0.0, "open tender": -0.45}
WIN_BY_CONTACT = {"user": -0.35, "influencer": 0.0, "decision maker": 0.35}
WIN_BY_INCUMBENT = {"us": 0.40, "nobody": 0.0, "competitor": -0.45}
WIN_BY_NEED = {"clear": 0.25, "partial": 0.0, "unclear": -0.35}
WIN_BY_HEALTH = {"sound": 0.0, "watch": -0.10, "distressed": -0.40}
WIN_BY_REGION = {
    "Île-de-France": 0.10, "Grand Est": 0.15, "Rhône-Alpes": 0.20, "Benelux": 0.0, "DACH": -0.20,
    "Iberia": 0.0, "Nordics": -0.10, "North Africa": -0.25,
}  # fmt: skip
WIN_BUDGET = 0.40
WIN_SPECIFIED = 0.60
WIN_SPECIFIED_AND_DECIDER = 0.50
WIN_STRANGERS_TENDER = -0.70
WIN_LOG_COMPETITORS = -0.45
WIN_SHORT_DEADLINE, DEADLINE_SCALE_DAYS = -2.6, 14.0
WIN_OFF_SIZE, BEST_AMOUNT_EUR = -0.30, 120_000.0
WIN_LOAD_OVER, LOAD_FELT_ABOVE = -0.015, 90.0

NO_DECISION_BASE = -0.55
NO_DECISION_BY_NEED = {"clear": -0.45, "partial": 0.10, "unclear": 0.80}
NO_DECISION_BY_HEALTH = {"sound": 0.0, "watch": 0.25, "distressed": 0.70}
NO_DECISION_BY_BUDGET = (0.55, -0.40)
NO_DECISION_BY_REQUEST = {"direct request": 0.25, "invited tender": 0.0, "open tender": -0.35}
NO_DECISION_DECADE = 0.25


@dataclass(frozen=True, slots=True)
class Odds:
    """Probabilities of the three ends, which add up to one; each of shape (n_deals,)."""

    p_win: Vector
    p_lost: Vector
    p_no_decision: Vector


def odds_of(win: Vector, no_decision: Vector) -> Odds:
    """Return the odds from log-odds: of winning, and of no decision among what is not won."""
    p_win = _logistic(win)
    p_no_decision = _logistic(-win) * _logistic(no_decision)
    return Odds(p_win, _logistic(-win) * _logistic(-no_decision), p_no_decision)


def log_odds_of_win(answers: Answers, settings: MarketSettings) -> Vector:
    """Return what the facts say of winning, without what nobody can see."""
    return (
        settings.base_logit
        + settings.drift_per_year * answers.years
        + _who_and_how(answers)
        + _standing(answers)
        + _competition(answers, settings)
        + _curves(answers)
    )


def log_odds_of_no_decision(answers: Answers) -> Vector:
    """Return the log-odds that a deal which is not won ends without a decision."""
    without_budget, with_budget = NO_DECISION_BY_BUDGET
    return (
        NO_DECISION_BASE
        + answers.need.weigh(NO_DECISION_BY_NEED)
        + answers.financial_health.weigh(NO_DECISION_BY_HEALTH)
        + np.where(answers.budget_confirmed, with_budget, without_budget)
        + answers.request_type.weigh(NO_DECISION_BY_REQUEST)
        + NO_DECISION_DECADE * _decades(answers)
    )


def _who_and_how(answers: Answers) -> Vector:
    is_strangers_tender = answers.request_type.is_one_of("open tender")
    is_strangers_tender &= answers.relationship.is_one_of("new")
    return (
        answers.relationship.weigh(WIN_BY_RELATIONSHIP)
        + answers.request_type.weigh(WIN_BY_REQUEST)
        + answers.region.weigh(WIN_BY_REGION)
        + answers.financial_health.weigh(WIN_BY_HEALTH)
        + np.where(is_strangers_tender, WIN_STRANGERS_TENDER, 0.0)
    )


def _standing(answers: Answers) -> Vector:
    """Return what we made of the deal before the decision."""
    decider = answers.contact_level.is_one_of("decision maker")
    return (
        answers.contact_level.weigh(WIN_BY_CONTACT)
        + answers.need.weigh(WIN_BY_NEED)
        + np.where(answers.budget_confirmed, WIN_BUDGET, 0.0)
        + np.where(answers.specified_by_us, WIN_SPECIFIED, 0.0)
        + np.where(answers.specified_by_us & decider, WIN_SPECIFIED_AND_DECIDER, 0.0)
    )


def _competition(answers: Answers, settings: MarketSettings) -> Vector:
    a_competitor = WIN_LOG_COMPETITORS + settings.competition_drift_per_year * answers.years
    return a_competitor * np.log1p(answers.competitors) + answers.incumbent.weigh(WIN_BY_INCUMBENT)


def _curves(answers: Answers) -> Vector:
    load_over = np.maximum(answers.delivery_load_percent - LOAD_FELT_ABOVE, 0.0)
    return (
        WIN_SHORT_DEADLINE * np.exp(-answers.days_to_deadline / DEADLINE_SCALE_DAYS)
        + WIN_OFF_SIZE * _decades(answers) ** 2
        + WIN_LOAD_OVER * load_over
    )


def _decades(answers: Answers) -> Vector:
    """Powers of ten between the amount and the one that suits us best."""
    return np.log10(answers.amount / BEST_AMOUNT_EUR)


def _logistic(log_odds: Vector) -> Vector:
    p: Vector = 1.0 / (1.0 + np.exp(-log_odds))
    return p
