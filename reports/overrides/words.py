"""Every word of the report on overrides, in both languages, and its sentences."""

from collections.abc import Mapping

from features.texts import Language, Text
from reports.overrides.report import FEWEST_A_ROLE, Overrides
from reports.population import population_in_words
from reports.refused.report import Rate
from reports.typography import filled, pair

WORDS: Mapping[str, Text] = {
    "kind_of_page": pair("Overrides", "Décisions contraires"),
    "column_deal": pair("Deal", "Affaire"),
    "column_by": pair("By", "Par"),
    "column_why": pair("Why", "Pourquoi"),
    "column_decided": pair("Decided", "Décidée"),
    "column_until": pair("Until", "Jusqu'au"),
    "column_instead": pair("Instead of", "Au lieu de"),
    "column_done": pair("Done", "Fait"),
    "column_role": pair("Role", "Rôle"),
    "column_overrides": pair("Overrides", "Décisions contraires"),
    "column_closed": pair("Closed", "Closes"),
    "column_won": pair("Won", "Gagnées"),
    "none": pair(
        "Nobody has overridden anything.", "Personne n'a décidé contre la recommandation."
    ),
    "go": pair("Go", "Go"),
    "conditional_go": pair("Conditional go", "Go sous conditions"),
    "find_out": pair("Find out", "À compléter"),
    "no_go": pair("No-go", "No-go"),
}
_COUNTS = pair(
    "Deals let through against the recommendation: {through:count}; on file: {found:count}, of "
    "which open: {open:count}, declined after all: {declined:count}. Deals held back against "
    "it: {held:count}, and of these nobody knows. Overrides in force on {day}: {standing:count}.",
    "Affaires laissées passer contre la recommandation : {through:count} ; dans le fichier : "
    "{found:count}, dont ouvertes : {open:count}, déclinées finalement : {declined:count}. "
    "Affaires retenues contre elle : {held:count}, et de celles-là personne ne sait rien. "
    "Décisions en vigueur le {day} : {standing:count}.",
)
_RATES = pair(
    "Let through and ended: {deals:count}, won: {won:count} ({low:share} to {high:share}). The "
    "policy's own go deals: {own_deals:count}, won: {own_won:count} ({own_low:share} to "
    "{own_high:share}).",
    "Laissées passer et abouties : {deals:count}, gagnées : {won:count} ({low:share} à "
    "{high:share}). Les Go de la politique : {own_deals:count}, gagnées : {own_won:count} "
    "({own_low:share} à {own_high:share}).",
)
_NONE_ENDED = pair(
    "None of them has ended: no evidence yet.",
    "Aucune n'a encore abouti : aucune preuve à ce jour.",
)
_MEANING = {
    "above": pair(
        "Whoever let deals through was right more often than the policy's own go deals are won.",
        "Ceux qui ont laissé passer ont eu raison plus souvent que les Go de la politique ne "
        "gagnent.",
    ),
    "below": pair(
        "Deals let through are won less often than the policy's own go deals.",
        "Les affaires laissées passer gagnent moins souvent que les Go de la politique.",
    ),
    "same": pair(
        "The intervals overlap: no difference is shown.",
        "Les intervalles se recouvrent : aucune différence n'est établie.",
    ),
}
_NO_DRAW = pair(
    "People chose these deals, chance did not: what became of them says nothing of the other "
    "refused deals, and they are never pooled with those drawn for exploration.",
    "Ces affaires ont été choisies, non tirées au sort : leur issue ne dit rien des autres "
    "refusées, et elles ne sont jamais mêlées à celles de l'exploration.",
)
_FEW = pair(
    f"A win rate is told for roles with at least {FEWEST_A_ROLE} closed deals.",
    f"Un taux de gain n'est donné qu'à partir de {FEWEST_A_ROLE} affaires closes par rôle.",
)


def word(key: str, language: Language) -> str:
    """Return the words of a key.

    >>> word("column_by", "fr")
    'Par'
    """
    return WORDS[key].in_(language)


def override_sentences(found: Overrides, day: Text) -> tuple[Text, ...]:
    """Return how many there are, what became of them, and what that can and cannot mean."""
    counts = filled(
        _COUNTS,
        {
            "through": found.let_through, "standing": found.standing, "found": found.found,
            "open": found.open, "declined": found.declined, "held": found.held_back, "day": day,
        },
    )  # fmt: skip
    about = population_in_words(found.rate.deals + found.own.deals)
    if not found.rate.deals:
        return counts, _NONE_ENDED
    rates = filled(_RATES, {**_gaps(found.rate, ""), **_gaps(found.own, "own_")})
    return about, counts, rates, _MEANING[_compared(found)], _NO_DRAW, _FEW


def _compared(found: Overrides) -> str:
    if found.rate.low > found.own.high:
        return "above"
    return "below" if found.rate.high < found.own.low else "same"


def _gaps(of: Rate, prefix: str) -> dict[str, float]:
    told = {"won": of.won, "deals": of.deals, "low": of.low, "high": of.high}
    return {prefix + name: value for name, value in told.items()}
