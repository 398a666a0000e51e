"""Reasons as sentences, in French and in English."""

from collections.abc import Mapping
from datetime import date

from features.deal import NOT_APPLICABLE, Fact, Waiver
from features.fields import DerivedField, NumberField
from features.policy import Policy
from features.texts import Language, Text
from models.decision import Reason, Recommendation
from models.unlike_facts import UnlikeFact
from reports.numbers import (
    NOTHING,
    decimal,
    money,
    percent,
    points_of_percent,
    quantity,
    written_day,
)

RECOMMENDATIONS: Mapping[Recommendation, Text] = {
    Recommendation.GO: Text(en="Go", fr="Go"),
    Recommendation.CONDITIONAL_GO: Text(en="Conditional go", fr="Go sous conditions"),
    Recommendation.FIND_OUT: Text(en="Find out first", fr="À compléter"),
    Recommendation.NO_GO: Text(en="No-go", fr="No-go"),
}

_SENTENCES: Mapping[str, Text] = {
    "KNOCKOUT_FIRED": Text(en="Knockout: {reason}", fr="Critère éliminatoire : {reason}"),
    "KNOCKOUT_CONDITION": Text(
        en="Only under a condition: {condition} ({reason})",
        fr="Seulement sous condition : {condition} ({reason})",
    ),
    "KNOCKOUT_UNKNOWN": Text(
        en="Not yet known whether: {reason}. Find out: {needs}",
        fr="Reste à savoir si : {reason}. À compléter : {needs}",
    ),
    "KNOCKOUT_UNKNOWN_REFUSES": Text(
        en="Refused until it is known whether: {reason}. Find out: {needs}",
        fr="Refusé tant qu'on ne sait pas si : {reason}. À compléter : {needs}",
    ),
    "KNOCKOUT_WAIVED": Text(
        en="Waived by {by} until {until} ({why}): {reason}",
        fr="Dérogation de {by} jusqu'au {until} ({why}) : {reason}",
    ),
    "VALUE_BELOW_THRESHOLD": Text(
        en="The expected value, {figure}, is below {threshold}: not worth the effort",
        fr="La valeur attendue, {figure}, est sous {threshold} : l'effort n'est pas justifié",
    ),
    "VALUE_UNKNOWN": Text(
        en="The expected value is unknown, and the policy asks for at least {threshold}. "
        "Find out: {needs}",
        fr="La valeur attendue est inconnue, et la politique demande au moins {threshold}. "
        "À compléter : {needs}",
    ),
    "TOO_LITTLE_KNOWN": Text(
        en="Too many criteria wait for facts for a probability to decide: {needs}",
        fr="Trop de critères restent à compléter pour qu'une probabilité décide : {needs}",
    ),
    "P_WIN_BELOW_THRESHOLD": Text(
        en="The win probability, {figure}, is below {threshold}: not worth the effort",
        fr="La probabilité de gain, {figure}, est sous {threshold} : l'effort n'est pas justifié",
    ),
    "POINTS_BELOW_THRESHOLD": Text(
        en="At best {figure} points, below {threshold}: not worth the effort",
        fr="Au mieux {figure} points, sous {threshold} : l'effort n'est pas justifié",
    ),
    "CRITERION_MET": Text(en="{label}: {points} points", fr="{label} : {points} points"),
    "CRITERION_TO_COMPLETE": Text(
        en="{label}: to complete ({needs})", fr="{label} : à compléter ({needs})"
    ),
    "MODEL_FACT": Text(
        en="{label}: {fact}, associated with {share} of probability",
        fr="{label} : {fact}, associé à {share} de probabilité",
    ),
    "UNLIKE_PAST_DEALS": Text(
        en="{unlike}; the estimate is less sure than it looks",
        fr="{unlike} ; l'estimation est moins sûre qu'il n'y paraît",
    ),
    "MODEL_UNKNOWN": Text(
        en="{label}: not known, associated with {share} of probability",
        fr="{label} : non renseigné, associé à {share} de probabilité",
    ),
}
_NEVER_MET = Text(
    en="{label}: no closed deal had “{fact}”",
    fr="{label} : aucune affaire close n'avait « {fact} »",
)
_BEYOND = Text(
    en="{label}: {fact} is beyond the closed deals, which had {low} to {high}",
    fr="{label} : {fact} dépasse les affaires closes, qui avaient de {low} à {high}",
)
_ALWAYS = Text(
    en="{label}: {fact}, where all closed deals had {low}",
    fr="{label} : {fact}, là où toutes les affaires closes avaient {low}",
)
_NOT_APPLICABLE = Text(en="not applicable", fr="sans objet")
_YES_NO = {True: Text(en="yes", fr="oui"), False: Text(en="no", fr="non")}


def sentence(
    reason: Reason,
    policy: Policy,
    language: Language,
    *,
    needs: tuple[str, ...] = (),
    waiver: Waiver | None = None,
    unlike: UnlikeFact | None = None,
) -> str:
    """Return a reason as a sentence; ``needs`` are the facts that it waits for.

    ``waiver`` is that of a knockout which was waived, ``unlike`` the fact unlike past deals.
    """
    if reason.code == "UNLIKE_PAST_DEALS" and unlike is not None:
        told = unlike_in_words(unlike, policy, language)
        return _SENTENCES[reason.code].in_(language).format(unlike=told)
    if reason.code == "KNOCKOUT_WAIVED" and waiver is not None:
        return _of_waiver(reason, waiver, policy, language)
    if reason.code.startswith("MODEL"):
        return _of_the_past(reason, policy, language)
    if reason.about == "go_at":
        return _of_threshold(reason, policy, language, field_labels(needs, policy, language))
    if reason.code == "TOO_LITTLE_KNOWN":
        missing = field_labels(needs, policy, language)
        return _SENTENCES[reason.code].in_(language).format(needs=missing)
    writer = _of_knockout if reason.code.startswith("KNOCKOUT") else _of_criterion
    return writer(reason, policy, language, field_labels(needs, policy, language))


def field_labels(names: tuple[str, ...], policy: Policy, language: Language) -> str:
    """Return the labels of some fields, as a list in a sentence."""
    return ", ".join(policy.fields[name].label_in(name, language) for name in names)


def shown_fact(fact: Fact, name: str, policy: Policy, language: Language) -> str:
    """Return a fact as the reader writes it; categories stand as the CRM has them."""
    field = policy.fields[name]
    if isinstance(fact, bool):
        return _YES_NO[fact].in_(language)
    if isinstance(fact, str):
        return fact
    if fact is NOT_APPLICABLE:
        return _NOT_APPLICABLE.in_(language)
    if isinstance(fact, date):
        return written_day(fact, language)
    unit = field.unit if isinstance(field, NumberField | DerivedField) else None
    return quantity(fact, unit, language)


def unlike_in_words(unlike: UnlikeFact, policy: Policy, language: Language) -> str:
    """Return in what a fact is unlike those of all closed deals."""
    name = unlike.field
    ends = [
        bool(end) if isinstance(unlike.value, bool) else end
        for end in (unlike.lowest, unlike.highest)
        if end is not None
    ]
    fact, *limits = (shown_fact(one, name, policy, language) for one in (unlike.value, *ends))
    label = policy.fields[name].label_in(name, language)
    if not limits:
        return _NEVER_MET.in_(language).format(label=label, fact=fact)
    low, high = limits
    text = _ALWAYS if low == high else _BEYOND
    return text.in_(language).format(label=label, fact=fact, low=low, high=high)


def _of_the_past(reason: Reason, policy: Policy, language: Language) -> str:
    label = policy.fields[reason.about].label_in(reason.about, language)
    share = points_of_percent(reason.contribution, language)
    if reason.fact is None:
        return _SENTENCES["MODEL_UNKNOWN"].in_(language).format(label=label, share=share)
    fact = shown_fact(reason.fact, reason.about, policy, language)
    return _SENTENCES["MODEL_FACT"].in_(language).format(label=label, fact=fact, share=share)


def _of_threshold(reason: Reason, policy: Policy, language: Language, needs: str) -> str:
    go_at = policy.decision.go_at
    figure = reason.fact if isinstance(reason.fact, float) else 0.0
    if reason.code == "P_WIN_BELOW_THRESHOLD":
        shown, threshold = percent(figure, language), percent(go_at.p_win or 0.0, language)
    elif reason.code == "POINTS_BELOW_THRESHOLD":
        shown, threshold = decimal(figure, language), decimal(go_at.points or 0.0, language)
    else:
        shown, threshold = (
            money(amount, policy.economics.currency, language)
            for amount in (figure, go_at.expected_value or 0.0)
        )
    text = _SENTENCES[reason.code].in_(language)
    return text.format(figure=shown, threshold=threshold, needs=needs or NOTHING)


def _of_knockout(reason: Reason, policy: Policy, language: Language, needs: str) -> str:
    knockout = next(rule for rule in policy.knockouts if rule.id == reason.about)
    why = knockout.reason.in_(language)
    if reason.code == "KNOCKOUT_FIRED" and knockout.condition is not None:
        condition = knockout.condition.in_(language)
        return (
            _SENTENCES["KNOCKOUT_CONDITION"].in_(language).format(condition=condition, reason=why)
        )
    refuses = reason.code == "KNOCKOUT_UNKNOWN" and knockout.on_unknown == "no_go"
    text = _SENTENCES["KNOCKOUT_UNKNOWN_REFUSES" if refuses else reason.code]
    return text.in_(language).format(reason=why, needs=needs)


def _of_waiver(reason: Reason, waiver: Waiver, policy: Policy, language: Language) -> str:
    knockout = next(rule for rule in policy.knockouts if rule.id == reason.about)
    return (
        _SENTENCES[reason.code]
        .in_(language)
        .format(
            by=waiver.by,
            until=written_day(waiver.until, language),
            why=waiver.reason,
            reason=knockout.reason.in_(language),
        )
    )


def _of_criterion(reason: Reason, policy: Policy, language: Language, needs: str) -> str:
    criterion = next(rule for rule in policy.criteria if rule.id == reason.about)
    points = f"{reason.contribution:+.15g}".replace("-", "−")
    label = criterion.label.in_(language)
    return _SENTENCES[reason.code].in_(language).format(label=label, points=points, needs=needs)
