"""Findings about two rules: one says what the other says already, or the opposite of it."""

from collections.abc import Iterator
from datetime import date
from itertools import combinations

from features.lint.finding import Finding, said
from features.lint.inspection import Inspection
from features.lint.rules import CaseRule, KnockoutRule, Rule

_RANKS = {"ignore": 0, "find_out": 1, "no_go": 2}
"""How much a knockout does about unknown facts."""


def find_in_pairs(inspection: Inspection) -> Iterator[Finding]:
    """Return what is found between knockouts, between criteria, and between the two."""
    yield from _equal_knockouts(inspection)
    yield from _shadowed_knockouts(inspection)
    yield from _equal_cases(inspection)
    yield from _cases_under_knockouts(inspection)
    yield from _all_refused(inspection)


def _equal_knockouts(inspection: Inspection) -> Iterator[Finding]:
    for first, second in combinations(inspection.live_knockouts, 2):
        if not _share_days(first, second) or not _are_equal(first, second, inspection):
            continue
        if first.knockout.refuses is not second.knockout.refuses:
            yield _contradiction(
                first,
                second,
                inspection,
                en="one says no-go, the other go under a condition",
                fr="l'un dit no-go, l'autre go sous conditions",
            )
        elif first.knockout.condition == second.knockout.condition:
            yield _duplicate(first, second, inspection)


def _share_days(first: KnockoutRule, second: KnockoutRule) -> bool:
    """Return whether two knockouts are in effect together on some day."""
    periods = [rule.knockout.in_effect for rule in (first, second)]
    start = max((period and period.start) or date.min for period in periods)
    return start <= min((period and period.until) or date.max for period in periods)


def _equal_cases(inspection: Inspection) -> Iterator[Finding]:
    for first, second in combinations(inspection.live_cases, 2):
        if first.path == second.path or not _are_equal(first, second, inspection):
            continue
        if _gain(first) * _gain(second) < 0:
            yield _contradiction(
                first,
                second,
                inspection,
                en="one gives points, the other takes some away",
                fr="l'un donne des points, l'autre en retire",
            )
        else:
            yield _duplicate(first, second, inspection)


def _are_equal(first: Rule, second: Rule, inspection: Inspection) -> bool:
    same_facts = first.when.fields() & second.when.fields()
    return bool(same_facts) and inspection.reasoning.are_equal(first.when, second.when)


def _gain(rule: CaseRule) -> float:
    """Return the points of a case beside those of a deal that meets none."""
    return rule.case.points - rule.criterion.otherwise


def _contradiction(
    first: Rule, second: Rule, inspection: Inspection, *, en: str, fr: str
) -> Finding:
    return inspection.finding(
        "CONTRADICTORY",
        second.when_path,
        first.when_path,
        what=said(
            f"{second.name.en} holds for the same deals as {first.name.en}: {en}",
            f"{second.name.fr} vaut pour les mêmes affaires que {first.name.fr} : {fr}",
        ),
        hint=said(
            f"decide for one of them; the other is at {inspection.line(first.when_path)}",
            f"choisir l'un des deux ; l'autre est en {inspection.line(first.when_path)}",
        ),
        about=(second.id, first.id),
    )


def _duplicate(first: Rule, second: Rule, inspection: Inspection) -> Finding:
    return inspection.finding(
        "DUPLICATE",
        second.when_path,
        first.when_path,
        what=said(
            f"{second.name.en} holds for the same deals as {first.name.en}",
            f"{second.name.fr} vaut pour les mêmes affaires que {first.name.fr}",
        ),
        hint=said(
            f"keep one of them; the first is at {inspection.line(first.when_path)}",
            f"en garder un ; le premier est en {inspection.line(first.when_path)}",
        ),
        about=(second.id, first.id),
    )


def _shadowed_knockouts(inspection: Inspection) -> Iterator[Finding]:
    """Return the knockouts inside a stronger one, each once."""
    rules = inspection.live_knockouts
    for rule in rules:
        for other in rules:
            if (
                other is not rule
                and _is_stronger(other, rule)
                and _lies_inside(rule, other, inspection)
            ):
                yield _shadowed(rule, other, inspection)
                break


def _is_stronger(other: KnockoutRule, rule: KnockoutRule) -> bool:
    """Return whether one knockout decides, wherever it fires, all that another could decide.

    A knockout that may be waived, or that is not always in effect, leaves the other its use; so
    does one that asks less where facts are unknown.
    """
    one, two = other.knockout, rule.knockout
    return (
        (one.refuses or one.condition == two.condition)
        and one.waiver is None
        and one.in_effect in (None, two.in_effect)
        and _RANKS[one.on_unknown] >= _RANKS[two.on_unknown]
    )


def _lies_inside(rule: Rule, other: Rule, inspection: Inspection) -> bool:
    """Return whether a rule holds only where another does, and not everywhere it does.

    As long as facts are unknown, the wider one must not say less than the narrow one.
    """
    if not rule.when.fields() & other.when.fields():
        return False
    reasoning = inspection.reasoning
    return (
        reasoning.implies(rule.when, other.when)
        and not reasoning.implies(other.when, rule.when)
        and reasoning.settles(rule.when, other.when)
    )


def _shadowed(rule: KnockoutRule, other: KnockoutRule, inspection: Inspection) -> Finding:
    return inspection.finding(
        "SHADOWED",
        rule.when_path,
        other.when_path,
        what=said(
            f"{rule.name.en} changes no answer: wherever it fires, {other.name.en} fires too",
            f"{rule.name.fr} ne change aucune réponse : partout où il se déclenche, "
            f"{other.name.fr} se déclenche aussi",
        ),
        hint=said(
            f"drop it, or narrow the other one at {inspection.line(other.when_path)}",
            f"le retirer, ou resserrer l'autre en {inspection.line(other.when_path)}",
        ),
        about=(rule.id, other.id),
    )


def _cases_under_knockouts(inspection: Inspection) -> Iterator[Finding]:
    """Return the cases of criteria whose deals are all refused; one finding a case."""
    refusing = [
        rule
        for rule in inspection.live_knockouts
        if rule.knockout.refuses and rule.knockout.in_effect is None
    ]
    for case in inspection.live_cases:
        for rule in refusing:
            shared = case.when.fields() & rule.when.fields()
            if shared and inspection.reasoning.implies(case.when, rule.when):
                yield _case_under(case, rule, inspection)
                break


def _case_under(case: CaseRule, rule: KnockoutRule, inspection: Inspection) -> Finding:
    rewards = _gain(case) > 0
    return inspection.finding(
        "REWARDS_WHAT_IS_REFUSED" if rewards else "REFUSED_ANYWAY",
        case.when_path,
        rule.when_path,
        what=said(
            f"{case.name.en} {'rewards' if rewards else 'scores'} deals that {rule.name.en} "
            "refuses anyway",
            f"{case.name.fr} {'récompense' if rewards else 'note'} des affaires que "
            f"{rule.name.fr} refuse de toute façon",
        ),
        hint=said(
            f"correct the criterion, or the knockout at {inspection.line(rule.when_path)}",
            f"corriger le critère, ou l'éliminatoire en {inspection.line(rule.when_path)}",
        ),
        about=(case.id, rule.id),
    )


def _all_refused(inspection: Inspection) -> Iterator[Finding]:
    """Return whether the knockouts, alone or together, leave any deal, or any plain go."""
    rules = [rule for rule in inspection.knockouts if not inspection.is_over(rule)]
    refusing = _covering([rule for rule in rules if rule.knockout.refuses], inspection)
    if refusing:
        yield _leave_none(
            "REFUSES_EVERY_DEAL",
            refusing,
            inspection,
            en="no deal is left",
            fr="aucune affaire ne reste",
        )
        return
    all_rules = _covering(rules, inspection)
    if all_rules and any(rule.knockout.refuses for rule in all_rules):
        yield _leave_none(
            "NO_PLAIN_GO",
            all_rules,
            inspection,
            en="every deal is refused or gets a condition",
            fr="toute affaire est refusée ou soumise à une condition",
        )


def _covering(rules: list[KnockoutRule], inspection: Inspection) -> list[KnockoutRule]:
    """Return the fewest of the rules, found by leaving out, that together meet every deal."""
    if not inspection.reasoning.cover_all(tuple(rule.when for rule in rules)):
        return []
    needed = list(rules)
    for rule in rules:
        fewer = [one for one in needed if one is not rule]
        if inspection.reasoning.cover_all(tuple(one.when for one in fewer)):
            needed = fewer
    return needed


def _leave_none(
    code: str, rules: list[KnockoutRule], inspection: Inspection, *, en: str, fr: str
) -> Finding:
    names = tuple(rule.id for rule in rules)
    together = ", ".join(names)
    return inspection.finding(
        code,
        *(rule.when_path for rule in reversed(rules)),
        what=said(f"by the knockouts ({together}), {en}", f"selon {together}, {fr}"),
        hint=said(
            "narrow one of the conditions: together they hold for every deal",
            "resserrer une des conditions : ensemble, elles valent pour toute affaire",
        ),
        about=names,
    )
