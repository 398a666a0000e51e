"""The checks of the gate: each a figure beside its limit (MODELLING.md, R-GATE-2 and R-GATE-3)."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.stats import rankdata

from reports.promotion import Check, CheckCode, HoldoutSummary, Rule
from training.promotion.calibration import calibration_slope
from training.promotion.compare import (
    Mean,
    Vector,
    group_means,
    level_of,
    log_losses,
    mean_of,
)
from training.promotion.contender import JudgedRows
from training.promotion.holdout import FEWEST_DEALS, FEWEST_OF_AN_OUTCOME

OVER_BASE_RATE = 0.99
"""How sure one must be that a model beats the base rate: at 0.95, and without `SMALLEST_GAIN`, one
model of permuted labels in a hundred got through (`benchmarks/gate.py`)."""

SMALLEST_GAIN = 0.01
"""Nats a deal below the base rate's log-loss. A model that learned noise and knows it says nearly
the base rate of every deal; one time in twenty such a model is "better" in 95 % of the draws, by a
thousandth or two that nobody would notice."""

MARGIN = 0.01
"""Nats a deal that a refreshed model may lose at most, as far as 95 % of draws can tell."""

SURELY_WORSE = 0.95
"""How sure one must be that a model is worse than the base rate to keep it from a free seat."""

FEWEST_TO_TELL = 5
"""Held-out deals of each outcome below which nobody is sure: draws of fewer vary too little."""

FEWEST_FRESH_LEARNED = 25
LARGEST_AUC, LARGEST_SKILL = 0.90, 0.50
LARGEST_OFFSET = 0.05
SLOPES = (0.7, 1.4)


@dataclass(frozen=True, slots=True)
class Money:
    """What pursuing by each model would have brought a deal; shape (n_rows,), zero if unknown."""

    challenger: Vector
    champion: Vector


def evidence_checks(
    holdout: HoldoutSummary, fewest: int, fresh_learned: int | None
) -> Iterator[Check]:
    """Yield whether there are deals enough to judge by, and news enough to be judged."""
    yield _at_least(CheckCode.HELD_OUT_DEALS, holdout.deals, FEWEST_DEALS)
    yield _at_least(CheckCode.HELD_OUT_OF_EACH_OUTCOME, fewest, FEWEST_OF_AN_OUTCOME)
    if fresh_learned is not None:
        yield _at_least(CheckCode.FRESH_DEALS_LEARNED, fresh_learned, FEWEST_FRESH_LEARNED)


@dataclass(frozen=True, slots=True)
class Figures:
    """Paired means over the held-out deals, all from the same bootstrap draws.

    ``gain`` is the base rate's log-loss minus the challenger's, ``difference`` the challenger's
    minus the champion's, ``offset`` the won share minus the promised one, ``money`` what the
    challenger brings more than the champion; None where there is nothing to compare with.
    """

    gain: Mean
    offset: Mean
    difference: Mean | None
    money: Mean | None


def figures_of(judged: JudgedRows, *, seed: int, money: Money | None = None) -> Figures:
    """Return the figures of what both models said of the same held-out deals."""
    losses = log_losses(judged.challenger, judged.won)
    columns = {
        "gain": log_losses(judged.base, judged.won) - losses,
        "offset": judged.won - judged.challenger,
    }
    if judged.champion is not None:
        columns["difference"] = losses - log_losses(judged.champion, judged.won)
    if money is not None:
        columns["money"] = money.challenger - money.champion
    draws = group_means(np.column_stack(list(columns.values())), judged.groups, seed=seed)
    means = {
        name: mean_of(values, draws[:, place])
        for place, (name, values) in enumerate(columns.items())
    }
    return Figures(means["gain"], means["offset"], means.get("difference"), means.get("money"))


def checks_of(
    judged: JudgedRows,
    figures: Figures,
    rule: Rule,
    *,
    attempts: int,
    acknowledged: bool = False,
) -> tuple[Check, ...]:
    """Return every check that a rule asks for.

    ``attempts`` raises the bar of whatever has to be beaten for the seat: the champion, or the
    base rate where the seat is free.
    """
    own = max(OVER_BASE_RATE, level_of(attempts if rule is Rule.FIRST else 1))
    checks = [*_believable(judged, acknowledged=acknowledged), *_over_base_rate(figures.gain, own)]
    if figures.difference is not None:
        checks += _beside_champion(figures.difference, rule, attempts)
    if figures.money is not None:
        checks.append(_value_kept(figures.money))
    return (*checks, *_calibrated(judged, figures.offset))


def provisional_checks(
    judged: JudgedRows, figures: Figures, fewest: int, *, acknowledged: bool = False
) -> Iterator[Check]:
    """Yield what may speak against a model that is the policy's own estimate, moved by deals.

    ``fewest`` counts the held-out deals of the rarer outcome; of few, an AUC over 0.90 is chance.
    """
    if fewest >= FEWEST_OF_AN_OUTCOME:
        yield from _believable(judged, acknowledged=acknowledged)
    code, worse = CheckCode.NOT_WORSE_THAN_BASE_RATE, figures.gain.p_below
    yield Check(code=code, figure=worse, limit=SURELY_WORSE, ok=worse < SURELY_WORSE)


def _believable(judged: JudgedRows, *, acknowledged: bool) -> Iterator[Check]:
    base = log_losses(judged.base, judged.won).mean()
    skill = 1 - log_losses(judged.challenger, judged.won).mean() / base
    found = (
        (CheckCode.AUC_BELIEVABLE, auc(judged.challenger, judged.won), LARGEST_AUC),
        (CheckCode.SKILL_BELIEVABLE, float(skill), LARGEST_SKILL),
    )
    for code, figure, limit in found:
        ok = figure <= limit
        excused = acknowledged and not ok
        yield Check(code=code, figure=figure, limit=limit, ok=ok, acknowledged=excused)


def _over_base_rate(gain: Mean, level: float) -> Iterator[Check]:
    yield _at_least(CheckCode.BETTER_THAN_BASE_RATE, gain.p_above, level)
    yield Check(
        code=CheckCode.GAIN_OVER_BASE_RATE,
        figure=gain.value,
        limit=SMALLEST_GAIN,
        low=gain.low,
        high=gain.high,
        ok=gain.value >= SMALLEST_GAIN,
    )


def _beside_champion(difference: Mean, rule: Rule, attempts: int) -> Iterator[Check]:
    if rule is Rule.CHANGE:
        yield _at_least(CheckCode.BETTER_THAN_CHAMPION, difference.p_below, level_of(attempts))
    if rule is Rule.REFRESH:
        yield Check(
            code=CheckCode.NOT_WORSE_ON_AVERAGE,
            figure=difference.value,
            limit=0.0,
            low=difference.low,
            high=difference.high,
            ok=difference.value <= 0,
        )
        code, upper = CheckCode.NOT_WORSE_AT_MOST, difference.upper
        yield Check(code=code, figure=upper, limit=MARGIN, ok=upper < MARGIN)


def _value_kept(gain: Mean) -> Check:
    return Check(
        code=CheckCode.VALUE_KEPT,
        figure=gain.value,
        limit=-gain.error,
        low=gain.low,
        high=gain.high,
        ok=gain.value >= -gain.error,
    )


def _calibrated(judged: JudgedRows, offset: Mean) -> Iterator[Check]:
    yield Check(
        code=CheckCode.CALIBRATED_IN_THE_LARGE,
        figure=offset.value,
        limit=LARGEST_OFFSET,
        low=offset.low,
        high=offset.high,
        ok=abs(offset.value) <= LARGEST_OFFSET or offset.low <= 0 <= offset.high,
    )
    slope = calibration_slope(judged.challenger, judged.won, judged.groups)
    if slope is not None:
        yield Check(
            code=CheckCode.CALIBRATION_SLOPE,
            figure=slope.value,
            limit=SLOPES[0] if slope.value < 1 else SLOPES[1],
            low=slope.low,
            high=slope.high,
            ok=slope.low <= SLOPES[1] and slope.high >= SLOPES[0],
        )


def auc(p_win: Vector, won: Vector) -> float:
    """Return how often a won deal has the higher probability, ties half; 0.5 for one outcome.

    >>> auc(np.array([0.2, 0.5, 0.9]), np.array([0.0, 1.0, 1.0]))
    1.0
    """
    n_won = won.sum()
    n_not = len(won) - n_won
    if not n_won or not n_not:
        return 0.5
    ranks = rankdata(p_win)[won == 1].sum()
    return float((ranks - n_won * (n_won + 1) / 2) / (n_won * n_not))


def _at_least(code: CheckCode, figure: float, limit: float) -> Check:
    return Check(code=code, figure=float(figure), limit=float(limit), ok=figure >= limit)
