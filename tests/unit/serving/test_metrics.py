"""Figures have bounded labels, tell what answers now, and add up over workers."""

import os
import re
import subprocess
import sys
from dataclasses import replace

import pytest
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from models.decision import Recommendation, Versions
from serving.edge.visit import Visit
from serving.metrics import MOST_FIELDS, Metrics, forget_dead, metrics

VERSIONS = Versions(
    qualifox="0.1.0", policy="p1", policy_version=None, model="m1", matrix_schema="s1"
)


class Clock:
    """A clock that a test moves."""

    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture(autouse=True)
def one_process(monkeypatch):
    monkeypatch.delenv("PROMETHEUS_MULTIPROC_DIR", raising=False)


def samples(figures, name):
    """Return the samples of a metric by their labels."""
    found = re.findall(
        rf"^{name}(?:{{(.*)}})? (\S+)$", figures.exposition().decode(), re.MULTILINE
    )
    return {labels: float(value) for labels, value in found}


def visit(route="/v1/score", status=200):
    return Visit(request_id="r", method="POST", route=route, status=status)


def test_requests_are_counted_by_route_and_status_and_problems_by_status():
    figures = Metrics()
    for status in (200, 200, 422, 503):
        figures.visited(visit(status=status), 0.003)
    assert samples(figures, "qualifox_requests_total") == {
        'route="/v1/score",status="200"': 2,
        'route="/v1/score",status="422"': 1,
        'route="/v1/score",status="503"': 1,
    }
    assert samples(figures, "qualifox_problems_total") == {'status="422"': 1, 'status="503"': 1}
    assert samples(figures, "qualifox_request_seconds_count") == {'route="/v1/score"': 4}
    buckets = samples(figures, "qualifox_request_seconds_bucket")
    assert buckets['le="0.002",route="/v1/score"'] == 0
    assert buckets['le="0.005",route="/v1/score"'] == 4


def test_three_hundred_paths_that_are_not_there_add_one_route(tmp_path):
    from serving.edge.access_log import AccessLog
    from serving.edge.door import Door
    from serving.edge.guard import Edge, EdgeParts
    from serving.keys.keyring import Keyring

    figures = Metrics()
    parts = EdgeParts(
        door=Door(Keyring(tmp_path / "keys.json")), log=AccessLog(str), figures=figures
    )
    client = TestClient(
        Edge(Starlette(), parts), base_url="http://127.0.0.1", client=("127.0.0.1", 1)
    )
    client.get("/nothing")
    before = figures.exposition().count(b"\n")
    for number in range(300):
        client.request(f"M{number}", f"/nothing/{number}")
    assert figures.exposition().count(b"\n") == before
    assert samples(figures, "qualifox_problems_total") == {'status="404"': 301}


def test_answers_are_counted_and_unknown_facts_once_a_second():
    clock = Clock()
    figures = Metrics(ticks=clock)
    go, no_go = Recommendation.GO, Recommendation.NO_GO
    figures.decided([go, go, no_go], unknown={"amount": 2}, unseen={"source": 1})
    assert samples(figures, "qualifox_recommendations_total") == {
        'recommendation="go"': 2, 'recommendation="no_go"': 1,
    }  # fmt: skip
    assert samples(figures, "qualifox_unknown_facts_total") == {'field="amount"': 2}
    assert samples(figures, "qualifox_unseen_facts_total") == {'field="source"': 1}
    figures.decided([], unknown={"amount": 1})
    counter = figures._unknown_facts.labels("amount")
    figures.visited(visit(), 0.1)
    assert counter._value.get() == 2
    clock.now = 1.0
    figures.visited(visit(), 0.1)
    assert counter._value.get() == 3


def test_there_is_a_most_of_fields_whatever_policies_come():
    figures = Metrics()
    for number in range(MOST_FIELDS + 50):
        figures.decided([], unknown={f"f{number}": 1})
    found = samples(figures, "qualifox_unknown_facts_total")
    assert len(found) == MOST_FIELDS + 1
    assert found['field="other"'] == 50


def test_only_what_answers_now_is_told_after_many_changes():
    figures = Metrics()
    for number in range(20):
        figures.answers_with(replace(VERSIONS, model=f"m{number}"))
    (labels,) = samples(figures, "qualifox_serving")
    assert 'model="m19"' in labels
    assert 'policy_version=""' in labels
    figures.answers_with(replace(VERSIONS, model="m3"))
    (labels,) = samples(figures, "qualifox_serving")
    assert 'model="m3"' in labels


def test_what_waits_to_be_logged_is_asked_for_and_models_refused_are_counted():
    figures = Metrics()
    figures.watch_backlog(lambda: 3)
    figures.watch_backlog(lambda: 4)
    figures.refused_model()
    assert samples(figures, "qualifox_log_backlog") == {"": 7}
    assert samples(figures, "qualifox_refused_models_total") == {"": 1}


def test_the_route_tells_them():
    app = Starlette(routes=[Route("/metrics", metrics)])
    app.state.metrics = Metrics()
    reply = TestClient(app).get("/metrics")
    assert "# TYPE qualifox_request_seconds histogram" in reply.text
    assert reply.headers["content-type"].startswith("text/plain")


WORKER = """
import sys
from serving.metrics import Metrics
from serving.edge.visit import Visit
from models.decision import Versions
figures = Metrics()
figures.visited(Visit(request_id="r", method="GET", route="/livez", status=200), 0.1)
figures.watch_backlog(lambda: 5)
for model in ("old", "new"):
    figures.answers_with(
        Versions(qualifox="1", policy="p", policy_version=None, model=model, matrix_schema=None)
    )
print(figures.exposition().decode())
sys.stdin.read(1)
"""


def test_any_worker_tells_the_figures_of_all(tmp_path):
    environment = {**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}
    first = subprocess.Popen(
        [sys.executable, "-c", WORKER], env=environment, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    try:
        assert first.stdout
        while not first.stdout.readline().startswith("qualifox_log_backlog"):
            pass
        second = subprocess.run(
            [sys.executable, "-c", WORKER], env=environment, text=True, input="x",
            capture_output=True, check=True,
        )  # fmt: skip
    finally:
        first.communicate("x")
    assert 'qualifox_requests_total{route="/livez",status="200"} 2.0' in second.stdout
    assert "qualifox_log_backlog 10.0" in second.stdout
    assert 'model="new"' in second.stdout
    assert 'model="old"' not in second.stdout


def test_a_worker_that_was_killed_is_forgotten_and_what_it_counted_stays(tmp_path, monkeypatch):
    environment = {**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER], env=environment, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert worker.stdout
    while not worker.stdout.readline().startswith("qualifox_log_backlog"):
        pass
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path))
    assert samples(Metrics(), "qualifox_log_backlog") == {"": 5}
    assert len(samples(Metrics(), "qualifox_serving")) == 1
    worker.kill()
    worker.communicate()
    assert samples(Metrics(), "qualifox_log_backlog") == {}
    assert samples(Metrics(), "qualifox_serving") == {}
    assert samples(Metrics(), "qualifox_requests_total") == {'route="/livez",status="200"': 1}


def test_only_gauges_of_the_dead_are_dropped(tmp_path):
    ended = subprocess.Popen(["true"])
    ended.wait()
    names = [
        f"gauge_livemax_{os.getpid()}.db", "gauge_livemax_1.db", "gauge_livemax_x.db",
        f"counter_{ended.pid}.db", f"gauge_livemax_{ended.pid}.db",
    ]  # fmt: skip
    for name in names:
        (tmp_path / name).write_bytes(b"")
    forget_dead(tmp_path)
    assert sorted(place.name for place in tmp_path.iterdir()) == sorted(names[:-1])
