"""What everything brings to a deal, as plain data and in words, in French and in English."""

from collections.abc import Iterator
from typing import Any

from features.policy import Policy
from features.texts import Language
from models.contributions import Contribution, baseline_of, contributions_of
from models.decision import Decision
from models.knockouts import KnockoutVerdict
from models.scorecard import CriterionState, CriterionVerdict
from reports.answer_reasons import waiver_of
from reports.answer_words import state_in_words
from reports.field_words import field_labels
from reports.numbers import percent, points_of_percent
from reports.reason_words import points_alone, points_in_words
from reports.typography import pair
from reports.value_words import signed_money

_LABELLED = pair("{label}: {told}", "{label} : {told}")
_BEST = pair("{points}, the best it can bring", "{points}, le mieux possible")
_LESS = pair("{points}, {lost} less than at best", "{points}, {lost} de moins qu'au mieux")
_OPEN = pair(
    "to complete ({needs}), between {low} and {high}",
    "à compléter ({needs}), entre {low} et {high}",
)
_SHARE = pair("{share} of probability", "{share} de probabilité")
_NEXT = pair("; ", " ; ")
_START = pair(
    "Before anything is known of the deal the probability is {start}; what is known takes it to "
    "{p_win}",
    "Avant que l'on sache quoi que ce soit de l'affaire, la probabilité est de {start} ; ce que "
    "l'on sait la porte à {p_win}",
)
_START_MONEY = pair(
    ", and the expected value from {start} to {value}",
    ", et la valeur attendue passe de {start} à {value}",
)


def contributions_data(
    decision: Decision, policy: Policy, language: Language
) -> list[dict[str, Any]]:
    """Return what every knockout, criterion and other field brings, complete."""
    knockouts = {one.knockout.id: one for one in decision.knockouts}
    criteria = {one.criterion.id: one for one in decision.scorecard.criteria}
    told = []
    for one in contributions_of(decision):
        if one.kind == "knockout":
            text = _of_knockout(knockouts[one.about], decision, policy, language)
        else:
            text = contribution_in_words(one, criteria.get(one.about), policy, language)
        told.append(_data(one) | {"text": text})
    return told


def baseline_data(decision: Decision, policy: Policy, language: Language) -> dict[str, Any] | None:
    """Return where the probability starts from; None where there is no estimate."""
    start, estimate = baseline_of(decision.estimate, decision.worth), decision.estimate
    if start is None or estimate is None:
        return None
    text = _START.in_(language).format(
        start=percent(start.p_win, language), p_win=percent(estimate.p_win, language)
    )
    worth = decision.worth
    if start.money is not None and worth is not None and worth.expected_value is not None:
        currency = policy.economics.currency
        text += _START_MONEY.in_(language).format(
            start=signed_money(start.money, currency, language),
            value=signed_money(worth.expected_value, currency, language),
        )
    return {
        "p_win": start.p_win,
        "log_odds": start.log_odds,
        "money": start.money,
        "text": text,
    }


def contribution_in_words(
    one: Contribution, verdict: CriterionVerdict | None, policy: Policy, language: Language
) -> str:
    """Return what a criterion, of which this is the verdict, or a field brings."""
    if verdict is None:
        label = policy.fields[one.about].label_in(one.about, language)
    else:
        label = verdict.criterion.label.in_(language)
    told = _NEXT.in_(language).join(_parts(one, verdict, policy, language))
    return _LABELLED.in_(language).format(label=label, told=told)


def _parts(
    one: Contribution, verdict: CriterionVerdict | None, policy: Policy, language: Language
) -> Iterator[str]:
    if verdict is not None:
        yield _points(one, verdict, policy, language)
    if one.share is not None:
        share = points_of_percent(one.share, language)
        yield _SHARE.in_(language).format(share=share)
    if one.money is not None:
        yield signed_money(one.money, policy.economics.currency, language)


def _points(
    one: Contribution, verdict: CriterionVerdict, policy: Policy, language: Language
) -> str:
    if verdict.state is CriterionState.TO_COMPLETE:
        return _OPEN.in_(language).format(
            needs=field_labels(verdict.needs, policy, language),
            low=points_alone(verdict.lowest, language),
            high=points_in_words(verdict.highest, language, signed=False),
        )
    points = points_in_words(verdict.points, language)
    if not one.points_lost:
        return _BEST.in_(language).format(points=points)
    lost = points_alone(-one.points_lost, language)
    return _LESS.in_(language).format(points=points, lost=lost)


def _of_knockout(
    verdict: KnockoutVerdict, decision: Decision, policy: Policy, language: Language
) -> str:
    waiver = waiver_of(verdict, decision)
    state = state_in_words(verdict.state, verdict.needs, waiver, policy, language)
    reason = verdict.knockout.reason.in_(language)
    return _LABELLED.in_(language).format(label=reason, told=state)


def _data(one: Contribution) -> dict[str, Any]:
    return {
        "about": one.about,
        "kind": one.kind,
        "fields": list(one.fields),
        "points": one.points,
        "points_lost": one.points_lost,
        "points_open": one.points_open,
        "percentage_points": one.share,
        "log_odds": one.log_odds,
        "money": one.money,
    }
