"""Every word of a policy's page, in both languages."""

from collections.abc import Mapping

from features.texts import Language, Text
from reports.typography import pair, typeset


def word(key: str, language: Language, **values: str) -> str:
    """Return the words of a key, their gaps filled.

    >>> word("best", "fr", points="+15")
    'au mieux +15'
    """
    return WORDS[key].in_(language).format(**values)


def said(text: Text, language: Language) -> str:
    """Return what people wrote in the policy, set as the language wants it."""
    return typeset(text.in_(language), language)


def listed(words: list[str] | tuple[str, ...], language: Language, *, link: str = "and") -> str:
    """Return words as a list in a sentence.

    >>> listed(["sales", "finance", "presales"], "fr")
    'sales, finance et presales'
    """
    if len(words) < 2:  # noqa: PLR2004 (a list has two)
        return "".join(words)
    return f"{', '.join(words[:-1])} {word(link, language)} {words[-1]}"


WORDS: Mapping[str, Text] = {
    "and": pair("and", "et"),
    "or": pair("or", "ou"),
    "colon": pair("{name}: {text}", "{name} : {text}"),
    # The top of the page
    "kind_of_page": pair("Qualification policy", "Politique de qualification"),
    "page_title": pair("{title}: qualification policy", "{title} : politique de qualification"),
    "lead": pair(
        "What was decided in advance: which deals interest us, which we refuse or accept only "
        "under a condition, and what we must find out first.",
        "Ce qui a été décidé à l'avance : quelles affaires nous intéressent, lesquelles nous "
        "refusons ou n'acceptons que sous condition, et ce qu'il faut savoir d'abord.",
    ),
    "read_in": pair("Read in", "Lire en"),
    "version": pair("Version", "Version"),
    "fingerprint": pair("Fingerprint", "Empreinte"),
    "figure_knockouts": pair("Knockouts", "Critères éliminatoires"),
    "figure_knockouts_note": pair(
        "{refusing} refuse, {conditional} set a condition",
        "{refusing} de refus, {conditional} sous condition",
    ),
    "figure_criteria": pair("Criteria", "Critères"),
    "figure_criteria_note": pair("from {low} to {high} points", "de {low} à {high} points"),
    "figure_worth": pair("Worth the effort from", "Vaut l'effort à partir de"),
    "figure_worth_p_win": pair("of win probability", "de probabilité de gain"),
    "figure_worth_value": pair("of expected value", "de valeur attendue"),
    "figure_worth_both": pair(
        "of win probability, and {value} of expected value",
        "de probabilité de gain, et {value} de valeur attendue",
    ),
    "figure_questions": pair("Questions", "Questions"),
    "figure_questions_note": pair(
        "{used} of them used by some rule", "dont {used} utilisées par une règle"
    ),
    # How a deal is decided
    "how_title": pair("How a deal is decided", "Comment une affaire est décidée"),
    "how_knockouts": pair(
        "Knockouts come first. All that apply are said, and no probability and no points outweigh "
        "one that refuses.",
        "Les critères éliminatoires passent d'abord. Tous ceux qui s'appliquent sont dits, et ni "
        "probabilité ni points ne l'emportent sur un refus.",
    ),
    "how_unknown": pair(
        "What is unknown is never taken for a no. Where a missing fact could still set off a "
        "knockout, we find it out before deciding, unless the knockout says otherwise.",
        "Ce qu'on ignore n'est jamais pris pour un non. Si une information manquante peut encore "
        "déclencher un critère éliminatoire, on la cherche avant de décider, sauf s'il en dit "
        "autrement.",
    ),
    "how_p_win": pair(
        "Then a deal is worth the effort from a win probability of {p_win}, learned from closed "
        "deals.",
        "Ensuite, une affaire vaut l'effort à partir d'une probabilité de gain de {p_win}, "
        "apprise des affaires closes.",
    ),
    "how_value": pair(
        "Then a deal is worth the effort from an expected value of {value}.",
        "Ensuite, une affaire vaut l'effort à partir d'une valeur attendue de {value}.",
    ),
    "how_both": pair(
        "Then a deal is worth the effort from a win probability of {p_win}, learned from closed "
        "deals, and an expected value of {value}; below either it is refused.",
        "Ensuite, une affaire vaut l'effort à partir d'une probabilité de gain de {p_win}, "
        "apprise des affaires closes, et d'une valeur attendue de {value} ; sous l'un des deux, "
        "elle est refusée.",
    ),
    "how_points": pair(
        "While there is no model, points decide instead: worth the effort from {points} of at "
        "best {best} points.",
        "Tant qu'il n'y a pas de modèle, les points décident : une affaire vaut l'effort à partir "
        "de {points} points, sur {best} au mieux.",
    ),
    "how_no_points": pair(
        "While there is no model, points inform but refuse nothing.",
        "Tant qu'il n'y a pas de modèle, les points informent mais ne refusent rien.",
    ),
    "how_too_little": pair(
        "With more than {share} of the criteria unanswered, we find out before a probability or "
        "points decide.",
        "Si plus de {share} des critères restent sans réponse, on se renseigne avant qu'une "
        "probabilité ou des points décident.",
    ),
    "how_exploration": pair(
        "Of the deals that only a threshold or testable knockouts refuse, {share} are worked all "
        "the same{most}, so that we learn whether refusing them is right.",
        "Parmi les affaires que seuls un seuil ou des critères testables refusent, {share} sont "
        "travaillées quand même{most}, pour savoir si ces refus sont justes.",
    ),
    "how_most_hours": pair(" ({hours} at most)", " ({hours} au plus)"),
    "grades_caption": pair("Grades", "Notes"),
    "column_grade": pair("Grade", "Note"),
    "column_p_win": pair("From a win probability of", "À partir d'une probabilité de gain de"),
    "column_grade_points": pair("Without a model, from", "Sans modèle, à partir de"),
    # Knockouts
    "knockouts_title": pair("Knockouts", "Critères éliminatoires"),
    "knockouts_none": pair(
        "None: no deal is refused whatever its odds.",
        "Aucun : aucune affaire n'est refusée d'emblée.",
    ),
    "refuses": pair("We refuse the deal", "Nous refusons l'affaire"),
    "conditions": pair("We go on only under a condition", "Nous n'avançons que sous condition"),
    "every_deal": pair("Every deal", "Toute affaire"),
    "when": pair("When", "Si"),
    "when_all": pair("When all of these hold", "Si tout ceci est vrai"),
    "when_any": pair("When any of these holds", "Si l'un de ces points est vrai"),
    "condition": pair("Condition", "Condition"),
    "if_unknown": pair("If not known", "Si on l'ignore"),
    "unknown_find_out": pair("find out before deciding", "se renseigner avant de décider"),
    "unknown_ignore": pair("go on without it", "avancer sans le savoir"),
    "unknown_no_go": pair("refused until it is known", "refus tant qu'on l'ignore"),
    "owner": pair("Owner", "Responsable"),
    "waiver": pair("Waiver", "Dérogation"),
    "waiver_by": pair("{people}, for at most {days}", "{people}, pour {days} au plus"),
    "waiver_none": pair("nobody may waive it", "personne ne peut y déroger"),
    "in_effect": pair("In effect", "En vigueur"),
    "effect_from": pair("from {start}", "à partir du {start}"),
    "effect_until": pair("until {until}", "jusqu'au {until}"),
    "effect_both": pair("from {start} until {until}", "du {start} au {until}"),
    "testable": pair("Tested", "Mise à l'épreuve"),
    "testable_yes": pair(
        "some refused deals are worked all the same", "quelques refus sont travaillés quand même"
    ),
    # Criteria
    "criteria_title": pair("Criteria and points", "Critères et points"),
    "criteria_caption": pair(
        "What each criterion is worth. Without an answer it is to complete: neither met nor "
        "failed, unless the policy gives it points meanwhile.",
        "Ce que vaut chaque critère. Sans réponse, il est à compléter : ni rempli ni manqué, sauf "
        "si la politique lui donne des points en attendant.",
    ),
    "criteria_none": pair("None: nothing earns points.", "Aucun : rien ne rapporte de points."),
    "one_group": pair("All criteria", "Tous les critères"),
    "other_group": pair("Other criteria", "Autres critères"),
    "best": pair("at best {points}", "au mieux {points}"),
    "otherwise": pair("otherwise", "sinon"),
    "column_criterion": pair("Criterion", "Critère"),
    "column_when": pair("When", "Si"),
    "column_points": pair("Points", "Points"),
    "column_scale": pair("Scale", "Échelle"),
    "to_complete": pair("to complete", "à compléter"),
    "meanwhile": pair("{points} meanwhile", "{points} en attendant"),
    "column_unknown": pair("If not known", "Si on l'ignore"),
    "free": pair("the past decides which way it counts", "le passé dit dans quel sens il compte"),
    "as_points": pair(
        "earning more never lowers the win probability, whatever the past says",
        "gagner plus de points n'abaisse jamais la probabilité de gain, quoi que dise le passé",
    ),
    # Economics
    "money_title": pair("What a deal brings and costs", "Ce que rapporte et coûte une affaire"),
    "money_formula": pair(
        "Expected value = win probability × what a won deal brings{risk}{discount} − what the "
        "pursuit still costs. What was spent before does not count.",
        "Valeur attendue = probabilité de gain × ce que rapporte l'affaire gagnée{risk}{discount} "
        "− ce que la poursuite coûte encore. Ce qui a déjà été dépensé ne compte pas.",
    ),
    "money_risk": pair(", less the risk of default", ", moins le risque de défaut"),
    "money_discount": pair(", discounted", ", actualisé"),
    "money_no_value": pair(
        "The policy gives no expected value: that needs a margin and a cost of the pursuit.",
        "La politique ne donne pas de valeur attendue : il y faut une marge et un coût de "
        "poursuite.",
    ),
    "money_counted": pair("Counted", "Compté"),
    "money_column": pair("Number", "Nombre"),
    "money_amount": pair("Where it comes from", "D'où il vient"),
    "money_not_counted": pair("Not counted: {names}.", "Non compté : {names}."),
    "money_by": pair("by {label}", "selon {label}"),
    "money_other": pair("any other answer", "toute autre réponse"),
    "money_times": pair("{label} × {times}", "{label} × {times}"),
    "money_share": pair("{share} of {label}", "{share} de {label}"),
    "per_period": pair("for all deals of a period", "pour toutes les affaires d'une période"),
    "revenue": pair("Revenue", "Chiffre d'affaires"),
    "margin": pair("Margin", "Marge"),
    "margin_rate": pair("Margin rate", "Taux de marge"),
    "strategic_value": pair(
        "Worth to us beyond its margin", "Valeur pour nous au-delà de la marge"
    ),
    "spent_hours": pair("Hours spent, not counted", "Heures passées, non comptées"),
    "spent_costs": pair("Costs spent, not counted", "Coûts engagés, non comptés"),
    "account_potential": pair("Potential of the account a year", "Potentiel annuel du compte"),
    "roles": pair("Hours by role", "Heures par rôle"),
    "of_role": pair("{label}, {role}", "{label}, {role}"),
    "remaining_hours": pair("Hours still to spend", "Heures encore à passer"),
    "cost_per_hour": pair("Cost of an hour", "Coût d'une heure"),
    "remaining_contacts": pair("Contacts still to make", "Contacts encore à prendre"),
    "cost_per_contact": pair("Cost of a contact", "Coût d'un contact"),
    "other_costs": pair("Other costs", "Autres coûts"),
    "exposure": pair("Exposure", "Montant exposé"),
    "default_probability": pair("Probability of default", "Probabilité de défaut"),
    "loss_given_default": pair("Share lost in a default", "Part perdue en cas de défaut"),
    "months_to_close": pair("Months until it pays", "Mois avant l'encaissement"),
    "discount_rate_per_year": pair("Discount rate per year", "Taux d'actualisation annuel"),
    "capacity_hours": pair("Hours available", "Heures disponibles"),
    "currency": pair("Currency", "Devise"),
    "part_margin": pair("margin", "la marge"),
    "part_hours": pair("hours", "les heures"),
    "part_contacts": pair("contacts", "les contacts"),
    "part_other": pair("other costs", "les autres coûts"),
    "part_risk": pair("risk of default", "le risque de défaut"),
    "part_discount": pair("time until payment", "le délai d'encaissement"),
    # Questions
    "questions_title": pair("What we ask about a deal", "Ce qu'on demande d'une affaire"),
    "questions_caption": pair(
        "The questions that decide most come first. An answer older than its validity counts as "
        "unknown.",
        "Les questions qui décident le plus viennent d'abord. Une réponse plus ancienne que sa "
        "durée de validité ne compte plus.",
    ),
    "column_question": pair("Question", "Question"),
    "column_answers": pair("Answers", "Réponses"),
    "column_used": pair("Used by", "Utilisée par"),
    "column_cost": pair("Cost to know", "Coût pour savoir"),
    "column_valid": pair("Valid for", "Valable"),
    "used_knockout": pair("knockout", "critère éliminatoire"),
    "used_knockouts": pair("knockouts", "critères éliminatoires"),
    "used_criterion": pair("criterion", "critère"),
    "used_criteria": pair("criteria", "critères"),
    "used_money": pair("expected value", "valeur attendue"),
    "used_model": pair("the model", "le modèle"),
    "used_nothing": pair("no rule", "aucune règle"),
    "answer_yes_no": pair("yes, no", "oui, non"),
    "answer_any": pair("any answer", "toute réponse"),
    "answer_date": pair("a day", "un jour"),
    "answer_text": pair("free words", "texte libre"),
    "answer_number": pair("a number", "un nombre"),
    "answer_unit": pair("a number ({unit})", "un nombre ({unit})"),
    "answer_from": pair("at least {low}", "au moins {low}"),
    "answer_to": pair("at most {high}", "au plus {high}"),
    "answer_between": pair("{low} to {high}", "de {low} à {high}"),
    "answer_not_applicable": pair("may not apply", "peut être sans objet"),
    "derived_ratio": pair("{of} ÷ {to}", "{of} ÷ {to}"),
    "derived_days": pair("days from {start} to {end}", "jours de {start} à {end}"),
    "derived_as_of": pair("the day of the decision", "la date de la décision"),
    "derived_note": pair("follows from other answers", "se déduit d'autres réponses"),
    "scroll": pair(
        "Slide the table sideways to see it all.", "Faites glisser le tableau pour tout voir."
    ),
}
