"""The rules of a policy as the linter sees them: each a condition with a name and a place."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from features.conditions import Condition
from features.lint.finding import said
from features.policy import Case, Criterion, Knockout, Policy
from features.policy.yaml_source import Path
from features.texts import Text

RuleKind: TypeAlias = Literal["knockout", "criterion", "segment"]

_KINDS: dict[RuleKind, Text] = {
    "knockout": Text(en="the knockout '{id}'", fr="le critère éliminatoire « {id} »"),
    "criterion": Text(en="the criterion '{id}'", fr="le critère « {id} »"),
    "segment": Text(en="the segment '{id}'", fr="le segment « {id} »"),
}
_ANSWER = Text(
    en="the answer '{part}' of the criterion '{id}'",
    fr="la réponse « {part} » du critère « {id} »",
)
_BAND = Text(en="band {part} of the criterion '{id}'", fr="la tranche {part} du critère « {id} »")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A knockout, one case of a criterion, or a segment.

    ``path`` leads to the whole rule, ``when_path`` to its condition; ``name`` names it in a
    sentence, in both languages.
    """

    kind: RuleKind
    id: str
    path: Path
    when_path: Path
    when: Condition
    name: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class KnockoutRule(Rule):
    """A knockout."""

    knockout: Knockout


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRule(Rule):
    """One case of a criterion."""

    criterion: Criterion
    case: Case

    @property
    def is_only_case(self) -> bool:
        """Whether the criterion has no other case."""
        return len(self.criterion.cases) == 1


def knockout_rules(policy: Policy) -> tuple[KnockoutRule, ...]:
    """Return the knockouts of a policy, in its order."""
    return tuple(
        KnockoutRule(
            kind="knockout",
            id=knockout.id,
            path=("knockouts", place),
            when_path=("knockouts", place, "when"),
            when=knockout.when,
            name=named("knockout", knockout.id),
            knockout=knockout,
        )
        for place, knockout in enumerate(policy.knockouts)
    )


def case_rules(policy: Policy) -> tuple[CaseRule, ...]:
    """Return the cases of all criteria of a policy, in its order."""
    return tuple(
        rule
        for place, criterion in enumerate(policy.criteria)
        for rule in _cases(criterion, place, policy)
    )


def segment_rules(policy: Policy) -> tuple[Rule, ...]:
    """Return the segments of a policy, by name."""
    return tuple(
        Rule(
            kind="segment",
            id=name,
            path=("segments", name),
            when_path=("segments", name, "when"),
            when=segment.when,
            name=named("segment", name),
        )
        for name, segment in policy.segments.items()
    )


def named(kind: RuleKind, rule_id: str) -> Text:
    """Return how a sentence names a rule.

    >>> named("criterion", "budget").en
    "the criterion 'budget'"
    """
    text = _KINDS[kind]
    return said(text.en.format(id=rule_id), text.fr.format(id=rule_id))


def _cases(criterion: Criterion, place: int, policy: Policy) -> Iterator[CaseRule]:
    written = policy.data["criteria"][place]
    answers = tuple(written.get("values") or ())
    for number, case in enumerate(criterion.cases):
        path: Path = ("criteria", place)
        name, when_path = named("criterion", criterion.id), (*path, "when")
        if answers:
            name = _part(_ANSWER, criterion.id, answers[number])
            when_path = (*path, "values", answers[number])
        elif "bands" in written:
            name = _part(_BAND, criterion.id, str(number + 1))
            when_path = (*path, "bands", number)
        yield CaseRule(
            kind="criterion",
            id=criterion.id,
            path=path,
            when_path=when_path,
            when=case.when,
            name=name,
            criterion=criterion,
            case=case,
        )


def _part(text: Text, rule_id: str, part: str) -> Text:
    both = (one.format(id=rule_id, part=part) for one in (text.en, text.fr))
    return said(*both)
