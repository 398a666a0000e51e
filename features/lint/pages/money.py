"""Pages about the economics, and about what asking costs."""

from features.lint.explanation import explained

PAGES = (
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
