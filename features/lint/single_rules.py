"""Findings about one rule by itself: it can never hold, always holds, or changes no answer."""

from collections.abc import Iterator

from features.conditions import All, AnyOf, Condition
from features.lint.finding import Finding, number, said
from features.lint.inspection import Inspection
from features.lint.rules import KnockoutRule, Rule
from features.lint.written import in_yaml
from features.policy import Criterion, Period


def find_in_single_rules(inspection: Inspection) -> Iterator[Finding]:
    """Return what is found in each rule by itself."""
    for rule in (*inspection.segments, *inspection.cases):
        yield from _constant(rule, inspection)
    for knockout in inspection.knockouts:
        yield from _knockout(knockout, inspection)
    for place, criterion in enumerate(inspection.policy.criteria):
        yield from _worth(criterion, place, inspection)


def _constant(rule: Rule, inspection: Inspection) -> Iterator[Finding]:
    reasoning = inspection.reasoning
    if reasoning.is_impossible(rule.when):
        yield _never_holds(rule, inspection)
    elif reasoning.is_certain(rule.when):
        if isinstance(rule, KnockoutRule) and rule.knockout.refuses:
            return  # told as one that refuses every deal
        yield inspection.finding(
            "ALWAYS_HOLDS",
            rule.when_path,
            what=said(
                f"{rule.name.en} holds for every deal whose facts are known",
                f"{rule.name.fr} vaut pour toute affaire aux informations connues",
            ),
            hint=said(
                "narrow the condition, or drop the rule: it tells no deal from another",
                "resserrer la condition, ou retirer la règle : elle ne distingue aucune affaire",
            ),
            about=(rule.id,),
        )
    else:
        yield from _idle_parts(rule, inspection)


def _never_holds(rule: Rule, inspection: Inspection) -> Finding:
    return inspection.finding(
        "NEVER_HOLDS",
        rule.when_path,
        what=said(
            f"{rule.name.en} can hold for no deal",
            f"{rule.name.fr} ne peut valoir pour aucune affaire",
        ),
        hint=said(
            "its parts exclude each other or the field's range: correct the limits or answers, "
            "or write 'any' if one part is enough",
            "ses parties s'excluent, ou excluent la plage du champ : corriger les limites ou les "
            "réponses, ou écrire « any » si une seule partie suffit",
        ),
        about=(rule.id,),
    )


def _idle_parts(rule: Rule, inspection: Inspection) -> Iterator[Finding]:
    """Return the first part of a condition that could be left out without changing it."""
    for whole, part in _parts(_own_condition(rule)):
        others = tuple(other for other in whole.parts if other is not part)
        rest: Condition = All(others) if isinstance(whole, All) else AnyOf(others)
        reasoning = inspection.reasoning
        idle = (
            reasoning.implies(rest, part)
            if isinstance(whole, All)
            else reasoning.implies(part, rest)
        )
        if idle:
            written = in_yaml(part)
            yield inspection.finding(
                "IDLE_PART",
                rule.when_path,
                what=said(
                    f"in {rule.name.en}, the part {written} changes nothing beside the others",
                    f"dans {rule.name.fr}, la partie {written} ne change rien à côté des autres",
                ),
                hint=said(
                    "leave it out, or correct it if it was meant to say more",
                    "la retirer, ou la corriger si elle devait dire davantage",
                ),
                about=(rule.id,),
            )
            return


def _own_condition(rule: Rule) -> Condition:
    """Return the condition that stands in the rule itself, without those of its segments."""
    return rule.knockout.rule if isinstance(rule, KnockoutRule) else rule.when


def _parts(condition: Condition) -> Iterator[tuple[All | AnyOf, Condition]]:
    """Return every part of every 'all' and 'any' that has several."""
    if isinstance(condition, All | AnyOf) and len(condition.parts) > 1:
        yield from ((condition, part) for part in condition.parts)
    for part in condition.parts:
        yield from _parts(part)


def _knockout(rule: KnockoutRule, inspection: Inspection) -> Iterator[Finding]:
    knockout, reasoning = rule.knockout, inspection.reasoning
    if knockout.in_effect is not None:
        yield from _period(rule, knockout.in_effect, inspection)
    if (
        knockout.applies_to
        and reasoning.is_impossible(rule.when)
        and not reasoning.is_impossible(knockout.rule)
    ):
        names = ", ".join(knockout.applies_to)
        yield inspection.finding(
            "OUTSIDE_ITS_SEGMENT",
            (*rule.path, "applies_to"),
            what=said(
                f"{rule.name.en} can hold for no deal of its segment ({names})",
                f"{rule.name.fr} ne peut valoir pour aucune affaire de son segment ({names})",
            ),
            hint=said(
                "let it apply to another segment, or correct its condition",
                "l'appliquer à un autre segment, ou corriger sa condition",
            ),
            about=(rule.id, *knockout.applies_to),
        )
    else:
        yield from _constant(rule, inspection)
    if not knockout.refuses and knockout.on_unknown == "no_go":
        yield _harsher_when_unknown(rule, inspection)


def _period(rule: KnockoutRule, period: Period, inspection: Inspection) -> Iterator[Finding]:
    until = period.until
    if until is not None and until < inspection.as_of:
        yield inspection.finding(
            "NO_LONGER_IN_EFFECT",
            (*rule.path, "in_effect"),
            what=said(
                f"{rule.name.en} is no longer in effect since {until}",
                f"{rule.name.fr} n'est plus en vigueur depuis le {until}",
            ),
            hint=said(
                "drop it, or give it a later day", "le retirer, ou lui donner un jour plus tardif"
            ),
            about=(rule.id,),
        )


def _harsher_when_unknown(rule: KnockoutRule, inspection: Inspection) -> Finding:
    return inspection.finding(
        "HARSHER_WHEN_UNKNOWN",
        (*rule.path, "on_unknown"),
        what=said(
            f"{rule.name.en} refuses a deal whose facts are unknown, and only sets a condition "
            "when the worst is known",
            f"{rule.name.fr} refuse une affaire aux informations inconnues, et ne pose qu'une "
            "condition quand le pire est connu",
        ),
        hint=said(
            "write on_unknown: find_out, so that somebody asks",
            "écrire on_unknown: find_out, pour que quelqu'un demande",
        ),
        about=(rule.id,),
    )


def _worth(criterion: Criterion, place: int, inspection: Inspection) -> Iterator[Finding]:
    attainable, path = criterion.attainable(), ("criteria", place)
    if max(attainable) == min(attainable):
        worth = max(attainable)
        yield inspection.finding(
            "CHANGES_NOTHING",
            path,
            what=said(
                f"the criterion '{criterion.id}' is worth {number(worth, 'en')} points, "
                "whatever the answer",
                f"le critère « {criterion.id} » vaut {number(worth, 'fr')} points, quelle que "
                "soit la réponse",
            ),
            hint=said("give its answers different points", "donner des points différents"),
            about=(criterion.id,),
        )
    elif criterion.if_unknown is not None and criterion.if_unknown > max(attainable):
        yield inspection.finding(
            "SILENCE_PAYS",
            (*path, "if_unknown"),
            what=said(
                f"an unknown answer to '{criterion.id}' earns "
                f"{number(criterion.if_unknown, 'en')} points, more than the best answer "
                f"({number(max(attainable), 'en')})",
                f"une réponse inconnue à « {criterion.id} » rapporte "
                f"{number(criterion.if_unknown, 'fr')} points, plus que la meilleure "
                f"({number(max(attainable), 'fr')})",
            ),
            hint=said(
                "lower if_unknown: nobody should gain by not asking",
                "baisser if_unknown : personne ne doit gagner à ne pas demander",
            ),
            about=(criterion.id,),
        )
