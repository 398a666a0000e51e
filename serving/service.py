"""The BentoML service: health, metrics and workers around the application of `serving.api`."""

import os

import bentoml
from starlette.types import ASGIApp

from serving.api import make_app
from serving.bootstrap import open_champion
from serving.champion.champion import Champion, ChampionEvent
from serving.edge.composition import edge_of
from serving.edge.guard import Edge
from serving.metrics import Metrics
from serving.orphan import end_with_parent, is_worker
from serving.settings import Settings

settings = Settings.of(os.environ)
app = make_app()
app.state.champion = Champion()


def count_swap(event: ChampionEvent) -> None:
    """Let the metrics name the version that answers from now on, and count what was refused."""
    figures, held = app.state.metrics, app.state.champion.current
    if figures is None:
        return
    if event.reason:
        figures.refused_model()
    if held is not None:
        figures.answers_with(held.qualifier.versions())


def edge(inner: ASGIApp) -> Edge:
    """Return the guard around everything that BentoML serves in a worker."""
    figures = app.state.metrics = Metrics()
    if app.state.champion.current is not None:
        figures.answers_with(app.state.champion.current.qualifier.versions())
    return edge_of(inner, os.environ, figures)


# The edge limits the time, counts and logs; BentoML's own would do it again, and less safely.
@bentoml.service(
    name="qualifox",
    workers=settings.workers,
    traffic={"timeout": 600},
    metrics={"enabled": False},
    logging={"access": {"enabled": False}},
)
@bentoml.asgi_app(app, path="/")
class QualifoxService:
    """Answers which deals deserve effort."""

    def __init__(self) -> None:
        champion = app.state.champion = open_champion(settings)
        champion.listeners.append(count_swap)
        champion.start()
        if is_worker():
            end_with_parent()

    async def __is_ready__(self) -> bool:
        """Ready means that a qualifier is loaded, and has answered."""
        return bool(app.state.champion.is_ready)

    @bentoml.on_shutdown
    def close(self) -> None:
        """Stop following, and leave the roll of workers."""
        app.state.champion.stop()


QualifoxService.add_asgi_middleware(edge)  # type: ignore[attr-defined]
