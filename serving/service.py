"""The BentoML service: a shell, since BentoML's first process loads it too and never answers."""

import gc
import os
from functools import cache
from typing import TYPE_CHECKING

import bentoml

from serving.front_door import put_in_front
from serving.settings import Settings

if TYPE_CHECKING:
    from serving.worker import Worker


@cache
def worker() -> "Worker":
    """Return what this process answers with."""
    gc.disable()  # until all is loaded: looking for what could go takes a tenth of a start
    from serving.worker import Worker  # noqa: PLC0415 (a second, and fifty MB)

    return Worker(os.environ)


@bentoml.service(
    name="qualifox",
    traffic={"timeout": 600},
    metrics={"enabled": False},
    logging={"access": {"enabled": False}},
    workers=Settings.of(os.environ).workers,
)
class QualifoxService:
    """Answers which deals deserve effort."""

    def __init__(self) -> None:
        worker().open()
        gc.freeze()  # what was loaded stays: nobody need look through it for what could go
        gc.enable()

    async def __is_ready__(self) -> bool:
        """Ready means that a qualifier has answered, and that answers can be kept."""
        return worker().is_ready

    @bentoml.on_shutdown
    def close(self) -> None:
        """Stop following, leave the roll of workers, and write what waits."""
        worker().close()


put_in_front(QualifoxService, lambda inner: worker().application(inner))
