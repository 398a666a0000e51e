"""Every word of the report on refused deals, in both languages, and its sentences."""

from collections.abc import Mapping

from features.texts import Language, Text
from reports.population import population_in_words
from reports.refused.report import Rate, RefusalVerdict, Refused, RefusedDeals
from reports.typography import filled, pair, quarter

Gaps = dict[str, float | str | Text]

VERDICTS: Mapping[RefusalVerdict, Text] = {
    "no_evidence": pair("no evidence", "aucune preuve"),
    "undecided": pair("not yet decided", "pas encore tranché"),
    "refusing_is_right": pair("refusing is right", "refuser est juste"),
    "work_again": pair(
        "worth working again: propose to loosen", "à retravailler : proposer d'assouplir"
    ),
    "not_tested": pair("cannot be tested", "hors épreuve"),
    "no_threshold": pair("no threshold to compare with", "aucun seuil de comparaison"),
}
WORDS: Mapping[str, Text] = {
    "kind_of_page": pair("Refused deals", "Affaires refusées"),
    "page_title": pair("{title}: refused deals", "{title} : affaires refusées"),
    "rules_title": pair("Rule by rule", "Règle par règle"),
    "rules_caption": pair(
        "Deals that one rule refuses and no other, by what became of those that were worked",
        "Affaires refusées par une seule règle, selon l'issue de celles qui ont été travaillées",
    ),
    "column_chart": pair("Win rate, 0 to 100%", "Taux de gain, 0 à 100 %"),
    "legend_drawn": pair("drawn deals, 90% interval", "affaires tirées, intervalle à 90 %"),
    "quarters_none": pair(
        "No refused deal was drawn and worked to its end.",
        "Aucune affaire refusée n'a été tirée et travaillée jusqu'au bout.",
    ),
    "stress_none": pair("No deal was declined.", "Aucune affaire déclinée."),
    "quarters_title": pair("Quarter by quarter", "Trimestre par trimestre"),
    "stress_title": pair(
        "If the refused deals had been worked", "Si les affaires refusées avaient été travaillées"
    ),
    "stress_hint": pair(
        "Nobody knows how they would have ended. At half, once and one and a half times the win "
        "rate of the deals that nothing refuses, they would have brought:",
        "Personne ne sait comment elles auraient fini. À la moitié, à une fois et à une fois et "
        "demie le taux de gain des affaires que rien ne refuse, elles auraient apporté :",
    ),
    "column_rule": pair("Rule", "Règle"),
    "column_refused": pair("Refused", "Refusées"),
    "column_drawn": pair("Drawn, last 4 quarters", "Tirées, 4 derniers trimestres"),
    "column_rate": pair("Won of these", "Gagnées parmi elles"),
    "column_chosen": pair("Worked by choice", "Travaillées par choix"),
    "column_threshold": pair("Threshold", "Seuil"),
    "column_naive": pair("The model says", "Le modèle dit"),
    "column_verdict": pair("Verdict", "Verdict"),
    "column_period": pair("Quarter", "Trimestre"),
    "column_explored": pair("Drawn, closed", "Tirées, closes"),
    "column_won": pair("Won", "Gagnées"),
    "column_factor": pair("Times the base rate", "Fois le taux de base"),
    "column_assumed": pair("Win rate", "Taux de gain"),
    "column_wins": pair("More wins", "Gains en plus"),
    "column_overall": pair("Win rate of all deals", "Taux de gain de toutes"),
    "column_pays": pair("Above the threshold", "Au-dessus du seuil"),
    "yes": pair("yes", "oui"),
    "no": pair("no", "non"),
    "nothing_refused": pair(
        "The policy refuses none of these deals.", "La politique ne refuse aucune de ces affaires."
    ),
}
_LOOKS = pair(
    "A verdict rests on deals that were drawn by chance and closed in the last four whole "
    "quarters ({first} to {last}). It is read four times a year and wrong in at most 10% of "
    "years, for each rule by itself.",
    "Un verdict repose sur les affaires tirées au sort et closes dans les quatre derniers "
    "trimestres complets ({first} à {last}). Lu quatre fois par an, il se trompe dans 10 % des "
    "années au plus, pour chaque règle prise seule.",
)
_OFF = pair(
    "Exploration is off: no refused deal is worked by chance, and no rule can be found wrong. "
    "decision.exploration in the policy switches it on.",
    "L'exploration est coupée : aucune affaire refusée n'est travaillée au hasard, et aucune "
    "règle ne peut être prise en défaut. decision.exploration dans la politique l'active.",
)
_SENTENCES: Mapping[RefusalVerdict, Text] = {
    "no_evidence": pair(
        "“{rule}”: no evidence. Drawn deals closed: {deals:count}, won: {won:count} ({low:share} "
        "to {high:share}); threshold {at:share}.{needed}",
        "« {rule} » : aucune preuve. Affaires tirées et closes : {deals:count}, gagnées : "
        "{won:count} ({low:share} à {high:share}) ; seuil {at:share}.{needed}",
    ),
    "undecided": pair(
        "“{rule}”: not yet decided. Drawn deals closed: {deals:count}, won: {won:count} "
        "({low:share} to {high:share}); threshold {at:share}.{needed}",
        "« {rule} » : pas encore tranché. Affaires tirées et closes : {deals:count}, gagnées : "
        "{won:count} ({low:share} à {high:share}) ; seuil {at:share}.{needed}",
    ),
    "refusing_is_right": pair(
        "“{rule}”: refusing is right. Drawn deals closed: {deals:count}, won: {won:count}, so a "
        "win rate of {proven_high:share} at most, below the threshold of {at:share}.",
        "« {rule} » : refuser est juste. Affaires tirées et closes : {deals:count}, gagnées : "
        "{won:count}, soit un taux de gain de {proven_high:share} au plus, sous le seuil de "
        "{at:share}.",
    ),
    "work_again": pair(
        "“{rule}”: worth working again. Drawn deals closed: {deals:count}, won: {won:count}, so a "
        "win rate of {proven_low:share} at least, above the threshold of {at:share}. Propose to "
        "loosen it, with its replay.",
        "« {rule} » : à retravailler. Affaires tirées et closes : {deals:count}, gagnées : "
        "{won:count}, soit un taux de gain de {proven_low:share} au moins, au-dessus du seuil de "
        "{at:share}. Proposer d'assouplir, rejeu à l'appui.",
    ),
    "not_tested": pair(
        "“{rule}”: cannot be tested, since the policy does not call it testable. Deals it "
        "refuses: {refused:count}; evidence about them: none.",
        "« {rule} » : hors épreuve, la politique ne la disant pas testable. Affaires qu'elle "
        "refuse : {refused:count} ; preuves à leur sujet : aucune.",
    ),
    "no_threshold": pair(
        "“{rule}”: drawn deals closed: {deals:count}, won: {won:count}; the policy gives no "
        "threshold that could be counted.",
        "« {rule} » : affaires tirées et closes : {deals:count}, gagnées : {won:count} ; la "
        "politique ne donne aucun seuil qui se calcule.",
    ),
}
_NEEDED = pair(
    " Some {needed:count} a year would show a win rate of twice the threshold.",
    " Il en faudrait environ {needed:count} par an pour montrer un taux de gain du double du "
    "seuil.",
)
_NAIVE = pair(
    "The model says {naive:share} of the same deals, where the drawn ones were won at "
    "{rate:share}: it has learned from pursued deals.",
    "Le modèle dit {naive:share} des mêmes affaires, quand les tirées au sort sont gagnées à "
    "{rate:share} : il a appris d'affaires travaillées.",
)
_CHOSEN = pair(
    "Worked by choice (waived, overridden or otherwise): {deals:count}, won: {won:count} "
    "({low:share} to {high:share}). No proof, since nobody drew them.",
    "Travaillées par choix (dérogation, décision contraire ou autre) : {deals:count}, gagnées : "
    "{won:count} ({low:share} à {high:share}). Sans valeur de preuve, faute de tirage.",
)
_NOT_WORKED = pair(
    "Drawn, and declined all the same: {n:count}. What was worked of the draw is then no longer "
    "by chance alone.",
    "Tirées, et déclinées quand même : {n:count}. Ce qui reste du tirage ne relève plus du seul "
    "hasard.",
)


def word(key: str, language: Language, **values: str) -> str:
    """Return the words of a key, their gaps filled.

    >>> word("column_won", "fr")
    'Gagnées'
    """
    return WORDS[key].in_(language).format(**values)


def lead_sentences(found: Refused) -> tuple[Text, ...]:
    """Return of whom the report speaks, and how its verdicts are to be read."""
    of = found.population
    about = population_in_words(of.pursued, of.declined, of.explored)
    if not found.share:
        return about, _OFF
    ends: Gaps = {"first": quarter(found.quarters[0]), "last": quarter(found.quarters[-1])}
    return about, filled(_LOOKS, ends)


def verdict_sentence(one: RefusedDeals) -> Text:
    """Return what is concluded of a rule, with its figures."""
    gaps: Gaps = {
        "rule": one.label,
        "refused": one.refused,
        "needed": "" if one.needed is None else filled(_NEEDED, {"needed": one.needed}),
        **_rate_gaps(one.recent),
        **{name: value for name in ("proven_low", "proven_high")
           if (value := getattr(one, name)) is not None},
    }  # fmt: skip
    if one.threshold is not None:
        gaps["at"] = one.threshold
    return filled(_SENTENCES[one.verdict], gaps)


def beside_sentences(one: RefusedDeals) -> tuple[Text, ...]:
    """Return what is told beside it: the model's estimate, deals by choice, a broken draw."""
    told: list[Text] = []
    if one.naive is not None and one.recent.rate is not None:
        told.append(filled(_NAIVE, {"naive": one.naive, "rate": one.recent.rate}))
    if one.by_choice.deals:
        told.append(filled(_CHOSEN, _rate_gaps(one.by_choice)))
    if one.not_worked:
        told.append(filled(_NOT_WORKED, {"n": one.not_worked}))
    return tuple(told)


def _rate_gaps(of: Rate) -> Gaps:
    return {"deals": of.deals, "won": of.won, "low": of.low, "high": of.high}
