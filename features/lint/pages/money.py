"""Pages about the economics, and about what asking costs."""

from features.lint.explanation import explained

PAGES = (
    explained(
        "VALUE_NEVER_KNOWN",
        "error",
        title=(
            "An expected value is asked for and cannot be computed",
            "Une valeur attendue demandée et incalculable",
        ),
        means=(
            "go_at.expected_value needs a margin and what the pursuit still costs.",
            "go_at.expected_value suppose une marge et ce que la poursuite coûte encore.",
        ),
        why=(
            "The value is unknown for every deal, so none can be a go.",
            "La valeur est inconnue pour toute affaire : aucune ne peut être un go.",
        ),
        mend=(
            "Give the missing numbers under 'economics': a constant, a field or a table.",
            "Donner les nombres sous « economics » : une constante, un champ ou une table.",
        ),
        example="""
            economics:
              margin: 5000
              remaining_hours: 40
            decision:
              go_at: {p_win: 0.3, points: 20, expected_value: 0}
        """,
        mended="""
            economics:
              margin: 5000
              remaining_hours: 40
              cost_per_hour: 80
            decision:
              go_at: {p_win: 0.3, points: 20, expected_value: 0}
        """,
    ),
    explained(
        "INCOMPLETE_ECONOMICS",
        "warning",
        title=("Half of a product of numbers", "La moitié d'un produit de nombres"),
        means=(
            "Numbers that are multiplied go together: hours and a cost per hour, for example.",
            "Des nombres multipliés vont ensemble : des heures et un coût horaire, par exemple.",
        ),
        why=(
            "With one of them missing, the value of every deal is unknown.",
            "S'il en manque un, la valeur de toute affaire est inconnue.",
        ),
        mend=(
            "Give the missing number, or drop the other.",
            "Donner l'autre, ou retirer celui-ci.",
        ),
        example="""
            economics:
              margin: 5000
              remaining_contacts: 4
        """,
        mended="""
            economics:
              margin: 5000
              remaining_contacts: 4
              cost_per_contact: 120
        """,
    ),
    explained(
        "GAP_IN_TABLE",
        "warning",
        title=("A table that forgets an answer", "Une table qui oublie une réponse"),
        means=(
            "A number goes by a field's answers, and one of them has no line.",
            "Un nombre dépend des réponses d'un champ, et l'une n'a pas de ligne.",
        ),
        why=(
            "For deals with that answer the value is unknown, not zero.",
            "Pour les affaires qui la donnent, la valeur est inconnue, et non nulle.",
        ),
        mend=("Add the answer, or 'otherwise'.", "Ajouter la réponse, ou « otherwise »."),
        example="""
            economics:
              margin: 5000
              other_costs: {by: health, values: {sound: 100, watch: 300}}
        """,
        mended="""
            economics:
              margin: 5000
              other_costs: {by: health, values: {sound: 100, watch: 300}, otherwise: 900}
        """,
    ),
    explained(
        "COST_MISSING",
        "note",
        title=(
            "What it costs to find out is not given",
            "Ce qu'il en coûte de se renseigner n'est pas donné",
        ),
        means=(
            "An answer may wait for these facts, and their fields have no 'cost'.",
            "Une réponse peut attendre ces informations, et leurs champs n'ont pas de « cost ».",
        ),
        why=(
            "The cheap question that settles a deal should come before the dear one.",
            "La question bon marché qui tranche devrait venir avant la chère.",
        ),
        mend=("Write cost: {hours: 0.5}.", "Écrire cost: {hours: 0.5}."),
        example="""
            fields:
              certified:
                type: boolean
                label: {en: "Certified", fr: "Certifié"}
                question: {en: "Are they certified?", fr: "Sont-ils certifiés ?"}
            criteria:
              - id: is_certified
                when: {certified: true}
                points: 5
                label: {en: "They are certified", fr: "Ils sont certifiés"}
        """,
        mended="""
            fields:
              certified:
                type: boolean
                label: {en: "Certified", fr: "Certifié"}
                question: {en: "Are they certified?", fr: "Sont-ils certifiés ?"}
                cost: {hours: 0.5}
            criteria:
              - id: is_certified
                when: {certified: true}
                points: 5
                label: {en: "They are certified", fr: "Ils sont certifiés"}
        """,
    ),
)
