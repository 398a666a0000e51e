"""The reasons of a decision, in the order that people should hear them.

Knockouts first and what they ask for, then whether too little is known or unlike the past, or the
estimate too low, and how close that is; then what the past says, strongest first, by the criteria
that the reader knows; then the points of the policy, and those that are lost.
"""

from collections.abc import Iterable, Sequence

from features.conditions import Known
from features.policy import GoAt
from models.closeness import closeness
from models.contributions import grouped
from models.decision import Estimate, Reason, ScorecardVerdict, Worth
from models.knockouts import KnockoutState, KnockoutVerdict
from models.point_reasons import points_earned, points_missed
from models.reason_codes import ReasonCode
from models.scorecard import MOST_UNDECIDED, CriterionState, CriterionVerdict
from models.unlike_facts import fields_of

MOST_MODEL_REASONS = 5
MOST_UNLIKE = 2
"""More facts unlike those of closed deals are told even if each of them weighs little."""
BELOW = (
    ReasonCode.P_WIN_BELOW_THRESHOLD,
    ReasonCode.POINTS_BELOW_THRESHOLD,
    ReasonCode.VALUE_BELOW_THRESHOLD,
)
"""Where one of these holds, no condition makes a go of the deal."""
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
    explored_share: float | None = None,
) -> tuple[Reason, ...]:
    """Return why a deal is recommended or not.

    ``explored_share`` is the share of refused deals that are worked all the same, given where this
    is one of them.
    """
    too_low = (*_of_threshold(scorecard, estimate, go_at), *_of_value(worth, go_at))
    return (
        *_of_exploration(knockouts, explored_share),
        *_of_knockouts(knockouts),
        *(() if any(one.code in BELOW for one in too_low) else _of_conditions(knockouts)),
        *_of_too_little(scorecard.criteria, estimate),
        *_of_unlike(estimate),
        *too_low,
        *_of_closeness(knockouts, scorecard.criteria, estimate, worth, go_at),
        *_of_the_past(known, scorecard.criteria, estimate),
        *points_earned(scorecard.criteria),
        *points_missed(scorecard.criteria),
    )


def _of_exploration(
    knockouts: Sequence[KnockoutVerdict], share: float | None
) -> tuple[Reason, ...]:
    """Return that the deal is worked in spite of a refusal, and of which."""
    if share is None:
        return ()
    refusing = (one.knockout for one in knockouts if one.state is KnockoutState.FIRED)
    about = next((one.id for one in refusing if one.refuses), "go_at")
    return (
        Reason(
            code=ReasonCode.EXPLORATION,
            about=about,
            contribution=0.0,
            unit="verdict",
            figures={"share": share},
        ),
    )


def _of_threshold(
    scorecard: ScorecardVerdict, estimate: Estimate | None, go_at: GoAt
) -> tuple[Reason, ...]:
    """Return the reason that the deal is not worth its effort, with the figure that is too low."""
    if estimate is not None and estimate.decides:
        code, figure, least = ReasonCode.P_WIN_BELOW_THRESHOLD, estimate.p_win, go_at.p_win
    else:
        code, figure, least = (
            ReasonCode.POINTS_BELOW_THRESHOLD,
            scorecard.highest,
            go_at.points,
        )
    if least is None or figure >= least:
        return ()
    return (Reason(code=code, about="go_at", contribution=0.0, unit="verdict", fact=figure),)


def _of_value(worth: Worth | None, go_at: GoAt) -> tuple[Reason, ...]:
    """Return the reason that the expected value is too low, or unknown where it must decide.

    A value that is unknown is too low where it is so whatever the unknown numbers are, and no
    reason to ask where it is high enough whatever they are.
    """
    if worth is None or go_at.expected_value is None:
        return ()
    value, (lowest, highest) = worth.expected_value, worth.bounds
    if value is not None:
        lowest = highest = value
    if lowest >= go_at.expected_value:
        return ()
    unknown = highest >= go_at.expected_value
    code = ReasonCode.VALUE_UNKNOWN if unknown else ReasonCode.VALUE_BELOW_THRESHOLD
    reason = Reason(
        code=code,
        about="go_at",
        contribution=0.0 if unknown else highest,
        unit="money",
        fact=value,
        figures={"lowest": lowest, "highest": highest},
    )
    return (reason,)


def _of_too_little(
    criteria: Sequence[CriterionVerdict], estimate: Estimate | None
) -> tuple[Reason, ...]:
    """Return the one reason why a probability does not decide, where one would."""
    would = estimate is not None and estimate.decides
    if not would or not _too_little(criteria):
        return ()
    return (
        Reason(
            code=ReasonCode.TOO_LITTLE_KNOWN, about="criteria", contribution=0.0, unit="verdict"
        ),
    )


def _too_little(criteria: Sequence[CriterionVerdict]) -> bool:
    waiting = sum(verdict.state is CriterionState.TO_COMPLETE for verdict in criteria)
    return waiting > MOST_UNDECIDED * len(criteria)


def _of_closeness(
    knockouts: Iterable[KnockoutVerdict],
    criteria: Sequence[CriterionVerdict],
    estimate: Estimate | None,
    worth: Worth | None,
    go_at: GoAt,
) -> tuple[Reason, ...]:
    """Return how sure the recommendation is, where the estimate is what it hangs on."""
    if estimate is None or not estimate.decides or _refused(knockouts) or _too_little(criteria):
        return ()
    return tuple(closeness(estimate, worth, go_at))


def _refused(verdicts: Iterable[KnockoutVerdict]) -> bool:
    """Return whether a knockout refuses the deal, whatever else there is to say."""
    return any(
        (v.state is KnockoutState.FIRED and v.knockout.refuses)
        or (v.state is KnockoutState.UNKNOWN and v.knockout.on_unknown == "no_go")
        for v in verdicts
    )


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
            code=ReasonCode.UNLIKE_PAST_DEALS,
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
        KnockoutState.FIRED: ReasonCode.KNOCKOUT_FIRED,
        KnockoutState.UNKNOWN: ReasonCode.KNOCKOUT_UNKNOWN,
        KnockoutState.WAIVED: ReasonCode.KNOCKOUT_WAIVED,
    }
    return [
        Reason(code=codes[v.state], about=v.knockout.id, contribution=0.0, unit="verdict")
        for v in verdicts
        if v.state in {KnockoutState.FIRED, KnockoutState.WAIVED}
        or (v.state is KnockoutState.UNKNOWN and v.knockout.on_unknown != "ignore")
    ]


def _of_conditions(verdicts: Sequence[KnockoutVerdict]) -> list[Reason]:
    """Return what a go hangs on: the conditions of the knockouts that ask for one, each once."""
    asking = [
        verdict.knockout
        for verdict in verdicts
        if verdict.state is KnockoutState.FIRED and verdict.knockout.condition is not None
    ]
    if _refused(verdicts):
        return []
    first = {knockout.condition: knockout.id for knockout in reversed(asking)}
    return [
        Reason(code=ReasonCode.CONDITION, about=knockout.id, contribution=0.0, unit="verdict")
        for knockout in asking
        if first[knockout.condition] == knockout.id
    ]


def _of_the_past(
    known: Known, criteria: Sequence[CriterionVerdict], estimate: Estimate | None
) -> list[Reason]:
    """Return what closed deals say; the points of the policy alone are told as points."""
    if estimate is None or not estimate.closed_deals:
        return []
    by_criterion, by_field = grouped(estimate, criteria)
    shares = [
        (-abs(part.share), code, about, part.share)
        for code, parts in (
            (ReasonCode.MODEL_CRITERION, by_criterion),
            (ReasonCode.MODEL_FACT, by_field),
        )
        for about, part in parts.items()
        if abs(part.share) >= SMALLEST_SHARE
    ]
    looks_at = {one.criterion.id: one.criterion.looked_at for one in criteria}
    return [
        Reason(
            code=code,
            about=about,
            contribution=share,
            unit="percentage_points",
            fact=known.get(about) if code is ReasonCode.MODEL_FACT else None,
            facts={name: known.get(name) for name in looks_at[about]}
            if code is ReasonCode.MODEL_CRITERION
            else {},
        )
        for _, code, about, share in sorted(shares)[:MOST_MODEL_REASONS]
    ]


def _strongest(estimate: Estimate) -> list[str]:
    """Return the fields that move the probability most, as far as it is worth telling."""
    shares = estimate.field_shares
    strongest = sorted(shares, key=lambda field: (-abs(shares[field]), field))
    return [f for f in strongest[:MOST_MODEL_REASONS] if abs(shares[f]) >= SMALLEST_SHARE]
