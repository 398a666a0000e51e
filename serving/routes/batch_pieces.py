"""Some deals of a batch read and decided, each with its answer as bytes or its problems."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from time import perf_counter_ns
from typing import Any, cast

from features.deal import Deal
from features.policy import Policy
from features.texts import Language
from models.decision import Decision
from models.qualifier import Qualifier
from serving.decision_log.replay import rendered
from serving.metrics import Metrics, unknown_in, unseen_in
from serving.routes.asked import today
from serving.routes.deals_body import DealsBody, Problems


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A deal of a batch as it was given and read, and what was concluded and is told."""

    row: int
    given: Mapping[str, Any]
    deal: Deal
    decision: Decision
    answer: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Deals of a batch decided together: ``at`` is when, ``share_us`` what each took of it."""

    at: datetime
    policy: Policy
    language: Language
    answered: Sequence[Answered]
    problems: Mapping[int, Problems]
    share_us: int


def decided(
    qualifier: Qualifier,
    body: DealsBody,
    query: Mapping[str, str],
    language: Language,
    rows: Sequence[int],
) -> Piece:
    """Decide about some rows of a batch; the service is an edge, so it may read the clock."""
    at, started = datetime.now(UTC), perf_counter_ns()
    given = [body.deals[row] for row in rows]
    read = DealsBody(given, {}).read(qualifier.policy, query, today=today())
    deals = {row: one for row, one in zip(rows, read, strict=True) if isinstance(one, Deal)}
    decisions = qualifier.decide(list(deals.values())) if deals else []
    answered = [
        Answered(
            row=row,
            given=cast("Mapping[str, Any]", body.deals[row]),
            deal=deals[row],
            decision=decision,
            answer=rendered(decision, qualifier.policy, language),
        )
        for row, decision in zip(deals, decisions, strict=True)
    ]
    return Piece(
        at=at,
        policy=qualifier.policy,
        language=language,
        answered=answered,
        problems={r: one for r, one in zip(rows, read, strict=True) if not isinstance(one, Deal)},
        share_us=(perf_counter_ns() - started) // 1_000 // len(rows),
    )


def count(figures: Metrics | None, qualifier: Qualifier, answered: Sequence[Answered]) -> None:
    """Count what was decided, where there are figures."""
    if figures is None or not answered:
        return
    decisions = [one.decision for one in answered]
    figures.decided(
        [one.recommendation for one in decisions],
        unknown=unknown_in(qualifier.policy, [one.deal for one in answered]),
        unseen=unseen_in(decisions),
    )
