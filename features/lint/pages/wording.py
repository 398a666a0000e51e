"""Pages about words, and about who answers for a knockout."""

from features.lint.explanation import explained

PAGES = (
    explained(
        "NOT_TRANSLATED",
        "warning",
        title=("The same text in both languages", "Le même texte dans les deux langues"),
        means=(
            "A text of several words is the same in English and in French.",
            "Un texte de plusieurs mots est identique en anglais et en français.",
        ),
        why=(
            "Half of the readers see a foreign sentence.",
            "La moitié des lecteurs voit une phrase étrangère.",
        ),
        mend=("Translate it.", "Le traduire."),
        example="""
            fields:
              certified:
                type: boolean
                label: {en: "Certified supplier", fr: "Certified supplier"}
        """,
        mended="""
            fields:
              certified:
                type: boolean
                label: {en: "Certified supplier", fr: "Fournisseur certifié"}
        """,
    ),
    explained(
        "LABEL_MISSING",
        "warning",
        title=("A field without a label", "Un champ sans libellé"),
        means=(
            "Reasons and pages name the field by its technical name, in both languages.",
            "Les motifs et les pages montrent son nom technique, dans les deux langues.",
        ),
        why=(
            "A reason that nobody understands is no reason.",
            "Un motif que personne ne comprend n'en est pas un.",
        ),
        mend=(
            "Write a label in English and in French.",
            "Écrire un libellé en anglais et en français.",
        ),
        example="""
            fields:
              certified: {type: boolean}
        """,
        mended="""
            fields:
              certified: {type: boolean, label: {en: "Certified", fr: "Certifié"}}
        """,
    ),
    explained(
        "OWNER_MISSING",
        "warning",
        title=("A knockout without an owner", "Un critère éliminatoire sans responsable"),
        means=(
            "Nobody is named who answers for the knockout.",
            "Personne n'est nommé pour en répondre.",
        ),
        why=(
            "When somebody doubts it, nobody may change it, and it is worked around.",
            "Contesté, il ne peut être changé par personne, et on le contourne.",
        ),
        mend=("Write owner: and a function.", "Écrire owner: et une fonction."),
        example="""
            knockouts:
              - id: unclear_need
                when: {need: unclear}
                then: no_go
                reason: {en: "The need is unclear", fr: "Le besoin n'est pas clair"}
        """,
        mended="""
            knockouts:
              - id: unclear_need
                when: {need: unclear}
                then: no_go
                reason: {en: "The need is unclear", fr: "Le besoin n'est pas clair"}
                owner: head of presales
        """,
    ),
    explained(
        "QUESTION_MISSING",
        "note",
        title=(
            "A field that may be asked has no question",
            "Un champ à demander n'a pas de question",
        ),
        means=(
            "An answer may wait for this fact, and the field says no words to ask for it.",
            "Une réponse peut attendre cette information, et rien ne dit comment la demander.",
        ),
        why=(
            "'Find out' is followed when it is a question that somebody can put.",
            "« À compléter » est suivi si c'est une question que l'on peut poser.",
        ),
        mend=("Write a question in both languages.", "Écrire une question en deux langues."),
        example="""
            fields:
              certified: {type: boolean, label: {en: "Certified", fr: "Certifié"}}
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
            criteria:
              - id: is_certified
                when: {certified: true}
                points: 5
                label: {en: "They are certified", fr: "Ils sont certifiés"}
        """,
    ),
    explained(
        "WAIVER_TERMS_MISSING",
        "note",
        title=("A no-go that nobody may waive", "Un no-go sans dérogation possible"),
        means=(
            "The knockout refuses, and does not say who may make an exception.",
            "Le critère refuse, sans dire qui peut accorder une exception.",
        ),
        why=(
            "Exceptions that are not foreseen are made outside of the record.",
            "Une exception non prévue se fait hors de toute trace.",
        ),
        mend=(
            "Write waiver: {by: [head of sales], days: 90}, or leave it if there is none.",
            "Écrire waiver: {by: [les ventes], days: 90}, ou laisser s'il n'y en a pas.",
        ),
        example="""
            knockouts:
              - id: unclear_need
                when: {need: unclear}
                then: no_go
                reason: {en: "The need is unclear", fr: "Le besoin n'est pas clair"}
                owner: head of presales
        """,
        mended="""
            knockouts:
              - id: unclear_need
                when: {need: unclear}
                then: no_go
                reason: {en: "The need is unclear", fr: "Le besoin n'est pas clair"}
                owner: head of presales
                waiver: {by: [head of sales], days: 60}
        """,
    ),
)
