"""The policy: what a company decided in advance about its deals.

Fields are the questions, criteria make a deal more or less interesting, knockouts make it
indigestible. A policy is loaded from a file by :func:`features.policy_loader.load_policy`.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

from features.conditions import Condition
from features.fields import Name, PolicyField
from features.texts import Text

OnUnknown: TypeAlias = Literal["find_out", "ignore", "no_go"]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class ConditionalGo(_Part):
    """What a knockout allows the deal to go on under."""

    conditional_go: Text


class CriterionText(_Part):
    """A criterion as it stands in the file, its condition still a mapping."""

    id: Name
    label: Text
    when: dict[str, Any]
    points: float = Field(allow_inf_nan=False, ge=-1000, le=1000)


class KnockoutText(_Part):
    """A knockout as it stands in the file, its condition still a mapping."""

    id: Name
    when: dict[str, Any]
    then: Literal["no_go"] | ConditionalGo
    on_unknown: OnUnknown = "find_out"
    reason: Text
    owner: str | None = None


class GoAt(_Part):
    """Where a deal is worth its effort: a win probability, and points while there is no model."""

    p_win: float = Field(ge=0, le=1)
    points: float | None = Field(default=None, allow_inf_nan=False)


class Thresholds(_Part):
    """The decision block of the policy."""

    go_at: GoAt


Answers: TypeAlias = Annotated[tuple[str, ...], Field(strict=False, min_length=1)]


class OutcomeColumn(_Part):
    """Which column says how a deal ended, and in which words."""

    column: str
    won: Answers
    lost: Answers
    no_decision: Answers = Field(default=(), min_length=0)
    declined_by_us: Answers = Field(default=(), min_length=0)
    open: Answers = Field(default=(), min_length=0)


class DealsFile(_Part):
    """Where the columns that are not fields stand in a file of deals."""

    outcome: OutcomeColumn
    id: str | None = None
    as_of: str | None = None
    closed_on: str | None = None
    account: str | None = None
    unknown: tuple[str, ...] = Field(default=(), strict=False)
    numbers: Literal["decimal_point", "decimal_comma"] | None = None
    dates: Literal["day_first", "month_first"] | None = None


class PolicyFile(_Part):
    """The whole file, as pydantic checks it."""

    policy: Name
    title: Text
    deals: DealsFile
    fields: dict[Name, PolicyField] = Field(min_length=1)
    criteria: tuple[CriterionText, ...] = Field(default=(), strict=False)
    knockouts: tuple[KnockoutText, ...] = Field(default=(), strict=False)
    decision: Thresholds


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """Makes a deal more or less interesting by some points when its condition holds."""

    id: str
    label: Text
    when: Condition
    points: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Knockout:
    """Makes a deal indigestible, or acceptable only under a condition."""

    id: str
    when: Condition
    condition: Text | None
    on_unknown: OnUnknown
    reason: Text
    owner: str | None

    @property
    def refuses(self) -> bool:
        """Whether it says no-go, rather than go under a condition."""
        return self.condition is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What was decided in advance; frozen, and the same for every deal it judges."""

    name: str
    title: Text
    fields: Mapping[str, PolicyField]
    criteria: tuple[Criterion, ...]
    knockouts: tuple[Knockout, ...]
    thresholds: Thresholds
    deals: DealsFile
    text: str
    fingerprint: str

    def mentioned_fields(self) -> frozenset[str]:
        """Return the fields that some criterion or knockout looks at."""
        conditions = [rule.when for rule in self.criteria] + [rule.when for rule in self.knockouts]
        return frozenset().union(*(condition.fields() for condition in conditions))


def canonical_fingerprint(data: object) -> str:
    """Return the SHA-256 of data in canonical form: sorted keys, no white space, hexadecimal.

    >>> canonical_fingerprint({"a": 1, "b": 2}) == canonical_fingerprint({"b": 2, "a": 1})
    True
    """
    text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()
