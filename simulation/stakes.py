"""What a pursuit costs in hours, and what a won deal brings."""

import numpy as np

from simulation.answers import Answers
from simulation.choices import Vector
from simulation.odds import Odds

HOURS_BY_DELIVERABLE = {"equipment": 90, "parts": 12, "services": 35, "complete line": 260}
HOURS_BY_REQUEST = {"direct request": 0.8, "invited tender": 1.0, "open tender": 1.35}
HOURS_IF_STRATEGIC = 1.2
HOURS_EXPONENT, HOURS_AMOUNT_EUR = 0.3, 100_000.0
HOURS_BY_OUTCOME = {"won": 1.25, "lost": 1.0, "no_decision": 0.7}

MARGIN_BY_DELIVERABLE = {"equipment": 0.22, "parts": 0.38, "services": 0.32, "complete line": 0.17}
MARGIN_LOST_A_COMPETITOR, COMPETITORS_FELT = 0.04, 5
DEFAULT_BY_HEALTH = {"sound": 0.005, "watch": 0.03, "distressed": 0.15}
DEFAULT_IF_INSOLVENT = 0.50
LOSS_GIVEN_DEFAULT = 0.70


def usual_hours(answers: Answers) -> Vector:
    """Return the hours that a deal of its kind takes when it is pursued and lost."""
    return (
        answers.deliverable.weigh(HOURS_BY_DELIVERABLE)
        * answers.request_type.weigh(HOURS_BY_REQUEST)
        * (answers.amount / HOURS_AMOUNT_EUR) ** HOURS_EXPONENT
        * np.where(answers.strategic, HOURS_IF_STRATEGIC, 1.0)
    )


def expected_hours(answers: Answers, odds: Odds) -> Vector:
    """Return the mean hours of a pursuit to its end, seen from the decision day."""
    return usual_hours(answers) * (
        HOURS_BY_OUTCOME["won"] * odds.p_win
        + HOURS_BY_OUTCOME["lost"] * odds.p_lost
        + HOURS_BY_OUTCOME["no_decision"] * odds.p_no_decision
    )


def margin_if_won(answers: Answers) -> Vector:
    """Return the margin (EUR) of the deal if won, after expected payment defaults."""
    eroded = MARGIN_LOST_A_COMPETITOR * np.minimum(answers.competitors, COMPETITORS_FELT)
    rate = answers.deliverable.weigh(MARGIN_BY_DELIVERABLE) * (1.0 - eroded)
    insolvent = answers.insolvency_proceeding.is_one_of("receivership", "liquidation")
    by_health = answers.financial_health.weigh(DEFAULT_BY_HEALTH)
    default = np.where(insolvent, DEFAULT_IF_INSOLVENT, by_health)
    margin: Vector = answers.amount * (rate - LOSS_GIVEN_DEFAULT * default)
    return margin
