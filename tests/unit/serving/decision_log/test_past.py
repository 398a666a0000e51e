"""Of each deal one decision counts: none after the day it closed, and none that was erased."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from serving.decision_log.log import DecisionLog
from serving.decision_log.past import logged_past
from serving.decision_log.settings import LogSettings
from tests.logged import DAY, MOMENT, asker, decided, ended

CLOSED = DAY + timedelta(days=30)


@pytest.fixture
def log(tmp_path):
    found = DecisionLog.open(LogSettings(url=f"sqlite:///{tmp_path}/d.db"))
    yield found
    found.close()


def keep(log, *records):
    async def appended():
        for record in records:
            await log.append(record)

    asyncio.run(appended())


def at(days, **more):
    return asker(at=MOMENT + timedelta(days=days), **more)


def scored(deal_id, days=0, amount=1.0, **more):
    return decided(deal_id, {"amount": amount}, who=at(days), **more)


def closed(deal_id, outcome="won", days=31, closed_on=CLOSED, **more):
    return replace(ended(deal_id, outcome, who=at(days), **more), closed_on=closed_on)


def amounts(past):
    return {deal.deal_id: deal.facts["amount"] for deal in past.deals}


def test_the_first_decision_or_the_last_before_the_closing(log):
    keep(log, *(scored("D-1", days, days + 1) for days in (0, 10, 29, 30, 40)), closed("D-1"))
    assert amounts(logged_past(log.database.reading)) == {"D-1": 1}
    assert amounts(logged_past(log.database.reading, "last")) == {"D-1": 30}


def test_what_was_told_and_the_last_word_on_the_outcome(log):
    record = scored("D-1")
    last = closed("D-1", "lost", days=33, hours=7.5)
    keep(log, record, closed("D-1", "won"), last)
    (deal,) = logged_past(log.database.reading).deals
    assert (deal.outcome, deal.closed_on, deal.hours) == ("lost", CLOSED, 7.5)
    assert (deal.decision_id, deal.decided_at, deal.as_of) == (record.id, MOMENT, DAY)
    drawn = record.decision.exploration
    assert (deal.propensity, deal.explored) == (drawn.propensity, drawn.explored)
    assert deal.p_win == record.decision.estimate.p_win
    assert (deal.model, deal.policy) == ("policy-only", record.decision.versions.policy)


def test_a_deal_scored_on_its_closing_day_or_later_may_know_how_it_ended(log):
    keep(log, scored("same day", 30), scored("later", 31), scored("before", 29))
    keep(log, *(closed(deal) for deal in ("same day", "later", "before")))
    past = logged_past(log.database.reading)
    assert (list(amounts(past)), past.too_late) == (["before"], 2)


def test_a_day_that_is_only_claimed_is_not_believed(log):
    """Facts given after the closing may know it, whatever day they are said to be of."""
    late = scored("D-1", 31)
    assert late.decision.as_of < CLOSED
    keep(log, late, closed("D-1"))
    assert logged_past(log.database.reading).too_late == 1


def test_erased_deals_are_left_out_and_counted_not_replaced_by_what_came_later(log):
    keep(log, scored("D-1"), closed("D-1"), scored("D-2"), closed("D-2"))
    log.upkeep.erase_deal("D-1", why="asked", at=datetime(2026, 3, 20, tzinfo=UTC))
    keep(log, scored("D-1", 20), closed("D-1", days=40))
    past = logged_past(log.database.reading)
    assert (list(amounts(past)), past.erased) == (["D-2"], 1)


def test_open_deals_and_outcomes_of_deals_that_nobody_asked_about(log):
    keep(log, scored("open"), scored("D-1"), closed("D-1"), closed("never"))
    keep(log, decided(None, {"amount": 1.0}, who=at(0)))
    past = logged_past(log.database.reading)
    assert (list(amounts(past)), past.never_decided) == (["D-1"], 1)
    past = logged_past(log.database.reading, with_open=True)
    assert {deal.deal_id: deal.outcome for deal in past.deals} == {"open": None, "D-1": "won"}


def test_every_page_is_read_once_whoever_asked(log, monkeypatch):
    monkeypatch.setattr("serving.decision_log.past.PAGE", 3)
    deals = [f"D-{number}" for number in range(10)]
    keep(log, *(scored(deal, number // 4) for number, deal in enumerate(deals)))
    keep(log, *(closed(deal, days=31, outcome="lost") for deal in deals))
    past = logged_past(log.database.reading)
    assert sorted(deal.deal_id for deal in past.deals) == deals
    days = [deal.decided_at for deal in past.deals]
    assert days == sorted(days)
    assert past.deals[0].as_of == date(2026, 3, 2)
