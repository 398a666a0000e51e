"""Batches and the log on SQLite; tests/integration/test_batch_postgresql.py is on PostgreSQL."""

import pytest

from tests.batch_checks import *  # noqa: F403


@pytest.fixture
def log_url(tmp_path):
    return f"sqlite:///{tmp_path / 'home' / 'decisions.db'}"
