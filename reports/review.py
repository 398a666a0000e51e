"""What a review says: the evidence for each criterion and knockout, as data.

The page and its JSON twin are both made from this, so they cannot disagree.
"""

from typing import Any, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict

from features.texts import Text
from reports.evaluation import CONFIDENCE, EvaluationSummary, ReliabilityBin

__all__ = [
    "CONFIDENCE",
    "ConflictKind",
    "DirectionConflict",
    "EvaluationSummary",
    "FieldReview",
    "Importance",
    "ReliabilityBin",
    "Review",
    "RuleKind",
    "RuleReview",
    "WinRate",
]

RuleKind: TypeAlias = Literal["criterion", "knockout"]
ConflictKind: TypeAlias = Literal["criterion", "field", "track_record"]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class WinRate(_Part):
    """How many of some closed deals were won, with the 90 % Jeffreys interval of the rate.

    ``rate``, ``low`` and ``high`` are None where there are no deals.
    """

    deals: int
    won: int
    rate: float | None
    low: float | None
    high: float | None


class Importance(_Part):
    """How much worse held-out log-loss (nats a deal) gets without the facts.

    ``low`` and ``high`` are the extremes over the splits; None where there was one split only.
    """

    mean: float
    low: float | None
    high: float | None


class RuleReview(_Part):
    """One criterion or knockout.

    ``answered`` is the share of closed deals for which it is decided. ``contribution`` is what the
    facts it looks at add to p_win on average where it is met (1 is 100 percentage points), None
    where it is never met or the model sees none of its facts.
    """

    id: str
    kind: RuleKind
    label: Text
    points: float | None
    fields: tuple[str, ...]
    answered: float
    met: WinRate
    not_met: WinRate
    contribution: float | None
    importance: Importance | None


class FieldReview(_Part):
    """A field that the model uses and that no criterion or knockout mentions.

    ``contribution`` is the mean absolute contribution to p_win (1 is 100 percentage points).
    """

    name: str
    label: Text
    answered: float
    contribution: float
    importance: Importance


class DirectionConflict(_Part):
    """A direction of the policy that closed deals clearly contradict.

    ``id`` is the criterion or the field; ``level`` the answer that is meant, None where it is all
    of the field. ``given_up`` says that the model follows the past, else it keeps the direction.
    ``standard_errors`` is by how many the past goes the other way, more than 1.64 always.
    """

    code: Literal["DIRECTION_CONFLICT"] = "DIRECTION_CONFLICT"
    id: str
    kind: ConflictKind
    label: Text
    level: str | None
    given_up: bool
    standard_errors: float

    @property
    def name(self) -> str:
        """What is meant, in one word for a list."""
        return self.id if self.level is None else f"{self.id}={self.level}"


class Review(_Part):
    """The whole review of one model under one policy."""

    policy: str
    title: Text
    policy_fingerprint: str
    closed_deals: int
    won: int
    twins: int
    base_rate: float
    interval: tuple[float, float]
    rules: tuple[RuleReview, ...]
    unmentioned: tuple[FieldReview, ...]
    left_out: tuple[str, ...]
    evaluation: EvaluationSummary
    conflicts: tuple[DirectionConflict, ...] = ()

    def to_data(self) -> dict[str, Any]:
        """Return the review as plain data, for its JSON twin."""
        return self.model_dump(mode="json")
