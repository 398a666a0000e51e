"""Batches and the log on a real PostgreSQL."""

import pytest
from sqlalchemy import create_engine, text

from tests.batch_checks import *  # noqa: F403
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
