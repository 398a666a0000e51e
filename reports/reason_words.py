"""The sentence of each reason, with its gaps, in French and in English.

A key is a reason code, or a code with what is special about it: ``KNOCKOUT_FIRED:condition``.
"""

from collections.abc import Mapping
from functools import lru_cache

from features.texts import Language, Text
from reports.digits import is_one
from reports.numbers import NO_BREAK_SPACE, decimal, points

SENTENCES: Mapping[str, Text] = {
    "KNOCKOUT_FIRED": Text(en="Knockout: {reason}", fr="Critère éliminatoire : {reason}"),
    "KNOCKOUT_FIRED:condition": Text(
        en="Only under a condition: {condition} ({reason})",
        fr="Seulement sous condition : {condition} ({reason})",
    ),
    "KNOCKOUT_UNKNOWN": Text(
        en="Not yet known whether: {reason}. Find out: {needs}",
        fr="Reste à savoir si : {reason}. À compléter : {needs}",
    ),
    "KNOCKOUT_UNKNOWN:refuses": Text(
        en="Refused until it is known whether: {reason}. Find out: {needs}",
        fr="Refusé tant qu'on ne sait pas si : {reason}. À compléter : {needs}",
    ),
    "KNOCKOUT_WAIVED": Text(
        en="Waived by {by} until {until} ({why}): {reason}",
        fr="Dérogation de {by} jusqu'au {until} ({why}) : {reason}",
    ),
    "CONDITION": Text(
        en="To be agreed before it is a go: {condition}",
        fr="À obtenir avant que ce soit un go : {condition}",
    ),
    "EXPLORATION": Text(
        en="Drawn for exploration: {share} of the deals that are refused are worked all the same, "
        "to learn whether refusing them is right",
        fr="Tirée pour l'exploration : {share} des affaires refusées sont travaillées malgré "
        "tout, pour savoir si ce refus est justifié",
    ),
    "TOO_LITTLE_KNOWN": Text(
        en="Too many criteria wait for facts for a probability to decide: {needs}",
        fr="Trop de critères restent à compléter pour qu'une probabilité décide : {needs}",
    ),
    "UNLIKE_PAST_DEALS": Text(
        en="{unlike}; the estimate is less sure than it looks",
        fr="{unlike} ; l'estimation est moins sûre qu'il n'y paraît",
    ),
    "P_WIN_BELOW_THRESHOLD": Text(
        en="The win probability, {figure}, is below {threshold}: not worth the effort",
        fr="La probabilité de gain, {figure}, est sous {threshold} : l'effort n'est pas justifié",
    ),
    "POINTS_BELOW_THRESHOLD": Text(
        en="At best {figure} points, below {threshold}: not worth the effort",
        fr="Au mieux {figure} points, sous {threshold} : l'effort n'est pas justifié",
    ),
    "VALUE_BELOW_THRESHOLD": Text(
        en="The expected value, {figure}, is below {threshold}: not worth the effort",
        fr="La valeur attendue, {figure}, est sous {threshold} : l'effort n'est pas justifié",
    ),
    "VALUE_BELOW_THRESHOLD:unknown": Text(
        en="The expected value is {figure}, below {threshold} whatever is still to be found out: "
        "not worth the effort",
        fr="La valeur attendue est {figure}, sous {threshold} quoi qu'on apprenne encore : "
        "l'effort n'est pas justifié",
    ),
    "VALUE_UNKNOWN": Text(
        en="The expected value is {figure}, and the policy asks for at least {threshold}. "
        "Find out: {needs}",
        fr="La valeur attendue est {figure}, et la politique demande au moins {threshold}. "
        "À compléter : {needs}",
    ),
    "CLOSE_CALL": Text(
        en="A close call: the policy asks for {at}, and the estimate, {p_win}, rests on {deals} "
        "of which {won}: a win rate of {range} (90% interval), on either side of it",
        fr="C'est serré : la politique demande {at}, et l'estimation, {p_win}, repose sur "
        "{deals}, dont {won} : un taux de gain de {range} (intervalle à 90 %), de part et "
        "d'autre",
    ),
    "CLOSE_CALL:break_even": Text(
        en="A close call: it pays from a probability of {at} on, and the estimate, {p_win}, rests "
        "on {deals} of which {won}: a win rate of {range} (90% interval), on either side of it",
        fr="C'est serré : elle rapporte à partir d'une probabilité de {at}, et l'estimation, "
        "{p_win}, repose sur {deals}, dont {won} : un taux de gain de {range} (intervalle à "
        "90 %), de part et d'autre",
    ),
    "CLOSE_CALL:value": Text(
        en="A close call: it is worth the {threshold} asked for from a probability of {at} on, "
        "and the estimate, {p_win}, rests on {deals} of which {won}: a win rate of {range} (90% "
        "interval), on either side of it",
        fr="C'est serré : elle vaut les {threshold} demandés à partir d'une probabilité de {at}, "
        "et l'estimation, {p_win}, repose sur {deals}, dont {won} : un taux de gain de {range} "
        "(intervalle à 90 %), de part et d'autre",
    ),
    "VALUE_SENSITIVE:remaining_cost:more": Text(
        en="{change} more remaining cost would turn the answer: the expected value would be "
        "{changed}, not {value}",
        fr="{change} de coût restant en plus changeraient la réponse : la valeur attendue serait "
        "de {changed}, et non de {value}",
    ),
    "VALUE_SENSITIVE:remaining_cost:less": Text(
        en="{change} less remaining cost would turn the answer: the expected value would be "
        "{changed}, not {value}",
        fr="{change} de coût restant en moins changeraient la réponse : la valeur attendue "
        "serait de {changed}, et non de {value}",
    ),
    "VALUE_SENSITIVE:if_won:more": Text(
        en="If a won deal brought {change} more, the answer would turn: the expected value would "
        "be {changed}, not {value}",
        fr="Si l'affaire gagnée rapportait {change} de plus, la réponse changerait : la valeur "
        "attendue serait de {changed}, et non de {value}",
    ),
    "VALUE_SENSITIVE:if_won:less": Text(
        en="If a won deal brought {change} less, the answer would turn: the expected value would "
        "be {changed}, not {value}",
        fr="Si l'affaire gagnée rapportait {change} de moins, la réponse changerait : la valeur "
        "attendue serait de {changed}, et non de {value}",
    ),
    "MODEL_CRITERION": Text(
        en="{label} ({facts}), associated with {share} of probability",
        fr="{label} ({facts}), associé à {share} de probabilité",
    ),
    "MODEL_FACT": Text(
        en="{label}: {fact}, associated with {share} of probability",
        fr="{label} : {fact}, associé à {share} de probabilité",
    ),
    "MODEL_FACT:unknown": Text(
        en="{label}: not known, associated with {share} of probability",
        fr="{label} : non renseigné, associé à {share} de probabilité",
    ),
    "CRITERION_MET": Text(en="{label}: {points}", fr="{label} : {points}"),
    "CRITERION_TO_COMPLETE": Text(
        en="{label}: to complete ({needs}), between {low} and {high}",
        fr="{label} : à compléter ({needs}), entre {low} et {high}",
    ),
    "POINTS_LOST": Text(
        en="{label}: {lost} less than at best ({points} of {best})",
        fr="{label} : {lost} de moins qu'au mieux ({points} sur {best})",
    ),
}


MOST_POINTS = 4096
"""The points of a policy are few and told in every answer, so they are written once."""
_POINTS = Text(en="point", fr="point"), Text(en="points", fr="points")


@lru_cache(maxsize=MOST_POINTS)
def points_in_words(value: float, language: Language, *, signed: bool = True) -> str:
    r"""Return some points with their noun.

    >>> points_in_words(-2.5, "fr"), points_in_words(1, "en"), points_in_words(0, "fr")
    ('−2,5 points', '+1 point', '0 point')
    >>> points_in_words(10, "en", signed=False)
    '10 points'
    """
    noun = _POINTS[not is_one(abs(value), language)].in_(language)
    number = points(value, language) if signed else points_alone(value, language)
    return number + NO_BREAK_SPACE + noun


@lru_cache(maxsize=MOST_POINTS)
def points_alone(value: float, language: Language) -> str:
    """Return some points without their noun.

    >>> points_alone(-2.5, "fr")
    '−2,5'
    """
    return decimal(value, language)


def reason_sentence(key: str, language: Language, **gaps: str) -> str:
    """Return the sentence of a reason with its gaps filled.

    >>> reason_sentence("CRITERION_MET", "en", label="It fits", points="+10 points")
    'It fits: +10 points'
    """
    return SENTENCES[key].in_(language).format(**gaps)
