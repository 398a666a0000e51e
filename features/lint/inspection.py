"""One policy under inspection: what every family of findings looks at, and how it says one."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from features.lint.codes import explanation_of
from features.lint.finding import Finding
from features.lint.rules import (
    CaseRule,
    KnockoutRule,
    Rule,
    case_rules,
    knockout_rules,
    segment_rules,
)
from features.policy import Policy
from features.policy.yaml_source import Path
from features.reasoning import Reasoning
from features.table import DealTable
from features.texts import Text


@dataclass(frozen=True)
class Inspection:
    """A policy on a day, with past deals where there are some, and what is proven of its rules."""

    policy: Policy
    as_of: date
    deals: DealTable | None = None
    reasoning: Reasoning = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "reasoning", Reasoning(self.policy.fields))

    @cached_property
    def knockouts(self) -> tuple[KnockoutRule, ...]:
        """All knockouts, in the policy's order."""
        return knockout_rules(self.policy)

    @cached_property
    def cases(self) -> tuple[CaseRule, ...]:
        """All cases of all criteria, in the policy's order."""
        return case_rules(self.policy)

    @cached_property
    def segments(self) -> tuple[Rule, ...]:
        """All segments."""
        return segment_rules(self.policy)

    @cached_property
    def live_knockouts(self) -> tuple[KnockoutRule, ...]:
        """The knockouts that some deal, but not every deal, can meet, now or later."""
        return tuple(
            rule
            for rule in self.knockouts
            if not self.is_over(rule) and self._tells_deals_apart(rule)
        )

    @cached_property
    def live_cases(self) -> tuple[CaseRule, ...]:
        """The cases of criteria that some deal, but not every deal, can meet."""
        return tuple(rule for rule in self.cases if self._tells_deals_apart(rule))

    @cached_property
    def needed_fields(self) -> frozenset[str]:
        """The given fields that an answer may wait for, and so may be asked."""
        names = [rule.when.fields() for rule in self.live_knockouts if _asks(rule)]
        names += [criterion.fields() for criterion in self.policy.criteria]
        names.append(self.policy.economics.fields())
        return frozenset(self.policy.decided_by(frozenset().union(*names)))

    def is_over(self, rule: KnockoutRule) -> bool:
        """Return whether a knockout is never in effect from the day of the inspection on."""
        period = rule.knockout.in_effect
        if period is None or period.until is None:
            return False
        return period.until < max(self.as_of, period.start or self.as_of)

    def finding(
        self,
        code: str,
        *paths: Path,
        what: Text,
        hint: Text,
        about: tuple[str, ...] = (),
    ) -> Finding:
        """Return a finding at the first of some parts of the policy, which mentions the others."""
        places = [self.policy.place(*path) for path in paths]
        return Finding(
            code=code,
            severity=explanation_of(code).severity,
            path=paths[0],
            where=places[0],
            what=what,
            hint=hint,
            about=about,
            also=tuple(places[1:]),
        )

    def line(self, path: Path) -> str:
        """Return the place of another part, as short as a sentence needs it."""
        return self.policy.place(*path)

    def _tells_deals_apart(self, rule: Rule) -> bool:
        reasoning = self.reasoning
        return not reasoning.is_impossible(rule.when) and not reasoning.is_certain(rule.when)


def _asks(rule: KnockoutRule) -> bool:
    return rule.knockout.on_unknown != "ignore"
