"""The BentoML service: health, metrics and workers around the application of `serving.api`."""

import os
from types import SimpleNamespace

import bentoml
from starlette.types import ASGIApp

from serving.api import make_app
from serving.bootstrap import load_qualifier
from serving.edge.composition import edge_of
from serving.edge.guard import Edge
from serving.metrics import Metrics
from serving.settings import Settings

app = make_app()


def edge(inner: ASGIApp) -> Edge:
    """Return the guard around everything that BentoML serves in a worker."""
    figures = app.state.metrics = Metrics()
    if app.state.champion.current is not None:
        figures.answers_with(app.state.champion.current.qualifier.versions())
    return edge_of(inner, os.environ, figures)


# The edge limits the time, counts and logs; BentoML's own would do it again, and less safely.
@bentoml.service(
    name="qualifox",
    traffic={"timeout": 600},
    metrics={"enabled": False},
    logging={"access": {"enabled": False}},
)
@bentoml.asgi_app(app, path="/")
class QualifoxService:
    """Answers which deals deserve effort."""

    def __init__(self) -> None:
        qualifier = load_qualifier(Settings.of(os.environ))
        app.state.champion = SimpleNamespace(current=SimpleNamespace(qualifier=qualifier))

    async def __is_ready__(self) -> bool:
        """Ready means that a qualifier is loaded and can answer."""
        return app.state.champion.current is not None


QualifoxService.add_asgi_middleware(edge)  # type: ignore[attr-defined]
