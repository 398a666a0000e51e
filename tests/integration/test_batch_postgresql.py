"""Batches and the log on a real PostgreSQL: what its locks and its types could make different."""

import os

import pytest
from sqlalchemy import create_engine, text

from tests.batch_checks import (  # noqa: F401 (fixtures and checks)
    caller,
    log,
    small_pieces,
    test_a_batch_that_breaks_off_is_completed_and_each_row_is_kept_once,
    test_a_key_belongs_to_one_request_and_to_whoever_sent_it,
    test_an_erased_row_is_gone_by_itself,
    test_many_who_send_one_batch_at_once_get_the_same,
    test_of_two_batches_with_one_key_at_once_one_is_told,
    test_rows_that_were_pruned_are_not_decided_again_while_others_are_kept,
    test_two_processes_that_get_a_batch_at_once_agree,
)
from tests.integration.test_batch_killed import ROUNDS, kill
from tests.postgresql_server import needs_postgresql, postgresql

pytestmark = needs_postgresql


@pytest.fixture(scope="module")
def server():
    with postgresql() as server:
        yield server


@pytest.fixture
def log_url(server, request):
    """Return an empty database of the test's own."""
    name = f"batch_{abs(hash(request.node.name))}"
    engine = create_engine(server.url(), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return server.url(name)


@pytest.mark.skipif("QUALIFOX_KILLS" not in os.environ, reason="SQLite's does it every time")
def test_a_killed_batch_is_completed_and_what_was_told_stands(log, log_url):  # noqa: F811
    said = kill(log_url, ROUNDS)["kept"]
    assert (said["changed"], said["twice"], said["untold"]) == (0, 0, 0)
    assert said["rows"] == said["expected"]
