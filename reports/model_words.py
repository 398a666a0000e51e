"""Every word of the page about a model, in both languages."""

from collections.abc import Mapping

from features.texts import Language, Text
from reports.typography import pair


def word(key: str, language: Language, **values: str) -> str:
    """Return the words of a key, their gaps filled.

    >>> word("base_rate", "fr")
    'Taux moyen'
    """
    return WORDS[key].in_(language).format(**values)


WORDS: Mapping[str, Text] = {
    "kind_of_page": pair("The model on deals it had not seen", "Le modèle face à l'inconnu"),
    "page_title": pair("{title}: the model", "{title} : le modèle"),
    "lead_time": pair(
        "The model learned from deals closed well before {cut} and was judged by {held_out} that "
        "closed from that day on. In brackets: the range in which a figure lies nine times out of "
        "ten if other deals of the same kind had come, drawn by whole accounts.",
        "Le modèle a appris sur des affaires closes bien avant le {cut} et a été jugé sur "
        "{held_out} closes à partir de ce jour. Entre parenthèses : la plage où se trouverait le "
        "chiffre neuf fois sur dix avec d'autres affaires du même genre, tirées par comptes "
        "entiers.",
    ),
    "lead_grouped": pair(
        "The model learned from a part of the deals and was judged by the others, {n} times; "
        "{held_out} judged at least once. In brackets: the range in which a figure lies nine "
        "times out of ten if other deals of the same kind had come, drawn by whole accounts.",
        "Le modèle a appris sur une partie des affaires et a été jugé sur les autres, {n} fois de "
        "suite ; {held_out} ont jugé au moins une fois. Entre parenthèses : la plage où se "
        "trouverait le chiffre neuf fois sur dix avec d'autres affaires du même genre, tirées par "
        "comptes entiers.",
    ),
    "deal": pair("deal", "affaire"),
    "deals": pair("deals", "affaires"),
    "from_to": pair("{value} ({low} to {high})", "{value} ({low} à {high})"),
    "to": pair("{low} to {high}", "{low} à {high}"),
    # Figures on top
    "figure_held_out": pair("Deals that judged", "Affaires qui ont jugé"),
    "figure_held_out_note": pair(
        "of {clusters} accounts or groups", "de {clusters} comptes ou groupes"
    ),
    "figure_skill": pair("Skill", "Apport"),
    "figure_skill_note": pair(
        "log-loss saved beside the base rate", "perte évitée par rapport au taux moyen"
    ),
    "figure_auc": pair("AUC", "AUC"),
    "figure_auc_note": pair("0.5 is a coin toss", "0,5 pour pile ou face"),
    "figure_gap": pair("Won beside promised", "Gagné moins annoncé"),
    "figure_gap_note": pair("on average over all", "en moyenne sur toutes"),
    "calibrated": pair(
        "calibrated, as far as these deals can tell",
        "calibré, autant que ces affaires peuvent le dire",
    ),
    "not_calibrated": pair("not calibrated: {checks}", "mal calibré : {checks}"),
    "failed_in_the_large": pair("the mean is off", "la moyenne est décalée"),
    "failed_slope": pair(
        "the promises are too bold or too timid", "les promesses sont trop tranchées ou timides"
    ),
    "failed_ece": pair("groups are off", "des groupes sont décalés"),
    # Baselines
    "baselines_title": pair("Beside other ways to tell", "À côté d'autres façons d'estimer"),
    "baselines_caption": pair(
        "Log-loss on the same deals; lower is better, and a gain above zero is the model's",
        "Perte logarithmique sur les mêmes affaires ; plus bas est mieux, un gain positif est "
        "celui du modèle",
    ),
    "column_baseline": pair("Other way", "Autre façon"),
    "column_deals": pair("Deals", "Affaires"),
    "column_their_loss": pair("Its log-loss", "Sa perte"),
    "column_model_loss": pair("The model's", "Celle du modèle"),
    "column_gain": pair("Gain of the model", "Gain du modèle"),
    "column_sure": pair("Sure", "Sûr à"),
    "column_auc": pair("Its AUC", "Son AUC"),
    "column_model_auc": pair("The model's", "Celle du modèle"),
    "base_rate": pair("Base rate", "Taux moyen"),
    "base_rate_note": pair("always the share won before", "toujours la part gagnée jusque-là"),
    "scorecard": pair("Scorecard", "Grille de points"),
    "scorecard_note": pair(
        "the policy's points, their scale fitted on earlier deals",
        "les points de la politique, à l'échelle des affaires passées",
    ),
    "champion": pair("Champion", "Modèle en titre"),
    "champion_note": pair("the model that answers now", "le modèle qui répond aujourd'hui"),
    "human": pair("People", "Les commerciaux"),
    "human_note": pair(
        "the probability on file, which may have been changed after the outcome was known",
        "la probabilité au fichier, peut-être modifiée une fois l'issue connue",
    ),
    # Calibration
    "calibration_title": pair(
        "May the probabilities be taken at their word?", "Peut-on croire les probabilités ?"
    ),
    "checks_caption": pair(
        "Three checks; a perfect model fails one of them in at most one case of twenty",
        "Trois contrôles ; un modèle parfait en rate un dans un cas sur vingt au plus",
    ),
    "column_check": pair("Check", "Contrôle"),
    "column_value": pair("Figure", "Chiffre"),
    "column_range": pair("Interval", "Intervalle"),
    "column_allowed": pair("Allowed", "Admis"),
    "column_verdict": pair("Verdict", "Verdict"),
    "check_in_the_large": pair("Won beside promised", "Gagné moins annoncé"),
    "check_slope": pair("Slope", "Pente"),
    "check_ece": pair("Mean gap of ten groups", "Écart moyen de dix groupes"),
    "check_ece_note": pair(
        "interval: that of a perfect model with so many deals",
        "intervalle : celui d'un modèle parfait avec autant d'affaires",
    ),
    "check_in_the_large_note": pair(
        "98% interval; good if small or if it holds zero",
        "intervalle à 98 % ; bon si petit, ou s'il contient zéro",
    ),
    "check_slope_note": pair(
        "98% interval; 1 is ideal, below the promises are too bold",
        "intervalle à 98 % ; 1 est l'idéal, en dessous promesses trop tranchées",
    ),
    "passed": pair("holds", "tenu"),
    "failed": pair("fails", "raté"),
    "reliability_title": pair("Promised and actual win rates", "Taux de gain annoncés et réels"),
    "axis_promised": pair("Promised by the model", "Annoncé par le modèle"),
    "axis_won": pair("Actually won", "Réellement gagné"),
    "legend_groups": pair(
        "actually won, with its 90% interval", "réellement gagné, avec son intervalle à 90 %"
    ),
    "legend_perfect": pair("promise kept exactly", "promesse exactement tenue"),
    # Time
    "time_title": pair("As time goes on", "Au fil du temps"),
    "rolling_title": pair(
        "Log-loss at each cut: model and base rate", "Perte à chaque coupe : modèle et taux moyen"
    ),
    "rolling_caption": pair(
        "Each line learned from what had closed {days} days before the cut, and was judged by "
        "what closed from it until the next",
        "Chaque ligne a appris sur les affaires closes {days} jours avant la coupe, et a été "
        "jugée sur celles closes de là à la suivante",
    ),
    "column_cut": pair("Cut", "Coupe"),
    "column_taught": pair("Taught", "Ont servi"),
    "column_judged": pair("Judged", "Ont jugé"),
    "column_base_loss": pair("Base rate's", "Taux moyen"),
    "column_loss": pair("Log-loss", "Perte"),
    "column_gap": pair("Won beside promised", "Gagné moins annoncé"),
    "column_just_auc": pair("AUC", "AUC"),
    "sampled": pair("the newest only", "les plus récentes seulement"),
    "legend_model": pair("model", "modèle"),
    "legend_base": pair("base rate", "taux moyen"),
    "optimism_usual": pair(
        "A random split would have shown an AUC of {auc}: {gap} more (standard error {error}), no "
        "cause for concern.",
        "Un partage au hasard aurait montré une AUC de {auc} : {gap} de plus (erreur type "
        "{error}), rien d'inquiétant.",
    ),
    "optimism_alarm": pair(
        "A random split would have shown an AUC of {auc}: {gap} more (standard error {error}). "
        "Deals are more like their neighbours in time than like those to come; do not believe "
        "figures of random splits.",
        "Un partage au hasard aurait montré une AUC de {auc} : {gap} de plus (erreur type "
        "{error}). Les affaires ressemblent plus à leurs voisines qu'à celles à venir ; ne croyez "
        "pas les chiffres de partages au hasard.",
    ),
    "optimism_untold": pair(
        "What a random split would have shown cannot be told.",
        "Impossible de dire ce qu'aurait montré un partage au hasard.",
    ),
    "optimism_sampled": pair(
        "It learned from a sample of {n} deals.", "Il a appris sur un échantillon de {n} affaires."
    ),
    "strict": pair(
        "Of the deals that judged, {deals} were also decided on after the cut: log-loss {loss}, "
        "base rate {base}, AUC {auc}. Of these only the fast ones have closed.",
        "Parmi les affaires qui ont jugé, {deals} ont aussi été décidées après la coupe : perte "
        "{loss}, taux moyen {base}, AUC {auc}. Seules les rapides en sont closes.",
    ),
    "siblings": pair(
        "{deals} later deals did not judge, since a twin or another part of the same pursuit "
        "taught.",
        "{deals} affaires ultérieures n'ont pas jugé, une jumelle ou une autre partie du même "
        "dossier ayant servi.",
    ),
    "twins_together": pair(
        "So few questions are asked that hardly a deal is without a twin: twins do stand on both "
        "sides.",
        "Les questions sont si peu nombreuses que presque chaque affaire a une jumelle : il y en "
        "a des deux côtés.",
    ),
    "burn_in": pair(
        "{deals} deals closed before {day} were left out: as the records began, only fast ones "
        "could have closed.",
        "{deals} affaires closes avant le {day} ont été écartées : au début du fichier, seules "
        "les rapides pouvaient être closes.",
    ),
    "burn_in_large": pair(
        "The records are short: {share} of the deals closed when only fast ones could. They were "
        "kept, and may differ from those to come.",
        "Le fichier est court : {share} des affaires sont closes alors que seules les rapides "
        "pouvaient l'être. Elles ont été gardées, et peuvent différer de celles à venir.",
    ),
    "forgets": pair(
        "A deal counts half as much for every {months} months since it closed: earlier cuts were "
        "judged better so.",
        "Une affaire compte deux fois moins tous les {months} mois depuis sa clôture : les coupes "
        "passées s'en trouvaient mieux jugées.",
    ),
    "forgets_not": pair(
        "All deals count alike: forgetting the old ones would not have paid.",
        "Toutes les affaires comptent autant : oublier les anciennes n'aurait rien apporté.",
    ),
    # Gains
    "gains_title": pair(
        "How many wins are among the deals that the model puts first?",
        "Combien de gains parmi les affaires que le modèle place en tête ?",
    ),
    "gains_takeaway": pair(
        "Working the likeliest {half} of the deals would have kept {share} of the wins; chosen by "
        "chance, {half}.",
        "Travailler la moitié la plus probable des affaires ({half}) aurait gardé {share} des "
        "gains ; au hasard, {half}.",
    ),
    "axis_worked": pair("Share of the deals worked", "Part des affaires travaillées"),
    "axis_found": pair("Share of the wins among them", "Part des gains parmi elles"),
    "legend_chance": pair("chosen by chance", "au hasard"),
    # Segments
    "segments_title": pair("Where the model is off", "Où le modèle se trompe"),
    "segments_caption": pair(
        "Answers of at least 30 of the deals that judged, the least likely gap first",
        "Réponses d'au moins 30 des affaires jugées, l'écart le moins probable d'abord",
    ),
    "segments_none": pair(
        "No answer is shared by enough deals.", "Aucune réponse n'est assez partagée."
    ),
    "segments_flagged": pair(
        "Marked ▲ or ▼: won more or less often than promised, by more than chance explains.",
        "Marqués ▲ ou ▼ : gagnées plus ou moins souvent qu'annoncé, plus que le hasard "
        "n'explique.",
    ),
    "segments_quiet": pair(
        "None of the gaps is larger than chance explains.",
        "Aucun écart ne dépasse ce que le hasard explique.",
    ),
    "column_answer": pair("Answer", "Réponse"),
    "column_won": pair("Won", "Gagné"),
    "column_promised": pair("Promised", "Annoncé"),
    "column_chance": pair("By chance", "Par hasard"),
    "yes": pair("yes", "oui"),
    "no": pair("no", "non"),
    # Parameters
    "affordable_title": pair("What so many deals can feed", "Ce que tant d'affaires nourrissent"),
    "affordable": pair(
        "{deals} closed deals with so much to learn (R² of Cox and Snell {r2}) afford about "
        "{parameters} free parameters; the model sees {columns} columns, and would need {needed} "
        "deals for them all. Its priors and penalties make up for the difference (Riley et al. "
        "2019, shrinkage of at most a tenth).",
        "{deals} affaires closes avec ce qu'il y a à apprendre (R² de Cox et Snell {r2}) "
        "permettent environ {parameters} paramètres libres ; le modèle voit {columns} colonnes, "
        "et il faudrait {needed} affaires pour toutes. Ses a priori et pénalités compensent "
        "(Riley et al. 2019, rétrécissement d'un dixième au plus).",
    ),
    "affordable_nothing": pair(
        "On deals not seen nothing was learned, so that no number of these {deals} deals affords "
        "a parameter.",
        "Rien n'a été appris qui serve sur des affaires nouvelles : ces {deals} affaires ne "
        "permettent aucun paramètre.",
    ),
    # All figures
    "metrics_title": pair("All figures", "Tous les chiffres"),
    "metrics_caption": pair("With 90% intervals", "Avec intervalles à 90 %"),
    "column_measure": pair("Measure", "Mesure"),
    "metric_log_loss": pair("Log-loss", "Perte logarithmique"),
    "metric_skill": pair("Skill: 1 − log-loss / base rate's", "Apport : 1 − perte / taux moyen"),
    "metric_brier": pair("Brier score", "Score de Brier"),
    "metric_brier_reliability": pair("– its reliability (0 is best)", "– fiabilité (0 idéal)"),
    "metric_brier_resolution": pair("– its resolution (subtracted)", "– résolution (retranchée)"),
    "metric_brier_uncertainty": pair("– its uncertainty", "– incertitude"),
    "metric_brier_within": pair("– what ten groups hide", "– ce que cachent dix groupes"),
    "metric_auc": pair("AUC", "AUC"),
    "metric_calibration_slope": pair("Calibration slope", "Pente de calibration"),
    "metric_calibration_intercept": pair("Calibration intercept", "Ordonnée de calibration"),
    "metric_observed_minus_expected": pair("Won − promised, a share", "Gagné − annoncé (part)"),
    "metric_observed_to_expected": pair("Won / promised", "Gagné / annoncé"),
    "metric_ece": pair("Mean gap of ten groups", "Écart moyen de dix groupes"),
    "scroll": pair(
        "Slide the table sideways to see it all.", "Faites glisser le tableau pour tout voir."
    ),
    "fingerprint": pair("Policy fingerprint", "Empreinte de la politique"),
}
