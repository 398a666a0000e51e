"""The truth: how likely each deal is to be won, lost, or left undecided."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Vector = NDArray[np.float64]

COMPETITORS_THAT_COUNT = 3


@dataclass(frozen=True, slots=True)
class TrueOdds:
    """Probabilities as of the decision day, each of shape (n_deals,); they sum to one."""

    won: Vector
    lost: Vector
    no_decision: Vector


def true_odds(answers: pd.DataFrame, years: Vector, hidden: Vector, drift: float) -> TrueOdds:
    """Return the probabilities from the true answers.

    ``years`` since the start of the window, ``hidden`` the log-odds that nobody can see, ``drift``
    the change of log-odds in a year. The equations stand in `simulation.market`.
    """
    win = np.exp(_win_log_odds(answers, years) + hidden + drift * years)
    stall = np.exp(_stall_log_odds(answers))
    total = win + stall + 1.0
    return TrueOdds(won=win / total, lost=1.0 / total, no_decision=stall / total)


def _is(answers: pd.DataFrame, name: str, value: object) -> Vector:
    return np.asarray(answers[name] == value, dtype=np.float64)


def _win_log_odds(answers: pd.DataFrame, years: Vector) -> Vector:
    rivals = np.minimum(answers["competitors"].to_numpy(), COMPETITORS_THAT_COUNT)
    early = _is(answers, "heard_early", value=True)
    size = np.log10(answers["amount"].to_numpy().clip(1.0)) - 4.8
    fit = answers["technical_fit"].to_numpy()
    log_odds: Vector = (
        -0.35
        + 0.9 * _is(answers, "relationship", "current")
        + 0.2 * _is(answers, "relationship", "past")
        + 0.8 * _is(answers, "authority", "decision_maker")
        + 0.2 * _is(answers, "authority", "influencer")
        + 0.6 * early
        - 1.1 * _is(answers, "formal_tender", value=True) * (1 - early)
        - (0.40 + 0.10 * years) * rivals
        + 1.0 * np.tanh((fit - 6.0) / 2.0)
        + 0.7 * _is(answers, "customer_growth", "growing")
        - 0.7 * _is(answers, "customer_growth", "shrinking")
        + 0.4 * _is(answers, "deliverable", "parts")
        + 0.3 * _is(answers, "deliverable", "service")
        - 0.5 * size**2
        - 0.3 * _is(answers, "financial_health", "distressed")
        - 0.5 * _is(answers, "delivery_capacity", "none")
    )
    return log_odds


def _stall_log_odds(answers: pd.DataFrame) -> Vector:
    log_odds: Vector = (
        -0.9
        + 0.9 * _is(answers, "budget_allocated", value=False)
        + 0.8 * _is(answers, "need_defined", value=False)
        + 0.4 * _is(answers, "authority", "user")
        - 0.4 * _is(answers, "relationship", "current")
    )
    return log_odds
