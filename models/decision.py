"""The answer about one deal: recommendation, policy verdict, statistical estimate, and why.

The three are kept apart on purpose: the policy was decided in advance, the estimate is learned,
and the recommendation is what follows from both.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from math import inf
from typing import Any, Literal, TypeAlias

from features.deal import Fact, Waiver
from models.evidence import Band, EvidenceLevel
from models.knockouts import KnockoutVerdict
from models.reason_codes import ReasonCode
from models.scorecard import CriterionVerdict
from models.unlike_facts import UnlikeFact


class Recommendation(StrEnum):
    """What to do with a deal."""

    GO = "go"
    CONDITIONAL_GO = "conditional_go"
    FIND_OUT = "find_out"
    NO_GO = "no_go"


def decides(level: EvidenceLevel) -> bool:
    """Return whether a probability with that much evidence decides.

    >>> decides("none"), decides("few")
    (False, True)
    """
    return level != "none"


Unit: TypeAlias = Literal["verdict", "points", "percentage_points", "money"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why: a stable code, what it is about, and how much it weighs.

    ``about`` is the id of the knockout or criterion, the name of the field, "criteria", "go_at",
    "break_even", "remaining_cost" or "if_won". ``contribution`` is in ``unit``; ``fact`` is the
    fact or figure. ``facts`` are those that a criterion looks at, None where unknown; ``figures``
    the numbers that its sentence tells.
    """

    code: ReasonCode
    about: str
    contribution: float
    unit: Unit
    fact: Fact | None = None
    facts: Mapping[str, Fact | None] = field(default_factory=dict)
    figures: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionPart:
    """What the points of one criterion add to the estimate: log-odds, and a share of ``p_win``.

    ``fields`` are those that the criterion looked at when the model was trained.
    """

    fields: tuple[str, ...]
    log_odds: float
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """What past deals say of this one, or the points of the policy while none have closed.

    ``p_win``, ``p_lost`` and ``p_no_decision`` add up to one; the last two are None where the
    model has learned nothing of deals that end without a decision. ``band`` holds the comparable
    past deals, None where none have closed. ``stability_range`` is how far ``p_win`` moves with
    closed deals drawn anew: not an interval of this deal's probability; None where not learned.
    ``contributions`` are log-odds a field, without what the points of criteria add, which is in
    ``of_criteria``; with the ``baseline`` they add up to the log-odds of ``p_win``. ``shares``
    and those of the criteria divide the way from the baseline's probability to ``p_win``; 1 is
    100 percentage points. ``unseen`` are facts unlike those of any closed deal.
    """

    p_win: float
    p_lost: float | None
    p_no_decision: float | None
    band: Band | None
    stability_range: tuple[float, float] | None
    level: EvidenceLevel
    won: int
    not_won: int
    baseline: float
    contributions: Mapping[str, float]
    shares: Mapping[str, float]
    unseen: tuple[UnlikeFact, ...]
    of_criteria: Mapping[str, CriterionPart] = field(default_factory=dict)
    memo: dict[str, Any] = field(default_factory=dict, init=False, compare=False, repr=False)
    """What was worked out from this very estimate already; never part of it."""

    @property
    def field_shares(self) -> dict[str, float]:
        """The shares by field alone: a criterion's goes to its fields in equal parts."""
        shares = dict(self.shares)
        for part in self.of_criteria.values():
            for name in part.fields:
                shares[name] = shares.get(name, 0.0) + part.share / len(part.fields)
        return shares

    @property
    def closed_deals(self) -> int:
        """How many closed deals it rests on."""
        return self.won + self.not_won

    @property
    def base_rate(self) -> float | None:
        """The share of them that were won, None where none have closed."""
        return self.won / self.closed_deals if self.closed_deals else None

    @property
    def decides(self) -> bool:
        """Whether there is enough evidence for a probability to decide; else the points do."""
        return decides(self.level)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScorecardVerdict:
    """The points of one deal, and of the best deal there could be."""

    criteria: tuple[CriterionVerdict, ...]
    points: float
    lowest: float
    highest: float
    best: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """The money of one deal; None is unknown. ``left_out`` is what the policy does not count.

    ``lowest`` and ``highest`` bound the expected value whatever the unknown numbers are; None is
    no end. ``hours`` are those of the remaining pursuit, ``per_hour`` what one of them is worth,
    ``cost_share`` the remaining cost as a share of the revenue. ``sunk_cost`` is spent, and
    counted nowhere.
    """

    currency: str | None
    expected_value: float | None
    if_won: float | None
    remaining_cost: float | None
    break_even: float | None
    left_out: tuple[str, ...]
    needs: tuple[str, ...]
    lowest: float | None = None
    highest: float | None = None
    hours: float | None = None
    per_hour: float | None = None
    cost_share: float | None = None
    sunk_cost: float | None = None

    @property
    def bounds(self) -> tuple[float, float]:
        """Between what the expected value lies; infinite where it has no end."""
        lowest = -inf if self.lowest is None else self.lowest
        return lowest, inf if self.highest is None else self.highest


@dataclass(frozen=True, slots=True, kw_only=True)
class Exploration:
    """Whether a refused deal was drawn to be worked all the same, and its chance to be worked."""

    explored: bool
    propensity: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Versions:
    """What exactly answered: fingerprints of policy, schema and model, and the code's version."""

    qualifox: str
    policy: str
    policy_version: str | None
    model: str | None
    matrix_schema: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The whole answer about one deal."""

    deal_id: str | None
    as_of: date
    recommendation: Recommendation
    knockouts: tuple[KnockoutVerdict, ...]
    scorecard: ScorecardVerdict
    estimate: Estimate | None
    worth: Worth | None
    grade: str | None
    expired: tuple[str, ...]
    waivers: tuple[Waiver, ...]
    reasons: tuple[Reason, ...]
    find_out: tuple[str, ...]
    versions: Versions
    exploration: Exploration = Exploration(explored=False, propensity=1.0)

    @property
    def evidence_level(self) -> EvidenceLevel:
        """How much the past has to say: nothing where there is no estimate."""
        return "none" if self.estimate is None else self.estimate.level
