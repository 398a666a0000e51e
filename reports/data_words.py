"""Every word of a data report, in both languages; those of the leaks are in ``leak_words``."""

from collections.abc import Mapping

from features.texts import Language, Text
from reports.typography import pair


def word(key: str, language: Language, **values: str) -> str:
    """Return the words of a key, their gaps filled.

    >>> word("figure_closed_note", "fr", open="12")
    '12 encore ouvertes'
    """
    return WORDS[key].in_(language).format(**values)


WORDS: Mapping[str, Text] = {
    # The top of the page
    "kind_of_page": pair("Data report", "Rapport sur les données"),
    "page_title": pair("{source}: data report", "{source} : rapport sur les données"),
    "language": pair("Language", "Langue"),
    "deal": pair("deal", "affaire"),
    "deals": pair("deals", "affaires"),
    "lead_dated": pair(
        "{deals} from {first} to {last}. How they ended is read from the column “{outcome}”. This "
        "page says what the file can teach, and what it must not be trusted with.",
        "{deals}, du {first} au {last}. Leur issue est lue dans la colonne « {outcome} ». Cette "
        "page dit ce que le fichier peut apprendre, et ce qu'il ne faut pas lui confier.",
    ),
    "lead_undated": pair(
        "{deals}, without dates. How they ended is read from the column “{outcome}”. This page "
        "says what the file can teach, and what it must not be trusted with.",
        "{deals}, sans dates. Leur issue est lue dans la colonne « {outcome} ». Cette page dit ce "
        "que le fichier peut apprendre, et ce qu'il ne faut pas lui confier.",
    ),
    "figure_closed": pair("Closed deals", "Affaires closes"),
    "figure_closed_note": pair("{open} still open", "{open} encore ouvertes"),
    "figure_declined_note": pair(
        "{open} still open, {declined} declined by us",
        "{open} encore ouvertes, {declined} déclinées par nous",
    ),
    "figure_rate": pair("Win rate", "Taux de gain"),
    "figure_leaks": pair("Certain leaks", "Fuites certaines"),
    "figure_leaks_note": pair("and {suspects} to ask about", "et {suspects} à vérifier"),
    "figure_columns": pair("Columns for the model", "Colonnes pour le modèle"),
    "figure_columns_note": pair("of {columns} in the file", "sur {columns} dans le fichier"),
    "interval": pair("95% interval", "Intervalle à 95 %"),
    # Alerts
    "alerts_title": pair("First of all", "D'abord"),
    "alerts_none": pair(
        "Nothing stands in the way: no leak, no break, no bulk closing was found.",
        "Rien ne s'y oppose : ni fuite, ni rupture, ni clôture en bloc n'a été trouvée.",
    ),
    "stops": pair("Stops training", "Arrête l'apprentissage"),
    "warns": pair("Be wary", "Prudence"),
    # Leaks
    "leaks_title": pair("Leaks", "Fuites"),
    "leaks_hint": pair(
        "A leak is a column written, or changed, once it was clear how the deal would end. A "
        "model that sees it looks brilliant on old deals and knows nothing of new ones.",
        "Une fuite est une colonne écrite, ou modifiée, une fois l'issue connue. Un modèle qui la "
        "voit brille sur les affaires passées et ne sait rien des nouvelles.",
    ),
    "leaks_caption": pair(
        "Columns that know too much, the surest first",
        "Colonnes qui en savent trop, les plus sûres d'abord",
    ),
    "leaks_none": pair(
        "None found, which is no proof that there is none: ask when each column is written.",
        "Aucune trouvée, ce qui ne prouve pas qu'il n'y en ait pas : demander quand chaque "
        "colonne est écrite.",
    ),
    "column_column": pair("Column", "Colonne"),
    "column_severity": pair("Leak", "Fuite"),
    "column_evidence": pair("Evidence", "Indices"),
    "column_remedy": pair("What to do", "Que faire"),
    "derived": pair("computed", "calculée"),
    "known_day": pair(
        "Recognised as the closing date, so the model never sees it",
        "Reconnue comme date de clôture : le modèle ne la voit jamais",
    ),
    "excused": pair("Kept, because: {reason}", "Gardée, car : {reason}"),
    # Time
    "months_title": pair("Through time", "Au fil du temps"),
    "months_opening": pair("Deals by month of opening", "Affaires par mois d'ouverture"),
    "months_closing": pair("Deals by month of closing", "Affaires par mois de clôture"),
    "months_undated": pair("{n} without that date", "{n} sans cette date"),
    "months_table": pair("The same as a table", "Les mêmes chiffres en tableau"),
    "months_none": pair(
        "The file has no dates, so nothing can be said of time: splits are by chance, not by "
        "order.",
        "Le fichier n'a pas de dates : rien à dire du temps, et les partages se font au hasard, "
        "non dans l'ordre.",
    ),
    "column_month": pair("Month", "Mois"),
    "won": pair("Won", "Gagnées"),
    "lost": pair("Lost", "Perdues"),
    "no_decision": pair("No decision", "Sans décision"),
    "declined_by_us": pair("Declined by us", "Déclinées par nous"),
    "open": pair("Open", "Ouvertes"),
    "others": pair("Not won", "Non gagnées"),
    "drift_title": pair("Win rate by quarter of closing", "Taux de gain par trimestre de clôture"),
    "drift_moves": pair(
        "The quarters differ by more than chance (p {p}).",
        "Les trimestres diffèrent plus que par hasard (p {p}).",
    ),
    "drift_still": pair(
        "No more difference between quarters than chance would give (p {p}).",
        "Pas plus de différence entre trimestres que par hasard (p {p}).",
    ),
    "drift_single": pair(
        "One quarter only: nothing to compare.", "Un seul trimestre : rien à comparer."
    ),
    "legend_quarter": pair(
        "win rate, with its 95% interval", "taux de gain, avec son intervalle à 95 %"
    ),
    "legend_apart": pair("unlike the other quarters", "différent des autres trimestres"),
    "legend_base": pair("all closed deals", "toutes les affaires closes"),
    "unrecorded_title": pair("Ends that nobody recorded", "Issues que personne n'a saisies"),
    "unrecorded_hint": pair(
        "Deals a month past the day they should have closed, and still open: hidden losses, "
        "mostly.",
        "Affaires encore ouvertes un mois après le jour où elles devaient se clore : le plus "
        "souvent des pertes cachées.",
    ),
    "column_due": pair("Should have ended", "Devaient finir"),
    "column_unrecorded": pair("Without an end", "Sans issue"),
    "no_month": pair("no day", "sans jour"),
    # The ends of the file
    "ends_title": pair("The two ends of the file", "Les deux bouts du fichier"),
    "ends_hint": pair(
        "Half of the won deals took {won} days or more, half of the others {others}; 90% of all "
        "closed within {slow}. So the newest deals show only the fast endings, and deals older "
        "than the file only those that survived until it began.",
        "La moitié des affaires gagnées ont pris {won} jours ou plus, la moitié des autres "
        "{others} ; 90 % ont été closes en {slow} jours. Les plus récentes ne montrent donc que "
        "les fins rapides, et celles d'avant le fichier que les survivantes.",
    ),
    "ends_none": pair(
        "Without the days of opening and closing nothing can be said of truncation.",
        "Sans les jours d'ouverture et de clôture, rien à dire de la troncature.",
    ),
    "ends_caption": pair(
        "Closed deals by when they were opened", "Affaires closes selon leur ouverture"
    ),
    "ends_early": pair("Before the first closing on file", "Avant la première clôture du fichier"),
    "ends_mature": pair("In between", "Entre les deux"),
    "ends_recent": pair("In the last {slow} days", "Dans les {slow} derniers jours"),
    "column_opened": pair("Opened", "Ouvertes"),
    "column_closed": pair("Closed", "Closes"),
    "column_rate": pair("Win rate", "Taux de gain"),
    "column_chance": pair("Chance of such a difference", "Probabilité d'un tel écart"),
    # Closings
    "closings_title": pair("How deals were closed", "Comment les affaires ont été closes"),
    "bulk": pair(
        "{day}: {deals} deals, {share} of all closings",
        "{day} : {deals} affaires, {share} du total",
    ),
    "bulk_none": pair(
        "No day has more than 5% of all closings.", "Aucun jour n'a plus de 5 % des clôtures."
    ),
    "short": pair(
        "{short} of {deals} closed deals lived less than two days ({won} won).",
        "{short} affaires closes sur {deals} ont vécu moins de deux jours ({won} gagnées).",
    ),
    "twins_title": pair("Twins", "Jumelles"),
    "twins": pair(
        "{twins} deals equal an earlier one in all but id and date; {alike} do if their ending is "
        "left aside. The largest group has {largest} deals.",
        "{twins} affaires sont identiques à une autre, sauf l'identifiant et la date ; {alike} si "
        "l'on ignore leur issue. Le plus grand groupe compte {largest} affaires.",
    ),
    "twins_none": pair(
        "No two deals are equal in all but id and date.",
        "Aucune affaire n'est identique à une autre, identifiant et date mis à part.",
    ),
    "twins_ignored": pair("Not compared: {columns}", "Non comparées : {columns}"),
    # Columns
    "coverage_title": pair("How far columns are filled in", "Remplissage des colonnes"),
    "coverage_caption": pair(
        "Share of deals with a value, by how they ended",
        "Part des affaires renseignées, selon leur issue",
    ),
    "column_kind": pair("Holds", "Contient"),
    "column_distinct": pair("Values", "Valeurs"),
    "column_filled": pair("Filled in", "Renseignée"),
    "column_side_by_side": pair("Side by side", "Comparaison"),
    "number": pair("numbers", "nombres"),
    "yes_no": pair("yes or no", "oui ou non"),
    "date": pair("dates", "dates"),
    "category": pair("categories", "catégories"),
    "text": pair("texts", "textes"),
    "alike_title": pair("Probably one answer", "Probablement une seule réponse"),
    "alike_hint": pair(
        "These differ in case, spaces, accents or punctuation only. Every deal still counts; "
        "correct them in the CRM, or tell them apart in the policy.",
        "Elles ne diffèrent que par la casse, les espaces, les accents ou la ponctuation. Chaque "
        "affaire compte ; les corriger dans le CRM, ou les distinguer dans la politique.",
    ),
    "column_spellings": pair("Written as", "Écrite"),
    "uses_title": pair("Columns used and left out", "Colonnes utilisées et exclues"),
    "uses_used": pair("For the model", "Pour le modèle"),
    "uses_none": pair("No column is left for the model.", "Aucune colonne ne reste."),
    "to_ask": pair("to ask about", "à vérifier"),
    "because_outcome": pair("Says how the deal ended", "Dit l'issue"),
    "because_closing_date": pair("The day of closing", "Le jour de clôture"),
    "because_opening_date": pair("The day of opening", "Le jour d'ouverture"),
    "because_leak": pair("Certain leak", "Fuite certaine"),
    "because_identifier": pair("Ids and names", "Identifiants et noms"),
    "because_date": pair("Dates", "Dates"),
    "because_empty": pair("Empty", "Vide"),
    "because_constant": pair("The same everywhere", "Partout la même valeur"),
    "because_free_text": pair("Free text", "Texte libre"),
    "because_undeclared": pair("Not in the policy", "Absente de la politique"),
    "column_reason": pair("Reason", "Raison"),
    # How to read it
    "glossary_title": pair("How to read these figures", "Comment lire ces chiffres"),
    "gloss_auc": pair("AUC", "AUC"),
    "gloss_auc_text": pair(
        "How often a won deal ranks above one not won when deals are put in order by this column "
        "alone: 0.5 is a coin toss, 1 is perfect. It is measured on deals that the order was not "
        "learned from, and “at least” is corrected for the number of columns looked at.",
        "La fréquence à laquelle une affaire gagnée passe devant une autre quand on les classe "
        "selon cette seule colonne : 0,5 est un tirage au sort, 1 est parfait. Mesurée sur des "
        "affaires dont le classement n'a rien appris ; « au moins » tient compte du nombre de "
        "colonnes examinées.",
    ),
    "gloss_severity": pair("Certain, suspect", "Certaine, suspecte"),
    "gloss_severity_text": pair(
        "Certain: the figures leave hardly another explanation, and training stops. Suspect: an "
        "honest column may look so too; only who fills it in can say.",
        "Certaine : les chiffres ne laissent guère d'autre explication, et l'apprentissage "
        "s'arrête. Suspecte : une colonne honnête peut y ressembler ; seul qui la remplit peut le "
        "dire.",
    ),
    "gloss_interval_text": pair(
        "The range in which the true rate lies 19 times out of 20 (Jeffreys).",
        "La plage où se trouve le vrai taux 19 fois sur 20 (Jeffreys).",
    ),
    "gloss_chance": pair("p", "p"),
    "gloss_chance_text": pair(
        "How often chance alone would give such a difference; for quarters, corrected for looking "
        "at each of them.",
        "La fréquence à laquelle le hasard seul donnerait un tel écart ; pour les trimestres, "
        "corrigée du nombre d'examens.",
    ),
    "notes_title": pair("How the file was read", "Comment le fichier a été lu"),
}
