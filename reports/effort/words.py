"""Every word of the effort report, in both languages; its sentences are in their own file."""

from collections.abc import Mapping

from features.texts import Language, Text
from reports.effort.report import ApartKind, HoursFrom, Why
from reports.replay.words import WORDS as REPLAY_WORDS
from reports.typography import pair


def word(key: str, language: Language, **values: str) -> str:
    """Return the words of a key, their gaps filled.

    >>> word("unknown_hours", "en", n="3")
    '3 unknown'
    """
    return WORDS[key].in_(language).format(**values)


WHY: Mapping[Why, Text] = {
    "knocked_out": pair("Knocked out by the policy", "Éliminées par la politique"),
    "below_zero": pair("Expected value below zero", "Valeur attendue négative"),
    "below_threshold": pair("Less likely than the policy asks", "Moins probables qu'exigé"),
}
WHY_ONE: Mapping[Why, Text] = {
    "knocked_out": pair("knocked out", "éliminée"),
    "below_zero": pair("value below zero", "valeur négative"),
    "below_threshold": pair("too unlikely", "trop improbable"),
}
APART: Mapping[ApartKind, Text] = {
    "declined_by_us": pair("Declined by us", "Déclinées par nous"),
    "open": pair("Still open", "Encore ouvertes"),
    "unrecorded": pair("Without a recorded end", "Sans issue enregistrée"),
}
HOURS_FROM: Mapping[HoursFrom, Text] = {
    "file": pair(
        "Hours are those written down in the file.",
        "Les heures sont celles que le fichier indique.",
    ),
    "policy": pair(
        "Hours are the policy's estimate of what such a pursuit takes: the file has none. What "
        "was really spent may differ.",
        "Les heures sont l'estimation de la politique pour une telle affaire : le fichier n'en "
        "donne pas. Les heures réelles peuvent être autres.",
    ),
}
WORDS: Mapping[str, Text] = {
    "kind_of_page": pair("Where pursuit hours went", "Où sont allées les heures"),
    "page_title": pair("{title}: where hours went", "{title} : où sont allées les heures"),
    "deal": pair("deal", "affaire"),
    "deals": pair("deals", "affaires"),
    # Figures
    "figure_pursuits": pair("Pursuits", "Affaires poursuivies"),
    "figure_pursuits_note": pair(
        "{won} won, {accounts} accounts", "{won} gagnées, {accounts} clients"
    ),
    "figure_hours": pair("Hours", "Heures"),
    "figure_hours_note": pair("{n} deals unknown", "{n} affaires inconnues"),
    "figure_share": pair("Hours on the unwinnable", "Heures sur affaires ingagnables"),
    "figure_share_note": pair("interval {ends}", "intervalle {ends}"),
    "figure_cost": pair("What these hours cost", "Coût de ces heures"),
    "figure_cost_note": pair("those won brought {brought}", "les gagnées ont rapporté {brought}"),
    # Columns
    "column_deals": pair("Deals", "Affaires"),
    "column_hours": pair("Hours", "Heures"),
    "column_share": pair("Share of hours", "Part des heures"),
    "column_share_of_quarter": pair("Share of its hours", "Part de ses heures"),
    "column_money": pair("Cost", "Coût"),
    "column_won": pair("Won", "Gagnées"),
    "column_brought": pair("Wins brought", "Rapport des gains"),
    "unknown_hours": pair("{n} unknown", "{n} inconnues"),
    "expected_won": pair("{n} expected", "{n} attendues"),
    "expected_of": pair("{n} expected of {estimated}", "{n} attendues sur {estimated}"),
    # Unwinnable
    "unwinnable_title": pair(
        "What the unwinnable deals took", "Ce qu'ont pris les affaires ingagnables"
    ),
    "unwinnable_hint": pair(
        "Deals that were pursued to their end although the policy knocks them out, or pursuing "
        "them was worth less than nothing on the day of the decision. Each is under the first "
        "reason that applies.",
        "Affaires poursuivies jusqu'au bout bien que la politique les élimine, ou que les "
        "poursuivre valait moins que rien le jour de la décision. Chacune est sous la première "
        "raison qui vaut.",
    ),
    "unwinnable_hint_p_win": pair(
        "Deals that were pursued to their end although the policy knocks them out, or their win "
        "probability was below what it asks. The policy counts no money. Each is under the first "
        "reason that applies.",
        "Affaires poursuivies jusqu'au bout bien que la politique les élimine, ou que leur "
        "probabilité de gain soit sous son seuil. La politique ne compte pas d'argent. Chacune "
        "est sous la première raison qui vaut.",
    ),
    "column_why": pair("Why", "Pourquoi"),
    "all_of_them": pair("All of them", "Toutes"),
    "wins_title": pair("The wins among them", "Les gains parmi elles"),
    "wins_none": pair("None of them was won.", "Aucune n'a été gagnée."),
    "wins_hint": pair(
        "Not pursuing would have lost these deals. Those that brought most come first.",
        "Ne pas poursuivre aurait perdu ces affaires. Celles qui ont le plus rapporté d'abord.",
    ),
    "column_deal": pair("Deal", "Affaire"),
    "column_account": pair("Account", "Client"),
    "column_decided": pair("Decided", "Décidée"),
    "column_p_win": pair("Win probability", "Probabilité de gain"),
    "column_value": pair("Expected value", "Valeur attendue"),
    "column_one_brought": pair("Brought", "Rapport"),
    "more_wins": pair("{n} more in the JSON report", "{n} de plus dans le rapport JSON"),
    # Bands
    "bands_title": pair(
        "By expected value at the decision", "Selon la valeur attendue à la décision"
    ),
    "bands_title_p_win": pair(
        "By win probability at the decision", "Selon la probabilité de gain à la décision"
    ),
    "bands_hint": pair(
        "Expected value of pursuing on the day of the decision, by the policy's economics and a "
        "model that had not seen the deal. Values of zero and more are in three bands of as many "
        "deals.",
        "Valeur attendue de la poursuite le jour de la décision, selon l'économie de la politique "
        "et un modèle qui n'avait pas vu l'affaire. Les valeurs à partir de zéro sont en trois "
        "tranches d'autant d'affaires.",
    ),
    "bands_hint_p_win": pair(
        "Win probability on the day of the decision, by a model that had not seen the deal. The "
        "policy counts no money, so that nothing is said of value.",
        "Probabilité de gain le jour de la décision, selon un modèle qui n'avait pas vu "
        "l'affaire. La politique ne compte pas d'argent : rien n'est dit de la valeur.",
    ),
    "column_band": pair("Band", "Tranche"),
    "never_pays": pair("Negative, even if won", "Négative, même gagnée"),
    "below_break_even": pair("Below break-even", "Sous le point mort"),
    "low": pair("Lowest third", "Tiers bas"),
    "middle": pair("Middle third", "Tiers moyen"),
    "top": pair("Highest third", "Tiers haut"),
    "unknown": pair("Not known", "Non connue"),
    "band_below": pair("up to {most}", "jusqu'à {most}"),
    "band_between": pair("{least} to {most}", "{least} à {most}"),
    "band_from": pair("{least} and more", "{least} et plus"),
    # Groups
    "teams_title": pair("By team", "Par équipe"),
    "sellers_title": pair("By seller", "Par vendeur"),
    "groups_hint": pair(
        "In the order of their names, which is no ranking. Those with fewer than {fewest} deals "
        "are together: so few say nothing of anybody.",
        "Dans l'ordre des noms, ce qui n'est pas un classement. Ceux de moins de {fewest} "
        "affaires sont ensemble : si peu ne dit rien de personne.",
    ),
    "column_team": pair("Team", "Équipe"),
    "column_seller": pair("Seller", "Vendeur"),
    "others": pair("Others ({n} together)", "Autres ({n} ensemble)"),
    "no_name": pair("None written", "Non indiqué"),
    # Quarters
    "quarters_title": pair("Unwinnable deals by quarter", "Affaires ingagnables par trimestre"),
    "quarters_hint": pair(
        "By the day of the decision; hours are under the quarter in which the pursuit was "
        "decided. The share is of that quarter's hours.",
        "Selon le jour de la décision ; les heures sont au trimestre où la poursuite a été "
        "décidée. La part est celle des heures de ce trimestre.",
    ),
    "column_quarter": pair("Quarter", "Trimestre"),
    "no_day": pair("No day", "Sans date"),
    "of_pursuits": pair("of {n}", "sur {n}"),
    "of_pursuits_some_unknown": pair(
        "of {n}, {missing} not estimated", "sur {n}, {missing} sans estimation"
    ),
    "quarters_at_least": pair(
        "Deals that no model could know yet count as unwinnable only where the policy knocks them "
        "out, or no win would have paid: the shares of their quarters are at least what is told.",
        "Les affaires qu'aucun modèle ne pouvait encore connaître ne comptent comme ingagnables "
        "que si la politique les élimine, ou qu'aucun gain n'aurait payé : la part de leurs "
        "trimestres est au moins celle qui est dite.",
    ),
    # Apart
    "apart_title": pair("Not counted above", "Non comptées ci-dessus"),
    "apart_hint": pair(
        "No pursuit came to its end here. What was declined might have been won or lost: nobody "
        "knows.",
        "Aucune poursuite n'a ici pris fin. Ce qui a été décliné aurait pu être gagné ou perdu : "
        "personne ne le sait.",
    ),
    "column_kind": pair("Deals", "Affaires"),
    "column_number": pair("Number", "Nombre"),
    "source_title": REPLAY_WORDS["source_title"],
    # How to read it
    "glossary_title": pair("How to read these figures", "Comment lire ces chiffres"),
    "gloss_share": pair("Share and interval", "Part et intervalle"),
    "gloss_share_text": pair(
        "The part of all known hours. The interval holds in nine cases of ten, by drawing whole "
        "accounts again and again; with fewer than five accounts there is none.",
        "La part de toutes les heures connues. L'intervalle vaut neuf fois sur dix, par tirage "
        "répété de clients entiers ; à moins de cinq clients il n'y en a pas.",
    ),
    "gloss_unknown": pair("Unknown hours", "Heures inconnues"),
    "gloss_unknown_text": pair(
        "Deals whose hours nobody knows are counted as such, and are no zeros: all hours are "
        "then at least those that are told.",
        "Les affaires dont personne ne connaît les heures sont comptées comme telles, et non pour "
        "zéro : toutes les heures sont alors au moins celles qui sont dites.",
    ),
    "gloss_expected": pair("Expected", "Attendues"),
    "gloss_expected_text": pair(
        "The sum of the win probabilities that a model, which had not seen these deals, gave them "
        "on their decision days. Where many more came, the model was too hard on them.",
        "La somme des probabilités de gain qu'un modèle, qui n'avait pas vu ces affaires, leur "
        "donnait le jour de la décision. S'il en est venu bien plus, il était trop sévère.",
    ),
    "gloss_cost": pair("Cost and what wins brought", "Coût et rapport des gains"),
    "gloss_cost_text": pair(
        "Hours times the policy's cost of an hour; contacts and other costs are not in it. A won "
        "deal brings its margin after the risk of default, as the policy counts it.",
        "Les heures fois le coût horaire de la politique ; contacts et autres coûts n'y sont pas. "
        "Une affaire gagnée rapporte sa marge après risque de défaut, comme la compte la "
        "politique.",
    ),
}
