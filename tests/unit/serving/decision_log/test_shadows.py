"""What a challenger said is found by its decision, beside the answer and the outcome."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from serving.decision_log.log import DecisionLog
from serving.decision_log.records import ShadowRecord
from serving.decision_log.settings import LogSettings
from serving.decision_log.shadows import shadow_of_decision, shadowed_deals
from tests.logged import MOMENT, asker, decided, ended


@pytest.fixture
def log(tmp_path):
    found = DecisionLog.open(LogSettings(url=f"sqlite:///{tmp_path}/d.db"))
    yield found
    found.close()


def shadow_of(record, **more):
    told = {"policy": "p", "model": "m2", "decision": record.decision}
    return ShadowRecord(
        id=record.id, asker=record.asker, deal_id=record.decision.deal_id, **{**told, **more}
    )


def keep(log, *records):
    async def appended():
        for record in records:
            await log.append(record)

    asyncio.run(appended())


def test_both_stand_side_by_side_with_the_last_word_on_the_outcome(log):
    first, second = decided("D-1"), decided("D-2", who=asker(at=MOMENT + timedelta(days=1)))
    keep(
        log,
        first,
        second,
        decided("nobody asked"),
        shadow_of(first),
        shadow_of(second, decision=None),
    )
    keep(log, ended("D-1", "won"), ended("D-1", "lost", who=asker(at=MOMENT + timedelta(1))))
    one, other = shadowed_deals(log.database.reading)
    assert (one.decision_id, one.deal_id, one.outcome) == (first.id, "D-1", "lost")
    assert (one.champion, one.challenger) == ("policy-only", "m2")
    assert (one.answered, one.said) == (first.decision.recommendation.value,) * 2
    assert (one.answered_p_win, one.said_p_win) == (first.decision.estimate.p_win,) * 2
    assert (other.said, other.said_p_win, other.outcome) == (None, None, None)
    found = shadow_of_decision(log.database.reading, first.id)
    assert found is not None
    assert found.model == "m2"
    assert shadow_of_decision(log.database.reading, "else") is None


def test_days_are_asked_for_from_the_first_to_before_the_last(log, monkeypatch):
    monkeypatch.setattr("serving.decision_log.past.PAGE", 2)
    records = [decided(f"D-{n}", who=asker(at=MOMENT + timedelta(days=n))) for n in range(5)]
    keep(log, *records, *map(shadow_of, records))
    days = [MOMENT + timedelta(days=n) for n in (1, 4)]
    found = [deal.deal_id for deal in shadowed_deals(log.database.reading, *days)]
    assert found == ["D-1", "D-2", "D-3"]


def test_what_was_erased_is_compared_no_more(log):
    record = decided("D-1")
    keep(log, record, shadow_of(record))
    assert len([*shadowed_deals(log.database.reading)]) == 1
    log.upkeep.erase_deal("D-1", why="asked", at=datetime(2026, 4, 1, tzinfo=UTC))
    assert not [*shadowed_deals(log.database.reading)]


def test_writing_it_twice_is_once(log):
    record = decided("D-1")
    keep(log, record, shadow_of(record), replace(shadow_of(record), model="m3"))
    (one,) = shadowed_deals(log.database.reading)
    assert one.challenger == "m2"
