"""Findings about points and thresholds: who dominates, and what nobody or everybody reaches."""

from collections.abc import Iterator

from features.lint.finding import Finding, number, said
from features.lint.inspection import Inspection
from features.lint.listed import listed
from features.lint.reach import Range, points_range
from features.policy import Criterion
from features.policy.yaml_source import Path

GO_AT: Path = ("decision", "go_at")
FEWEST_CRITERIA = 3
"""Of two criteria one always weighs more: that is no finding."""


def find_in_thresholds(inspection: Inspection) -> Iterator[Finding]:
    """Return what is found about the weight of criteria, and about ``go_at`` and the grades."""
    yield from _dominant(inspection)
    reach = points_range(inspection.policy)
    yield from _go_at_points(reach, inspection)
    yield from _go_at_p_win(inspection)
    yield from _grades(reach, inspection)


def _swing(criterion: Criterion) -> float:
    """Return the difference in points between the best and the worst answer."""
    return max(criterion.attainable()) - min(criterion.attainable())


def _dominant(inspection: Inspection) -> Iterator[Finding]:
    criteria = inspection.policy.criteria
    swings = [_swing(criterion) for criterion in criteria]
    threshold = inspection.policy.decision.go_at.points
    alone = []
    for place, (criterion, swing) in enumerate(zip(criteria, swings, strict=True)):
        others, best = sum(swings) - swing, max(criterion.attainable())
        if len(criteria) >= FEWEST_CRITERIA and swing > others:
            yield _outweighs(criterion, place, others, inspection)
        elif threshold is not None and 0 < threshold <= best and len(criteria) > 1:
            alone.append(place)
    if alone and threshold is not None:
        yield _decide_alone(alone, threshold, inspection)


def _outweighs(criterion: Criterion, place: int, others: float, inspection: Inspection) -> Finding:
    swing = _swing(criterion)
    return inspection.finding(
        "DOMINATES",
        ("criteria", place),
        what=said(
            f"the criterion '{criterion.id}' weighs {number(swing, 'en')} points, more than all "
            f"others together ({number(others, 'en')})",
            f"le critère « {criterion.id} » pèse {number(swing, 'fr')} points, plus que tous les "
            f"autres ensemble ({number(others, 'fr')})",
        ),
        hint=said(
            "lower its points, or make it a knockout if it is to decide alone",
            "baisser ses points, ou en faire un critère éliminatoire s'il doit décider seul",
        ),
        about=(criterion.id,),
    )


def _decide_alone(places: list[int], threshold: float, inspection: Inspection) -> Finding:
    names = [inspection.policy.criteria[place].id for place in places]
    shown = listed(names)
    return inspection.finding(
        "DECIDES_ALONE",
        *(("criteria", place) for place in places),
        what=said(
            f"a criterion alone reaches go_at.points ({number(threshold, 'en')}): {shown.en}",
            f"un critère atteint à lui seul go_at.points ({number(threshold, 'fr')}) : {shown.fr}",
        ),
        hint=said(
            "lower its points or raise go_at.points, unless one good answer is enough",
            "baisser ses points ou relever go_at.points, sauf si une bonne réponse suffit",
        ),
        about=tuple(names),
    )


def _go_at_points(reach: Range, inspection: Inspection) -> Iterator[Finding]:
    policy, (lowest, highest) = inspection.policy, reach
    threshold, path = policy.decision.go_at.points, (*GO_AT, "points")
    if threshold is None:
        if policy.criteria:
            yield inspection.finding(
                "NO_POINTS_THRESHOLD",
                GO_AT,
                what=said(
                    "while there is no model, the points of the criteria decide nothing",
                    "tant qu'il n'y a pas de modèle, les points des critères ne décident rien",
                ),
                hint=said(
                    f"give go_at 'points'; a deal can reach {number(highest, 'en')}",
                    f"donner des « points » à go_at ; une affaire peut en atteindre "
                    f"{number(highest, 'fr')}",
                ),
            )
    elif threshold > highest:
        yield inspection.finding(
            "UNREACHABLE_GO",
            path,
            what=said(
                f"no deal reaches go_at.points: {number(threshold, 'en')} are asked, "
                f"{number(highest, 'en')} is the most",
                f"aucune affaire n'atteint go_at.points : {number(threshold, 'fr')} demandés, "
                f"{number(highest, 'fr')} au plus",
            ),
            hint=said("lower the threshold", "baisser le seuil"),
        )
    elif threshold <= lowest:
        yield inspection.finding(
            "EVERY_DEAL_GOES",
            path,
            what=said(
                f"every deal reaches go_at.points: {number(threshold, 'en')} are asked, "
                f"{number(lowest, 'en')} is the least",
                f"toute affaire atteint go_at.points : {number(threshold, 'fr')} demandés, "
                f"{number(lowest, 'fr')} au moins",
            ),
            hint=said("raise the threshold", "relever le seuil"),
        )


def _go_at_p_win(inspection: Inspection) -> Iterator[Finding]:
    go_at, path = inspection.policy.decision.go_at, (*GO_AT, "p_win")
    if go_at.p_win == 1:
        yield inspection.finding(
            "UNREACHABLE_GO",
            path,
            what=said("no deal is won with certainty", "aucune affaire n'est gagnée à coup sûr"),
            hint=said("lower the threshold, to 0.3 say", "baisser le seuil, à 0.3 par exemple"),
        )
    elif go_at.p_win == 0 and go_at.expected_value is None:
        yield inspection.finding(
            "EVERY_DEAL_GOES",
            path,
            what=said(
                "every deal has a win probability of 0 or more",
                "toute affaire a une probabilité de gain d'au moins 0",
            ),
            hint=said(
                "raise the threshold: it is where a deal pays for its effort",
                "relever le seuil : c'est là qu'une affaire paie son effort",
            ),
        )


def _grades(reach: Range, inspection: Inspection) -> Iterator[Finding]:
    lowest, highest = reach
    taken_by_all: str | None = None
    for place, grade in enumerate(inspection.policy.decision.grades):
        path: Path = ("decision", "grades", place)
        points = grade.points
        reason = None
        if grade.p_win == 1:
            reason = said("no win is certain", "aucun gain n'est certain")
        elif points is not None and points > highest:
            reason = said(
                f"{number(points, 'en')} points are asked, {number(highest, 'en')} is the most",
                f"{number(points, 'fr')} points demandés, {number(highest, 'fr')} au plus",
            )
        elif taken_by_all is not None:
            reason = said(
                f"every deal reaches the points of '{taken_by_all}' before it",
                f"toute affaire atteint les points de « {taken_by_all} » avant elle",
            )
        if reason is not None:
            yield inspection.finding(
                "UNREACHABLE_GRADE",
                path,
                what=said(
                    f"no deal can have the grade '{grade.grade}': {reason.en}",
                    f"aucune affaire ne peut avoir la note « {grade.grade} » : {reason.fr}",
                ),
                hint=said(
                    "put its thresholds between the lowest and the highest that deals reach",
                    "placer ses seuils entre le plus bas et le plus haut que des affaires "
                    "atteignent",
                ),
                about=(grade.grade,),
            )
        if points is not None and points <= lowest and taken_by_all is None:
            taken_by_all = grade.grade
