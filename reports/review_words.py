"""Every word of a review, in both languages, and which words its figures deserve."""

from collections.abc import Mapping
from typing import Literal, TypeAlias

from features.texts import Language, Text
from reports.evaluation import CONFIDENCE, EvaluationSummary
from reports.numbers import decimal, percent
from reports.review import RuleReview
from reports.typography import pair

Knowledge: TypeAlias = Literal["knows_yes", "knows_perhaps", "knows_no"]
Difference: TypeAlias = Literal["more", "fewer", "unclear", "no_deals"]

METRIC_DIGITS = 3
MARKS: Mapping[Difference, str] = {"more": "▲", "fewer": "▼", "unclear": "≈", "no_deals": "○"}


def knowledge(evaluation: EvaluationSummary) -> Knowledge:
    """Return what to say of a model: that it beats the base rate, may do so, or does not."""
    if not evaluation.metrics["log_loss"] < evaluation.base_rate["log_loss"]:
        return "knows_no"
    return "knows_yes" if evaluation.confidence >= CONFIDENCE else "knows_perhaps"


def difference(rule: RuleReview) -> Difference:
    """Return how often deals that meet a rule were won, beside those that do not.

    One speaks of a difference only where the two intervals are apart.
    """
    met, not_met = rule.met, rule.not_met
    if met.low is None or met.high is None or not_met.low is None or not_met.high is None:
        return "no_deals"
    if met.low > not_met.high:
        return "more"
    return "fewer" if met.high < not_met.low else "unclear"


def verdict(evaluation: EvaluationSummary, language: Language) -> str:
    """Return in full how the model did beside the base rate, whichever did better."""
    both = {"model": evaluation.metrics, "base": evaluation.base_rate}
    losses = {
        name: decimal(means["log_loss"], language, digits=METRIC_DIGITS)
        for name, means in both.items()
    }
    # One decimal, because 99.8 % must not read as 100 %.
    confidence = percent(evaluation.confidence, language, digits=1)
    return word(f"{knowledge(evaluation)}_text", language, confidence=confidence, **losses)


def word(key: str, language: Language, **values: str) -> str:
    """Return the words of a key, their gaps filled.

    >>> word("figure_won_note", "fr", others="218")
    '218 ont fini autrement'
    """
    return WORDS[key].in_(language).format(**values)


WORDS: Mapping[str, Text] = {
    # The top of the page
    "kind_of_page": pair("Criteria review", "Revue des critères"),
    "page_title": pair("{title}: criteria review", "{title} : revue des critères"),
    "lead": pair(
        "What {deals} say about the criteria and knockouts of this policy, and what a model "
        "learned from them. The figures show what is associated with winning; they do not prove "
        "why.",
        "Ce que {deals} disent des critères et des critères éliminatoires de cette politique, et "
        "ce qu'un modèle en a appris. Les chiffres montrent ce qui est associé au gain d'une "
        "affaire ; ils n'en prouvent pas la raison.",
    ),
    "closed_deal": pair("closed deal", "affaire close"),
    "closed_deals": pair("closed deals", "affaires closes"),
    "headline": pair(
        "{closed}, {won} won: {rate} ({interval}); twins: {twins}",
        "{closed}, {won} gagnées : {rate} ({interval}) ; jumelles : {twins}",
    ),
    "figure_closed": pair("Closed deals", "Affaires closes"),
    "figure_closed_note": pair(
        "worked to their end, whatever it was", "menées à leur terme, quel qu'il soit"
    ),
    "figure_won": pair("Won", "Gagnées"),
    "figure_won_note": pair("{others} ended otherwise", "{others} ont fini autrement"),
    "figure_base_rate": pair("Base win rate", "Taux de gain moyen"),
    "figure_twins": pair("Twins", "Jumelles"),
    "figure_twins_note": pair(
        "deals like an earlier one in all that the model sees",
        "affaires identiques à une autre pour tout ce que voit le modèle",
    ),
    # The model
    "knowledge_title": pair("Does the model know anything?", "Le modèle sait-il quelque chose ?"),
    "knows_yes": pair(
        "Yes: it does better than the base rate.", "Oui : il fait mieux que le taux moyen."
    ),
    "knows_yes_text": pair(
        "On deals it had not seen, its probabilities came closer to what happened than always "
        "answering the base rate: log-loss {model} against {base}, lower being better. The gain "
        "held in {confidence} of the resampled sets of deals.",
        "Sur des affaires qu'il n'avait pas vues, ses probabilités ont été plus proches de la "
        "réalité qu'une réponse toujours égale au taux moyen : perte logarithmique de {model} "
        "contre {base}, le plus bas étant le meilleur. Le gain se retrouve dans {confidence} des "
        "rééchantillonnages.",
    ),
    "knows_perhaps": pair(
        "Perhaps: a little better than the base rate, but it may be chance.",
        "Peut-être : un peu mieux que le taux moyen, mais ce peut être le hasard.",
    ),
    "knows_perhaps_text": pair(
        "On deals it had not seen, its log-loss was {model} against {base} for always answering "
        "the base rate, lower being better. The gain held in only {confidence} of the resampled "
        "sets of deals: read its probabilities with caution.",
        "Sur des affaires qu'il n'avait pas vues, sa perte logarithmique est de {model} contre "
        "{base} pour qui répond toujours le taux moyen, le plus bas étant le meilleur. Le gain "
        "ne se retrouve que dans {confidence} des rééchantillonnages : à lire avec prudence.",
    ),
    "knows_no": pair(
        "No: it does not do better than the base rate.",
        "Non : il ne fait pas mieux que le taux moyen.",
    ),
    "knows_no_text": pair(
        "On deals it had not seen, always answering the base rate was at least as good: log-loss "
        "{model} for the model against {base}, lower being better. Rely on the policy, and do not "
        "choose deals by these probabilities.",
        "Sur des affaires qu'il n'avait pas vues, toujours répondre le taux moyen était au moins "
        "aussi bon : perte logarithmique de {model} pour le modèle contre {base}, le plus bas "
        "étant le meilleur. Fiez-vous à la politique, et ne choisissez pas vos affaires d'après "
        "ces probabilités.",
    ),
    "split_time": pair(
        "It learned from earlier deals and was judged on later ones.",
        "Il a appris sur les affaires anciennes et a été jugé sur les plus récentes.",
    ),
    "split_grouped": pair(
        "Each test learned from a part of the deals and was judged on the others; twins and deals "
        "of one account stayed together.",
        "Chaque essai apprend sur une partie des affaires et juge sur les autres ; les jumelles "
        "et les affaires d'un même compte restent ensemble.",
    ),
    "metrics_caption": pair(
        "The model on deals it had not seen", "Le modèle sur des affaires qu'il n'avait pas vues"
    ),
    "column_measure": pair("Measure", "Mesure"),
    "column_model": pair("Model", "Modèle"),
    "column_base": pair("Base rate", "Taux moyen"),
    "log_loss": pair("Log-loss", "Perte logarithmique"),
    "log_loss_note": pair("lower is better", "le plus bas est le meilleur"),
    "splits_won": pair("Tests won", "Essais gagnés"),
    "splits_won_note": pair(
        "log-loss below the base rate's", "perte inférieure à celle du taux moyen"
    ),
    "auc": pair("AUC", "AUC"),
    "auc_note": pair(
        "how often a won deal ranks above one not won; a coin toss is 0.5",
        "fréquence à laquelle une affaire gagnée passe devant une autre ; à pile ou face, 0,5",
    ),
    "calibration_slope": pair("Calibration slope", "Pente de calibration"),
    "calibration_slope_note": pair(
        "1 is ideal; below, the promises are too extreme; above, too timid",
        "1 est l'idéal ; en dessous, promesses trop tranchées ; au-dessus, trop timides",
    ),
    # Reliability
    "reliability_title": pair(
        "Is a promised {share} really {share}?", "{share} annoncés, est-ce vraiment {share} ?"
    ),
    "reliability_takeaway": pair(
        "Promised and actual win rates differ by {gap} on average; in {inside} of {groups} "
        "groups the promise lies within the 90% interval of what came.",
        "Les taux annoncés et réels diffèrent de {gap} en moyenne ; dans {inside} groupes sur "
        "{groups}, la promesse tombe dans l'intervalle à 90 % du taux réel.",
    ),
    "reliability_note": pair(
        "{estimates} estimates for deals not seen, in groups of similar probability. A deal "
        "judged in several tests counts once in the intervals.",
        "{estimates} estimations sur des affaires non vues, par groupes de probabilité proche. "
        "Une affaire jugée dans plusieurs essais compte une fois dans les intervalles.",
    ),
    "reliability_none": pair("No deals were held out.", "Aucune affaire n'a été mise de côté."),
    "reliability_table": pair("The figures behind the chart", "Les chiffres du graphique"),
    "axis_promised": pair("Promised by the model", "Annoncé par le modèle"),
    "axis_won": pair("Actually won", "Réellement gagné"),
    "legend_won": pair(
        "actually won, with its 90% interval", "réellement gagné, avec son intervalle à 90 %"
    ),
    "perfect": pair("promise kept exactly", "promesse exactement tenue"),
    "column_promised": pair("Promised", "Annoncé"),
    "column_came": pair("Won", "Gagné"),
    "column_interval": pair("90% interval", "Intervalle à 90 %"),
    "column_estimates": pair("Estimates", "Estimations"),
    # The rules
    "rules_title": pair("Criteria and knockouts", "Critères et critères éliminatoires"),
    "rules_caption": pair(
        "Win rates of the closed deals that meet each rule and of those that do not, with 90% "
        "intervals. Where the answer is not known, a deal counts on neither side.",
        "Taux de gain des affaires closes qui remplissent chaque règle et des autres, avec "
        "intervalles à 90 %. Une affaire sans réponse n'est comptée d'aucun côté.",
    ),
    "criterion": pair("Criterion", "Critère"),
    "knockout": pair("Knockout", "Éliminatoire"),
    "column_rule": pair("Rule", "Règle"),
    "column_points": pair("Points", "Points"),
    "column_answered": pair("Answered", "Renseigné"),
    "column_met": pair("Win rate when met", "Taux de gain si remplie"),
    "column_not_met": pair("Win rate when not", "Taux de gain sinon"),
    "column_side_by_side": pair("Side by side", "Comparaison"),
    "column_contribution": pair("Contribution", "Contribution"),
    "column_importance": pair("Importance", "Importance"),
    "legend_met": pair("rule met", "règle remplie"),
    "legend_not_met": pair("rule not met", "règle non remplie"),
    "legend_base": pair("base win rate", "taux de gain moyen"),
    "more": pair("won more often when met", "gagnées plus souvent"),
    "fewer": pair("won less often when met", "gagnées moins souvent"),
    "unclear": pair("no clear difference", "pas de différence nette"),
    "no_deals": pair("nothing to compare", "rien à comparer"),
    "scroll": pair(
        "Slide the table sideways to see it all.", "Faites glisser le tableau pour tout voir."
    ),
    # Beyond the policy
    "unmentioned_title": pair(
        "What the model uses that the policy does not mention",
        "Ce que le modèle utilise et que la politique ne mentionne pas",
    ),
    "unmentioned_hint": pair(
        "Does one of these deserve a criterion? An importance well above zero says that knowing "
        "it helps on deals not seen; near zero, it may be noise.",
        "L'un d'eux mérite-t-il un critère ? Une importance nettement supérieure à zéro dit que "
        "le connaître aide sur des affaires non vues ; proche de zéro, ce peut être du bruit.",
    ),
    "unmentioned_caption": pair(
        "Fields that no rule looks at, the most important first",
        "Champs qu'aucune règle ne regarde, le plus important d'abord",
    ),
    "unmentioned_none": pair(
        "Nothing: the policy mentions every field that the model uses.",
        "Rien : la politique mentionne tous les champs que le modèle utilise.",
    ),
    "column_field": pair("Field", "Champ"),
    "column_size": pair("Mean size of contribution", "Ampleur moyenne de la contribution"),
    "left_out_title": pair("Columns left out of the file", "Colonnes laissées de côté"),
    "left_out_hint": pair(
        "The policy declares no field for them: neither the rules nor the model saw them.",
        "La politique ne déclare aucun champ pour elles : ni les règles ni le modèle ne les ont "
        "vues.",
    ),
    "left_out_none": pair(
        "None: the policy declares every column of the file.",
        "Aucune : la politique déclare toutes les colonnes du fichier.",
    ),
    # How to read it
    "glossary_title": pair("How to read these figures", "Comment lire ces chiffres"),
    "gloss_interval_text": pair(
        "The range in which the true rate lies nine times out of ten, given how many deals there "
        "are; few deals make it wide. We speak of a difference only where two intervals do not "
        "overlap.",
        "La plage où se trouve le vrai taux neuf fois sur dix, vu le nombre d'affaires ; peu "
        "d'affaires, plage large. Nous ne parlons de différence que si deux intervalles ne se "
        "recouvrent pas.",
    ),
    "gloss_contribution_text": pair(
        "By how many percentage points (pp) the facts that a rule looks at move the model's "
        "probability, on average over the deals that meet it. It describes the model, and does "
        "not say that changing the fact would change the outcome.",
        "De combien de points de pourcentage (pts) les faits que regarde une règle déplacent la "
        "probabilité du modèle, en moyenne sur les affaires qui la remplissent. Elle décrit le "
        "modèle, et ne dit pas que changer le fait changerait l'issue.",
    ),
    "gloss_importance_text": pair(
        "How much log-loss rises, on deals not seen, when these facts are shuffled among the "
        "deals and so say nothing. In brackets: the lowest and the highest test. Where that range "
        "holds zero, the data do not show that the facts help. Rules that look at the same facts "
        "share their importance.",
        "De combien la perte logarithmique augmente, sur des affaires non vues, quand ces faits "
        "sont mélangés entre affaires et ne disent donc plus rien. Entre parenthèses : l'essai le "
        "plus bas et le plus haut. Si cette plage contient zéro, les données ne montrent pas que "
        "ces faits aident. Les règles qui regardent les mêmes faits partagent leur importance.",
    ),
    "gloss_log_loss_text": pair(
        "The penalty for probabilities far from what happened: 0 is perfect, and {coin} is what "
        "always saying {half} earns.",
        "La pénalité des probabilités éloignées de la réalité : 0 est parfait, et {coin} est ce "
        "que vaut toujours répondre {half}.",
    ),
    "gloss_knockout_text": pair(
        "Deals that were refused have no outcome. The rates of a knockout describe only those "
        "that were worked all the same, and these may be the better ones.",
        "Les affaires refusées n'ont pas d'issue. Les taux d'un critère éliminatoire ne décrivent "
        "que celles qui ont été travaillées malgré tout, peut-être les meilleures.",
    ),
    "fingerprint": pair("Policy fingerprint", "Empreinte de la politique"),
}
