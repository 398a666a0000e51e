"""Batches and the log on SQLite; tests/integration/test_batch_postgresql.py is on PostgreSQL."""

import pytest

from tests.batch_checks import *  # noqa: F403
from tests.unit.serving.test_openapi import validator


@pytest.fixture
def log_url(tmp_path):
    return f"sqlite:///{tmp_path / 'home' / 'decisions.db'}"


def test_what_is_told_fits_the_document(caller):
    for _ in range(2):
        validator("BatchAnswer").validate(caller.send(key="b").json())
