"""What is added to the log: a decision, an outcome, an override, what the challenger thought."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import Table

from features.override import Override
from features.texts import Language
from models.decision import Decision, Versions
from serving.decision_log.canonical import canonical_json, new_id, packed
from serving.decision_log.tables import DECISIONS, OUTCOMES, OVERRIDES, SHADOWS

Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Who asked, and when; ``request_hash`` says what was asked, where there is a key for it."""

    at: datetime
    key_id: str | None = None
    request_id: str = ""
    idempotency_key: str | None = None
    request_hash: str | None = None

    def to_row(self) -> Row:
        """Return the columns that every row has."""
        return {
            "at": self.at,
            "key_id": self.key_id or "",
            "request_id": self.request_id,
            "idempotency_key": self.idempotency_key,
            "request_hash": self.request_hash,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Something to keep, with an id that was drawn when it was made: writing it twice is once."""

    table: ClassVar[Table]
    asker: Asker
    id: str = ""

    def __post_init__(self) -> None:
        if not self.id:
            object.__setattr__(self, "id", new_id(self.asker.at))

    def to_row(self) -> Row:
        """Return the record as a row of its table."""
        own = {one.name: getattr(self, one.name) for one in fields(self) if one.name != "asker"}
        return {**self.asker.to_row(), **own}


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRecord(Record):
    """One decision with everything it takes to make it again.

    ``facts`` and ``waivers`` are as they were given, under the policy's names; ``answer`` the
    bytes that were sent. Deals of one batch share ``batch_id``, the id of their first decision.
    """

    table: ClassVar[Table] = DECISIONS
    decision: Decision
    facts: Mapping[str, object]
    waivers: Sequence[object] = ()
    answer: bytes = field(repr=False)
    language: Language
    latency_us: int
    batch_id: str | None = None
    batch_row: int | None = None

    def to_row(self) -> Row:
        """Return the row; the slow part, packing, is done by whoever writes."""
        decision, versions = self.decision, self.decision.versions
        estimate, exploration = decision.estimate, decision.exploration
        return {
            **self.asker.to_row(),
            "id": self.id,
            "deal_id": decision.deal_id,
            "as_of": decision.as_of,
            "language": self.language,
            "facts": canonical_json(self.facts),
            "waivers": canonical_json(list(self.waivers)),
            "answer": packed(self.answer),
            **_versions(versions),
            "recommendation": decision.recommendation.value,
            "reasons": canonical_json([str(reason.code) for reason in decision.reasons]),
            "p_win": estimate.p_win if estimate else None,
            "propensity": exploration.propensity,
            "explored": exploration.explored,
            "latency_us": self.latency_us,
            "batch_id": self.batch_id,
            "batch_row": self.batch_row,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeRecord(Record):
    """How a deal ended; saying it again corrects it, and both stay."""

    table: ClassVar[Table] = OUTCOMES
    deal_id: str
    outcome: str
    closed_on: date
    hours: float | None = None
    revenue: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OverrideRecord(Record):
    """Somebody decided otherwise than was recommended."""

    table: ClassVar[Table] = OVERRIDES
    override: Override

    def to_row(self) -> Row:
        """Return the row; its deal is in the column that all tables have."""
        said = self.override
        return {
            **self.asker.to_row(),
            "id": self.id,
            "deal_id": said.deal,
            "by": said.by,
            "why": said.why,
            "decided_on": said.decided_on,
            "until": said.until,
            "recommended": said.recommended,
            "done": said.done,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class ShadowRecord(Record):
    """What the challenger would have said to a request; found by the request's id.

    ``decision`` is None where the facts do not fit the challenger's policy.
    """

    table: ClassVar[Table] = SHADOWS
    deal_id: str | None
    policy: str
    model: str | None
    decision: Decision | None

    def to_row(self) -> Row:
        """Return the row."""
        decision = self.decision
        estimate = decision.estimate if decision else None
        return {
            **self.asker.to_row(),
            "id": self.id,
            "deal_id": self.deal_id,
            "policy": self.policy,
            "model": self.model,
            "recommendation": decision.recommendation.value if decision else None,
            "p_win": estimate.p_win if estimate else None,
        }


def _versions(versions: Versions) -> Row:
    return {
        "policy": versions.policy,
        "policy_version": versions.policy_version,
        "model": versions.model,
        "matrix_schema": versions.matrix_schema,
        "code_version": versions.qualifox,
    }
