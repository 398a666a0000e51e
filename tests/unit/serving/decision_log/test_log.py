"""The log on SQLite: all that it promises, and what only a file can do."""

import asyncio
import sqlite3
import threading
import time

import pytest

from serving.decision_log.errors import UnavailableError
from serving.decision_log.log import DecisionLog
from serving.decision_log.settings import LogSettings
from serving.decision_log.upkeep import count_rows
from tests.log_checks import *  # noqa: F403
from tests.log_checks import append
from tests.logged import MOMENT, decided, ended


@pytest.fixture
def log_url(tmp_path):
    return f"sqlite:///{tmp_path / 'home' / 'decisions.db'}"


def test_what_is_erased_is_gone_from_the_file(log, tmp_path):
    secret = "Zoé Kerandec-Unmistakable"
    append(log, decided("D-1", facts={"source": secret}))
    append(log, decided("D-2"))
    place = tmp_path / "home" / "decisions.db"
    assert secret.encode() in place.read_bytes()
    log.upkeep.erase_deal("D-1", why="w", at=MOMENT)
    assert secret.encode() not in place.read_bytes()


def test_a_file_that_another_program_holds_is_waited_for(log_url, tmp_path):
    log = DecisionLog.open(LogSettings(url=log_url, patience_s=0.2))
    append(log, ended("D-0"))
    holder = sqlite3.connect(tmp_path / "home" / "decisions.db", isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    with pytest.raises(UnavailableError) as later:
        append(log, ended("D-1"))
    assert later.value.headers == {"retry-after": "2"}
    holder.execute("ROLLBACK")
    for _ in range(100):
        try:
            append(log, ended("D-2"))
            break
        except UnavailableError:
            continue
    assert log.close()
    kept = sqlite3.connect(tmp_path / "home" / "decisions.db")
    deals = [deal for (deal,) in kept.execute("SELECT deal_id FROM outcomes")]
    assert deals.count("D-0") == 1
    assert deals.count("D-2") >= 1
    assert deals.count("D-1") <= 1  # not acknowledged: it may be there, whole, but not twice


def test_a_full_disk_is_an_outage_and_nothing_is_half_written(log_url):
    log = DecisionLog.open(LogSettings(url=log_url, patience_s=0.3))
    append(log, decided("D-0"))
    with log.database.writing.connect() as connection:
        (pages,) = connection.exec_driver_sql("PRAGMA page_count").one()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
    batch = [decided(f"B-{n}") for n in range(200)]
    with pytest.raises(UnavailableError):
        append(log, *batch)
    assert log.writer.is_out
    assert count_rows(log.database)["decisions"] == 1
    time.sleep(1.1)
    with log.database.writing.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count=100000")
    log.settings = LogSettings(url=log_url, patience_s=20)
    append(log, decided("D-1"))
    assert log.is_writable
    assert log.close()


def test_asynchronous_answers_say_that_they_are_not_safe_yet(log_url):
    log = DecisionLog.open(LogSettings(url=log_url, async_ack=True))
    record = decided()
    assert not append(log, record).durable
    log.note(decided("D-9"))
    assert log.close()
    again = DecisionLog.open(LogSettings(url=log_url))
    (kept,) = again.reader.decisions_of("D-7")
    assert (kept.id, kept.answer) == (record.id, record.answer)
    assert count_rows(again.database)["decisions"] == 2
    again.close()


def test_several_processes_may_start_on_a_file_that_is_not_there(log_url):
    logs, barrier = [], threading.Barrier(4)

    def start():
        barrier.wait()
        logs.append(DecisionLog.open(LogSettings(url=log_url)))

    threads = [threading.Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(logs) == 4
    for number, log in enumerate(logs):
        append(log, ended(f"D-{number}"))
    assert count_rows(logs[0].database)["outcomes"] == 4
    assert all(log.close() for log in logs)


def test_a_request_that_is_cancelled_leaves_the_writer_well(log):
    async def cancelled():
        task = asyncio.ensure_future(log.append(ended("D-1")))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        return await log.append(ended("D-2"))

    assert asyncio.run(cancelled()).durable
    assert count_rows(log.database)["outcomes"] in {1, 2}
