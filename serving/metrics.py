"""What is measured: latencies, answers, what they lacked, versions, and what waits to be logged.

Every label has a value out of a bounded set: a template of a route, a status, a recommendation, a
field of the policy. What costs too much for every request (a counter for each unknown fact) is
summed in memory and handed on once a second.

Under ``bentoml serve`` the workers share a folder, which it names in ``PROMETHEUS_MULTIPROC_DIR``;
any of them tells the figures of all.
"""

import os
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import prometheus_client as prometheus
from prometheus_client.metrics_core import Metric
from prometheus_client.multiprocess import MultiProcessCollector
from starlette.requests import Request
from starlette.responses import Response

from features.deal import Deal
from features.policy import Policy
from models.decision import Decision, Recommendation, Versions
from serving.edge.visit import Visit

ALL_WORKERS = "PROMETHEUS_MULTIPROC_DIR"
EVERY_SECONDS = 1.0
FIRST_ERROR = 400
BUCKETS = (0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 30)
"""Seconds: an answer about one deal takes a few milliseconds, a batch many seconds."""
MOST_FIELDS = 1000
"""Fields that are counted each by its name; more than any policy has."""
OTHER = "other"
_OF_WORKER = re.compile(r"gauge_live[a-z]+_(\d{1,9})\.db")
Backlog = Callable[[], float]
Children = tuple[prometheus.Histogram, prometheus.Counter]


class Metrics:
    """The figures of one process; made when a service starts, never by an import."""

    def __init__(
        self,
        registry: prometheus.CollectorRegistry | None = None,
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        self.registry = registry or prometheus.CollectorRegistry()
        self._ticks, self._handed_on = ticks, ticks()
        self._unknown: Counter[str] = Counter()
        self._unseen: Counter[str] = Counter()
        self._fields: set[str] = set()
        self._backlogs: list[Backlog] = []
        self._children: dict[tuple[str, int], Children] = {}
        self._answers: Versions | None = None
        self._make()

    def visited(self, visit: Visit, seconds: float) -> None:
        """Count a request that is over."""
        latency, requests = self._of(visit.route, visit.status)
        latency.observe(seconds)
        requests.inc()
        if visit.status >= FIRST_ERROR:
            self._problems.labels(str(visit.status)).inc()
        self._hand_on()

    def decided(
        self,
        recommendations: Iterable[Recommendation],
        *,
        unknown: Mapping[str, int],
        unseen: Mapping[str, int] | None = None,
    ) -> None:
        """Count answers: the recommendations, and how many of the deals lacked which fact.

        ``unseen`` says in how many deals a fact was unlike those of all closed deals.
        """
        for recommendation, deals in Counter(recommendations).items():
            self._recommendations.labels(recommendation.value).inc(deals)
        self._unknown.update({self._counted(name): n for name, n in unknown.items()})
        self._unseen.update({self._counted(name): n for name, n in (unseen or {}).items()})

    def answers_with(self, versions: Versions) -> None:
        """Say what answers from now on; what answered before is no longer told."""
        if versions == self._answers:
            return
        if self._answers is not None:
            self._info.labels(*_labels(self._answers)).set(0)
        self._info.labels(*_labels(versions)).set(1)
        self._answers = versions

    def watch_backlog(self, backlog: Backlog) -> None:
        """Tell how many decisions wait to be logged; asked at most once a second."""
        self._backlogs.append(backlog)

    def refused_model(self) -> None:
        """Count a model that was found bad and not taken up."""
        self._refused.inc()

    def exposition(self) -> bytes:
        """Return the figures of all workers, in the text format of Prometheus."""
        self._hand_on(now=True)
        if ALL_WORKERS not in os.environ:
            return prometheus.generate_latest(_Current(self.registry))
        forget_dead(Path(os.environ[ALL_WORKERS]))
        everybody = prometheus.CollectorRegistry()
        MultiProcessCollector(everybody)  # type: ignore[no-untyped-call]
        return prometheus.generate_latest(_Current(everybody))

    def _of(self, route: str, status: int) -> Children:
        """Return the two that each request counts in, looked up once: looking takes a lock."""
        found = self._children.get((route, status))
        if found is None:
            latency = self._seconds.labels(route)
            found = latency, self._requests.labels(route, str(status))
            self._children[route, status] = found
        return found

    def _make(self) -> None:
        self._seconds = prometheus.Histogram(
            "qualifox_request_seconds",
            "Seconds from the request to the end of the answer, by route.",
            ["route"],
            buckets=BUCKETS,
            registry=self.registry,
        )
        self._requests = self._counter(
            "requests", "Requests by route and status.", "route", "status"
        )
        self._problems = self._counter("problems", "Answers that are errors, by status.", "status")
        self._recommendations = self._counter(
            "recommendations", "Deals by what was recommended.", "recommendation"
        )
        self._unknown_facts = self._counter(
            "unknown_facts", "Deals in which a fact was unknown, by field.", "field"
        )
        self._unseen_facts = self._counter(
            "unseen_facts", "Deals in which a fact was unlike all closed deals, by field.", "field"
        )
        self._refused = self._counter("refused_models", "Models found bad and not taken up.")
        self._info = self._gauge(
            "serving", "1 for what answers now.", "livemax", *Versions.__dataclass_fields__
        )
        self._backlog = self._gauge("log_backlog", "Decisions that wait to be logged.", "livesum")

    def _counter(self, name: str, help_: str, *labels: str) -> prometheus.Counter:
        return prometheus.Counter(f"qualifox_{name}", help_, labels, registry=self.registry)

    def _gauge(self, name: str, help_: str, of_all: Any, *labels: str) -> prometheus.Gauge:
        return prometheus.Gauge(
            f"qualifox_{name}", help_, labels, registry=self.registry, multiprocess_mode=of_all
        )

    def _counted(self, field: str) -> str:
        """Return the name under which a field is counted: policies may change, labels stay."""
        if field not in self._fields and len(self._fields) >= MOST_FIELDS:
            return OTHER
        self._fields.add(field)
        return field

    def _hand_on(self, *, now: bool = False) -> None:
        moment = self._ticks()
        if not now and moment - self._handed_on < EVERY_SECONDS:
            return
        self._handed_on = moment
        sums = ((self._unknown, self._unknown_facts), (self._unseen, self._unseen_facts))
        for counts, counter in sums:
            for field, deals in counts.items():
                counter.labels(field).inc(deals)
            counts.clear()
        if self._backlogs:
            self._backlog.set(sum(backlog() for backlog in self._backlogs))


class _Current(prometheus.CollectorRegistry):
    """The figures of another registry, without those of what no longer answers."""

    def __init__(self, of: prometheus.CollectorRegistry) -> None:
        super().__init__()
        self._of = of

    def collect(self) -> Iterator[Metric]:
        for metric in self._of.collect():
            if metric.name == "qualifox_serving":
                metric.samples = [one for one in metric.samples if one.value]
            yield metric


def forget_dead(folder: Path) -> None:
    """Drop what workers that are gone said of themselves: what they counted stays.

    The library leaves this to whoever sees a worker end, and BentoML does not do it: the backlog
    of a killed worker would wait for ever, and its version would answer beside the others.
    """
    for place in folder.glob("gauge_live*.db"):
        found = _OF_WORKER.fullmatch(place.name)
        if found is not None and not _lives(int(found[1])):
            place.unlink(missing_ok=True)  # another worker may do it at the same time


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True  # it is there, and somebody else's
    return True


def unknown_in(policy: Policy, deals: Iterable[Deal]) -> Counter[str]:
    """Return in how many deals each fact that the policy asks for was unknown."""
    asked = policy.asked.keys()
    return Counter(name for deal in deals for name in asked - deal.facts.keys())


def unseen_in(decisions: Iterable[Decision]) -> Counter[str]:
    """Return in how many deals a fact was unlike those of all closed deals, by field."""
    return Counter(
        one.field
        for decision in decisions
        if decision.estimate is not None
        for one in decision.estimate.unseen
    )


def _labels(versions: Versions) -> Sequence[str]:
    found = (getattr(versions, name) for name in Versions.__dataclass_fields__)
    return ["" if value is None else str(value) for value in found]


async def metrics(request: Request) -> Response:
    """Answer ``GET /metrics``."""
    found: Metrics = request.app.state.metrics
    return Response(found.exposition(), media_type=prometheus.CONTENT_TYPE_LATEST)
