"""Every word of a replay's page and terminal, in both languages; sentences are in their file."""

from collections.abc import Mapping

from features.texts import Language, Text
from reports.replay.efficiency import OrderName
from reports.replay.glossary import GLOSSARY
from reports.replay.report import Changed, HoursBasis
from reports.typography import pair


def word(key: str, language: Language, **values: str) -> str:
    """Return the words of a key, their gaps filled.

    >>> word("unknown", "fr", n="3")
    '3 inconnues'
    """
    return WORDS[key].in_(language).format(**values)


ORDERED: Mapping[OrderName, Text] = {
    "pursue_all": pair("All alike, as they came", "Toutes, sans ordre"),
    "knockouts": pair("Knockouts only", "Critères éliminatoires seuls"),
    "scorecard": pair("Points of the policy", "Points de la politique"),
    "model": pair("Win probability", "Probabilité de gain"),
    "expected_value": pair("Expected value an hour", "Valeur attendue par heure"),
    "knockouts_then_model": pair("Knockouts, then probability", "Éliminatoires puis probabilité"),
    "best_possible": pair("Best possible, in hindsight", "Le mieux possible, après coup"),
}
HOURS: Mapping[HoursBasis, Text] = {
    "actual": pair(
        "Hours are those written down in the file.",
        "Les heures sont celles que le fichier indique.",
    ),
    "estimated": pair(
        "Hours are the policy's estimate: the file has none.",
        "Les heures sont l'estimation de la politique : le fichier n'en donne pas.",
    ),
    "mixed": pair(
        "Hours are those written down for {actual:count} deals, and the policy's estimate for "
        "{estimated:count}.",
        "Les heures sont celles que le fichier indique pour {actual:count} affaires, et "
        "l'estimation de la politique pour {estimated:count}.",
    ),
    "none": pair(
        "Neither the file nor the policy says anything of hours.",
        "Ni le fichier ni la politique ne disent rien des heures.",
    ),
}
CHANGED: Mapping[Changed, Text] = {
    "cost": pair("Costs", "Coûts"),
    "margin": pair("Margins", "Marges"),
}
WORDS: Mapping[str, Text] = {
    **GLOSSARY,
    "kind_of_page": pair("Replay of past deals", "Rejeu des affaires passées"),
    "page_title": pair("{title}: replay", "{title} : rejeu"),
    "version": pair("version {version}", "version {version}"),
    "deal": pair("deal", "affaire"),
    "deals": pair("deals", "affaires"),
    "win": pair("won deal", "affaire gagnée"),
    "wins": pair("won deals", "affaires gagnées"),
    "unknown": pair("{n} unknown", "{n} inconnues"),
    # Figures
    "figure_stopped": pair("Pursuits stopped", "Poursuites arrêtées"),
    "figure_stopped_note": pair("{share} of {n}", "{share} sur {n}"),
    "figure_hours": pair("Hours saved", "Heures épargnées"),
    "figure_lost": pair("Wins lost", "Gains perdus"),
    "figure_lost_note": pair(
        "of {n}; {asked} more asked about first", "sur {n} ; {asked} autres à compléter"
    ),
    "figure_net": pair("Money left, against pursuing all", "Reste, par rapport à tout poursuivre"),
    "figure_net_note": pair("{policy} against {everything}", "{policy} contre {everything}"),
    # Verdicts
    "verdicts_title": pair(
        "What the policy says of past deals", "Ce que la politique dit des affaires passées"
    ),
    "verdicts_hint": pair(
        "As they were known on the day of the decision. Small figures are 90% intervals, by "
        "drawing whole accounts again and again.",
        "Telles qu'on les connaissait le jour de la décision. Les petits chiffres sont des "
        "intervalles à 90 %, par tirage répété de clients entiers.",
    ),
    "column_says": pair("The policy says", "La politique dit"),
    "column_deals": pair("Deals", "Affaires"),
    "column_won": pair("Won", "Gagnées"),
    "column_win_rate": pair("Win rate", "Taux de gain"),
    "column_hours": pair("Hours", "Heures"),
    "column_cost": pair("Cost", "Coût"),
    "column_value": pair("Left", "Reste"),
    "everything": pair("All pursued", "Toutes, poursuivies"),
    # Wins lost
    "lost_title": pair("Wins lost, by name", "Gains perdus, par leur nom"),
    "lost_hint": pair(
        "Won deals that the policy would have stopped; what left most comes first.",
        "Affaires gagnées que la politique aurait arrêtées ; ce qui a le plus laissé d'abord.",
    ),
    "lost_none": pair("No win would have been lost.", "Aucun gain n'aurait été perdu."),
    "asked_title": pair("Wins to find out about first", "Gains à compléter d'abord"),
    "asked_hint": pair(
        "Won deals for which the policy would first have asked; nobody knows what would have been "
        "found.",
        "Affaires gagnées pour lesquelles la politique aurait d'abord demandé ; personne ne sait "
        "ce qu'on aurait appris.",
    ),
    "column_deal": pair("Deal", "Affaire"),
    "column_account": pair("Account", "Client"),
    "column_decided": pair("Decided", "Décidée"),
    "column_p_win": pair("Win probability", "Probabilité de gain"),
    "column_why": pair("Why", "Pourquoi"),
    "column_before": pair("Before", "Avant"),
    "column_after": pair("Now", "Maintenant"),
    "more_deals": pair("{n} more in the JSON report", "{n} de plus dans le rapport JSON"),
    "why_unknown": pair("to be found out: {label}", "à compléter : {label}"),
    "why_too_little_known": pair("too little is known of it", "on en sait trop peu"),
    "why_open_figure": pair(
        "its value or points hang on what is unknown",
        "sa valeur ou ses points dépendent de ce qu'on ignore",
    ),
    "why_p_win": pair(
        "win probability {reached}, below {threshold}",
        "probabilité de gain {reached}, sous {threshold}",
    ),
    "why_expected_value": pair(
        "expected value {reached}, below {threshold}",
        "valeur attendue {reached}, sous {threshold}",
    ),
    "why_value_unknown": pair(
        "expected value below {threshold} whatever is unknown",
        "valeur attendue sous {threshold} quoi qu'on ignore",
    ),
    "why_points": pair(
        "points {reached}, below {threshold}", "points {reached}, sous {threshold}"
    ),
    # Knockouts
    "knockouts_title": pair("Each knockout", "Chaque critère éliminatoire"),
    "knockouts_hint": pair(
        "“Alone” counts deals that this knockout stops and nothing else would: that is what "
        "dropping it would change. Below them, what would become of the deals whose answer "
        "changes without it.",
        "« Seul » compte les affaires que ce critère arrête et que rien d'autre n'arrêterait : "
        "ce que sa suppression changerait. Dessous, ce que deviendraient sans lui les affaires "
        "dont la réponse change.",
    ),
    "knockouts_none": pair(
        "The policy has no knockout.", "La politique n'a pas de critère éliminatoire."
    ),
    "column_knockout": pair("Knockout", "Critère"),
    "column_fires": pair("Applies", "S'applique"),
    "column_fires_won": pair("Won of these", "Gagnées parmi elles"),
    "column_needs": pair("Not known", "Non connu"),
    "column_alone": pair("Alone", "Seul"),
    "column_alone_won": pair("Won of these", "Gagnées parmi elles"),
    "column_value_back": pair("These left", "Ceux-ci ont laissé"),
    "stops": pair("stops", "arrête"),
    "conditions": pair("asks a condition", "pose une condition"),
    "costs": pair("costs more than it saves", "coûte plus qu'il n'épargne"),
    "saves": pair("saves money", "épargne de l'argent"),
    "cannot_tell": pair("no clear effect", "pas d'effet net"),
    "becomes": pair("{n} to {after}", "{n} vers {after}"),
    # Combinations
    "combinations_title": pair("Knockouts together", "Critères éliminatoires ensemble"),
    "combinations_hint": pair(
        "Deals to which exactly these apply. A knockout that stops little alone may do much "
        "together with another.",
        "Affaires auxquelles exactement ceux-ci s'appliquent. Un critère qui arrête peu seul peut "
        "faire beaucoup avec un autre.",
    ),
    "column_together": pair("Together", "Ensemble"),
    "column_only_these": pair("Stopped by these only", "Arrêtées par eux seuls"),
    "other_combination": pair("other combination", "autre combinaison"),
    "other_combinations": pair("other combinations", "autres combinaisons"),
    # Swap set
    "swap_title": pair("Against {other}", "Par rapport à {other}"),
    "swap_hint": pair(
        "The same deals under both policies; stopped means no-go.",
        "Les mêmes affaires sous les deux politiques ; arrêtée signifie no-go.",
    ),
    "column_swap": pair("Under both policies", "Sous les deux politiques"),
    "kept_by_both": pair("Kept by both", "Gardées par les deux"),
    "newly_stopped": pair("Newly stopped", "Nouvellement arrêtées"),
    "newly_kept": pair("Newly kept", "Nouvellement gardées"),
    "stopped_by_both": pair("Stopped by both", "Arrêtées par les deux"),
    "moves_title": pair("From each answer to each", "De chaque réponse à chaque autre"),
    "moves_corner": pair("Before ↓ now →", "Avant ↓ maintenant →"),
    "moves_won": pair("{n} won", "{n} gagnées"),
    "swap_lost_title": pair("Wins newly lost", "Gains nouvellement perdus"),
    "swap_back_title": pair("Wins back", "Gains retrouvés"),
    # Efficiency
    "curves_title": pair("Less work, and what is kept", "Moins de travail, et ce qu'on garde"),
    "curves_hint": pair(
        "Each line works the deals in another order, the best first. The higher, the better; the "
        "straight line is no order at all. Over the {n} deals that have a win probability.",
        "Chaque ligne travaille les affaires dans un autre ordre, les meilleures d'abord. Plus "
        "c'est haut, mieux c'est ; la droite est l'absence d'ordre. Sur les {n} affaires qui ont "
        "une probabilité de gain.",
    ),
    "curves_hint_all": pair(
        "Each line works the deals in another order, the best first. The higher, the better; the "
        "straight line is no order at all. Over all {n} deals.",
        "Chaque ligne travaille les affaires dans un autre ordre, les meilleures d'abord. Plus "
        "c'est haut, mieux c'est ; la droite est l'absence d'ordre. Sur les {n} affaires.",
    ),
    "plot_wins_by_deals": pair(
        "Wins kept, by deals worked", "Gains gardés, selon les affaires travaillées"
    ),
    "plot_value_by_hours": pair(
        "Value kept, by hours worked", "Valeur gardée, selon les heures travaillées"
    ),
    "axis_wins": pair("Share of wins kept", "Part des gains gardés"),
    "axis_deals": pair("Share of deals worked", "Part des affaires travaillées"),
    "axis_value": pair("Share of the value of wins kept", "Part de la valeur des gains gardée"),
    "axis_hours": pair("Share of hours worked", "Part des heures travaillées"),
    "this_policy": pair("this policy", "cette politique"),
    "point_between": pair(
        "This policy: ◆ if what it asks about is stopped, ◇ if it is pursued; bars are the 90% "
        "interval",
        "Cette politique : ◆ si ce qu'elle demande est arrêté, ◇ si c'est poursuivi ; les barres "
        "sont l'intervalle à 90 %",
    ),
    "point_at": pair("{kept} kept with {work} of the work", "{kept} gardé avec {work} du travail"),
    "stands_if_stopped": pair(
        "This policy, what it asks about stopped: {at}",
        "Cette politique, ce qu'elle demande étant arrêté : {at}",
    ),
    "stands_if_pursued": pair(
        "This policy, what it asks about pursued: {at}",
        "Cette politique, ce qu'elle demande étant poursuivi : {at}",
    ),
    "kept_at_half": pair("{kept} at half the work", "{kept} à la moitié du travail"),
    "in_numbers": pair("The same in numbers", "Les mêmes en chiffres"),
    "column_order": pair("Order", "Ordre"),
    "column_kept_at": pair("Kept at {share}", "Gardé à {share}"),
    "column_enough": pair("Work for {share}", "Travail pour {share}"),
    # Money
    "net_title": pair("Money left", "Ce qui reste"),
    "net_hint": pair(
        "What won deals brought, less the cost of all that were pursued.",
        "Ce que les affaires gagnées ont rapporté, moins le coût de toutes celles poursuivies.",
    ),
    "column_choice": pair("Pursuing", "En poursuivant"),
    "net_if_stopped": pair(
        "What the policy keeps, asked about stopped",
        "Ce que garde la politique, à compléter arrêtées",
    ),
    "net_if_pursued": pair(
        "What the policy keeps, asked about pursued",
        "Ce que garde la politique, à compléter poursuivies",
    ),
    "net_pursue_all": pair("All, as was done", "Toutes, comme cela fut fait"),
    "net_best_possible": pair(
        "Only what paid, in hindsight", "Seulement ce qui a payé, après coup"
    ),
    "sensitivity_title": pair(
        "If cost or margin was misjudged", "Si le coût ou la marge étaient mal estimés"
    ),
    "column_if": pair("If", "Si"),
    "column_changes": pair("Answers that change", "Réponses qui changent"),
    "column_moves": pair("How", "Comment"),
    "more_by": pair("{what} {share} higher", "{what} {share} plus hauts"),
    "less_by": pair("{what} {share} lower", "{what} {share} plus bas"),
    "from_to": pair("{n} from {before} to {after}", "{n} de {before} à {after}"),
    # Declined
    "declined_title": pair("What cannot be known", "Ce qu'on ne peut savoir"),
    "declined_hint": pair(
        "Deals that we declined have no end: nobody knows how many would have been won. Between "
        "none and all; in between, at half, once and one and a half times the win rate of the "
        "deals pursued ({rate}), which may be far off.",
        "Les affaires que nous avons déclinées n'ont pas d'issue : personne ne sait combien "
        "auraient été gagnées. Entre aucune et toutes ; entre les deux, à la moitié, une fois et "
        "une fois et demie le taux de gain des poursuivies ({rate}), qui peut être loin du vrai.",
    ),
    "declined_none": pair(
        "The file holds no deal that we declined: nothing is known of what was never pursued.",
        "Le fichier ne contient aucune affaire déclinée : rien n'est connu de ce qui n'a jamais "
        "été poursuivi.",
    ),
    "column_declined": pair("Declined by us; the policy", "Déclinées par nous ; la politique"),
    "column_unrecorded": pair("End not recorded; the policy", "Issue non notée ; la politique"),
    "column_bounds": pair("Won, at least to at most", "Gagnées, du moins au plus"),
    "column_rates": pair("At ½, 1, 1½ times the rate", "À ½, 1, 1½ fois le taux"),
    "column_value_bounds": pair(
        "Would have left, at least to at most", "Auraient laissé, du moins au plus"
    ),
    "would_stop": pair("would stop", "arrêterait"),
    "would_find_out": pair("would ask first", "demanderait d'abord"),
    "would_pursue": pair("would pursue", "poursuivrait"),
    "not_counted": pair(
        "In no other figure: {open} still open, and {unrecorded} open for longer than nearly all "
        "took to close, whose end nobody recorded.",
        "Dans aucun autre chiffre : {open} encore ouvertes, et {unrecorded} ouvertes depuis plus "
        "longtemps que presque toutes n'en ont mis à se clore, dont personne n'a noté l'issue.",
    ),
    "source_title": pair("Where the probabilities come from", "D'où viennent les probabilités"),
    "glossary_title": pair("How to read these figures", "Comment lire ces chiffres"),
}
