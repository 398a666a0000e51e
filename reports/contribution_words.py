"""What everything brings to a deal, as plain data, and from where it starts, in words."""

from typing import Any

from features.policy import Policy
from features.texts import Language
from models.contributions import Contribution, baseline_of, contributions_of
from models.decision import Decision
from reports.numbers import percent
from reports.remembered import remembered
from reports.typography import pair
from reports.value_words import signed_money

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
    return [
        _data(one, contribution_label(policy, one.kind, one.about, language))
        for one in contributions_of(decision)
    ]


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


@remembered
def contribution_label(policy: Policy, kind: str, about: str, language: Language) -> str:
    """Return what a reader calls a criterion, a field, or a knockout: by its reason."""
    if kind == "criterion":
        return next(one for one in policy.criteria if one.id == about).label.in_(language)
    if kind == "knockout":
        return next(one for one in policy.knockouts if one.id == about).reason.in_(language)
    return policy.fields[about].label_in(about, language)


def _data(one: Contribution, label: str) -> dict[str, Any]:
    return {
        "about": one.about,
        "kind": one.kind,
        "label": label,
        "fields": list(one.fields),
        "points": one.points,
        "points_lost": one.points_lost,
        "points_open": one.points_open,
        "percentage_points": one.share,
        "log_odds": one.log_odds,
        "money": one.money,
    }
