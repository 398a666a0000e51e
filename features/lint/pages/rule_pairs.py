"""Pages about two rules that repeat or contradict each other."""

from features.lint.explanation import explained

PAGES = (
    explained(
        "REFUSES_EVERY_DEAL",
        "error",
        title=("Knockouts that leave no deal", "Des critères qui ne laissent aucune affaire"),
        means=(
            "One no-go, or several together, hold for every deal whose facts are known.",
            "Un no-go, ou plusieurs ensemble, valent pour toute affaire aux informations connues.",
        ),
        why=(
            "The answer would be no-go for ever.",
            "La réponse serait toujours no-go.",
        ),
        mend=("Narrow one of the conditions.", "Resserrer une des conditions."),
        example="""
            knockouts:
              - id: small
                when: {amount: {at_most: 50000}}
                then: no_go
                reason: {en: "Too small", fr: "Trop petite"}
                owner: head of sales
              - id: large
                when: {amount: {above: 50000}}
                then: no_go
                reason: {en: "Too large", fr: "Trop grande"}
                owner: head of sales
        """,
        mended="""
            knockouts:
              - id: small
                when: {amount: {at_most: 5000}}
                then: no_go
                reason: {en: "Too small", fr: "Trop petite"}
                owner: head of sales
              - id: large
                when: {amount: {above: 500000}}
                then: no_go
                reason: {en: "Too large", fr: "Trop grande"}
                owner: head of sales
        """,
    ),
    explained(
        "CONTRADICTORY",
        "error",
        title=("Two rules say the opposite of the same deals", "Deux règles se contredisent"),
        means=(
            "One refuses where the other sets a condition, or gives points that it takes away.",
            "L'une refuse là où l'autre pose une condition, ou donne des points qu'elle retire.",
        ),
        why=(
            "Two people decided differently, and the file hides it.",
            "Deux personnes ont décidé autrement, et le fichier le cache.",
        ),
        mend=("Decide for one of them.", "Choisir l'une des deux."),
        example="""
            knockouts:
              - id: distressed_refused
                when: {health: distressed}
                then: no_go
                reason: {en: "Risk of default", fr: "Risque de défaut"}
                owner: credit control
              - id: distressed_prepays
                when: {health: {not: [sound, watch]}}
                then: {conditional_go: {en: "Prepayment", fr: "Paiement d'avance"}}
                reason: {en: "Risk of default", fr: "Risque de défaut"}
                owner: head of sales
        """,
        mended="""
            knockouts:
              - id: distressed_refused
                when: {health: distressed}
                then: no_go
                reason: {en: "Risk of default", fr: "Risque de défaut"}
                owner: credit control
              - id: watched_prepays
                when: {health: watch}
                then: {conditional_go: {en: "Prepayment", fr: "Paiement d'avance"}}
                reason: {en: "Risk of default", fr: "Risque de défaut"}
                owner: head of sales
        """,
    ),
    explained(
        "NO_PLAIN_GO",
        "warning",
        title=("No deal can be a plain go", "Aucune affaire ne peut être un simple go"),
        means=(
            "Together, the knockouts refuse every deal or set it a condition.",
            "Ensemble, les critères refusent toute affaire ou lui posent une condition.",
        ),
        why=(
            "A condition set to all is a rule of the house, not a reason about one deal.",
            "Une condition posée à toutes est une règle de la maison, pas un motif.",
        ),
        mend=("Narrow one of the conditions.", "Resserrer une des conditions."),
        example="""
            knockouts:
              - id: large
                when: {amount: {above: 500000}}
                then: no_go
                reason: {en: "Too large", fr: "Trop grande"}
                owner: head of sales
              - id: others
                when: {amount: {at_most: 500000}}
                then: {conditional_go: {en: "Signed by sales", fr: "Signée par les ventes"}}
                reason: {en: "Usual size", fr: "Taille habituelle"}
                owner: head of sales
        """,
        mended="""
            knockouts:
              - id: large
                when: {amount: {above: 500000}}
                then: no_go
                reason: {en: "Too large", fr: "Trop grande"}
                owner: head of sales
              - id: rather_large
                when: {amount: {above: 100000, at_most: 500000}}
                then: {conditional_go: {en: "Signed by sales", fr: "Signée par les ventes"}}
                reason: {en: "Rather large", fr: "Plutôt grande"}
                owner: head of sales
        """,
    ),
    explained(
        "DUPLICATE",
        "warning",
        title=("The same rule twice", "Deux fois la même règle"),
        means=(
            "Both hold for the same deals, to the same effect, however they are written.",
            "Les deux valent pour les mêmes affaires, au même effet, quelle que soit l'écriture.",
        ),
        why=(
            "Points are counted twice, and a change of one leaves the other behind.",
            "Les points comptent double, et changer l'une laisse l'autre en arrière.",
        ),
        mend=("Keep one of them.", "En garder une."),
        example="""
            criteria:
              - id: need_is_clear
                when: {need: clear}
                points: 5
                label: {en: "The need is clear", fr: "Le besoin est clair"}
              - id: knows_what_it_wants
                when: {not: {need: [partial, unclear]}}
                points: 5
                label: {en: "Knows what it wants", fr: "Sait ce qu'il veut"}
        """,
        mended="""
            criteria:
              - id: need_is_clear
                when: {need: clear}
                points: 10
                label: {en: "The need is clear", fr: "Le besoin est clair"}
        """,
    ),
    explained(
        "SHADOWED",
        "warning",
        title=("A knockout inside a stronger one", "Un critère dans l'ombre d'un plus fort"),
        means=(
            "Wherever it fires, another knockout decides as much or more.",
            "Partout où il se déclenche, un autre décide autant ou davantage.",
        ),
        why=(
            "It changes no answer; a condition meant to save deals saves none.",
            "Il ne change aucune réponse ; une condition censée sauver n'en sauve aucune.",
        ),
        mend=(
            "Drop it, narrow the stronger one, or give that one a waiver if exceptions exist.",
            "Le retirer, resserrer le plus fort, ou prévoir une dérogation à ce dernier.",
        ),
        example="""
            knockouts:
              - id: over_100
                when: {amount: {above: 100000}}
                then: no_go
                reason: {en: "Too large", fr: "Trop grande"}
                owner: head of sales
              - id: over_500
                when: {amount: {above: 500000}}
                then: {conditional_go: {en: "Signed by sales", fr: "Signée par les ventes"}}
                reason: {en: "Very large", fr: "Très grande"}
                owner: head of sales
        """,
        mended="""
            knockouts:
              - id: over_500
                when: {amount: {above: 500000}}
                then: no_go
                reason: {en: "Too large", fr: "Trop grande"}
                owner: head of sales
              - id: over_100
                when: {amount: {above: 100000}}
                then: {conditional_go: {en: "Signed by sales", fr: "Signée par les ventes"}}
                reason: {en: "Very large", fr: "Très grande"}
                owner: head of sales
        """,
    ),
    explained(
        "REWARDS_WHAT_IS_REFUSED",
        "warning",
        title=("Points for deals that are refused", "Des points pour des affaires refusées"),
        means=(
            "Every deal that earns these points meets a no-go.",
            "Toute affaire qui gagne ces points remplit un no-go.",
        ),
        why=(
            "The points can never count, and one of the two rules is probably wrong.",
            "Les points ne comptent jamais, et l'une des deux règles est sans doute fausse.",
        ),
        mend=("Correct the criterion, or the knockout.", "Corriger l'un ou l'autre."),
        example="""
            criteria:
              - id: large
                when: {amount: {above: 600000}}
                points: 5
                label: {en: "A large deal", fr: "Une grande affaire"}
            knockouts:
              - id: too_large
                when: {amount: {above: 500000}}
                then: no_go
                reason: {en: "Too large", fr: "Trop grande"}
                owner: head of sales
        """,
        mended="""
            criteria:
              - id: large
                when: {amount: {above: 60000}}
                points: 5
                label: {en: "A large deal", fr: "Une grande affaire"}
            knockouts:
              - id: too_large
                when: {amount: {above: 500000}}
                then: no_go
                reason: {en: "Too large", fr: "Trop grande"}
                owner: head of sales
        """,
    ),
    explained(
        "REFUSED_ANYWAY",
        "note",
        title=("Points for what a knockout settles", "Des points là où un no-go tranche"),
        means=(
            "Every deal of this case of a criterion meets a no-go already.",
            "Toute affaire de ce cas d'un critère remplit déjà un no-go.",
        ),
        why=("The points decide nothing there.", "Les points n'y décident rien."),
        mend=(
            "Leave it for the sake of a whole table, or drop it.",
            "Le laisser pour que la table soit complète, ou le retirer.",
        ),
        example="""
            criteria:
              - id: payment
                field: health
                values: {sound: 5, watch: 0, distressed: -10}
                label: {en: "They can pay", fr: "Ils peuvent payer"}
            knockouts:
              - id: distressed
                when: {health: distressed}
                then: no_go
                reason: {en: "Risk of default", fr: "Risque de défaut"}
                owner: credit control
        """,
        mended="""
            criteria:
              - id: payment
                field: health
                values: {sound: 5, watch: 0}
                label: {en: "They can pay", fr: "Ils peuvent payer"}
            knockouts:
              - id: distressed
                when: {health: distressed}
                then: no_go
                reason: {en: "Risk of default", fr: "Risque de défaut"}
                owner: credit control
        """,
    ),
)
