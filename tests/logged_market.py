"""A simulated market as its decision log has it: each deal scored on its day, and how it ended."""

import asyncio
from datetime import UTC, datetime, time, timedelta

from features.deal import NOT_APPLICABLE
from models.qualifier import Qualifier
from serving.decision_log.log import DecisionLog
from serving.decision_log.records import (
    Asker,
    DecisionRecord,
    OutcomeRecord,
    Record,
    ShadowRecord,
)
from serving.decision_log.settings import LogSettings
from training.deals_on_file import DealsOnFile
from training.outcomes.outcome import Outcome

NOON = time(12, tzinfo=UTC)
AT_ONCE = 400


def plain(fact):
    """Return a fact as a caller gives it."""
    if fact is NOT_APPLICABLE:
        return {"not_applicable": True}
    return fact.isoformat() if hasattr(fact, "isoformat") else fact


def records_of(on_file: DealsOnFile, qualifier: Qualifier, challenger: Qualifier | None = None):
    """Yield what a service would have kept of each deal."""
    deals = [on_file.table.deal(row) for row in range(len(on_file.table))]
    decisions = qualifier.decide(deals)
    others = challenger.decide(deals) if challenger else [None] * len(deals)
    for row, (deal, decision, other) in enumerate(zip(deals, decisions, others, strict=True)):
        asker = Asker(at=datetime.combine(deal.as_of, NOON), key_id="crm")
        kept = DecisionRecord(
            asker=asker, decision=decision, answer=b"{}", language="en", latency_us=1,
            facts={name: plain(fact) for name, fact in deal.facts.items()},
        )  # fmt: skip
        yield kept
        if challenger is not None and challenger.model is not None:
            yield ShadowRecord(
                id=kept.id, asker=asker, deal_id=deal.id, policy=challenger.policy.fingerprint,
                model=challenger.model.version, decision=other,
            )  # fmt: skip
        assert on_file.outcomes is not None
        assert on_file.closed_on is not None
        outcome = on_file.outcomes[row]
        if outcome is not Outcome.OPEN:
            closed_on = on_file.closed_on[row].astype("datetime64[D]").item()
            told = Asker(at=datetime.combine(closed_on, NOON) + timedelta(days=1), key_id="crm")
            hours = None if on_file.hours_spent is None else float(on_file.hours_spent[row])
            yield OutcomeRecord(
                asker=told, deal_id=str(deal.id), outcome=outcome.value, closed_on=closed_on,
                hours=hours,
            )  # fmt: skip


def keep_market(home, on_file, qualifier, challenger=None):
    """Write the log of a home folder as a service would have."""
    home.mkdir(parents=True, exist_ok=True)
    log = DecisionLog.open(LogSettings.of({}, home))
    records = list(records_of(on_file, qualifier, challenger))
    kinds: dict[type[Record], list[Record]] = {type(record): [] for record in records}
    for record in records:
        kinds[type(record)].append(record)

    async def appended():
        for alike in kinds.values():
            for start in range(0, len(alike), AT_ONCE):
                await log.append(*alike[start : start + AT_ONCE])

    asyncio.run(appended())
    log.close()
