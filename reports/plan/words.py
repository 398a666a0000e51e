"""Every word of a plan, in both languages; its sentences are in their own file."""

from collections.abc import Mapping

from features.texts import Language, Text
from reports.typography import pair


def word(key: str, language: Language, **values: str) -> str:
    """Return the words of a key, their gaps filled.

    >>> word("more_deals", "fr", count="12")
    'et 12 de plus, dans le JSON'
    """
    return WORDS[key].in_(language).format(**values)


WORDS: Mapping[str, Text] = {
    "kind_of_page": pair("Plan", "Plan"),
    "page_title": pair("{title}: plan", "{title} : plan"),
    "more_deals": pair("and {count} more, in the JSON", "et {count} de plus, dans le JSON"),
    # Figures
    "figure_chosen": pair("Deals to work", "Affaires à travailler"),
    "figure_chosen_note": pair("of {deals} open", "sur {deals} ouvertes"),
    "figure_hours": pair("Hours", "Heures"),
    "figure_hours_note": pair(
        "all that are worth it: {wanted}", "toutes celles qui le valent : {wanted}"
    ),
    "figure_value": pair("Expected value", "Valeur attendue"),
    "figure_value_note": pair(
        "at the rates of comparable deals: {comparable}",
        "aux taux des affaires comparables : {comparable}",
    ),
    "figure_wins": pair("Expected wins", "Gains attendus"),
    "figure_wins_note": pair("90% interval {low} to {high}", "intervalle à 90 % {low} à {high}"),
    # Capacities
    "capacities_title": pair("The hours", "Les heures"),
    "capacities_hint": pair(
        "The price of an hour is what one more would bring; it is zero where hours are left over. "
        "A deal is left out when its hours are worth more elsewhere.",
        "Le prix d'une heure est ce que rapporterait une de plus ; il est nul là où il en reste. "
        "Une affaire est laissée quand ses heures valent plus ailleurs.",
    ),
    "column_capacity": pair("Capacity", "Capacité"),
    "column_there": pair("There are", "Disponible"),
    "column_used": pair("Used", "Utilisé"),
    "column_wanted": pair("All worth it would take", "Pour toutes celles qui le valent"),
    "column_price": pair("One more would bring", "Une de plus rapporterait"),
    "all_hours": pair("Hours in all", "Heures en tout"),
    "role_hours": pair("Hours of {role}", "Heures de {role}"),
    "most_deals": pair("Deals at most", "Affaires au plus"),
    # Curve
    "curve_title": pair("Value by hours", "La valeur selon les heures"),
    "curve_hint": pair(
        "Deals from the most to the least valuable hour: those that are worked, then, dashed, "
        "those that are left out.",
        "Les affaires, de l'heure la plus rentable à la moins rentable : celles qu'on travaille, "
        "puis, en pointillés, celles qu'on laisse.",
    ),
    "curve_label": pair(
        "{chosen} deals are worth {value} in {hours} hours; {left} more would add {more} in "
        "{extra} hours",
        "{chosen} affaires valent {value} en {hours} heures ; {left} de plus ajouteraient {more} "
        "en {extra} heures",
    ),
    "axis_hours": pair("hours", "heures"),
    # Chosen
    "chosen_title": pair("To work", "À travailler"),
    "chosen_hint": pair(
        "From the most to the least valuable hour. What was spent before counts nowhere.",
        "De l'heure la plus rentable à la moins rentable. Ce qui a été dépensé ne compte pas.",
    ),
    "chosen_none": pair("No deal is chosen.", "Aucune affaire n'est retenue."),
    "column_deal": pair("Deal", "Affaire"),
    "column_value": pair("Expected value", "Valeur attendue"),
    "column_hours": pair("Hours", "Heures"),
    "column_per_hour": pair("An hour", "Par heure"),
    "column_p_win": pair("Win probability", "Probabilité de gain"),
    "column_comparable": pair("Comparable deals won", "Comparables gagnées"),
    "column_conditions": pair("On condition", "Sous condition"),
    # Drawn
    "drawn_title": pair(
        "Drawn to be worked all the same", "Tirées au sort, à travailler malgré le refus"
    ),
    "drawn_hint": pair(
        "The policy refuses them, and chance has set them apart so that the rules stay testable: "
        "their hours are taken before anything is chosen. Keep the chance with the deal; work "
        "all of them, or the draw proves nothing.",
        "La politique les refuse, et le hasard les a mises à part pour que les règles restent "
        "vérifiables : leurs heures sont prises avant tout choix. Conservez la chance avec "
        "l'affaire ; travaillez-les toutes, sinon le tirage ne prouve rien.",
    ),
    "column_chance": pair("Chance of the draw", "Chance au tirage"),
    "column_drawn": pair("Drawn deals", "Affaires tirées au sort"),
    # Left out
    "no_room_title": pair("Worth it, and left out", "Elles le valent, et sont laissées"),
    "no_room_hint": pair(
        'Each "no" makes room for something: what its hours bring elsewhere, and what would be '
        "lost if the deal were worked all the same.",
        "Chaque « non » fait de la place : ce que ses heures rapportent ailleurs, et ce qu'on "
        "perdrait à travailler l'affaire malgré tout.",
    ),
    "column_elsewhere": pair("Its hours bring elsewhere", "Ses heures, ailleurs"),
    "column_loss": pair("Lost if worked", "Perdu si on la travaille"),
    "column_room": pair("Makes room for", "Fait de la place à"),
    "too_large": pair("does not fit at all", "ne tient pas du tout"),
    "at_least": pair("at least {loss}", "au moins {loss}"),
    "little": pair("little", "peu"),
    "hours_left": pair("hours that are left over", "des heures qui restent"),
    # Apart
    "find_out_title": pair("To find out first", "À compléter d'abord"),
    "find_out_hint": pair(
        "Not planned: the answer hangs on what nobody knows yet. Between bounds, this is what "
        "they could be worth.",
        "Hors plan : la réponse dépend de ce que personne ne sait encore. Entre bornes, voici ce "
        "qu'elles pourraient valoir.",
    ),
    "unknown_title": pair("Of unknown value or hours", "De valeur ou d'heures inconnues"),
    "unknown_hint": pair(
        "The policy lets them go on; what they are worth or take is unknown, which is not zero.",
        "La politique les laisse passer ; ce qu'elles valent ou demandent est inconnu, ce qui "
        "n'est pas zéro.",
    ),
    "column_bounds": pair("Could be worth", "Pourrait valoir"),
    "column_questions": pair("To find out", "À compléter"),
    "no_value_title": pair("Cost more than they bring", "Coûtent plus qu'elles ne rapportent"),
    "from_to": pair("{low} to {high}", "{low} à {high}"),
    "from": pair("{low} or more", "{low} ou plus"),
    "up_to": pair("{high} or less", "{high} ou moins"),
    "no_bounds": pair("nobody can tell", "nul ne peut le dire"),
    # How to read it
    "glossary_title": pair("How to read these figures", "Comment lire ces chiffres"),
    "gloss_value": pair("Expected value", "Valeur attendue"),
    "gloss_value_text": pair(
        "The win probability times what a won deal brings, less what the pursuit still costs. "
        "What was spent before is no part of it.",
        "La probabilité de gain multipliée par ce que rapporte une affaire gagnée, moins ce que "
        "la poursuite coûte encore. Ce qui a été dépensé n'en fait pas partie.",
    ),
    "gloss_promise": pair("What a plan promises", "Ce que promet un plan"),
    "gloss_promise_text": pair(
        "The deals chosen are those that look best, and some only look so: together they may "
        "bring less than promised. The sum at the win rates of comparable past deals is a second "
        "opinion. Both are of the past, and too high where the market has become harder.",
        "Les affaires retenues sont celles qui paraissent les meilleures, et certaines ne font "
        "que le paraître : ensemble, elles peuvent rapporter moins que promis. La somme aux taux "
        "de gain des affaires passées comparables est un second avis. Les deux parlent du passé, "
        "et sont trop hautes si le marché est devenu plus dur.",
    ),
    "gloss_gap": pair("Bound", "Borne"),
    "gloss_gap_text": pair(
        "What no choice of deals can exceed, proven by the prices of hours. Where the plan "
        "reaches it, there is no better one.",
        "Ce qu'aucun choix d'affaires ne peut dépasser, prouvé par les prix des heures. Quand le "
        "plan l'atteint, il n'en existe pas de meilleur.",
    ),
}
