"""The BentoML service: health, metrics and workers around the application of `serving.api`."""

import os

import bentoml

from serving.api import make_app
from serving.bootstrap import load_qualifier
from serving.settings import Settings

app = make_app()


@bentoml.service(name="qualifox", traffic={"timeout": 30})
@bentoml.asgi_app(app, path="/")
class QualifoxService:
    """Answers which deals deserve effort."""

    def __init__(self) -> None:
        app.state.qualifier = load_qualifier(Settings.of(os.environ))

    async def __is_ready__(self) -> bool:
        """Ready means that a qualifier is loaded and can answer."""
        return app.state.qualifier is not None
