"""What the challenger would have said to a request, kept beside the decision that was answered.

A deal is offered after its answer has been kept, and never waited for. What the challenger says
has the id of the decision it is about.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from features.deal import Deal
from features.facts import deal_from_facts
from features.policy import Policy, waivers_of
from serving.champion.shadow import Lost, Shadow, Shadowed
from serving.decision_log.errors import OverloadedError, UnavailableError
from serving.decision_log.log import DecisionLog
from serving.decision_log.records import Asker, DecisionRecord, ShadowRecord
from serving.routes.keeping import DECISION
from serving.shadow_figures import Said, ShadowFigures

MOST_IN_LINE = 500
"""Records that wait for the disk; where there are more, the challenger's are left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A decision that was answered: its id, whose it is, and the deal as it was given."""

    id: str
    asker: Asker
    deal_id: str | None
    as_of: date
    facts: Any
    waivers: Any

    @staticmethod
    def of(record: DecisionRecord) -> "Asked":
        """Return what it takes to ask again; the answer is not held on to."""
        return Asked(
            id=record.id,
            asker=replace(record.asker, idempotency_key=None, request_hash=None),
            deal_id=record.decision.deal_id,
            as_of=record.decision.as_of,
            facts=record.facts,
            waivers=record.waivers,
        )

    def deal(self, policy: Policy) -> Deal:
        """Return the deal under a policy; raises `FactsError` where it does not fit."""
        return deal_from_facts(
            self.facts,
            policy.fields,
            as_of=self.as_of,
            deal_id=self.deal_id,
            waivers=waivers_of(list(self.waivers) or None, policy),
        )


def offer(request: Request, record: DecisionRecord, reply: Response) -> None:
    """Offer a deal to the challenger, once its answer is kept; not one that was kept before."""
    if _shadow(request) is not None and reply.headers.get(DECISION) == record.id:
        offer_kept(request, record)


def offer_kept(request: Request, *records: DecisionRecord) -> None:
    """Offer deals whose answers have been kept just now, like those of a batch."""
    shadow = _shadow(request)
    if shadow is None:
        return
    for record in records:
        asked = Asked.of(record)
        shadow.ask(asked, record.decision, asked.deal)


def _shadow(request: Request) -> Shadow[Asked] | None:
    """Return the shadow where there is a challenger to ask."""
    shadow: Shadow[Asked] | None = getattr(request.app.state, "shadow", None)
    return None if shadow is None or shadow.champion.challenger is None else shadow


def shadow_of(state: Any) -> Shadow[Asked]:
    """Return the shadow of a service, which keeps and counts through the service's ``state``.

    ``state.champion`` is there; the log and the figures may come later.
    """
    return Shadow(state.champion, partial(_heard, state), partial(_lost, state))


def _heard(state: Any, said: Sequence[Shadowed[Asked]]) -> bool:
    figures: ShadowFigures | None = getattr(state, "shadow_figures", None)
    if figures is not None:
        for one in said:
            figures.said(_said(one))
    log: DecisionLog | None = getattr(state, "log", None)
    if log is None or not log.is_writable or log.backlog > MOST_IN_LINE:
        return False
    try:
        log.note(*map(_record, said))
    except (OverloadedError, UnavailableError):
        return False
    return True


def _record(said: Shadowed[Asked]) -> ShadowRecord:
    asked, challenger = said.about, said.challenger
    return ShadowRecord(
        id=asked.id,
        asker=asked.asker,
        deal_id=asked.deal_id,
        policy=challenger.policy,
        model=challenger.version,
        decision=said.decision,
    )


def _said(said: Shadowed[Asked]) -> Said:
    if said.decision is None:
        return "unreadable"
    same = said.decision.recommendation is said.answered.recommendation
    return "same" if same else "other"


def _lost(state: Any, why: Lost, deals: int) -> None:
    figures: ShadowFigures | None = getattr(state, "shadow_figures", None)
    if figures is not None:
        figures.lost(why, deals)
