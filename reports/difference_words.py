"""The words in which two policies are compared, in both languages."""

from collections.abc import Mapping

from features.policy.meanings import Meaning
from features.texts import Language, Text
from reports.policy_words import WORDS as PAGE_WORDS
from reports.typography import pair

GROUPS: Mapping[Meaning, Text] = {
    "refuses_more": pair("Refuses more deals", "Refuse plus d'affaires"),
    "refuses_fewer": pair("Refuses fewer deals", "Refuse moins d'affaires"),
    "refuses_others": pair("Refuses other deals", "Refuse d'autres affaires"),
    "conditions": pair("Sets other conditions", "Pose d'autres conditions"),
    "fewer_go": pair("Fewer deals are worth the effort", "Moins d'affaires valent l'effort"),
    "more_go": pair("More deals are worth the effort", "Plus d'affaires valent l'effort"),
    "points": pair("Gives other points", "Donne d'autres points"),
    "money": pair("Counts money otherwise", "Compte l'argent autrement"),
    "asks": pair("Asks other questions", "Pose d'autres questions"),
    "grades": pair("Grades and tests otherwise", "Note et met à l'épreuve autrement"),
    "files": pair("Reads files of deals otherwise", "Lit autrement les fichiers d'affaires"),
    "words": pair(
        "Says it in other words: no deal is decided otherwise",
        "Le dit autrement : aucune affaire n'est décidée différemment",
    ),
}
"""What a difference means for deals, the gravest first."""

KINDS: Mapping[str, Text] = {
    "added": pair("new", "ajout"),
    "removed": pair("gone", "suppression"),
    "changed": pair("changed", "modification"),
}

SECTIONS: Mapping[str, Text] = {
    "fields": pair("question", "question"),
    "groups": pair("group of criteria", "groupe de critères"),
    "segments": pair("segment", "segment"),
    "criteria": pair("criterion", "critère"),
    "knockouts": pair("knockout", "critère éliminatoire"),
}

SETTINGS: Mapping[str, Text] = {
    "policy": pair("name", "nom"),
    "version": pair("version", "version"),
    "title": pair("title", "titre"),
    "label": pair("label", "libellé"),
    "question": pair("question", "question"),
    "type": pair("type", "type"),
    "column": pair("column", "colonne"),
    "unknown": pair("words for unknown", "mots pour « inconnu »"),
    "not_applicable": pair("words for not applicable", "mots pour « sans objet »"),
    "cost": pair("cost to know", "coût pour savoir"),
    "valid_for_days": pair("valid for", "valable"),
    "observed_column": pair("column of its day", "colonne de sa date"),
    "changeable": pair("can be changed", "peut changer"),
    "used_by_model": pair("used by the model", "utilisé par le modèle"),
    "unit": pair("unit", "unité"),
    "min": pair("lowest", "minimum"),
    "max": pair("highest", "maximum"),
    "better": pair("better", "mieux"),
    "values": pair("answers", "réponses"),
    "ordered": pair("in order", "dans l'ordre"),
    "of": pair("divided number", "nombre divisé"),
    "to": pair("divided by", "divisé par"),
    "start": pair("first day", "premier jour"),
    "end": pair("last day", "dernier jour"),
    "when": pair("when", "si"),
    "then": pair("effect", "effet"),
    "on_unknown": pair("if not known", "si on l'ignore"),
    "reason": pair("reason", "motif"),
    "owner": pair("owner", "responsable"),
    "applies_to": pair("applies to", "s'applique à"),
    "in_effect": pair("in effect", "en vigueur"),
    "waiver": pair("waiver", "dérogation"),
    "testable": pair("may be tested", "peut être mis à l'épreuve"),
    "group": pair("group", "groupe"),
    "points": pair("points", "points"),
    "field": pair("field", "champ"),
    "bands": pair("points by number", "points par nombre"),
    "otherwise": pair("otherwise", "sinon"),
    "direction": pair("direction", "sens"),
    "if_unknown": pair("if not known", "si on l'ignore"),
    "p_win": pair("win probability", "probabilité de gain"),
    "expected_value": pair("expected value", "valeur attendue"),
    "grades": pair("grades", "notes"),
    "exploration": pair("tested share of refusals", "part des refus mise à l'épreuve"),
    "preset": pair("CRM", "CRM"),
    "outcome": pair("how deals end", "issue des affaires"),
    "id": pair("column of the id", "colonne de l'identifiant"),
    "as_of": pair("column of the day of the decision", "colonne de la date de décision"),
    "won": pair("won", "gagnée"),
    "lost": pair("lost", "perdue"),
    "no_decision": pair("no decision", "sans suite"),
    "declined_by_us": pair("declined by us", "déclinée par nous"),
    "open": pair("open", "ouverte"),
    "closed": pair("closed", "close"),
    "stage": pair("stage", "étape"),
    "file": pair("file", "fichier"),
    "form": pair("form", "forme"),
    "created_on": pair("column of the creation", "colonne de la création"),
    "closed_on": pair("column of the closing", "colonne de la clôture"),
    "account": pair("column of the account", "colonne du compte"),
    "human_probability": pair(
        "column of people's probability", "colonne de la probabilité humaine"
    ),
    "name": pair("column of the name", "colonne du nom"),
    "hours_spent": pair("column of the hours spent", "colonne des heures passées"),
    "seller": pair("column of the seller", "colonne du vendeur"),
    "team": pair("column of the team", "colonne de l'équipe"),
    "propensity": pair(
        "column of the chance of being pursued", "colonne de la chance d'être travaillée"
    ),
    "api": pair("names in the CRM's API", "noms dans l'API du CRM"),
    "numbers": pair("how numbers are written", "écriture des nombres"),
    "dates": pair("how days are written", "écriture des dates"),
    "columns": pair("headers chosen among several", "en-têtes choisis parmi plusieurs"),
    "twins": pair("what becomes of twins", "sort des affaires jumelles"),
    "keep": pair("columns kept on purpose", "colonnes gardées exprès"),
    "history": pair("history of changes", "historique des changements"),
    "track_record": pair("whose past counts", "passé pris en compte"),
}

WORDS: Mapping[str, Text] = {
    "same": pair("The two policies are the same.", "Les deux politiques sont identiques."),
    "headline": pair("From {before} to {after}", "De {before} à {after}"),
    "entry": pair("{kind}: {name}", "{kind} : {name}"),
    "setting": pair("{name}: {text}", "{name} : {text}"),
    "same_points": pair("written otherwise, same points", "écrit autrement, mêmes points"),
    "not_given": pair("not given", "non précisé"),
    "refuse": pair("refuse", "refus"),
    "under": pair("only under a condition: {condition}", "seulement sous condition : {condition}"),
    "as_points": pair("as the points say", "comme le disent les points"),
    "free": pair("as the past says", "comme le dit le passé"),
    "higher": pair("higher", "plus haut"),
    "lower": pair("lower", "plus bas"),
    "yes": pair("yes", "oui"),
    "no": pair("no", "non"),
    "grade": pair("{grade} from {p_win}", "{grade} dès {p_win}"),
    "grade_points": pair(
        "{grade} from {p_win} or {points} points", "{grade} dès {p_win} ou {points} points"
    ),
    "number": pair("number", "nombre"),
    "boolean": pair("yes or no", "oui ou non"),
    "category": pair("one of some answers", "une réponse parmi plusieurs"),
    "date": pair("day", "jour"),
    "text": pair("free words", "texte libre"),
    "ratio": pair("ratio of two numbers", "rapport de deux nombres"),
    "days_between": pair("days between two days", "jours entre deux dates"),
}


def setting_name(name: str, language: Language) -> str:
    """Return what a setting is called; the numbers of the economics have the page's names.

    >>> setting_name("on_unknown", "fr"), setting_name("cost_per_hour", "en")
    ("si on l'ignore", 'cost of an hour')
    """
    if name in SETTINGS:
        return SETTINGS[name].in_(language)
    text = PAGE_WORDS.get(name)
    if text is None:
        return name.replace("_", " ")
    words = text.in_(language)
    return words[0].lower() + words[1:]
