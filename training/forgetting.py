"""Weights that forget: how much less an older deal counts, where the past shows that it should.

A half-life is chosen among none, 36, 24 and 12 months from the teaching deals alone: a cheap
logistic regression learns from what had closed before each of several days, and is judged by what
closed next. Forgetting costs deals, so it must pay: of the half-lives that chance alone may set
behind the best, the longest is taken (as the one-standard-error rule; Breiman et al. 1984).
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from features.policy import Policy
from features.policy.criterion_columns import with_criteria
from models.logistic import LogisticProblem
from models.scaling import Scaling
from reports.evaluation import Forgetting
from training.closed_deals import ClosedDeals
from training.fit import schema_of

Vector = NDArray[np.float64]
Days = NDArray[np.datetime64]

HALF_LIVES = (0, 36, 24, 12)
"""In months, the longest first; 0 stands for not forgetting."""

FEWEST_DEALS = 200
MOST_DEALS = 3_000
"""More than so many deals, evenly over time, tell no more about time and cost seconds."""

ORIGINS = (0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
"""The shares of the closings after which the cheap model is judged by what comes next."""

BLOCKS = 20
DOUBT = 1.64
DAYS_A_MONTH = 30.4375
PENALTY = 3.0


@dataclass(frozen=True, slots=True)
class Forgot:
    """What was chosen, None where nothing was tried, and each deal's weight, shape (n_deals,).

    The weights are None where all deals count alike.
    """

    forgetting: Forgetting | None
    weights: Vector | None


def forget(deals: ClosedDeals, policy: Policy) -> Forgot:
    """Return how fast to forget some teaching deals, and the weights that follow.

    Nothing is tried where the deals carry no closing days, or are fewer than 200.
    """
    if deals.closed_on is None:
        return Forgot(None, None)
    forgetting = chosen_half_life(deals, policy)
    if forgetting is None or forgetting.half_life_months is None:
        return Forgot(forgetting, None)
    return Forgot(forgetting, forgetting_weights(deals.closed_on, forgetting.half_life_months))


def forgetting_weights(closed_on: Days, half_life_months: float) -> Vector:
    """Return weights that halve with every half-life before the last closing.

    Deals without a closing day weigh as much as the others do on average.

    >>> days = np.array(["2024-01-01", "2026-01-01", "NaT"], dtype="datetime64[D]")
    >>> forgetting_weights(days, 24).round(2).tolist()
    [0.5, 1.0, 0.75]
    """
    known = ~np.isnat(closed_on)
    age_days = (closed_on[known].max() - closed_on[known]) / np.timedelta64(1, "D")
    weights = np.empty(len(closed_on))
    weights[known] = np.exp2(-age_days / (half_life_months * DAYS_A_MONTH))
    weights[~known] = weights[known].mean()
    return weights


def _weights(closed_on: Days, months: int) -> Vector:
    return forgetting_weights(closed_on, months) if months else np.ones(len(closed_on))


def chosen_half_life(deals: ClosedDeals, policy: Policy) -> Forgetting | None:
    """Return the half-life to take and what was tried; None with fewer than 200 dated deals."""
    if deals.closed_on is None:
        return None
    dated = np.flatnonzero(~np.isnat(deals.closed_on))
    if len(dated) < FEWEST_DEALS:
        return None
    in_time = dated[np.argsort(deals.closed_on[dated], kind="stable")]
    some = deals.take(in_time[:: -(-len(in_time) // MOST_DEALS)])
    losses = _losses(some, policy)
    means = {months: float(loss.mean()) for months, loss in losses.items()}
    best = min(means, key=lambda months: means[months])
    for months in HALF_LIVES:  # the longest first
        worse = losses[months] - losses[best]
        if worse.mean() <= DOUBT * _error(worse):
            return Forgetting(half_life_months=months or None, tried=means)
    raise AssertionError("the best is within its own error")


def _error(worse: Vector) -> float:
    """Return the standard error of a mean of differences in order of time.

    Deals that closed together share the luck of their time, so blocks of them are what varies.
    """
    means = [block.mean() for block in np.array_split(worse, BLOCKS)]
    return float(np.std(means, ddof=1) / np.sqrt(BLOCKS))


def _losses(deals: ClosedDeals, policy: Policy) -> dict[int, Vector]:
    """Return the log-loss of each judging deal under each half-life; deals in order of closing."""
    closed_on = deals.closed_on
    assert closed_on is not None  # noqa: S101 (told to mypy; the caller asked)
    schema, criteria = schema_of(deals, policy)
    X = schema.matrix(with_criteria(deals.table, criteria)).values
    Z = Scaling.learn(X).centred(X)
    free = np.zeros(Z.shape[1], dtype=int)
    losses: dict[int, list[Vector]] = {months: [] for months in HALF_LIVES}
    for train, judge in _origins(closed_on):
        for months in HALF_LIVES:
            weights = _weights(closed_on[train], months)
            problem = LogisticProblem(Z[train], deals.won[train], weights, free)
            theta = problem.solve(PENALTY)
            log_odds = theta[0] + Z[judge] @ theta[1:-1]
            losses[months].append(np.logaddexp(0.0, log_odds) - deals.won[judge] * log_odds)
    return {months: np.concatenate(parts) for months, parts in losses.items()}


def _origins(closed_on: Days) -> Iterator[tuple[NDArray[np.intp], NDArray[np.intp]]]:
    """Yield what had closed before each origin, and what closed from it to the next."""
    n = len(closed_on)
    cuts = [closed_on[int(n * share)] for share in ORIGINS]
    for cut, end in zip(cuts, [*cuts[1:], None], strict=True):
        train = np.flatnonzero(closed_on < cut)
        judge = np.flatnonzero((closed_on >= cut) & (True if end is None else closed_on < end))
        if len(train) and len(judge):
            yield train, judge
