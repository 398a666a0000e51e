"""Knockouts and criteria of a policy as entries of its page, in one language."""

from dataclasses import dataclass

from features.policy import Criterion, Knockout, Period, Policy
from features.texts import Language
from reports.condition_words import condition_in_words, condition_lines
from reports.numbers import points, quantity, written_day
from reports.policy_words import listed, said, word


@dataclass(frozen=True, slots=True)
class Note:
    """One thing said of a rule: what it is about, and what is said."""

    about: str
    text: str


@dataclass(frozen=True, slots=True)
class KnockoutEntry:
    """A knockout: its reason, when it applies (``lines``), under which condition one goes on."""

    id: str
    reason: str
    condition: str | None
    when: str
    lines: tuple[str, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class KnockoutGroup:
    """Knockouts with the same effect on the same deals; ``scope`` says which deals these are."""

    refuses: bool
    effect: str
    segment: str
    scope: str | None
    knockouts: tuple[KnockoutEntry, ...]


@dataclass(frozen=True, slots=True)
class CaseEntry:
    """What a criterion is worth in one case."""

    when: str
    points: float
    shown: str


@dataclass(frozen=True, slots=True)
class CriterionEntry:
    """A criterion with its cases, and what it is worth while nobody knows."""

    id: str
    label: str
    cases: tuple[CaseEntry, ...]
    if_unknown: float | None
    unknown: str
    note: str | None


@dataclass(frozen=True, slots=True)
class CriterionGroup:
    """Criteria of one group, and the points of a deal that is best by all of them."""

    title: str
    best: str
    criteria: tuple[CriterionEntry, ...]


def knockout_groups(policy: Policy, language: Language) -> tuple[KnockoutGroup, ...]:
    """Return the knockouts by effect, then by the deals they apply to, in the policy's order."""
    groups: dict[tuple[bool, tuple[str, ...]], list[Knockout]] = {}
    for knockout in policy.knockouts:
        groups.setdefault((knockout.refuses, knockout.applies_to), []).append(knockout)
    ordered = sorted(groups, key=lambda key: (not key[0], bool(key[1])))
    return tuple(_knockout_group(key, groups[key], policy, language) for key in ordered)


def _knockout_group(
    key: tuple[bool, tuple[str, ...]],
    knockouts: list[Knockout],
    policy: Policy,
    language: Language,
) -> KnockoutGroup:
    refuses, names = key
    segments = [policy.segments[name] for name in names]
    labels = [said(segment.label, language) for segment in segments]
    scopes = [condition_in_words(segment.when, policy, language) for segment in segments]
    return KnockoutGroup(
        refuses=refuses,
        effect=word("refuses" if refuses else "conditions", language),
        segment=listed(labels, language, link="or") or word("every_deal", language),
        scope=f" {word('or', language)} ".join(scopes) or None,
        knockouts=tuple(_knockout(one, policy, language) for one in knockouts),
    )


def _knockout(knockout: Knockout, policy: Policy, language: Language) -> KnockoutEntry:
    lines, every = condition_lines(knockout.rule, policy, language)
    when = "when" if len(lines) == 1 else "when_all" if every else "when_any"
    condition = knockout.condition
    return KnockoutEntry(
        id=knockout.id,
        reason=said(knockout.reason, language),
        condition=None if condition is None else said(condition, language),
        when=word(when, language),
        lines=lines,
        notes=tuple(_notes(knockout, language)),
    )


def _notes(knockout: Knockout, language: Language) -> list[Note]:
    told = {
        "if_unknown": word(f"unknown_{knockout.on_unknown}", language),
        "owner": knockout.owner,
        "waiver": waiver_in_words(knockout, language),
        "in_effect": None if knockout.in_effect is None else period(knockout.in_effect, language),
        "testable": word("testable_yes", language) if knockout.testable else None,
    }
    return [Note(word(about, language), text) for about, text in told.items() if text]


def waiver_in_words(knockout: Knockout, language: Language) -> str:
    """Return who may waive a knockout, and for how long."""
    terms = knockout.waiver
    if terms is None:
        return word("waiver_none", language)
    people = listed(terms.by, language, link="or")
    return word("waiver_by", language, people=people, days=quantity(terms.days, "days", language))


def period(days: Period | None, language: Language) -> str:
    """Return the days on which something is in effect, in words."""
    if days is None:
        return ""
    start, until = (
        "" if day is None else written_day(day, language) for day in (days.start, days.until)
    )
    key = "effect_both" if start and until else "effect_from" if start else "effect_until"
    return word(key, language, start=start, until=until) if start or until else ""


def criterion_groups(policy: Policy, language: Language) -> tuple[CriterionGroup, ...]:
    """Return the criteria by group, in the order in which the policy first names the groups."""
    groups: dict[str | None, list[Criterion]] = {}
    for criterion in policy.criteria:
        groups.setdefault(criterion.group, []).append(criterion)
    named = [name for name in groups if name is not None]
    return tuple(
        CriterionGroup(
            title=word("other_group" if named else "one_group", language)
            if name is None
            else said(policy.groups[name], language),
            best=word(
                "best",
                language,
                points=points(sum(max(one.attainable()) for one in groups[name]), language),
            ),
            criteria=tuple(_criterion(one, policy, language) for one in groups[name]),
        )
        for name in [*named, *([None] if None in groups else [])]
    )


def _criterion(criterion: Criterion, policy: Policy, language: Language) -> CriterionEntry:
    cases = [
        _case(condition_in_words(case.when, policy, language), case.points, language)
        for case in criterion.cases
    ]
    if not criterion.complete and (len(cases) > 1 or criterion.otherwise):
        cases.append(_case(word("otherwise", language), criterion.otherwise, language))
    worth = criterion.if_unknown
    meanwhile = word("meanwhile", language, points=points(worth, language))
    return CriterionEntry(
        id=criterion.id,
        label=said(criterion.label, language),
        cases=tuple(cases),
        if_unknown=worth,
        unknown=word("to_complete", language) if worth is None else meanwhile,
        note=None if criterion.direction is None else word(criterion.direction, language),
    )


def _case(when: str, worth: float, language: Language) -> CaseEntry:
    return CaseEntry(when=when, points=worth, shown=points(worth, language))


def scale(policy: Policy) -> tuple[float, float]:
    """Return the lowest and the highest points that one criterion may give, zero between them."""
    worths = [worth for one in policy.criteria for worth in one.attainable()]
    worths += [one.if_unknown for one in policy.criteria if one.if_unknown is not None]
    return min(0.0, *worths, 0.0), max(0.0, *worths, 0.0)
