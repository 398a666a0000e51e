"""Why a deal is recommended or not, in the one sentence that decides."""

from collections.abc import Iterator, Mapping

from features.policy import Policy
from features.texts import Language
from models.decision import Decision, Reason, Recommendation
from models.knockouts import KnockoutState
from models.reason_codes import ReasonCode as Code
from models.reasons import BELOW
from reports.answer_reasons import reason_text
from reports.numbers import decimal, money
from reports.page_words import word
from reports.reason_words import points_in_words
from reports.sentences import apart
from reports.value_words import between

_DECIDING: Mapping[Recommendation, tuple[Code, ...]] = {
    Recommendation.NO_GO: (Code.KNOCKOUT_FIRED, Code.KNOCKOUT_UNKNOWN, *BELOW),
    Recommendation.FIND_OUT: (Code.KNOCKOUT_UNKNOWN, Code.TOO_LITTLE_KNOWN, Code.VALUE_UNKNOWN),
    Recommendation.CONDITIONAL_GO: (Code.EXPLORATION, Code.CONDITION),
    Recommendation.GO: (Code.EXPLORATION,),
}


def why_in_words(decision: Decision, policy: Policy, language: Language) -> str:
    """Return the sentence that decides: the first reason of what the recommendation rests on."""
    for reason in _deciding(decision):
        return reason_text(reason, decision, policy, language)
    if decision.recommendation is Recommendation.FIND_OUT:
        return _open(decision, policy, language)
    return _reached(decision, policy, language)


def _deciding(decision: Decision) -> Iterator[Reason]:
    """Return the reasons that settle the recommendation, the first code first.

    A knockout that asks for a condition refuses nothing, and one that is only unknown refuses
    where its policy says so.
    """
    rules = {one.knockout.id: one for one in decision.knockouts}
    for code in _DECIDING[decision.recommendation]:
        for reason in decision.reasons:
            if reason.code != code:
                continue
            rule = rules.get(reason.about)
            refuses = rule is not None and (
                rule.knockout.on_unknown == "no_go"
                if rule.state is KnockoutState.UNKNOWN
                else rule.knockout.refuses
            )
            if code in {Code.KNOCKOUT_FIRED, Code.KNOCKOUT_UNKNOWN} and refuses is not (
                decision.recommendation is Recommendation.NO_GO
            ):
                continue
            yield reason


def _open(decision: Decision, policy: Policy, language: Language) -> str:
    """Return what is still open where no reason says so: the points, or too much."""
    asked, card = policy.decision.go_at.points, decision.scorecard
    if asked is None or card.lowest == card.highest or _decides(decision):
        return word("open", language)
    return word(
        "open_points",
        language,
        low=decimal(card.lowest, language),
        high=points_in_words(card.highest, language, signed=False),
        asked=decimal(asked, language),
    )


def _reached(decision: Decision, policy: Policy, language: Language) -> str:
    """Return which thresholds a deal reaches that is worth its effort."""
    go_at, estimate, worth = policy.decision.go_at, decision.estimate, decision.worth
    if estimate is None or not estimate.decides:
        if go_at.points is None:
            return word("go_clear", language)
        figure = points_in_words(decision.scorecard.lowest, language, signed=False)
        return word("go_points", language, figure=figure, asked=decimal(go_at.points, language))
    p_win, asked = apart(estimate.p_win, go_at.p_win or 0.0, language)
    if go_at.expected_value is None or worth is None:
        return word("go_p_win", language, figure=p_win, asked=asked)
    ends = between(*worth.bounds, worth.currency, language)
    exact = worth.expected_value
    value = ends if exact is None else money(exact, worth.currency, language)
    if go_at.p_win is not None:
        return word("go_both", language, p_win=p_win, value=value)
    least = money(go_at.expected_value, worth.currency, language)
    return word("go_value", language, figure=value, asked=least)


def _decides(decision: Decision) -> bool:
    return decision.estimate is not None and decision.estimate.decides
