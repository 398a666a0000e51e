"""What the figures and states of an answer mean, in words, in French and in English."""

from collections.abc import Mapping

from features.deal import Waiver
from features.policy import Policy
from features.texts import Language, Text
from models.decision import Worth
from models.knockouts import KnockoutState
from reports.numbers import money, percent, written_day
from reports.sentences import field_labels

_STATES: Mapping[KnockoutState, Text] = {
    KnockoutState.FIRED: Text(en="applies", fr="s'applique"),
    KnockoutState.CLEAR: Text(en="does not apply", fr="ne s'applique pas"),
    KnockoutState.CANNOT_FIRE: Text(
        en="cannot apply any more, whatever is still to be found out",
        fr="ne peut plus s'appliquer, quoi qu'on apprenne encore",
    ),
    KnockoutState.UNKNOWN: Text(
        en="may apply: to be found out ({needs})", fr="peut s'appliquer : à compléter ({needs})"
    ),
    KnockoutState.WAIVED: Text(
        en="waived by {by} until {until}", fr="dérogation de {by} jusqu'au {until}"
    ),
}
_GRADE = Text(en="Grade {grade}", fr="Classe {grade}")
_WORTH = Text(
    en="Pursuing it is worth {expected} on average",
    fr="La poursuivre rapporte {expected} en moyenne",
)
_LOSS = Text(
    en="Pursuing it costs {expected} on average", fr="La poursuivre coûte {expected} en moyenne"
)
_BREAK_EVEN = Text(
    en="; it pays from a probability of {p_win} on",
    fr=" ; elle rapporte à partir d'une probabilité de {p_win}",
)
_NEVER_PAYS = Text(en="; it does not pay even if won", fr=" ; elle ne rapporte rien, même gagnée")
_WORTH_UNKNOWN = Text(
    en="What it is worth is unknown; to be found out: {needs}",
    fr="Sa valeur est inconnue ; à compléter : {needs}",
)
_WORTH_WITHOUT_NUMBERS = Text(
    en="What it is worth cannot be told from its numbers",
    fr="Sa valeur ne peut se déduire de ses chiffres",
)
_NOT_COUNTED = Text(en=" (not counted: {parts})", fr=" (non compté : {parts})")
_PARTS: Mapping[str, Text] = {
    "hours": Text(en="our hours", fr="nos heures"),
    "contacts": Text(en="visits and calls", fr="les visites et appels"),
    "default risk": Text(en="the risk of not being paid", fr="le risque d'impayé"),
}
_TOO_OLD = Text(
    en="The answer on record does not count: it is older than {days} days, or from a later day",
    fr="La réponse connue ne compte pas : elle a plus de {days} jours, ou date d'un jour suivant",
)
_LATER = Text(
    en="The answer on record does not count: it is from a later day",
    fr="La réponse connue ne compte pas : elle date d'un jour suivant",
)


def state_in_words(
    state: KnockoutState,
    needs: tuple[str, ...],
    waiver: Waiver | None,
    policy: Policy,
    language: Language,
) -> str:
    """Return what the state of a knockout means for the deal."""
    by = waiver.by if waiver else ""
    until = written_day(waiver.until, language) if waiver else ""
    labels = field_labels(needs, policy, language)
    return _STATES[state].in_(language).format(needs=labels, by=by, until=until)


def grade_in_words(grade: str | None, language: Language) -> str | None:
    """Return a grade with its noun, None where there is none."""
    return None if grade is None else _GRADE.in_(language).format(grade=grade)


def worth_in_words(worth: Worth, policy: Policy, language: Language) -> str:
    """Return what pursuing the deal is worth, what it hangs on, and what is not counted."""
    parts = ", ".join(_PARTS[name].in_(language) for name in worth.left_out)
    not_counted = _NOT_COUNTED.in_(language).format(parts=parts) if parts else ""
    if worth.expected_value is None:
        text = _WORTH_UNKNOWN if worth.needs else _WORTH_WITHOUT_NUMBERS
        needs = field_labels(worth.needs, policy, language)
        return text.in_(language).format(needs=needs) + not_counted
    text = _WORTH if worth.expected_value >= 0 else _LOSS
    expected = money(abs(worth.expected_value), worth.currency, language)
    told = text.in_(language).format(expected=expected)
    return told + _break_even(worth, language) + not_counted


def expired_in_words(name: str, policy: Policy, language: Language) -> str:
    """Return why the answer that a deal has to a question does not count."""
    days = policy.fields[name].valid_for_days
    return (_LATER if days is None else _TOO_OLD).in_(language).format(days=days)


def _break_even(worth: Worth, language: Language) -> str:
    if worth.if_won is not None and worth.if_won <= 0:
        return _NEVER_PAYS.in_(language)
    if worth.break_even is None or worth.break_even > 1:
        return _NEVER_PAYS.in_(language) if worth.break_even is not None else ""
    return _BREAK_EVEN.in_(language).format(p_win=percent(worth.break_even, language))
