"""Findings about parts that nothing uses, and about a fact that counts three times."""

from collections.abc import Iterator

from features.fields import TextField
from features.lint.finding import Finding, said
from features.lint.inspection import Inspection
from features.lint.listed import listed
from features.policy.yaml_source import Path


def find_unused(inspection: Inspection) -> Iterator[Finding]:
    """Return the fields, segments, groups and settings without a use."""
    yield from _unused_fields(inspection)
    yield from _unused_segments(inspection)
    yield from _unused_groups(inspection)
    yield from _exploration(inspection)
    yield from _triple_counted(inspection)


def _used_fields(inspection: Inspection) -> frozenset[str]:
    """Return the fields that a rule, a segment or a number looks at, and their sources."""
    policy = inspection.policy
    names = policy.mentioned_fields() | policy.economics.fields()
    names |= frozenset().union(*(rule.when.fields() for rule in inspection.segments))
    return names | frozenset(policy.decided_by(names))


def _unused_fields(inspection: Inspection) -> Iterator[Finding]:
    policy, used = inspection.policy, _used_fields(inspection)
    for name, derived in policy.derived.items():
        if name not in used:
            sees = said(
                "only the model sees it" if derived.in_model else "the model does not see it",
                "seul le modèle le voit" if derived.in_model else "le modèle ne le voit pas",
            )
            yield inspection.finding(
                "UNUSED_DERIVED_FIELD",
                ("fields", name),
                what=said(
                    f"no rule and no number uses the derived field '{name}': {sees.en}",
                    f"aucune règle, aucun montant n'utilise le champ dérivé « {name} » : "
                    f"{sees.fr}",
                ),
                hint=said(
                    "test it in a rule, or drop it", "le tester dans une règle, ou le retirer"
                ),
                about=(name,),
            )
    behind = frozenset(policy.decided_by(frozenset(policy.derived)))
    for name, field in policy.asked.items():
        if name in used | behind or field.in_model or isinstance(field, TextField):
            continue
        yield inspection.finding(
            "UNUSED_FIELD",
            ("fields", name),
            what=said(
                f"nothing uses the field '{name}': no rule, no number, not the model",
                f"rien n'utilise le champ « {name} » : ni règle, ni montant, ni modèle",
            ),
            hint=said(
                "drop it, unless it is there for people to read",
                "le retirer, sauf s'il est là pour être lu",
            ),
            about=(name,),
        )


def _unused_segments(inspection: Inspection) -> Iterator[Finding]:
    used = {name for rule in inspection.knockouts for name in rule.knockout.applies_to}
    for rule in inspection.segments:
        if rule.id not in used:
            yield inspection.finding(
                "UNUSED_SEGMENT",
                rule.path,
                what=said(
                    f"no knockout applies to {rule.name.en}",
                    f"aucun critère éliminatoire ne vise {rule.name.fr}",
                ),
                hint=said(
                    f"write applies_to: [{rule.id}] in a knockout, or drop the segment",
                    f"écrire applies_to: [{rule.id}] dans un critère éliminatoire, ou retirer "
                    "le segment",
                ),
                about=(rule.id,),
            )


def _unused_groups(inspection: Inspection) -> Iterator[Finding]:
    used = {criterion.group for criterion in inspection.policy.criteria}
    for name in inspection.policy.data["groups"]:
        if name not in used:
            yield inspection.finding(
                "UNUSED_GROUP",
                ("groups", name),
                what=said(
                    f"no criterion is in the group '{name}'",
                    f"aucun critère n'est dans le groupe « {name} »",
                ),
                hint=said(
                    f"write group: {name} in a criterion, or drop the group",
                    f"écrire group: {name} dans un critère, ou retirer le groupe",
                ),
                about=(name,),
            )


def _exploration(inspection: Inspection) -> Iterator[Finding]:
    exploration = inspection.policy.decision.exploration
    explores = exploration is not None and exploration.share > 0
    testable = [rule for rule in inspection.knockouts if rule.knockout.testable]
    refusing = [
        rule for rule in testable if rule.knockout.refuses and not inspection.is_over(rule)
    ]
    if explores and not refusing:
        yield inspection.finding(
            "NOTHING_TO_EXPLORE",
            ("decision", "exploration"),
            what=said(
                "a share of refused deals is explored, and no knockout is testable: only what the "
                "threshold refuses is",
                "une part des affaires refusées est explorée, et aucun critère éliminatoire n'est "
                "testable : seulement celles que le seuil refuse",
            ),
            hint=said(
                "write testable: true in the knockouts that may be doubted",
                "écrire testable: true dans les critères éliminatoires contestables",
            ),
        )
    for rule in testable if not explores else ():
        yield inspection.finding(
            "NEVER_TESTED",
            (*rule.path, "testable"),
            what=said(
                f"{rule.name.en} is testable, and no share of deals is kept to test it",
                f"{rule.name.fr} est testable, et aucune part des affaires ne sert à le tester",
            ),
            hint=said(
                "write exploration: {share: 0.05} under decision",
                "écrire exploration: {share: 0.05} sous decision",
            ),
            about=(rule.id,),
        )


def _triple_counted(inspection: Inspection) -> Iterator[Finding]:
    """Return the facts that a knockout, a criterion and the model all count, in one finding."""
    policy = inspection.policy
    knocked = frozenset().union(*(rule.when.fields() for rule in inspection.live_knockouts))
    scored = frozenset().union(*(rule.when.fields() for rule in inspection.live_cases))
    names = [name for name in sorted(knocked & scored) if policy.fields[name].in_model]
    if names:
        shown = listed(names)
        yield inspection.finding(
            "COUNTED_THREE_TIMES",
            *(_scored_at(name, inspection) for name in names),
            what=said(
                f"a knockout, a criterion and the model all count: {shown.en}",
                f"un critère éliminatoire, un critère et le modèle comptent tous : {shown.fr}",
            ),
            hint=said(
                "where the knockout says it all, drop the points or write used_by_model: false",
                "là où l'éliminatoire dit tout, retirer les points ou écrire used_by_model: false",
            ),
            about=tuple(names),
        )


def _scored_at(name: str, inspection: Inspection) -> Path:
    """Return where the first criterion stands that looks at a fact."""
    return next(rule.when_path for rule in inspection.live_cases if name in rule.when.fields())
