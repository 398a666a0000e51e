"""Pages about rules that make it pay, or cost, not to know."""

from features.lint.explanation import explained

PAGES = (
    explained(
        "HARSHER_WHEN_UNKNOWN",
        "warning",
        title=(
            "Not knowing is judged worse than the worst answer",
            "Ne pas savoir est jugé pire que la pire réponse",
        ),
        means=(
            "The knockout sets a condition when it fires, and says no-go when it cannot tell.",
            "Le critère pose une condition s'il se déclenche, et dit no-go s'il ne sait pas.",
        ),
        why=(
            "A deal that could go on under the condition is refused before anybody asks.",
            "Une affaire acceptable sous conditions est refusée avant que quelqu'un ne demande.",
        ),
        mend=("Write on_unknown: find_out.", "Écrire on_unknown: find_out."),
        example="""
            knockouts:
              - id: distressed
                when: {health: distressed}
                then: {conditional_go: {en: "Prepayment", fr: "Paiement d'avance"}}
                on_unknown: no_go
                reason: {en: "Risk of default", fr: "Risque de défaut"}
                owner: credit control
        """,
        mended="""
            knockouts:
              - id: distressed
                when: {health: distressed}
                then: {conditional_go: {en: "Prepayment", fr: "Paiement d'avance"}}
                on_unknown: find_out
                reason: {en: "Risk of default", fr: "Risque de défaut"}
                owner: credit control
        """,
    ),
    explained(
        "SILENCE_PAYS",
        "warning",
        title=("An unknown answer earns more than the best one", "Se taire rapporte davantage"),
        means=(
            "if_unknown is above the points of every answer.",
            "if_unknown dépasse les points de chaque réponse.",
        ),
        why=(
            "Whoever asks can only lose, so nobody will ask.",
            "Demander ne peut que faire perdre : personne ne demandera.",
        ),
        mend=("Lower if_unknown, or drop it.", "Baisser if_unknown, ou le retirer."),
        example="""
            criteria:
              - id: budget_known
                when: {budget: true}
                points: 5
                if_unknown: 8
                label: {en: "A budget exists", fr: "Un budget existe"}
        """,
        mended="""
            criteria:
              - id: budget_known
                when: {budget: true}
                points: 5
                if_unknown: 2
                label: {en: "A budget exists", fr: "Un budget existe"}
        """,
    ),
)
