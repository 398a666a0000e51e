"""A decision as the log has it: what was asked, what was answered, and by what."""

import json
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row

from features.texts import Language
from serving.decision_log.canonical import read_json, unpacked


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDecision:
    """One row of the log; ``facts`` and ``answer`` are None where they were erased."""

    id: str
    at: datetime
    key_id: str
    request_id: str
    request_hash: str | None
    deal_id: str | None
    as_of: date
    language: Language
    facts: dict[str, Any] | None
    waivers: list[Any]
    answer: bytes | None = field(repr=False)
    policy: str
    policy_version: str | None
    model: str | None
    matrix_schema: str | None
    code_version: str
    recommendation: str
    reasons: list[str]
    p_win: float | None
    propensity: float
    explored: bool
    latency_us: int
    batch_id: str | None
    batch_row: int | None
    erased_at: datetime | None
    erased_why: str | None

    @staticmethod
    def of(row: "Row[Any]") -> "StoredDecision":
        """Return the decision that a row of the table holds."""
        kept = dict(row._mapping)  # noqa: SLF001 (SQLAlchemy's name for it)
        del kept["idempotency_key"]
        return StoredDecision(
            **{
                **kept,
                "facts": read_json(kept["facts"]),
                "waivers": read_json(kept["waivers"]) or [],
                "answer": None if kept["answer"] is None else unpacked(kept["answer"]),
                "reasons": read_json(kept["reasons"]),
            }
        )

    @property
    def is_erased(self) -> bool:
        """Whether only what was concluded is left."""
        return self.erased_at is not None

    def to_data(self) -> dict[str, Any]:
        """Return it as plain data, for JSON."""
        return {
            "id": self.id,
            "at": self.at.isoformat(),
            "deal": self.deal_id,
            "as_of": self.as_of.isoformat(),
            "language": self.language,
            "recommendation": self.recommendation,
            "reasons": self.reasons,
            "p_win": self.p_win,
            "exploration": {"explored": self.explored, "propensity": self.propensity},
            "facts": self.facts,
            "waivers": self.waivers,
            "versions": self.versions(),
            "latency_us": self.latency_us,
            "request_id": self.request_id,
            "key_id": self.key_id or None,
            "batch": None if self.batch_id is None else [self.batch_id, self.batch_row],
            "erased": self._erased(),
            "answer": None if self.answer is None else json.loads(self.answer),
        }

    def versions(self) -> dict[str, str | None]:
        """Return what exactly answered, under the names of the answer."""
        return versions_of(self)

    def _erased(self) -> dict[str, str | None] | None:
        if self.erased_at is None:
            return None
        return {"at": self.erased_at.isoformat(), "why": self.erased_why}


def versions_of(row: Any) -> dict[str, str | None]:
    """Return what exactly answered, of a row or a decision, under the names of the answer."""
    return {
        "qualifox": row.code_version,
        "policy": row.policy,
        "policy_version": row.policy_version,
        "model": row.model,
        "schema": row.matrix_schema,
    }
