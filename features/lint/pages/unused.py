"""Pages about parts that nothing uses, and about a fact that counts three times."""

from features.lint.explanation import explained

PAGES = (
    explained(
        "UNUSED_FIELD",
        "note",
        title=("A field that nothing uses", "Un champ que rien n'utilise"),
        means=(
            "No rule, no number and not the model look at it.",
            "Ni règle, ni montant, ni modèle ne le regardent.",
        ),
        why=("People fill it in for nothing.", "On le saisit pour rien."),
        mend=("Drop it, or use it.", "Le retirer, ou s'en servir."),
        example="""
            fields:
              seller:
                type: category
                used_by_model: false
                label: {en: "Seller", fr: "Vendeur"}
        """,
        mended="""
            fields:
              seller_remarks:
                type: text
                label: {en: "Remarks", fr: "Remarques"}
        """,
    ),
    explained(
        "UNUSED_DERIVED_FIELD",
        "note",
        title=("A derived field that no rule uses", "Un champ dérivé qu'aucune règle n'utilise"),
        means=(
            "A ratio or a number of days is computed, and no rule or number looks at it.",
            "Un rapport ou un nombre de jours est calculé, sans règle ni montant qui le regarde.",
        ),
        why=(
            "It was made for a rule that is missing or that uses its sources by mistake.",
            "Il était fait pour une règle qui manque, ou qui utilise ses sources par erreur.",
        ),
        mend=(
            "Test it in a rule; leave it if it is for the model alone.",
            "Le tester dans une règle ; le laisser s'il n'est que pour le modèle.",
        ),
        example="""
            fields:
              offer:
                type: number
                label: {en: "Offer", fr: "Offre"}
                question: {en: "What do we ask?", fr: "Que demandons-nous ?"}
                cost: {hours: 0.5}
              coverage:
                type: ratio
                of: amount
                to: offer
                label: {en: "Budget to price", fr: "Budget sur prix"}
        """,
        mended="""
            fields:
              offer:
                type: number
                label: {en: "Offer", fr: "Offre"}
                question: {en: "What do we ask?", fr: "Que demandons-nous ?"}
                cost: {hours: 0.5}
              coverage:
                type: ratio
                of: amount
                to: offer
                label: {en: "Budget to price", fr: "Budget sur prix"}
            criteria:
              - id: budget_covers_price
                when: {coverage: {at_least: 1}}
                points: 5
                label: {en: "The budget covers the price", fr: "Le budget couvre le prix"}
        """,
    ),
    explained(
        "UNUSED_SEGMENT",
        "warning",
        title=("A segment without a knockout", "Un segment sans critère éliminatoire"),
        means=(
            "The segment is described, and no knockout applies to it.",
            "Le segment est décrit, et aucun critère éliminatoire ne s'y applique.",
        ),
        why=(
            "Rules meant for some deals probably hold for all.",
            "Des règles prévues pour certaines affaires valent sans doute pour toutes.",
        ),
        mend=(
            "Name it under applies_to, or drop it.",
            "Le nommer sous applies_to, ou le retirer.",
        ),
        example="""
            segments:
              complex:
                label: {en: "Complex offers", fr: "Offres complexes"}
                when: {deliverable: equipment}
        """,
        mended="""
            segments:
              complex:
                label: {en: "Complex offers", fr: "Offres complexes"}
                when: {deliverable: equipment}
            knockouts:
              - id: unclear_complex
                applies_to: [complex]
                when: {need: unclear}
                then: no_go
                reason: {en: "The need is unclear", fr: "Le besoin n'est pas clair"}
                owner: head of presales
        """,
    ),
    explained(
        "UNUSED_GROUP",
        "note",
        title=("A group without a criterion", "Un groupe sans critère"),
        means=("No criterion names the group.", "Aucun critère ne nomme le groupe."),
        why=("Pages show an empty heading.", "Les pages montrent un titre vide."),
        mend=("Use it in a criterion, or drop it.", "S'en servir, ou le retirer."),
        example="""
            groups:
              partners: {en: "Partners", fr: "Partenaires"}
        """,
        mended="""
            groups:
              partners: {en: "Partners", fr: "Partenaires"}
            criteria:
              - id: their_region
                group: partners
                when: {region: North}
                points: 5
                label: {en: "A partner is near", fr: "Un partenaire est proche"}
        """,
    ),
    explained(
        "NOTHING_TO_EXPLORE",
        "warning",
        title=("No knockout may be tested", "Aucun critère à tester"),
        means=(
            "Some refused deals are to be worked; no no-go is testable, only thresholds are.",
            "Des affaires refusées seront travaillées ; aucun no-go n'est testable, un seuil si.",
        ),
        why=(
            "No knockout can ever be shown wrong.",
            "Aucun critère éliminatoire ne pourra jamais être démenti.",
        ),
        mend=(
            "Write testable: true in the knockouts that may be doubted.",
            "Écrire testable: true dans les critères éliminatoires contestables.",
        ),
        example="""
            decision:
              go_at: {p_win: 0.3, points: 20}
              exploration: {share: 0.05}
        """,
        mended="""
            knockouts:
              - id: unclear_need
                testable: true
                when: {need: unclear}
                then: no_go
                reason: {en: "The need is unclear", fr: "Le besoin n'est pas clair"}
                owner: head of presales
            decision:
              go_at: {p_win: 0.3, points: 20}
              exploration: {share: 0.05}
        """,
    ),
    explained(
        "NEVER_TESTED",
        "note",
        title=("A testable knockout that is never tested", "Un critère testable jamais testé"),
        means=(
            "The knockout may be tested, and decision.exploration keeps no share for it.",
            "Le critère peut être testé, et decision.exploration n'y réserve aucune part.",
        ),
        why=(
            "Refused deals have no outcome: without a share, nobody learns whether it is right.",
            "Les affaires refusées n'ont pas d'issue : sans part, nul ne saura s'il a raison.",
        ),
        mend=(
            "Write exploration: {share: 0.05} under decision.",
            "Écrire exploration: {share: 0.05} sous decision.",
        ),
        example="""
            knockouts:
              - id: unclear_need
                testable: true
                when: {need: unclear}
                then: no_go
                reason: {en: "The need is unclear", fr: "Le besoin n'est pas clair"}
                owner: head of presales
        """,
        mended="""
            knockouts:
              - id: unclear_need
                testable: true
                when: {need: unclear}
                then: no_go
                reason: {en: "The need is unclear", fr: "Le besoin n'est pas clair"}
                owner: head of presales
            decision:
              go_at: {p_win: 0.3, points: 20}
              exploration: {share: 0.05}
        """,
    ),
    explained(
        "COUNTED_THREE_TIMES",
        "note",
        title=(
            "A fact that counts in a knockout, a criterion and the model",
            "Une information comptée trois fois",
        ),
        means=(
            "The same fact may refuse the deal, earn points and move the probability.",
            "La même information peut refuser, rapporter des points et changer la probabilité.",
        ),
        why=(
            "It weighs more than anybody decided; one hasty answer tips everything.",
            "Elle pèse plus que décidé ; une réponse hâtive fait tout basculer.",
        ),
        mend=(
            "Where the knockout says it all, drop the points or write used_by_model: false.",
            "Là où l'éliminatoire dit tout, retirer les points ou écrire used_by_model: false.",
        ),
        example="""
            criteria:
              - id: sound_customer
                when: {health: sound}
                points: 5
                label: {en: "A sound customer", fr: "Un client sain"}
            knockouts:
              - id: distressed
                when: {health: distressed}
                then: no_go
                reason: {en: "Risk of default", fr: "Risque de défaut"}
                owner: credit control
        """,
        mended="""
            knockouts:
              - id: distressed
                when: {health: distressed}
                then: no_go
                reason: {en: "Risk of default", fr: "Risque de défaut"}
                owner: credit control
        """,
    ),
)
