"""The money of a deal in words, in French and in English: never unknown without its bounds."""

from collections.abc import Iterator, Mapping
from math import isfinite

from features.policy import Policy
from features.texts import Language, Text
from models.decision import Worth
from reports.field_words import field_labels
from reports.numbers import MINUS, money, percent, quantity
from reports.typography import honest_share, pair

_WORTH = pair(
    "Pursuing it is worth {expected} on average", "La poursuivre rapporte {expected} en moyenne"
)
_LOSS = pair(
    "Pursuing it costs {expected} on average", "La poursuivre coûte {expected} en moyenne"
)
_BETWEEN = pair("between {low} and {high}", "entre {low} et {high}")
_AT_LEAST = pair("at least {low}", "au moins {low}")
_AT_MOST = pair("at most {high}", "au plus {high}")
_NO_END = pair("without bounds", "sans bornes")
_UNKNOWN = pair(" as long as this is unknown: {needs}", " tant que ceci est inconnu : {needs}")
_UNBOUNDED = pair(
    "What it is worth has no bounds, as the policy gives no limits for what is unknown: {needs}",
    "Sa valeur n'a pas de bornes, la politique ne donnant pas de limites à ce qui est inconnu : "
    "{needs}",
)
_WORTH_WITHOUT_NUMBERS = pair(
    "What it is worth cannot be told from its numbers",
    "Sa valeur ne peut se déduire de ses chiffres",
)
_BREAK_EVEN = pair(
    "; it pays from a probability of {p_win} on",
    " ; elle rapporte à partir d'une probabilité de {p_win}",
)
_NEVER_PAYS = pair("; it does not pay even if won", " ; elle ne rapporte rien, même gagnée")
_WITHOUT = pair(" (not counted: {parts})", " (non compté : {parts})")
NOT_COUNTED: Mapping[str, Text] = {
    "hours": pair("our hours", "nos heures"),
    "contacts": pair("visits and calls", "les visites et appels"),
    "default risk": pair("the risk of not being paid", "le risque d'impayé"),
}
_IF_WON = pair("Won, it brings {if_won}", "Gagnée, elle rapporte {if_won}")
_COST = pair("The pursuit still costs {cost}", "La poursuite coûte encore {cost}")
_COST_SHARE = pair(", {share} of the revenue", ", soit {share} du chiffre d'affaires")
_HOURS = pair("{hours} of work remain", "Il reste {hours} de travail")
_PER_HOUR = pair(", each worth {per_hour}", ", dont chacune vaut {per_hour}")
_SUNK = pair("Already spent, and not counted: {sunk}", "Déjà dépensé, et non compté : {sunk}")


def worth_in_words(worth: Worth, policy: Policy, language: Language) -> str:
    """Return what pursuing the deal is worth, what it hangs on, and what is not counted."""
    return ". ".join((main_in_words(worth, policy, language), *details_of(worth, language)))


def main_in_words(worth: Worth, policy: Policy, language: Language) -> str:
    """Return the expected value, or its bounds, and from where on it pays."""
    parts = ", ".join(NOT_COUNTED[name].in_(language) for name in worth.left_out)
    not_counted = _WITHOUT.in_(language).format(parts=parts) if parts else ""
    return _expected(worth, policy, language) + _break_even(worth, language) + not_counted


def details_of(worth: Worth, language: Language) -> Iterator[str]:
    """Return what the expected value is made of, as far as it is known, in sentences."""
    if worth.if_won is not None:
        yield _IF_WON.in_(language).format(if_won=money(worth.if_won, worth.currency, language))
    if worth.remaining_cost is not None:
        cost = money(worth.remaining_cost, worth.currency, language)
        yield _COST.in_(language).format(cost=cost) + _cost_share(worth, language)
    if worth.hours is not None:
        hours = quantity(worth.hours, "hours", language)
        yield _HOURS.in_(language).format(hours=hours) + _per_hour(worth, language)
    if worth.sunk_cost:
        sunk = money(worth.sunk_cost, worth.currency, language)
        yield _SUNK.in_(language).format(sunk=sunk)


def between(lowest: float, highest: float, currency: str | None, language: Language) -> str:
    r"""Return where an amount lies; an end that is infinite is none.

    >>> between(-1200, 48_000, "EUR", "en"), between(-1200, float("inf"), "EUR", "fr")
    ('between −€1,200 and €48,000', 'au moins −1\u202f200\xa0€')
    >>> between(float("-inf"), 0, None, "en")
    'at most 0'
    """
    ends = {
        name: money(end, currency, language)
        for name, end in (("low", lowest), ("high", highest))
        if isfinite(end)
    }
    texts = {("low", "high"): _BETWEEN, ("low",): _AT_LEAST, ("high",): _AT_MOST, (): _NO_END}
    return texts[tuple(ends)].in_(language).format(**ends)


def signed_money(amount: float, currency: str | None, language: Language) -> str:
    r"""Return what is added or taken away, with its sign.

    >>> signed_money(1200, "EUR", "en"), signed_money(-3, "EUR", "fr"), signed_money(0, None, "en")
    ('+€1,200', '−3\xa0€', '0')
    """
    shown = money(amount, currency, language)
    return shown if shown.startswith(MINUS) or not round(amount) else f"+{shown}"


def _expected(worth: Worth, policy: Policy, language: Language) -> str:
    value = worth.expected_value
    if value is not None:
        text = _WORTH if value >= 0 else _LOSS
        return text.in_(language).format(expected=money(abs(value), worth.currency, language))
    needs = field_labels(worth.needs, policy, language)
    if worth.lowest is None and worth.highest is None:
        text = _UNBOUNDED if needs else _WORTH_WITHOUT_NUMBERS
        return text.in_(language).format(needs=needs)
    ends = between(*worth.bounds, worth.currency, language)
    unknown = _UNKNOWN.in_(language).format(needs=needs) if needs else ""
    return _WORTH.in_(language).format(expected=ends) + unknown


def _break_even(worth: Worth, language: Language) -> str:
    if worth.if_won is not None and worth.if_won <= 0:
        return _NEVER_PAYS.in_(language)
    if worth.break_even is None or worth.break_even > 1:
        return _NEVER_PAYS.in_(language) if worth.break_even is not None else ""
    return _BREAK_EVEN.in_(language).format(p_win=percent(worth.break_even, language))


def _cost_share(worth: Worth, language: Language) -> str:
    if worth.cost_share is None:
        return ""
    return _COST_SHARE.in_(language).format(share=honest_share(worth.cost_share, language))


def _per_hour(worth: Worth, language: Language) -> str:
    if worth.per_hour is None:
        return ""
    per_hour = money(worth.per_hour, worth.currency, language)
    return _PER_HOUR.in_(language).format(per_hour=per_hour)
