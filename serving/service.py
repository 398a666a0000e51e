"""The BentoML service: health, metrics and workers around the application of `serving.api`."""

import os

import bentoml

from serving.api import make_app
from serving.bootstrap import open_champion
from serving.champion.champion import Champion, ChampionEvent
from serving.orphan import end_with_parent, is_worker
from serving.settings import Settings

settings = Settings.of(os.environ)
app = make_app()
app.state.champion = Champion()


@bentoml.service(name="qualifox", traffic={"timeout": 30}, workers=settings.workers)
@bentoml.asgi_app(app, path="/")
class QualifoxService:
    """Answers which deals deserve effort."""

    def __init__(self) -> None:
        champion = open_champion(settings)

        def seat(event: ChampionEvent | None = None) -> None:
            del event
            current = champion.current
            app.state.qualifier = None if current is None else current.qualifier

        champion.listeners.append(seat)
        seat()
        app.state.champion = champion
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
