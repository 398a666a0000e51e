"""The reasons of a decision, in the order that people should hear them.

Knockouts first, then whether too little is known or unlike the past, or the estimate too low, then
what the past says, strongest first, then the points of the policy.
"""

from collections.abc import Iterable, Sequence

from features.conditions import Known
from features.policy import GoAt
from models.decision import Estimate, Reason, ScorecardVerdict, Worth
from models.knockouts import KnockoutState, KnockoutVerdict
from models.scorecard import MOST_UNDECIDED, CriterionState, CriterionVerdict
from models.unlike_facts import fields_of

MOST_MODEL_REASONS = 5
MOST_UNLIKE = 2
"""More facts unlike those of closed deals are told even if each of them weighs little."""
SMALLEST_SHARE = 0.001
"""A tenth of a percentage point: below that a contribution is not worth a reader's time."""


def reasons_for(
    known: Known,
    *,
    knockouts: Sequence[KnockoutVerdict],
    scorecard: ScorecardVerdict,
    estimate: Estimate | None,
    worth: Worth | None,
    go_at: GoAt,
) -> tuple[Reason, ...]:
    """Return why a deal is recommended or not."""
    return (
        *_of_knockouts(knockouts),
        *_of_too_little(scorecard.criteria, estimate),
        *_of_unlike(estimate),
        *_of_threshold(scorecard, estimate, go_at),
        *_of_value(worth, go_at),
        *_of_the_past(known, estimate),
        *_of_points(scorecard.criteria),
    )


def _of_threshold(
    scorecard: ScorecardVerdict, estimate: Estimate | None, go_at: GoAt
) -> tuple[Reason, ...]:
    """Return the reason that the deal is not worth its effort, with the figure that is too low."""
    threshold: float
    deciding = estimate if estimate is not None and estimate.decides else None
    if deciding is not None and go_at.p_win is not None:
        code, figure, threshold = "P_WIN_BELOW_THRESHOLD", deciding.p_win, go_at.p_win
    elif deciding is not None:
        return ()
    elif go_at.points is not None:
        code, figure, threshold = "POINTS_BELOW_THRESHOLD", scorecard.highest, go_at.points
    else:
        return ()
    reason = Reason(code=code, about="go_at", contribution=0.0, unit="verdict", fact=figure)
    return (reason,) if figure < threshold else ()


def _of_value(worth: Worth | None, go_at: GoAt) -> tuple[Reason, ...]:
    """Return the reason that the expected value is too low, or unknown where it must decide."""
    if worth is None or go_at.expected_value is None:
        return ()
    value = worth.expected_value
    if value is not None and value >= go_at.expected_value:
        return ()
    code = "VALUE_UNKNOWN" if value is None else "VALUE_BELOW_THRESHOLD"
    reason = Reason(code=code, about="go_at", contribution=value or 0.0, unit="money", fact=value)
    return (reason,)


def _of_too_little(
    criteria: Sequence[CriterionVerdict], estimate: Estimate | None
) -> tuple[Reason, ...]:
    """Return the one reason why a probability does not decide, where one would."""
    waiting = sum(verdict.state is CriterionState.TO_COMPLETE for verdict in criteria)
    would = estimate is not None and estimate.decides
    if not would or waiting <= MOST_UNDECIDED * len(criteria):
        return ()
    return (Reason(code="TOO_LITTLE_KNOWN", about="criteria", contribution=0.0, unit="verdict"),)


def _of_unlike(estimate: Estimate | None) -> list[Reason]:
    """Return the facts that the past cannot speak of, where the estimate hangs on them.

    It does where one of its strongest fields is among them, or where they are many.
    """
    if estimate is None:
        return []
    many = len(fields_of(estimate.unseen)) > MOST_UNLIKE
    weighs = set(_strongest(estimate))
    return [
        Reason(
            code="UNLIKE_PAST_DEALS",
            about=one.field,
            contribution=0.0,
            unit="verdict",
            fact=one.value,
        )
        for one in estimate.unseen
        if many or one.field in weighs
    ]


def _of_knockouts(verdicts: Iterable[KnockoutVerdict]) -> list[Reason]:
    codes = {
        KnockoutState.FIRED: "KNOCKOUT_FIRED",
        KnockoutState.UNKNOWN: "KNOCKOUT_UNKNOWN",
        KnockoutState.WAIVED: "KNOCKOUT_WAIVED",
    }
    return [
        Reason(code=codes[v.state], about=v.knockout.id, contribution=0.0, unit="verdict")
        for v in verdicts
        if v.state in {KnockoutState.FIRED, KnockoutState.WAIVED}
        or (v.state is KnockoutState.UNKNOWN and v.knockout.on_unknown != "ignore")
    ]


def _of_the_past(known: Known, estimate: Estimate | None) -> list[Reason]:
    """Return what closed deals say; the points of the policy alone are told as points."""
    if estimate is None or not estimate.closed_deals:
        return []
    return [
        Reason(
            code="MODEL_FACT",
            about=field,
            contribution=estimate.shares[field],
            unit="percentage_points",
            fact=known.get(field),
        )
        for field in _strongest(estimate)
    ]


def _strongest(estimate: Estimate) -> list[str]:
    """Return the fields that move the probability most, as far as it is worth telling."""
    shares = estimate.shares
    strongest = sorted(shares, key=lambda field: (-abs(shares[field]), field))
    return [f for f in strongest[:MOST_MODEL_REASONS] if abs(shares[f]) >= SMALLEST_SHARE]


def _of_points(verdicts: Iterable[CriterionVerdict]) -> list[Reason]:
    codes = {
        CriterionState.MET: "CRITERION_MET",
        CriterionState.TO_COMPLETE: "CRITERION_TO_COMPLETE",
    }
    return [
        Reason(
            code=codes[verdict.state],
            about=verdict.criterion.id,
            contribution=verdict.points,
            unit="points",
        )
        for verdict in verdicts
        if verdict.state in codes
    ]
