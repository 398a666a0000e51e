"""The BentoML service: health, workers and the edge around the application of `serving.api`."""

import os
from functools import partial
from pathlib import Path

import bentoml
from starlette.types import ASGIApp

from serving.api import make_app
from serving.bootstrap import open_champion
from serving.champion.champion import Champion, ChampionEvent
from serving.decision_log.archive import archived
from serving.decision_log.log import DecisionLog
from serving.decision_log.settings import LogSettings
from serving.edge.composition import HOME, edge_of
from serving.edge.guard import Edge
from serving.front_door import put_in_front
from serving.metrics import Metrics
from serving.orphan import end_with_parent, is_worker
from serving.settings import Settings

settings = Settings.of(os.environ)
app = make_app()
app.state.champion = Champion()


def tell_versions() -> None:
    """Let the figures name what answers, once there are figures and something answers."""
    figures, held = app.state.metrics, app.state.champion.current
    if figures is not None and held is not None:
        figures.answers_with(held.qualifier.versions())


def count_swap(event: ChampionEvent) -> None:
    """Name the version that answers from now on, and count what was refused."""
    if event.reason and app.state.metrics is not None:
        app.state.metrics.refused_model()
    tell_versions()


def edge(inner: ASGIApp) -> Edge:
    """Return the guard around everything that BentoML serves in a worker."""
    figures = app.state.metrics = Metrics()
    tell_versions()
    if app.state.log is not None:
        figures.watch_backlog(lambda: app.state.log.backlog)
    return edge_of(inner, os.environ, figures)


@bentoml.service(
    name="qualifox",
    traffic={"timeout": 600},
    metrics={"enabled": False},
    logging={"access": {"enabled": False}},
    workers=settings.workers,
)
class QualifoxService:
    """Answers which deals deserve effort."""

    def __init__(self) -> None:
        champion = open_champion(settings)
        champion.listeners.append(count_swap)
        app.state.champion = champion
        tell_versions()
        champion.start()
        home = Path(os.environ.get(HOME, "."))
        app.state.log = DecisionLog.open(LogSettings.of(os.environ, home))
        app.state.archive = partial(archived, home / "served")
        if app.state.metrics is not None:
            app.state.metrics.watch_backlog(lambda: app.state.log.backlog)
        if is_worker():
            end_with_parent()

    async def __is_ready__(self) -> bool:
        """Ready means that a qualifier has answered, and that answers can be kept."""
        return bool(app.state.champion.is_ready and app.state.log.is_writable)

    @bentoml.on_shutdown
    def close(self) -> None:
        """Stop following, leave the roll of workers, and write what waits."""
        app.state.champion.stop()
        app.state.log.close()


put_in_front(QualifoxService, app, edge)
