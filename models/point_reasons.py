"""The reasons that are points: those a deal earns, those still open, and those it misses."""

from collections.abc import Iterable

from models.contributions import points_lost
from models.decision import Reason
from models.reason_codes import ReasonCode
from models.scorecard import CriterionState, CriterionVerdict

MOST_POINTS_LOST = 5


def points_earned(verdicts: Iterable[CriterionVerdict]) -> list[Reason]:
    """Return what the criteria bring that are met, and those that are still open."""
    codes = {
        CriterionState.MET: ReasonCode.CRITERION_MET,
        CriterionState.TO_COMPLETE: ReasonCode.CRITERION_TO_COMPLETE,
    }
    return [
        Reason(
            code=codes[verdict.state],
            about=verdict.criterion.id,
            contribution=verdict.points,
            unit="points",
            figures={}
            if verdict.state is CriterionState.MET
            else {"lowest": verdict.lowest, "highest": verdict.highest},
        )
        for verdict in verdicts
        if verdict.state in codes
    ]


def points_missed(verdicts: Iterable[CriterionVerdict]) -> list[Reason]:
    """Return what the criteria that are decided cost against the best, the dearest first.

    One that costs just what it takes away has been told so already.
    """
    lost = [
        (points_lost(verdict), verdict)
        for verdict in verdicts
        if verdict.state is not CriterionState.TO_COMPLETE
    ]
    told = [(cost, one) for cost, one in lost if cost < 0 and not _said(cost, one)]
    told.sort(key=lambda pair: pair[0])
    return [
        Reason(
            code=ReasonCode.POINTS_LOST,
            about=one.criterion.id,
            contribution=cost,
            unit="points",
            figures={"points": one.points, "best": one.points - cost},
        )
        for cost, one in told[:MOST_POINTS_LOST]
    ]


def _said(cost: float, verdict: CriterionVerdict) -> bool:
    return verdict.state is CriterionState.MET and cost == verdict.points
