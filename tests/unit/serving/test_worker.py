"""A worker opens what answers and its log, is ready then, and closes both."""

import pytest

from features.errors import QualifoxError
from serving.edge.guard import Edge
from serving.worker import Worker


async def nothing(scope, receive, send):
    del scope, receive, send


@pytest.fixture
def environment(policy_text, tmp_path):
    place = tmp_path / "policy.yaml"
    place.write_text(policy_text, encoding="utf-8")
    return {"QUALIFOX_POLICY": str(place), "QUALIFOX_HOME": str(tmp_path)}


def test_a_worker_is_ready_once_it_is_open(environment, tmp_path):
    worker = Worker(environment)
    assert isinstance(worker.application(nothing), Edge)
    worker.open()
    try:
        assert worker.is_ready
        assert worker.app.state.log.backlog == 0
        assert [*(tmp_path / "served" / "policies").iterdir()]
        told = worker.app.state.metrics.exposition().decode()
        assert "qualifox_serving{" in told
    finally:
        worker.close()


def test_what_cannot_be_used_keeps_it_from_starting(environment):
    with pytest.raises(QualifoxError):
        Worker({**environment, "QUALIFOX_POLICY": "/nowhere/policy.yaml"}).open()
