"""The policy: what a company decided in advance about its deals.

Fields are the questions, criteria make a deal more or less interesting, knockouts make it
indigestible, economics say what it brings and costs. A policy is loaded from a file by
:func:`features.policy.load_policy`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from pydantic import Field

from features.conditions import Known
from features.deal import Deal, Fact
from features.derivation import derived_fields, with_derived
from features.fields import BaseField, DerivedField, Name, PolicyField
from features.policy.criteria import Criterion, CriterionText
from features.policy.deals_file import DealsFile
from features.policy.decision import DecisionBlock
from features.policy.economics import Economics
from features.policy.knockouts import Knockout, KnockoutText, Segment, SegmentText
from features.policy.parts import Part
from features.policy.yaml_source import Path
from features.texts import Text


class PolicyFile(Part):
    """The whole file, as pydantic checks it; `extends` has been followed before."""

    policy: Name
    version: str | None = Field(default=None, min_length=1, max_length=60)
    title: Text
    deals: DealsFile
    fields: dict[Name, PolicyField] = Field(min_length=1)
    groups: dict[Name, Text] = Field(default_factory=dict)
    segments: dict[Name, SegmentText] = Field(default_factory=dict)
    criteria: tuple[CriterionText, ...] = Field(default=(), strict=False)
    knockouts: tuple[KnockoutText, ...] = Field(default=(), strict=False)
    economics: Economics = Economics()
    decision: DecisionBlock


@dataclass(frozen=True, kw_only=True)
class Policy:
    """What was decided in advance; frozen, and the same for every deal it judges.

    ``text`` is the file as people wrote it, or what it makes together with the file it extends.
    ``data`` is the canonical form, of which ``fingerprint`` is the hash. ``places`` says in which
    file and line each part stands.
    """

    name: str
    version: str | None
    title: Text
    fields: Mapping[str, PolicyField]
    groups: Mapping[str, Text]
    segments: Mapping[str, Segment]
    criteria: tuple[Criterion, ...]
    knockouts: tuple[Knockout, ...]
    economics: Economics
    decision: DecisionBlock
    deals: DealsFile
    text: str
    data: Mapping[str, Any] = field(repr=False)
    fingerprint: str
    places: Mapping[Path, str] = field(repr=False, compare=False)

    @cached_property
    def memo(self) -> dict[object, Any]:
        """What others have worked out from this policy, and need not work out again."""
        return {}

    @cached_property
    def derived(self) -> Mapping[str, DerivedField]:
        """The fields whose facts follow from others."""
        return derived_fields(self.fields)

    @cached_property
    def asked(self) -> Mapping[str, BaseField]:
        """The fields that somebody answers, rather than follow from others."""
        return {name: one for name, one in self.fields.items() if not one.derived}

    @cached_property
    def _has_dates(self) -> bool:
        return any(knockout.in_effect is not None for knockout in self.knockouts)

    def known(self, deal: Deal) -> Known:
        """Return what is known of a deal, with what follows from it."""
        return with_derived(deal.facts, self.derived, deal.as_of)

    def asked_for(self, names: frozenset[str], facts: Mapping[str, Fact]) -> tuple[str, ...]:
        """Return the questions behind some facts: a derived one stands for what it follows from.

        Those that are answered already are left out, unless all are: then a ratio has no value,
        and what it is divided by is to be looked at again.
        """
        derived = self.derived
        if derived.keys().isdisjoint(names):
            return tuple(sorted(names))
        found: set[str] = set()
        for name in names:
            sources = derived[name].sources() if name in derived else (name,)
            found |= {source for source in sources if source not in facts} or set(sources[-1:])
        return tuple(sorted(found))

    def decided_by(
        self, names: frozenset[str], facts: Mapping[str, Fact] | None = None
    ) -> tuple[str, ...]:
        """Return the facts behind some facts: a derived one follows from others.

        With the ``facts`` of a deal, only those that are known: where a question does not apply,
        nothing that follows from it does, whatever the other fact may be.
        """
        if self.derived.keys().isdisjoint(names):
            return tuple(sorted(names))
        found = self._behind(names)
        return tuple(sorted(name for name in found if facts is None or name in facts))

    def _behind(self, names: Iterable[str]) -> frozenset[str]:
        derived = self.derived
        sources = (derived[name].sources() if name in derived else (name,) for name in names)
        return frozenset().union(*sources)

    def knockouts_on(self, day: date) -> tuple[Knockout, ...]:
        """Return the knockouts that are in effect on a day, in the policy's order."""
        if not self._has_dates:
            return self.knockouts
        return tuple(one for one in self.knockouts if one.is_in_effect(day))

    def mentioned_fields(self) -> frozenset[str]:
        """Return the fields that some rule looks at, and what they follow from."""
        rules = [rule.fields() for rule in self.criteria]
        rules += [rule.when.fields() for rule in self.knockouts]
        names = frozenset().union(*rules)
        return names | frozenset(self.decided_by(names))

    def place(self, *path: str | int) -> str:
        """Return ``file:line`` of a part, or of the nearest part around it."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, self.name)
