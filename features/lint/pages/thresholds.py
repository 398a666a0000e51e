"""Pages about points, thresholds and grades."""

from features.lint.explanation import explained

PAGES = (
    explained(
        "UNREACHABLE_GO",
        "error",
        title=("A threshold that no deal reaches", "Un seuil qu'aucune affaire n'atteint"),
        means=(
            "go_at asks for more points than the best deal can have, or for certainty.",
            "go_at demande plus de points que la meilleure affaire n'en a, ou une certitude.",
        ),
        why=("No deal can ever be a go.", "Aucune affaire ne peut jamais être un go."),
        mend=(
            "Lower the threshold; answers that exclude each other are not added up.",
            "Baisser le seuil ; les réponses qui s'excluent ne s'additionnent pas.",
        ),
        example="""
            decision:
              go_at: {p_win: 0.3, points: 500}
        """,
        mended="""
            decision:
              go_at: {p_win: 0.3, points: 20}
        """,
    ),
    explained(
        "EVERY_DEAL_GOES",
        "warning",
        title=("A threshold that every deal reaches", "Un seuil que toute affaire atteint"),
        means=(
            "go_at asks for no more than the least that a deal can have.",
            "go_at ne demande pas plus que le minimum possible.",
        ),
        why=("The threshold decides nothing.", "Le seuil ne décide rien."),
        mend=(
            "Raise it to where a deal pays for its effort.",
            "Le relever jusque là où une affaire paie son effort.",
        ),
        example="""
            decision:
              go_at: {p_win: 0.3, points: -5}
        """,
        mended="""
            decision:
              go_at: {p_win: 0.3, points: 20}
        """,
    ),
    explained(
        "UNREACHABLE_GRADE",
        "warning",
        title=("A grade that no deal can have", "Une note qu'aucune affaire ne peut avoir"),
        means=(
            "Its threshold is out of reach, or every deal reaches the grade before it.",
            "Son seuil est hors d'atteinte, ou toute affaire atteint la note précédente.",
        ),
        why=(
            "People wait for a grade that never comes.",
            "On attend une note qui ne vient jamais.",
        ),
        mend=(
            "Put the thresholds between the lowest and the highest that deals reach.",
            "Placer les seuils entre le plus bas et le plus haut que des affaires atteignent.",
        ),
        example="""
            decision:
              go_at: {p_win: 0.3, points: 20}
              grades:
                - {grade: A, p_win: 0.6, points: 300}
                - {grade: B, p_win: 0.3, points: 10}
        """,
        mended="""
            decision:
              go_at: {p_win: 0.3, points: 20}
              grades:
                - {grade: A, p_win: 0.6, points: 25}
                - {grade: B, p_win: 0.3, points: 10}
        """,
    ),
    explained(
        "DOMINATES",
        "warning",
        title=("One criterion outweighs all others", "Un critère pèse plus que tous les autres"),
        means=(
            "From its worst to its best answer lie more points than in all others together.",
            "De sa pire à sa meilleure réponse, il y a plus de points que dans tous les autres.",
        ),
        why=(
            "The other answers are asked and cannot change the order of the deals.",
            "Les autres réponses sont demandées sans pouvoir changer l'ordre des affaires.",
        ),
        mend=(
            "Lower its points, or make it a knockout.",
            "Baisser ses points, ou en faire un critère éliminatoire.",
        ),
        example="""
            criteria:
              - id: their_region
                when: {region: North}
                points: 200
                label: {en: "In our region", fr: "Dans notre région"}
        """,
        mended="""
            criteria:
              - id: their_region
                when: {region: North}
                points: 8
                label: {en: "In our region", fr: "Dans notre région"}
        """,
    ),
    explained(
        "DECIDES_ALONE",
        "note",
        title=("One good answer is enough for a go", "Une bonne réponse suffit pour un go"),
        means=(
            "One criterion alone earns the points that go_at asks for.",
            "Un critère rapporte à lui seul les points demandés par go_at.",
        ),
        why=(
            "While there is no model, this one answer decides unless others take points away.",
            "Sans modèle, cette réponse décide seule, sauf si d'autres retirent des points.",
        ),
        mend=(
            "Lower its points or raise go_at.points, unless that is what you want.",
            "Baisser ses points ou relever go_at.points, sauf si c'est voulu.",
        ),
        example="""
            criteria:
              - id: their_region
                when: {region: North}
                points: 20
                label: {en: "In our region", fr: "Dans notre région"}
        """,
        mended="""
            criteria:
              - id: their_region
                when: {region: North}
                points: 8
                label: {en: "In our region", fr: "Dans notre région"}
        """,
    ),
    explained(
        "NO_POINTS_THRESHOLD",
        "note",
        title=("Points without a threshold", "Des points sans seuil"),
        means=(
            "Criteria earn points, and go_at does not say how many are enough.",
            "Des critères rapportent des points, et go_at ne dit pas combien suffisent.",
        ),
        why=(
            "While there is no model, every deal that no knockout stops is a go.",
            "Sans modèle, toute affaire qu'aucun critère n'élimine est un go.",
        ),
        mend=("Give go_at 'points'.", "Donner des « points » à go_at."),
        example="""
            decision:
              go_at: {p_win: 0.3}
        """,
        mended="""
            decision:
              go_at: {p_win: 0.3, points: 20}
        """,
    ),
)
