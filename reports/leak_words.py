"""The words of the leak alarm, in both languages: kinds, evidence with its numbers, remedies."""

from collections.abc import Mapping

from features.texts import Text
from reports.findings import LeakKind, Severity
from reports.typography import filled, pair

SEVERITIES: Mapping[Severity, Text] = {
    Severity.CERTAIN: pair("Certain", "Certaine"),
    Severity.SUSPECT: pair("Suspect", "Suspecte"),
}

KINDS: Mapping[LeakKind, Text] = {
    LeakKind.LISTED: pair("Known to leak in this CRM", "Fuite connue de ce CRM"),
    LeakKind.HIDDEN_TARGET: pair("The outcome under another name", "L'issue sous un autre nom"),
    LeakKind.CLOSING_DATE: pair("Written on closing", "Écrite à la clôture"),
    LeakKind.FILLED_AT_CLOSING: pair("Filled in on closing", "Remplie à la clôture"),
    LeakKind.EMPTIED_AT_CLOSING: pair("Emptied on closing", "Vidée à la clôture"),
    LeakKind.TELLING_BLANKS: pair("Its blanks tell the outcome", "Ses vides disent l'issue"),
    LeakKind.DERIVED_FROM_CLOSING: pair(
        "Computed from the closing date", "Calculée à partir de la clôture"
    ),
    LeakKind.PURSUIT_LENGTH: pair(
        "Measures how long the deal took", "Mesure la durée de l'affaire"
    ),
    LeakKind.TELLING_ORDER: pair("Its order tells the outcome", "Son ordre dit l'issue"),
    LeakKind.PREDICTS_ALONE: pair("Predicts too well alone", "Prédit trop bien seule"),
    LeakKind.PINNED_VALUE: pair("A value that nearly decides", "Une valeur qui décide presque"),
    LeakKind.TELLING_NAME: pair(
        "Named like what is written later", "Nommée comme ce qui s'écrit après"
    ),
}

EVIDENCE: Mapping[str, Text] = {
    "hidden_target": pair(
        "Each of its values goes with one outcome in {agree:share} of {deals:count} closed deals",
        "Chacune de ses valeurs va avec une issue dans {agree:share} des {deals:count} affaires "
        "closes",
    ),
    "at_closing": pair(
        "Within a day of closing in {share:share} of {deals:count} closed deals",
        "À un jour de la clôture dans {share:share} des {deals:count} affaires closes",
    ),
    "after_closing": pair(
        "Not before closing in {share:share} of {deals:count} closed deals, and never after the "
        "last day of the file",
        "Jamais avant la clôture dans {share:share} des {deals:count} affaires closes, et jamais "
        "après le dernier jour du fichier",
    ),
    "filled_at_closing": pair(
        "Filled in for {closed:share} of closed deals and {open:share} of the {n_open:count} open "
        "ones",
        "Remplie pour {closed:share} des affaires closes et {open:share} des {n_open:count} "
        "affaires ouvertes",
    ),
    "blanks_differ": pair(
        "Filled in for {won:share} of the won deals and {others:share} of the others",
        "Remplie pour {won:share} des affaires gagnées et {others:share} des autres",
    ),
    "filled_is_pure": pair(
        "Filled in, {won:count} of {deals:count} deals were won; empty, {rest:share}",
        "Remplie, {won:count} affaires sur {deals:count} ont été gagnées ; vide, {rest:share}",
    ),
    "empty_is_pure": pair(
        "Empty, {won:count} of {deals:count} deals were won; filled in, {rest:share}",
        "Vide, {won:count} affaires sur {deals:count} ont été gagnées ; remplie, {rest:share}",
    ),
    "alone": pair(
        "Alone it tells won deals from the others with an AUC of {auc:two} (at least {low:two}), "
        "and takes {skill:share} off the log-loss",
        "Seule, elle distingue les affaires gagnées des autres avec une AUC de {auc:two} (au "
        "moins {low:two}), et réduit de {skill:share} la perte logarithmique",
    ),
    "length": pair(
        "It goes with the days the deal took: rank correlation {rho:two} over {deals:count} deals",
        "Elle suit la durée de l'affaire : corrélation de rang de {rho:two} sur {deals:count} "
        "affaires",
    ),
    "order": pair(
        "In its order, won deals stand apart from the others: AUC {auc:two} (at least {low:two})",
        "Dans son ordre, les affaires gagnées se séparent des autres : AUC de {auc:two} (au moins "
        "{low:two})",
    ),
    "pinned": pair(
        "“{value}”: {won:count} of {deals:count} won ({rate:share}), against {rest:share} of "
        "the other deals",
        "« {value} » : {won:count} gagnées sur {deals:count} ({rate:share}), contre {rest:share} "
        "des autres affaires",
    ),
    "all_pinned": pair(
        "Values such as “{value}” go with one outcome in {pure:share} of {deals:count} closed "
        "deals: {share:share} of all that ended so",
        "Des valeurs comme « {value} » vont avec une seule issue dans {pure:share} de "
        "{deals:count} affaires closes : {share:share} de toutes celles qui ont fini ainsi",
    ),
    "name_outcome": pair(
        "“{value}” in its name is about how a deal ended; alone it has an AUC of {auc:two}",
        "« {value} » dans son nom parle de la fin de l'affaire ; seule, AUC de {auc:two}",
    ),
    "name_course": pair(
        "“{value}” in its name is about the course of the pursuit; alone it has an AUC of "
        "{auc:two}",
        "« {value} » dans son nom parle du déroulement de l'affaire ; seule, AUC de {auc:two}",
    ),
    "name_judgement": pair(
        "“{value}” in its name is about what is written while a deal is worked; alone it has "
        "an AUC of {auc:two}",
        "« {value} » dans son nom parle de ce qui s'écrit en cours d'affaire ; seule, AUC de "
        "{auc:two}",
    ),
}

_AS_OF = pair(
    "Leave it out, or rebuild its value on the decision day from the field's history",
    "L'exclure, ou reconstruire sa valeur au jour de la décision depuis l'historique du champ",
)
_ASK = pair(
    "Ask who writes it and when; leave it out unless it is known on the decision day",
    "Demander qui l'écrit et quand ; l'exclure si elle n'est pas connue au jour de la décision",
)

REMEDIES: Mapping[LeakKind, Text] = {
    LeakKind.LISTED: _AS_OF,
    LeakKind.HIDDEN_TARGET: pair(
        "Leave it out: it is the answer, not a fact", "L'exclure : c'est la réponse, pas un fait"
    ),
    LeakKind.CLOSING_DATE: pair(
        "Use it as the closing date only, never as a fact",
        "Ne l'utiliser que comme date de clôture, jamais comme fait",
    ),
    LeakKind.FILLED_AT_CLOSING: _AS_OF,
    LeakKind.EMPTIED_AT_CLOSING: _AS_OF,
    LeakKind.TELLING_BLANKS: _ASK,
    LeakKind.DERIVED_FROM_CLOSING: pair(
        "Do not derive it: the closing date is not known on the decision day",
        "Ne pas la calculer : la clôture n'est pas connue au jour de la décision",
    ),
    LeakKind.PURSUIT_LENGTH: _AS_OF,
    LeakKind.TELLING_ORDER: pair(
        "Keep ids out of the model, and export in order of creation",
        "Garder les identifiants hors du modèle, et exporter par ordre de création",
    ),
    LeakKind.PREDICTS_ALONE: _ASK,
    LeakKind.PINNED_VALUE: _ASK,
    LeakKind.TELLING_NAME: _AS_OF,
}


def evidence(key: str, numbers: Mapping[str, float], *, value: str = "") -> Text:
    r"""Return the evidence in both languages, its numbers as the reader writes them.

    >>> evidence("at_closing", {"share": 0.981, "deals": 6711}).fr
    'À un jour de la clôture dans 98\xa0% des 6\u202f711 affaires closes'
    """
    return filled(EVIDENCE[key], {**numbers, "value": value})
