"""Findings about the economics: numbers that are asked for and can never be computed."""

from collections.abc import Iterator

from features.fields import BooleanField, CategoryField
from features.lint.finding import Finding, said
from features.lint.inspection import Inspection
from features.lint.listed import listed
from features.policy import Economics
from features.policy.amounts import ByAnswer

TOGETHER = (
    ("exposure", "default_probability", "loss_given_default"),
    ("remaining_hours", "cost_per_hour"),
    ("remaining_contacts", "cost_per_contact"),
)
"""Numbers that are multiplied: with some of them alone, the product is never known."""

COSTS = ("remaining_hours", "remaining_contacts", "other_costs")


def find_in_economics(inspection: Inspection) -> Iterator[Finding]:
    """Return what is found about the expected value, its numbers, and what asking costs."""
    yield from _value_asked_for(inspection)
    yield from _incomplete(inspection)
    yield from _gaps(inspection)
    yield from _free_questions(inspection)


def _value_asked_for(inspection: Inspection) -> Iterator[Finding]:
    if inspection.policy.decision.go_at.expected_value is None:
        return
    missing = [*_missing(inspection.policy.economics), *_alone(inspection.policy.economics)]
    if missing:
        shown = listed(missing)
        yield inspection.finding(
            "VALUE_NEVER_KNOWN",
            ("decision", "go_at", "expected_value"),
            what=said(
                f"go_at asks for an expected value, which lacks {shown.en}",
                f"go_at demande une valeur attendue, à laquelle il manque {shown.fr}",
            ),
            hint=said(
                "give them under 'economics', or decide by p_win alone",
                "les donner sous « economics », ou décider sur p_win seul",
            ),
            about=tuple(missing),
        )


def _missing(economics: Economics) -> list[str]:
    """Return what an expected value cannot do without."""
    missing = []
    if economics.margin is None and economics.margin_rate is None:
        missing.append("margin")
    if all(getattr(economics, name) is None for name in COSTS):
        missing.append("remaining_hours")
    return missing


def _alone(economics: Economics) -> list[str]:
    """Return the numbers that are missing beside those they are multiplied with."""
    given = economics.amounts()
    missing = [
        name for part in TOGETHER if set(part) & set(given) for name in part if name not in given
    ]
    if "discount_rate_per_year" in given and "months_to_close" not in given:
        missing.append("months_to_close")
    return missing


def _incomplete(inspection: Inspection) -> Iterator[Finding]:
    policy = inspection.policy
    missing = _alone(policy.economics)
    if missing and policy.decision.go_at.expected_value is None:
        shown = listed(missing)
        yield inspection.finding(
            "INCOMPLETE_ECONOMICS",
            ("economics",),
            what=said(
                f"no deal's value will ever be known: {shown.en} is not given",
                f"aucune affaire n'aura jamais de valeur connue : il manque {shown.fr}",
            ),
            hint=said(
                "give what is missing, or drop the numbers it is multiplied with",
                "donner ce qui manque, ou retirer les nombres qu'il multiplie",
            ),
            about=tuple(missing),
        )


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
