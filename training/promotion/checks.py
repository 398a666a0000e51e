"""The checks of the gate: each a figure beside its limit (MODELLING.md, R-GATE-2 and R-GATE-3)."""

from collections.abc import Iterator
from dataclasses import dataclass

from scipy.stats import rankdata

from reports.promotion import Check, CheckCode, HoldoutSummary, Rule
from training.promotion.calibration import calibration_slope, observed_minus_expected
from training.promotion.compare import (
    Mean,
    Vector,
    compare,
    group_means,
    level_of,
    log_losses,
    mean_of,
)
from training.promotion.contender import JudgedRows
from training.promotion.holdout import FEWEST_DEALS, FEWEST_OF_AN_OUTCOME

SMALLEST_GAIN = 0.005
"""Nats a deal below the base rate's log-loss. A model that learned noise and knows it says the base
rate of nearly every deal; one time in twenty such a model is "better" in 95 % of the draws, by a
thousandth or two that nobody would notice."""

MARGIN = 0.01
"""Nats a deal that a refreshed model may lose at most, as far as 95 % of draws can tell."""

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


def checks_of(
    judged: JudgedRows,
    rule: Rule,
    *,
    attempts: int,
    seed: int,
    acknowledged: bool = False,
    money: Money | None = None,
) -> tuple[Check, ...]:
    """Return every check that a rule asks for, of what both models said of the held-out deals."""
    checks = [
        *own_checks(
            judged,
            attempts=attempts if rule is Rule.FIRST else 1,
            seed=seed,
            acknowledged=acknowledged,
        )
    ]
    difference = difference_of(judged, seed=seed)
    if difference is not None:
        checks += champion_checks(difference, rule, attempts)
    if money is not None:
        checks.append(value_check(money, judged, seed=seed))
    return (*checks, *calibration_checks(judged, seed=seed))


def difference_of(judged: JudgedRows, *, seed: int) -> Mean | None:
    """Return the challenger's log-loss minus the champion's; None where there is no champion."""
    if judged.champion is None:
        return None
    ours = log_losses(judged.challenger, judged.won)
    return compare(ours, log_losses(judged.champion, judged.won), judged.groups, seed=seed)


def own_checks(
    judged: JudgedRows, *, attempts: int, seed: int, acknowledged: bool
) -> Iterator[Check]:
    """Yield what a challenger has to show whatever the rule, apart from its calibration.

    ``attempts`` raises the bar only where it is the base rate that has to be beaten for the seat.
    """
    losses = log_losses(judged.challenger, judged.won)
    base = log_losses(judged.base, judged.won)
    skill = 1 - losses.mean() / base.mean()
    believable = (
        (CheckCode.AUC_BELIEVABLE, auc(judged.challenger, judged.won), LARGEST_AUC),
        (CheckCode.SKILL_BELIEVABLE, float(skill), LARGEST_SKILL),
    )
    for code, figure, limit in believable:
        ok = figure <= limit
        excused = acknowledged and not ok
        yield Check(code=code, figure=figure, limit=limit, ok=ok, acknowledged=excused)
    gain = compare(losses, base, judged.groups, seed=seed)
    yield _at_least(CheckCode.BETTER_THAN_BASE_RATE, gain.p_below, level_of(attempts))
    yield Check(
        code=CheckCode.GAIN_OVER_BASE_RATE,
        figure=-gain.value,
        limit=SMALLEST_GAIN,
        low=-gain.high,
        high=-gain.low,
        ok=-gain.value >= SMALLEST_GAIN,
    )


def champion_checks(difference: Mean, rule: Rule, attempts: int) -> Iterator[Check]:
    """Yield what a challenger has to show beside the champion."""
    if rule is Rule.CHANGE:
        yield _at_least(CheckCode.BETTER_THAN_CHAMPION, difference.p_below, level_of(attempts))
    if rule is Rule.REFRESH:
        interval = {"low": difference.low, "high": difference.high}
        yield Check(
            code=CheckCode.NOT_WORSE_ON_AVERAGE,
            figure=difference.value,
            limit=0.0,
            ok=difference.value <= 0,
            **interval,
        )
        code = CheckCode.NOT_WORSE_AT_MOST
        upper = difference.upper
        yield Check(code=code, figure=upper, limit=MARGIN, ok=upper < MARGIN)


def value_check(money: Money, judged: JudgedRows, *, seed: int) -> Check:
    """Return whether pursuing by the challenger brings no less, within one standard error."""
    gain = money.challenger - money.champion
    mean = mean_of(gain, group_means(gain[:, None], judged.groups, seed=seed)[:, 0])
    return Check(
        code=CheckCode.VALUE_KEPT,
        figure=mean.value,
        limit=-mean.error,
        low=mean.low,
        high=mean.high,
        ok=mean.value >= -mean.error,
    )


def calibration_checks(judged: JudgedRows, *, seed: int) -> Iterator[Check]:
    """Yield whether the probabilities mean what they say."""
    p_win, won, groups = judged.challenger, judged.won, judged.groups
    offset = observed_minus_expected(p_win, won, groups, seed=seed)
    yield Check(
        code=CheckCode.CALIBRATED_IN_THE_LARGE,
        figure=offset.value,
        limit=LARGEST_OFFSET,
        low=offset.low,
        high=offset.high,
        ok=abs(offset.value) <= LARGEST_OFFSET or offset.low <= 0 <= offset.high,
    )
    slope = calibration_slope(p_win, won, groups)
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
