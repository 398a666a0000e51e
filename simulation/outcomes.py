"""What happened to each deal, when, and at what effort."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from simulation.odds import TrueOdds

Vector = NDArray[np.float64]

WON, LOST, NO_DECISION, DECLINED, OPEN = "won", "lost", "no_decision", "declined_by_us", "open"
MEDIAN_DAYS = {WON: 90.0, LOST: 50.0, NO_DECISION: 150.0, DECLINED: 6.0}
EFFORT_SPENT = {WON: 1.2, LOST: 0.9, NO_DECISION: 1.1, DECLINED: 0.05}
HOURS = {"equipment": 60.0, "parts": 12.0, "service": 25.0}
MARGIN = {"equipment": 0.22, "parts": 0.38, "service": 0.32}


@dataclass(frozen=True, slots=True)
class Endings:
    """How each deal ends, though perhaps after the window; shapes (n_deals,)."""

    outcome: NDArray[np.object_]
    days: Vector
    expected_hours: Vector
    spent_hours: Vector
    margin: Vector


def draw_endings(answers: pd.DataFrame, odds: TrueOdds, random: np.random.Generator) -> Endings:
    """Return how each deal ends; what the company declines was never won or lost."""
    n = len(answers)
    at = random.random(n)
    ending = np.where(at < odds.won, WON, np.where(at < odds.won + odds.lost, LOST, NO_DECISION))
    outcome = np.where(random.random(n) < _p_declined(answers), DECLINED, ending).astype(object)
    named = pd.Series(outcome)
    slower = (answers["amount"].to_numpy() / 60_000.0) ** 0.15
    days = named.map(MEDIAN_DAYS).to_numpy() * slower * random.lognormal(0.0, 0.5, n)
    hours = expected_hours(answers)
    spent = hours * named.map(EFFORT_SPENT).to_numpy() * random.lognormal(-0.08, 0.4, n)
    margin = answers["amount"] * answers["deliverable"].map(MARGIN)
    return Endings(outcome, np.ceil(days), hours, np.round(spent, 1), margin.to_numpy())


def expected_hours(answers: pd.DataFrame) -> Vector:
    """Return the hours that a pursuit takes on average: more for large deals and for tenders."""
    base = answers["deliverable"].map(HOURS).to_numpy()
    size = (answers["amount"].to_numpy() / 60_000.0) ** 0.35
    tender = 1.0 + 0.6 * answers["formal_tender"].to_numpy(dtype=np.float64)
    hours: Vector = base * size * tender
    return hours


def _p_declined(answers: pd.DataFrame) -> Vector:
    """Return the share that we decline: insolvent customers mostly, limits and capacity partly."""
    insolvent = answers["insolvency_proceeding"].isin(["receivership", "liquidation"])
    over_limit = answers["exposure"] > answers["credit_limit"]
    overbooked = answers["delivery_capacity"] == "none"
    return np.select([insolvent, over_limit, overbooked], [0.8, 0.35, 0.4], default=0.0)
