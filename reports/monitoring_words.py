"""Every word of a monitoring page, in both languages; its sentences are in their own file."""

from collections.abc import Mapping
from datetime import date

from babel.dates import format_date

from features.texts import LANGUAGES, Language, Text
from reports.monitoring import DriftKind, Verdict
from reports.typography import pair, quarter


def word(key: str, language: Language, **values: str) -> str:
    """Return the words of a key, their gaps filled.

    >>> word("open_deals", "fr", open="12")
    '12 ouvertes'
    """
    return WORDS[key].in_(language).format(**values)


def period(name: str) -> Text:
    """Return a month or a quarter as people write it.

    >>> period("2025-03").fr, period("2025Q1").en
    ('mars 2025', 'Q1 2025')
    """
    if "Q" in name:
        return quarter(name)
    first = date.fromisoformat(f"{name}-01")
    written = {one: str(format_date(first, "MMM y", locale=one)) for one in LANGUAGES}
    return Text(en=written["en"], fr=written["fr"])


VERDICTS: Mapping[Verdict, Text] = {
    "steady": pair("Steady", "Stable"),
    "recalibrate": pair("Recalibrate", "À recaler"),
    "retrain": pair("Train again", "À réentraîner"),
    "too_early": pair("Too early to tell", "Trop tôt pour conclure"),
}
KINDS: Mapping[DriftKind, Text] = {
    "answers": pair("other answers", "autres réponses"),
    "missing": pair("other share of gaps", "autre part de vides"),
    "new": pair("answers never met", "réponses jamais vues"),
}
WORDS: Mapping[str, Text] = {
    "kind_of_page": pair("Monitoring of the champion", "Surveillance du modèle en titre"),
    "page_title": pair("{title}: monitoring", "{title} : surveillance"),
    "language": pair("Language", "Langue"),
    "deal": pair("deal", "affaire"),
    "deals": pair("deals", "affaires"),
    "closed_deal": pair("closed deal", "affaire close"),
    "closed_deals": pair("closed deals", "affaires closes"),
    "score": pair("Win probability itself", "La probabilité de gain elle-même"),
    "open_deals": pair("{open} open", "{open} ouvertes"),
    # Figures
    "figure_outcomes": pair("Outcomes to judge by", "Issues pour juger"),
    "figure_outcomes_note": pair("closed after {since}", "closes après le {since}"),
    "figure_won": pair("Won", "Gagnées"),
    "figure_won_note": pair("promised: {expected}", "promis : {expected}"),
    "figure_ratio": pair("Won over promised", "Gagnées sur promises"),
    "figure_ratio_note": pair("95% interval {low} to {high}", "intervalle à 95 % {low} à {high}"),
    "figure_loss": pair("Log-loss", "Log-loss"),
    "figure_loss_note": pair(
        "base rate {base}, last {deals} outcomes", "taux de base {base}, {deals} dernières issues"
    ),
    # Outcomes
    "periods_title": pair("Promised and won", "Promis et gagné"),
    "periods_hint": pair(
        "Share won minus share promised, in points, by period of closing, with the 95% interval. "
        "All deals closed in a period are there, however long they took. Two periods in a row "
        "beyond chance, the same way, ask for a recalibration.",
        "Part gagnée moins part promise, en points, par période de clôture, avec l'intervalle à "
        "95 %. Les affaires closes dans une période y sont toutes, quelle que soit leur durée. "
        "Deux périodes de suite hors du hasard, dans le même sens, demandent un recalage.",
    ),
    "periods_none": pair("No deal was closed since.", "Aucune affaire close depuis."),
    "column_period": pair("Period", "Période"),
    "column_closed": pair("Closed", "Closes"),
    "column_won": pair("Won", "Gagnées"),
    "column_expected": pair("Promised", "Promises"),
    "column_gap": pair("Difference", "Écart"),
    "column_ratio": pair("Won over promised", "Gagnées sur promises"),
    "as_promised": pair("as promised", "comme promis"),
    "fewer": pair("fewer than promised", "moins que promis"),
    "more": pair("more than promised", "plus que promis"),
    "in_numbers": pair("The same in numbers", "Les mêmes en chiffres"),
    # Charts
    "charts_title": pair("Have the odds moved?", "Les chances ont-elles bougé ?"),
    "charts_hint": pair(
        "Each outcome moves two charts (CUSUM): one rises if deals are won as if all odds were "
        "halved, the other as if they were doubled. Above the dashed limit it is an alarm, which "
        "passes when later deals speak against it twenty to one.",
        "Chaque issue fait bouger deux courbes (CUSUM) : l'une monte si l'on gagne comme si "
        "toutes les cotes étaient divisées par deux, l'autre comme si elles étaient doublées. "
        "Au-dessus de la limite en pointillés, c'est une alerte, levée quand les affaires "
        "suivantes la démentent à vingt contre un.",
    ),
    "halved": pair("Odds halved", "Cotes divisées par deux"),
    "doubled": pair("Odds doubled", "Cotes doublées"),
    "limit": pair("limit", "limite"),
    "chart_deals": pair("outcomes, in order of closing", "issues, par ordre de clôture"),
    # Recalibration
    "refit_title": pair("What a recalibration would do", "Ce que ferait un recalage"),
    # Cohorts
    "cohorts_title": pair("Decided since the model learned", "Décidées depuis l'apprentissage"),
    "cohorts_hint": pair(
        "By period of decision. The two bounds are the share won if all that are open are lost, "
        "and if all are won. A young cohort holds mostly what is lost quickly: until it is mature "
        "it raises no alarm, whatever its figures.",
        "Par période de décision. Les deux bornes sont la part gagnée si toutes les ouvertes "
        "sont perdues, ou toutes gagnées. Une cohorte jeune contient surtout ce qui se perd "
        "vite : tant qu'elle n'est pas mûre, elle ne lève aucune alerte, quels que soient ses "
        "chiffres.",
    ),
    "cohorts_none": pair(
        "No deal was decided since the model learned.",
        "Aucune affaire décidée depuis l'apprentissage.",
    ),
    "column_decided": pair("Decided", "Décidées"),
    "column_open": pair("Open", "Ouvertes"),
    "column_promised_share": pair("Share promised", "Part promise"),
    "column_bounds": pair("Share won, at least to at most", "Part gagnée, du moins au plus"),
    "column_state": pair("State", "État"),
    "mature": pair("mature", "mûre"),
    "immature": pair("not mature", "pas mûre"),
    # Drift
    "drift_title": pair("Do new deals look like the old?", "Les nouvelles ressemblent-elles ?"),
    "drift_hint": pair(
        "{current} deals decided since, beside {reference} decided before. The PSI is above its "
        "cut in one field of twenty that does not move; a mark means that the change is found "
        "even when all these looks are paid for. Other deals are no fault of the model, and "
        "change no verdict.",
        "{current} affaires décidées depuis, à côté de {reference} décidées avant. Le PSI dépasse "
        "son seuil pour un champ immobile sur vingt ; une marque signifie que le changement est "
        "établi compte tenu de tous ces examens. Des affaires différentes ne sont pas une faute "
        "du modèle et ne changent pas le verdict.",
    ),
    "drift_none": pair(
        "Nothing is said of drift: {current} deals decided since and {reference} before, and 30 "
        "are needed on both sides.",
        "Rien n'est dit de la dérive : {current} affaires décidées depuis et {reference} avant ; "
        "il en faut 30 de chaque côté.",
    ),
    "column_field": pair("Field", "Champ"),
    "column_psi": pair("PSI", "PSI"),
    "column_cut": pair("Cut", "Seuil"),
    "column_missing": pair("Without an answer, before → now", "Sans réponse, avant → après"),
    "column_new": pair("Never met", "Jamais vues"),
    "column_found": pair("Found", "Établi"),
    "unmoved": pair("no change", "aucun changement"),
    # How to read it
    "glossary_title": pair("How to read these figures", "Comment lire ces chiffres"),
    "gloss_ratio": pair("Won over promised", "Gagnées sur promises"),
    "gloss_ratio_text": pair(
        "The deals won, divided by the sum of their win probabilities: 1 is as promised, 0.8 is a "
        "fifth fewer.",
        "Les affaires gagnées, divisées par la somme de leurs probabilités : 1 est comme promis, "
        "0,8 un cinquième de moins.",
    ),
    "gloss_shift": pair("Recalibration", "Recalage"),
    "gloss_shift_text": pair(
        "One number added to the log-odds of every deal. It leaves their order alone, and so "
        "helps only where all are too high or all too low.",
        "Un seul nombre ajouté aux log-cotes de chaque affaire. Il laisse leur ordre intact, et "
        "n'aide donc que si toutes sont trop hautes ou trop basses.",
    ),
    "gloss_mature": pair("Mature", "Mûre"),
    "gloss_mature_text": pair(
        "Decided so long ago that nine deals of ten like it have closed.",
        "Décidée depuis assez longtemps pour que neuf affaires sur dix soient closes.",
    ),
    "gloss_psi": pair("PSI", "PSI"),
    "gloss_psi_text": pair(
        "The population stability index: how far two groups of deals are apart in their answers. "
        "What chance alone gives depends on their numbers, and so does the cut.",
        "L'indice de stabilité de la population : l'écart entre les réponses de deux groupes "
        "d'affaires. Ce que donne le hasard dépend de leurs nombres, et le seuil aussi.",
    ),
}
