"""The fixed words of the page about one deal, in French and in English."""

from collections.abc import Mapping

from features.texts import Language, Text
from reports.typography import pair

WORDS: Mapping[str, Text] = {
    "unnamed": pair("A deal without a name", "Une affaire sans nom"),
    "about": pair("{policy}, as of {day}", "{policy}, à la date du {day}"),
    "conditions_title": pair("Conditions", "Conditions"),
    "money_title": pair("Money", "Argent"),
    "chances_title": pair("Chances", "Chances"),
    "knockouts_title": pair("Knockouts", "Critères éliminatoires"),
    "points": pair("{points} of {best}", "{points} sur {best}"),
    "points_open": pair(
        "{points} of {best}, and between {lowest} and {highest} once all is known",
        "{points} sur {best}, et entre {lowest} et {highest} une fois tout connu",
    ),
    "points_title": pair("Points, and why not more", "Points, et pourquoi pas plus"),
    "questions_title": pair("Find out next", "À compléter"),
    "flips_title": pair("What would turn it", "Ce qui changerait la réponse"),
    "clear_one": pair("One other does not apply", "Un autre ne s'applique pas"),
    "clear_many": pair("{n} others do not apply", "{n} autres ne s'appliquent pas"),
    "clear_only": pair("The only one does not apply", "Le seul ne s'applique pas"),
    "clear_all": pair("None of the {n} applies", "Aucun des {n} ne s'applique"),
    "p_win": pair("A win probability of {p_win}", "Une probabilité de gain de {p_win}"),
    "other_ends": pair(
        ", lost {lost}, without a decision {undecided}",
        ", de perte {lost}, d'absence de décision {undecided}",
    ),
    "asked": pair("{label}: {q}", "{label} : {q}"),
    "more": pair("and {n} more", "et {n} de plus"),
    "no_model": pair("none", "aucun"),
    "foot": pair("Policy {policy}, model {model}", "Politique {policy}, modèle {model}"),
    # Why
    "go_p_win": pair(
        "The win probability, {figure}, reaches the {asked} that the policy asks for",
        "La probabilité de gain, {figure}, atteint les {asked} que demande la politique",
    ),
    "go_value": pair(
        "The expected value, {figure}, reaches the {asked} that the policy asks for",
        "La valeur attendue, {figure}, atteint les {asked} que demande la politique",
    ),
    "go_both": pair(
        "The win probability, {p_win}, and the expected value, {value}, reach what the policy "
        "asks for",
        "La probabilité de gain, {p_win}, et la valeur attendue, {value}, atteignent ce que "
        "demande la politique",
    ),
    "go_points": pair(
        "{figure} reach the {asked} that the policy asks for",
        "{figure} : la politique en demande {asked}",
    ),
    "go_clear": pair(
        "No knockout applies, and enough is known",
        "Aucun critère éliminatoire ne s'applique, et l'essentiel est connu",
    ),
    "open_points": pair(
        "Between {low} and {high}, and the policy asks for {asked}",
        "Entre {low} et {high}, et la politique en demande {asked}",
    ),
    "open": pair("Too much is still unknown to decide", "Trop d'inconnues pour décider"),
}


def word(key: str, language: Language, **gaps: str) -> str:
    """Return a text in one language, its gaps filled.

    >>> word("more", "en", n="3")
    'and 3 more'
    """
    return WORDS[key].in_(language).format(**gaps)
