"""What is learned from the log, read from a real PostgreSQL: the same as from a file."""

import pytest
from sqlalchemy import create_engine, text

from serving.decision_log.database import open_database
from serving.decision_log.log import DecisionLog
from serving.decision_log.migration import migrate
from serving.decision_log.settings import LogSettings
from tests.postgresql_server import needs_postgresql, postgresql
from tests.unit.serving.decision_log.test_past import *  # noqa: F403
from tests.unit.serving.decision_log.test_shadows import (  # noqa: F401
    test_both_stand_side_by_side_with_the_last_word_on_the_outcome,
    test_days_are_asked_for_from_the_first_to_before_the_last,
    test_what_was_erased_is_compared_no_more,
    test_writing_it_twice_is_once,
)

pytestmark = needs_postgresql


@pytest.fixture(scope="module")
def migrated():
    with postgresql() as server:
        engine = create_engine(server.url(), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text("CREATE DATABASE past"))
        engine.dispose()
        database = open_database(server.url("past"))
        migrate(database.writing)
        database.close()
        yield server.url("past")


@pytest.fixture  # type: ignore[no-redef]  # takes the place of the one on SQLite
def log(migrated):
    found = DecisionLog.open(LogSettings(url=migrated))
    yield found
    with found.database.writing.begin() as connection:
        for table in ("decisions", "outcomes", "overrides", "shadows"):
            connection.execute(text(f"TRUNCATE {table}"))
    found.close()
