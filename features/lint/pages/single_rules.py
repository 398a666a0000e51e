"""Pages about one rule by itself."""

from features.lint.explanation import explained

PAGES = (
    explained(
        "NEVER_HOLDS",
        "error",
        title=("A rule that no deal can meet", "Une règle qu'aucune affaire ne peut remplir"),
        means=(
            "The parts of the condition exclude each other, or the field's range or answers.",
            "Les parties de la condition s'excluent, ou excluent les valeurs du champ.",
        ),
        why=(
            "A knockout that never fires protects from nothing, and nobody notices.",
            "Un critère éliminatoire qui ne se déclenche jamais ne protège de rien, en silence.",
        ),
        mend=(
            "Correct the limits, or write 'any' where one of the entries is enough.",
            "Corriger les limites, ou écrire « any » si une seule des entrées suffit.",
        ),
        example="""
            knockouts:
              - id: odd_size
                when: {amount: {below: 10000, above: 500000}}
                then: no_go
                reason: {en: "Too small or too large", fr: "Trop petite ou trop grande"}
                owner: head of sales
        """,
        mended="""
            knockouts:
              - id: odd_size
                when: {any: [{amount: {below: 10000}}, {amount: {above: 500000}}]}
                then: no_go
                reason: {en: "Too small or too large", fr: "Trop petite ou trop grande"}
                owner: head of sales
        """,
    ),
    explained(
        "OUTSIDE_ITS_SEGMENT",
        "error",
        title=(
            "A knockout that its own segment excludes",
            "Un critère éliminatoire que son segment exclut",
        ),
        means=(
            "The condition could hold, but for no deal of the segments it applies to.",
            "La condition peut valoir, mais pour aucune affaire des segments visés.",
        ),
        why=("The knockout never fires.", "Il ne se déclenche jamais."),
        mend=(
            "Name the right segment under applies_to, or correct the condition.",
            "Nommer le bon segment sous applies_to, ou corriger la condition.",
        ),
        example="""
            segments:
              services_only:
                label: {en: "Services", fr: "Prestations"}
                when: {deliverable: services}
            knockouts:
              - id: large_equipment
                applies_to: [services_only]
                when: {deliverable: equipment, amount: {above: 500000}}
                then: no_go
                reason: {en: "Too large for us", fr: "Trop grande pour nous"}
                owner: head of sales
        """,
        mended="""
            segments:
              goods:
                label: {en: "Goods", fr: "Biens"}
                when: {deliverable: [equipment, parts]}
            knockouts:
              - id: large_equipment
                applies_to: [goods]
                when: {deliverable: equipment, amount: {above: 500000}}
                then: no_go
                reason: {en: "Too large for us", fr: "Trop grande pour nous"}
                owner: head of sales
        """,
    ),
    explained(
        "ALWAYS_HOLDS",
        "warning",
        title=("A rule that every deal meets", "Une règle que toute affaire remplit"),
        means=(
            "Whatever the answers are, once they are known, the condition holds.",
            "Quelles que soient les réponses, une fois connues, la condition vaut.",
        ),
        why=(
            "It tells no deal from another: points for all are points for none.",
            "Elle ne distingue aucune affaire : des points pour toutes ne servent à aucune.",
        ),
        mend=("Narrow the condition, or drop the rule.", "Resserrer la condition, ou la retirer."),
        example="""
            criteria:
              - id: some_need
                when: {need: [clear, partial, unclear]}
                points: 5
                label: {en: "There is a need", fr: "Un besoin existe"}
        """,
        mended="""
            criteria:
              - id: some_need
                when: {need: [clear, partial]}
                points: 5
                label: {en: "There is a need", fr: "Un besoin existe"}
        """,
    ),
    explained(
        "IDLE_PART",
        "warning",
        title=("A part of a condition that changes nothing", "Une partie sans effet"),
        means=(
            "The same deals meet the condition with and without this part.",
            "Les mêmes affaires remplissent la condition avec ou sans cette partie.",
        ),
        why=(
            "Readers believe that it says something; often a limit is wrong.",
            "Les lecteurs croient qu'elle dit quelque chose ; souvent une limite est fausse.",
        ),
        mend=("Leave the part out, or correct it.", "Retirer la partie, ou la corriger."),
        example="""
            criteria:
              - id: good_size
                when: {all: [{amount: {above: 20000}}, {amount: {above: 10000}}]}
                points: 5
                label: {en: "A good size", fr: "Une bonne taille"}
        """,
        mended="""
            criteria:
              - id: good_size
                when: {all: [{amount: {above: 20000}}, {amount: {below: 100000}}]}
                points: 5
                label: {en: "A good size", fr: "Une bonne taille"}
        """,
    ),
    explained(
        "NO_LONGER_IN_EFFECT",
        "warning",
        title=("A knockout whose time is over", "Un critère éliminatoire échu"),
        means=(
            "Its last day, under 'until', lies before the day of the check.",
            "Son dernier jour, sous « until », est passé.",
        ),
        why=(
            "It decides nothing any more, and some readers think that it does.",
            "Il ne décide plus rien, et certains croient le contraire.",
        ),
        mend=("Give it a later day, or drop it.", "Donner un jour plus tardif, ou le retirer."),
        example="""
            knockouts:
              - id: too_large
                in_effect: {until: 2020-12-31}
                when: {amount: {above: 500000}}
                then: no_go
                reason: {en: "Too large for us", fr: "Trop grande pour nous"}
                owner: head of sales
        """,
        mended="""
            knockouts:
              - id: too_large
                in_effect: {from: 2020-12-31}
                when: {amount: {above: 500000}}
                then: no_go
                reason: {en: "Too large for us", fr: "Trop grande pour nous"}
                owner: head of sales
        """,
    ),
    explained(
        "CHANGES_NOTHING",
        "warning",
        title=("A criterion worth the same for every answer", "Un critère sans différence"),
        means=(
            "All that the criterion can be worth is one number, often zero.",
            "Tout ce que le critère peut valoir est un seul nombre, souvent zéro.",
        ),
        why=(
            "It makes no deal more or less interesting, and is asked all the same.",
            "Il ne rend aucune affaire plus intéressante, et on le demande pourtant.",
        ),
        mend=("Give the answers different points.", "Donner des points différents."),
        example="""
            criteria:
              - id: budget_known
                when: {budget: true}
                points: 0
                label: {en: "A budget exists", fr: "Un budget existe"}
        """,
        mended="""
            criteria:
              - id: budget_known
                when: {budget: true}
                points: 5
                label: {en: "A budget exists", fr: "Un budget existe"}
        """,
    ),
)
