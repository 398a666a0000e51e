"""The log on a real PostgreSQL: the same promises, and the server taken away under load."""

import asyncio
import threading
import time
from collections import Counter

import pytest
from sqlalchemy import create_engine, select, text

from serving.decision_log.database import open_database
from serving.decision_log.errors import LaterError, LogError, UnreadableError
from serving.decision_log.log import DecisionLog
from serving.decision_log.migration import migrate
from serving.decision_log.settings import LogSettings
from serving.decision_log.tables import OUTCOMES
from tests.integration.test_log_killed import KILLS, kill
from tests.log_checks import *  # noqa: F403
from tests.logged import asker, decided, ended
from tests.postgresql_server import PASSWORD, needs_postgresql, postgresql

pytestmark = needs_postgresql


@pytest.fixture(scope="module")
def server():
    with postgresql() as server:
        yield server


@pytest.fixture
def log_url(server, request):
    """Return an empty database of the test's own."""
    name = f"log_{abs(hash(request.node.name))}"
    engine = create_engine(server.url(), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return server.url(name)


@pytest.fixture
def migrated(log_url):
    database = open_database(log_url)
    migrate(database.writing)
    database.close()
    return log_url


def taken_away(server, *, after_s, for_s):
    """Take the server away in a while, for a while; join what is returned."""

    def away():
        time.sleep(after_s)
        server.stop()
        time.sleep(for_s)
        server.start()

    thread = threading.Thread(target=away)
    thread.start()
    return thread


def test_while_the_server_is_away_nothing_acknowledged_is_lost_or_kept_twice(server, migrated):
    log = DecisionLog.open(LogSettings(url=migrated, patience_s=0.5))
    acknowledged, refused = [], []
    away = taken_away(server, after_s=0.7, for_s=1.5)

    async def appender(number):
        count = 0
        while away.is_alive() or count < 5:
            count += 1
            key = f"{number}-{count}"
            while True:  # as a client does: again, with the same key, until it is answered
                who = asker("k", idempotency_key=key, request_hash="h")
                try:
                    written = await log.append(ended(key, who=who))
                except LaterError as later:
                    refused.append(later)
                    await asyncio.sleep(0.05)
                else:
                    acknowledged.append((key, written.id))
                    break

    async def load():
        await asyncio.gather(*map(appender, range(16)))

    asyncio.run(load())
    away.join()
    assert refused
    assert all(error.status == 503 and error.headers["retry-after"] for error in refused)
    with log.database.reading.connect() as connection:
        rows = connection.execute(select(OUTCOMES.c.deal_id, OUTCOMES.c.id)).all()
    kept = {row.deal_id: row.id for row in rows}
    assert Counter(row.deal_id for row in rows).most_common(1)[0][1] == 1
    assert len(acknowledged) > 100
    assert all(kept[key] == written for key, written in acknowledged)
    assert set(kept) == {key for key, _ in acknowledged}
    assert log.is_writable
    assert log.close()


def test_writers_killed_while_the_server_comes_and_goes_lose_nothing(server, migrated):
    over, outages = threading.Event(), []

    def come_and_go():
        while not over.wait(0.5):
            server.stop()
            time.sleep(0.3)
            server.start()
            outages.append(1)

    thread = threading.Thread(target=come_and_go)
    thread.start()
    try:
        said = kill(migrated, KILLS)
    finally:
        over.set()
        thread.join()
    assert len(outages) > 2
    assert (said["lost"], said["twice"]) == (0, 0)
    assert said["acknowledged"] > 20 * int(KILLS)


def test_a_server_that_is_not_there_is_told_without_its_password(server):
    url = server.url().replace(str(server.port), "1")
    log = DecisionLog(open_database(url), LogSettings(url=url, patience_s=0.3))
    with pytest.raises(LaterError):
        asyncio.run(log.append(decided()))
    assert not log.is_writable
    with pytest.raises(UnreadableError) as unreadable:
        log.reader.decision("d")
    assert (unreadable.value.status, unreadable.value.headers) == (503, {"retry-after": "2"})
    log.close(0.1)
    with pytest.raises(LogError, match="is the database there") as unreachable:
        DecisionLog.open(LogSettings(url=url))
    assert PASSWORD not in str(unreachable.value)
    with pytest.raises(LogError) as refused:
        open_database(url.replace("+psycopg", "+nothing"))
    assert PASSWORD not in str(refused.value)
