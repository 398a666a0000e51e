"""The writer against a database that is a list: outages, bad records, the end."""

import asyncio
import time
from dataclasses import replace

import pytest
from sqlalchemy.exc import DataError, OperationalError

from serving.decision_log.commit import is_outage
from serving.decision_log.entry import Entry, Written
from serving.decision_log.errors import (
    OverloadedError,
    RecordRefusedError,
    UnavailableError,
)
from serving.decision_log.settings import LogSettings
from serving.decision_log.writer import Writer
from tests.logged import ended

SETTINGS = LogSettings(url="", capacity=10, most_at_once=4, longest_pause_s=0.05)
AWAY = OperationalError("INSERT", {}, Exception("the server is away"))
BAD = DataError("INSERT", {}, Exception("too long"))


class Kept:
    """Commits into a list; ``away`` makes it fail."""

    def __init__(self):
        self.entries, self.away, self.sizes = [], False, []

    def __call__(self, batch):
        if self.away:
            raise AWAY
        if any(entry.head.deal_id == "bad" for entry in batch):
            raise BAD
        time.sleep(0.005)
        self.entries += batch
        self.sizes.append(len(batch))
        return [Written(entry.head.id) for entry in batch]


@pytest.fixture
def kept():
    return Kept()


@pytest.fixture
def writer(kept):
    writer = Writer(kept, SETTINGS)
    yield writer
    kept.away = False
    writer.close(2)


def waited(writer, *deals, patience=2.0):
    """Return what each append ended with."""

    async def one(deal):
        waiter = asyncio.get_running_loop().create_future()
        entry = Entry([ended(deal)], waiter)
        writer.put(entry)
        try:
            return await asyncio.wait_for(waiter, patience)
        finally:
            entry.abandoned = True

    async def every():
        return await asyncio.gather(*map(one, deals), return_exceptions=True)

    return asyncio.run(every())


def test_what_comes_while_it_commits_is_its_next_commit(writer, kept):
    ends = waited(writer, *map(str, range(10)))
    assert [end.id for end in ends] == [entry.head.id for entry in kept.entries]
    assert max(kept.sizes) == SETTINGS.most_at_once
    assert len(kept.sizes) < 10


def test_an_outage_is_waited_for_and_the_waiting_are_kept_in_order(writer, kept):
    kept.away = True
    entries = [Entry([ended(str(n))]) for n in range(8)]
    for entry in entries:
        writer.put(entry)
    time.sleep(0.1)
    assert (writer.is_out, kept.entries, writer.backlog) == (True, [], 8)
    kept.away = False
    assert writer.close(5)
    assert kept.entries == entries
    assert not writer.is_out


def test_who_gave_up_is_not_kept_and_makes_room(writer, kept):
    kept.away = True
    ends = waited(writer, *map(str, range(10)), patience=0.1)
    assert all(isinstance(end, TimeoutError) for end in ends)
    more = [Entry([ended("later")]) for _ in range(6)]
    for entry in more:
        writer.put(entry)
    kept.away = False
    assert writer.close(5)
    assert kept.entries == more


def test_a_full_queue_is_told_at_once(writer, kept):
    kept.away = True
    for n in range(SETTINGS.capacity):
        writer.put(Entry([ended(str(n))]))
    with pytest.raises(OverloadedError) as full:
        writer.put(Entry([ended("one too many")]))
    assert (full.value.status, full.value.headers) == (503, {"retry-after": "2"})


def test_a_bad_record_is_found_and_the_others_are_kept(writer, kept):
    ends = waited(writer, "a", "bad", "b", "c")
    assert [isinstance(end, RecordRefusedError) for end in ends] == [False, True, False, False]
    assert [entry.head.deal_id for entry in kept.entries] == ["a", "b", "c"]


def test_a_record_that_is_no_row_is_refused_and_the_writer_lives(writer, kept):
    class NoRow:
        def __call__(self, batch):
            [entry.rows() for entry in batch]
            return kept(batch)

    broken = Writer(NoRow(), SETTINGS)
    bad = Entry([replace(ended("x"), asker=None)])  # its row cannot be made
    broken.put(bad)
    broken.put(Entry([ended("y")]))
    assert broken.close(5)
    assert [entry.head.deal_id for entry in kept.entries] == ["y"]


def test_the_end_waits_for_what_waits_and_no_longer_than_it_may(kept):
    writer = Writer(kept, SETTINGS)
    for n in range(9):
        writer.put(Entry([ended(str(n))]))
    assert writer.close(5)
    assert len(kept.entries) == 9
    with pytest.raises(UnavailableError):
        writer.put(Entry([ended("late")]))
    away = Writer(kept, SETTINGS)
    kept.away = True
    away.put(Entry([ended("never")]))
    began = time.monotonic()
    away.close(0.3)
    assert time.monotonic() - began < 2
    assert Writer(kept, SETTINGS).close()


def test_what_is_an_outage():
    assert is_outage(AWAY)
    assert is_outage(OSError())
    assert not is_outage(BAD)
    assert not is_outage(UnicodeEncodeError("utf-8", "", 0, 1, ""))


def test_entries_are_queued_all_or_none(writer, kept):
    kept.away = True
    writer.put(*(Entry([ended(str(n))]) for n in range(SETTINGS.capacity - 1)))
    with pytest.raises(OverloadedError):
        writer.put(Entry([ended("one")]), Entry([ended("two")]))
    assert writer.backlog == SETTINGS.capacity - 1
    writer.put(Entry([ended("three")]))
    assert writer.backlog == SETTINGS.capacity
