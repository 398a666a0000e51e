"""Findings about the economics: tables with gaps, and questions without a cost."""

from collections.abc import Iterator

from features.fields import BooleanField, CategoryField
from features.lint.finding import Finding, said
from features.lint.inspection import Inspection
from features.lint.listed import listed
from features.policy.amounts import ByAnswer


def find_in_economics(inspection: Inspection) -> Iterator[Finding]:
    """Return what is found about the numbers, and what asking costs."""
    yield from _gaps(inspection)
    yield from _free_questions(inspection)


def _gaps(inspection: Inspection) -> Iterator[Finding]:
    """Return the tables that leave a number unknown for an allowed answer."""
    policy = inspection.policy
    for name, amount in policy.economics.amounts().items():
        if not isinstance(amount, ByAnswer) or amount.otherwise is not None:
            continue
        field = policy.fields[amount.by]
        allowed: tuple[str, ...] = ("true", "false") if isinstance(field, BooleanField) else ()
        if isinstance(field, CategoryField):
            allowed = field.values or ()
        absent = [answer for answer in allowed if answer not in amount.values]
        if absent:
            shown = listed(absent)
            yield inspection.finding(
                "GAP_IN_TABLE",
                ("economics", name),
                what=said(
                    f"the table of '{name}' has no number for: {shown.en}",
                    f"la table de « {name} » n'a pas de nombre pour : {shown.fr}",
                ),
                hint=said(
                    "add the answers, or 'otherwise': until then the value is unknown",
                    "ajouter les réponses, ou « otherwise » : d'ici là, la valeur est inconnue",
                ),
                about=(name, *absent),
            )


def _free_questions(inspection: Inspection) -> Iterator[Finding]:
    fields = inspection.policy.fields
    names = [name for name in sorted(inspection.needed_fields) if fields[name].cost is None]
    if names:
        shown = listed(names)
        yield inspection.finding(
            "COST_MISSING",
            *(("fields", name) for name in names),
            what=said(
                f"what it costs to find out is not given for: {shown.en}",
                f"ce qu'il en coûte de se renseigner n'est pas donné pour : {shown.fr}",
            ),
            hint=said(
                "write cost: {hours: 0.5} or {money: 20}; questions are then put in order of "
                "what they are worth",
                "écrire cost: {hours: 0.5} ou {money: 20} ; les questions se classent alors selon "
                "ce qu'elles valent",
            ),
            about=tuple(names),
        )
