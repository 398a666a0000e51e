"""Pages about what past deals say of the rules; these need ``--deals``."""

from features.lint.explanation import explained

PAGES = (
    explained(
        "MET_BY_NO_DEAL",
        "warning",
        title=("A rule that no past deal meets", "Une règle qu'aucune affaire passée ne remplit"),
        means=(
            "Where its facts are known, the rule held for none of the past deals.",
            "Là où ses informations sont connues, elle n'a valu pour aucune affaire passée.",
        ),
        why=(
            "It has no use yet, or a limit or an answer is written wrongly.",
            "Elle n'a pas encore servi, ou une limite ou une réponse est mal écrite.",
        ),
        mend=(
            "Check it against the deals; leave it if it is against something rare.",
            "La vérifier face aux affaires ; la laisser si elle vise un cas rare.",
        ),
        example="""
            criteria:
              - id: small_clear
                when: {amount: {below: 20000}, need: clear}
                points: 5
                label: {en: "Small and clear", fr: "Petite et claire"}
        """,
        mended="""
            criteria:
              - id: small_clear
                when: {amount: {below: 200000}, need: clear}
                points: 5
                label: {en: "Small and clear", fr: "Petite et claire"}
        """,
    ),
    explained(
        "MET_BY_ALL_DEALS",
        "warning",
        title=("A rule that every past deal meets", "Une règle que toute affaire passée remplit"),
        means=(
            "Where its facts are known, the rule held for every past deal.",
            "Là où ses informations sont connues, elle a valu pour toute affaire passée.",
        ),
        why=(
            "It told no deal from another; a knockout like this would have refused all.",
            "Elle n'a distingué aucune affaire ; un tel no-go les aurait toutes refusées.",
        ),
        mend=("Check its limits and answers.", "Vérifier ses limites et ses réponses."),
        example="""
            criteria:
              - id: not_tiny
                when: {any: [{amount: {above: 15000}}, {need: clear}]}
                points: 5
                label: {en: "Not tiny", fr: "Pas minuscule"}
        """,
        mended="""
            criteria:
              - id: not_tiny
                when: {any: [{amount: {above: 90000}}, {need: clear}]}
                points: 5
                label: {en: "Not tiny", fr: "Pas minuscule"}
        """,
    ),
    explained(
        "RARELY_KNOWN",
        "warning",
        title=("A rule whose facts are almost never known", "Une règle presque jamais tranchée"),
        means=(
            "For fewer than 5 % of the past deals could the rule be settled at all.",
            "Moins de 5 % des affaires passées ont permis de la trancher.",
        ),
        why=(
            "It keeps deals waiting for something that nobody records.",
            "Elle fait attendre une information que personne ne saisit.",
        ),
        mend=(
            "Ask for the fact in the CRM, or use one that people record.",
            "Demander l'information dans le CRM, ou en utiliser une que l'on saisit.",
        ),
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
            criteria:
              - id: need_is_there
                when: {need: [clear, partial]}
                points: 5
                label: {en: "There is a need", fr: "Un besoin existe"}
        """,
    ),
    explained(
        "BEYOND_OBSERVED_RANGE",
        "warning",
        title=("A limit outside of all that was seen", "Une limite hors de tout ce qui a été vu"),
        means=(
            "Every past deal lies on the same side of the limit.",
            "Toute affaire passée est du même côté de la limite.",
        ),
        why=(
            "Often the unit is wrong: thousands, percent, days.",
            "Souvent l'unité est fausse : milliers, pour cent, jours.",
        ),
        mend=("Check the unit and the zeros.", "Vérifier l'unité et les zéros."),
        example="""
            criteria:
              - id: large
                when: {amount: {above: 90000000}}
                points: 5
                label: {en: "A large deal", fr: "Une grande affaire"}
        """,
        mended="""
            criteria:
              - id: large
                when: {amount: {above: 90000}}
                points: 5
                label: {en: "A large deal", fr: "Une grande affaire"}
        """,
    ),
    explained(
        "TESTED_ANSWER_NEVER_SEEN",
        "warning",
        title=("A rule tests for an answer nobody gave", "Une réponse que personne n'a donnée"),
        means=(
            "No past deal has the answer that the rule looks for.",
            "Aucune affaire passée n'a la réponse que la règle cherche.",
        ),
        why=(
            "It is spelt differently in the CRM, or it is new.",
            "Elle s'écrit autrement dans le CRM, ou elle est nouvelle.",
        ),
        mend=(
            "Write it as the deals do; leave it if it is new or rare.",
            "L'écrire comme les affaires ; la laisser si elle est nouvelle ou rare.",
        ),
        example="""
            criteria:
              - id: their_region
                when: {region: [North, Noth]}
                points: 5
                label: {en: "In our region", fr: "Dans notre région"}
        """,
        mended="""
            criteria:
              - id: their_region
                when: {region: North}
                points: 5
                label: {en: "In our region", fr: "Dans notre région"}
        """,
    ),
    explained(
        "LISTED_ANSWER_NEVER_SEEN",
        "note",
        title=("A listed answer that nobody gave", "Une réponse prévue que personne n'a donnée"),
        means=(
            "The field allows the answer, and no past deal has it.",
            "Le champ permet la réponse, et aucune affaire passée ne l'a.",
        ),
        why=("The past says nothing of it.", "Le passé n'en dit rien."),
        mend=("Check the spelling, or drop it.", "Vérifier l'orthographe, ou la retirer."),
        example="""
            fields:
              need:
                type: category
                values: [clear, partial, unclear, hidden]
                label: {en: "Clarity of the need", fr: "Clarté du besoin"}
        """,
        mended="""
            fields:
              need:
                type: category
                values: [clear, partial, unclear]
                label: {en: "Clarity of the need", fr: "Clarté du besoin"}
        """,
    ),
    explained(
        "ANSWER_NOT_LISTED",
        "warning",
        title=("Answers that no line lists", "Des réponses qu'aucune ligne ne prévoit"),
        means=(
            "Past deals gave answers that the field, or a criterion's table, does not list.",
            "Des affaires passées ont des réponses que le champ, ou la table, ne prévoit pas.",
        ),
        why=(
            "They are worth nothing by accident, not by decision.",
            "Elles ne valent rien par accident, et non par décision.",
        ),
        mend=("List them, or write 'otherwise'.", "Les prévoir, ou écrire « otherwise »."),
        example="""
            criteria:
              - id: their_region
                field: region
                values: {North: 5}
                label: {en: "Their region", fr: "Leur région"}
        """,
        mended="""
            criteria:
              - id: their_region
                field: region
                values: {North: 5}
                otherwise: 0
                label: {en: "Their region", fr: "Leur région"}
        """,
    ),
)
