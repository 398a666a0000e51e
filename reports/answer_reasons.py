"""The reasons of a decision as plain data, each with its sentence."""

from math import isfinite
from typing import Any, NamedTuple

from features.deal import Waiver
from features.policy import Policy
from features.texts import Language
from models.decision import Decision, Reason
from models.knockouts import KnockoutState, KnockoutVerdict
from models.reason_codes import ReasonCode
from models.unlike_facts import UnlikeFact
from reports.remembered import remembered
from reports.sentences import sentence

_OF_VALUE = {ReasonCode.VALUE_UNKNOWN, ReasonCode.VALUE_BELOW_THRESHOLD}
_OF_RULES = {
    ReasonCode.KNOCKOUT_FIRED,
    ReasonCode.KNOCKOUT_UNKNOWN,
    ReasonCode.CONDITION,
    ReasonCode.TOO_LITTLE_KNOWN,
    ReasonCode.CRITERION_MET,
    ReasonCode.CRITERION_TO_COMPLETE,
    ReasonCode.POINTS_LOST,
}
"""Their sentences hang on a rule, its points, and which of its facts are unknown."""


def reason_data(
    reason: Reason, decision: Decision, policy: Policy, language: Language
) -> dict[str, Any]:
    """Return a reason as plain data, with its sentence."""
    return {
        "code": str(reason.code),
        "about": reason.about,
        "contribution": reason.contribution,
        "unit": reason.unit,
        "figures": {name: finite(figure) for name, figure in reason.figures.items()},
        "text": reason_text(reason, decision, policy, language),
    }


def reason_text(reason: Reason, decision: Decision, policy: Policy, language: Language) -> str:
    """Return a reason of a decision as a sentence."""
    needs = _waits_for(reason, decision)
    if reason.code in _OF_RULES:
        figures = tuple(reason.figures.items())
        said = _Said(reason.code, reason.about, reason.contribution, figures, needs)
        return _of_rule(policy, said, language)
    return sentence(
        reason,
        policy,
        language,
        needs=needs,
        waiver=_waived_by(reason, decision),
        unlike=_unlike_of(reason, decision),
    )


class _Said(NamedTuple):
    """All that the sentence about a rule hangs on."""

    code: ReasonCode
    about: str
    contribution: float
    figures: tuple[tuple[str, float], ...]
    needs: tuple[str, ...]


@remembered
def _of_rule(policy: Policy, said: _Said, language: Language) -> str:
    reason = Reason(
        code=said.code,
        about=said.about,
        contribution=said.contribution,
        unit="points",  # no sentence tells it
        figures=dict(said.figures),
    )
    return sentence(reason, policy, language, needs=said.needs)


def _waits_for(reason: Reason, decision: Decision) -> tuple[str, ...]:
    """Return the facts that a reason waits for."""
    code, criteria = reason.code, decision.scorecard.criteria
    if code == ReasonCode.CRITERION_TO_COMPLETE:
        return next(one.needs for one in criteria if one.criterion.id == reason.about)
    if code == ReasonCode.KNOCKOUT_UNKNOWN:
        return next(one.needs for one in decision.knockouts if one.knockout.id == reason.about)
    if code == ReasonCode.TOO_LITTLE_KNOWN:
        return tuple(dict.fromkeys(name for verdict in criteria for name in verdict.needs))
    if code in _OF_VALUE and decision.worth is not None:
        return decision.worth.needs
    return ()


def _waived_by(reason: Reason, decision: Decision) -> Waiver | None:
    """Return the waiver that a reason is about."""
    if reason.code != ReasonCode.KNOCKOUT_WAIVED:
        return None
    about = next(one for one in decision.knockouts if one.knockout.id == reason.about)
    return waiver_of(about, decision)


def _unlike_of(reason: Reason, decision: Decision) -> UnlikeFact | None:
    """Return the unlike fact that a reason is about."""
    if reason.code != ReasonCode.UNLIKE_PAST_DEALS or decision.estimate is None:
        return None
    unseen = decision.estimate.unseen
    return next(one for one in unseen if (one.field, one.value) == (reason.about, reason.fact))


def waiver_of(verdict: KnockoutVerdict, decision: Decision) -> Waiver | None:
    """Return the waiver that holds on the day of the decision; None where none does."""
    if verdict.state is not KnockoutState.WAIVED:
        return None
    return next(
        one for one in decision.waivers if verdict.knockout.is_waived((one,), decision.as_of)
    )


def finite(number: float) -> float | None:
    """Return a number, None where it has no end: JSON has no infinity."""
    return number if isfinite(number) else None
