"""What the figures and states of an answer mean, in words, in French and in English."""

from collections.abc import Mapping

from features.deal import Waiver
from features.policy import Policy
from features.texts import Language, Text
from models.decision import Decision
from models.knockouts import KnockoutState
from reports.field_words import field_labels
from reports.numbers import share, written_day
from reports.reason_words import points_in_words
from reports.remembered import remembered

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
_GRADE = Text(en="Grade {grade}: {range}", fr="Classe {grade} : {range}")
_FROM = Text(en="from {low} on", fr="à partir de {low}")
_FROM_TO = Text(en="from {low} to below {high}", fr="de {low} à moins de {high}")
_OF_PROBABILITY = Text(en="a win probability {range}", fr="une probabilité de gain {range}")
_TOO_OLD = Text(
    en="The answer on record does not count: it is older than {days} days, or from a later day",
    fr="La réponse connue ne compte pas : elle a plus de {days} jours, ou date d'un jour suivant",
)
_LATER = Text(
    en="The answer on record does not count: it is from a later day",
    fr="La réponse connue ne compte pas : elle date d'un jour suivant",
)


@remembered
def state_in_words(
    policy: Policy,
    state: KnockoutState,
    needs: tuple[str, ...],
    waiver: Waiver | None,
    language: Language,
) -> str:
    """Return what the state of a knockout means for the deal."""
    by = waiver.by if waiver else ""
    until = written_day(waiver.until, language) if waiver else ""
    labels = field_labels(needs, policy, language)
    return _STATES[state].in_(language).format(needs=labels, by=by, until=until)


def grade_in_words(decision: Decision, policy: Policy, language: Language) -> str | None:
    """Return a grade with what it means, None where there is none.

    It is one of the win probability, or of the points while these decide.
    """
    grades = policy.decision.grades
    place = next((n for n, one in enumerate(grades) if one.grade == decision.grade), None)
    if place is None:
        return None
    by_points = decision.estimate is None or not decision.estimate.decides
    limits = [
        points_in_words(one.points or 0.0, language, signed=False)
        if by_points
        else share(one.p_win, language)
        for one in grades[max(place - 1, 0) : place + 1]
    ]
    text = _FROM if place == 0 else _FROM_TO
    told = text.in_(language).format(low=limits[-1], high=limits[0])
    if not by_points:
        told = _OF_PROBABILITY.in_(language).format(range=told)
    return _GRADE.in_(language).format(grade=decision.grade, range=told)


def expired_in_words(name: str, policy: Policy, language: Language) -> str:
    """Return why the answer that a deal has to a question does not count."""
    days = policy.fields[name].valid_for_days
    return (_LATER if days is None else _TOO_OLD).in_(language).format(days=days)
