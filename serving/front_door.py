"""The guard in front of everything that BentoML serves, rather than inside of it.

BentoML puts its tracing, its time limit and its request context around whatever a service adds,
mounted applications included. They cost twice as much as a request that is only read, trace ids
that nobody collects among it; the time limit holds on to requests that are over. The guard has
all of that already (request ids, log, figures, time), so it stands outermost, and only what
BentoML alone can tell goes on to BentoML: its start, its end, and its health.
"""

from collections.abc import Callable
from typing import Any

from bentoml import Service
from starlette.types import ASGIApp, Receive, Scope, Send

HEALTH = frozenset({"/livez", "/readyz"})
Around = Callable[[ASGIApp], ASGIApp]


class FrontDoor:
    """An ASGI application: ours for all requests but those for BentoML's health."""

    def __init__(self, ours: ASGIApp, bentoml: ASGIApp) -> None:
        self._ours, self._bentoml = ours, bentoml

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand a request, or the start and the end of the worker, to whose it is."""
        is_ours = scope["type"] == "http" and scope["path"] not in HEALTH
        await (self._ours if is_ours else self._bentoml)(scope, receive, send)


class FrontedService(Service[Any]):
    """A BentoML service whose workers answer through a front door.

    `to_asgi` is what a worker asks a service for (BentoML 1.4); a test starts a real one.
    """

    __slots__ = ()

    def to_asgi(self, is_main: bool = True) -> ASGIApp:  # noqa: FBT001, FBT002 (BentoML's)
        """Return the application of a worker, ours around that of BentoML."""
        return FRONTED[self.name](super().to_asgi(is_main))


FRONTED: dict[str, Around] = {}
"""What is in front of which service; a service itself has no place for it."""


def put_in_front(service: Any, ours: Around) -> None:
    """Let the workers of a service answer with an application of ours around BentoML's."""
    FRONTED[service.name] = ours
    service.__class__ = FrontedService
