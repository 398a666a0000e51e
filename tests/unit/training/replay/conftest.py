"""The replay of the small past, made once."""

import pytest

from tests.unit.training.replay.small_past import replayed


@pytest.fixture(scope="session")
def found(tmp_path_factory):
    return replayed(tmp_path_factory.mktemp("past"))
