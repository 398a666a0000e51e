"""BentoML's own time limit is left out: the edge has one, and BentoML's holds on to what is over.

For every request it starts a timer of the whole limit, and lets none go when the answer is there:
at 400 requests a second and 600 seconds a worker held 180 MB of timers. Where a client goes away
before an answer, its task waits for that timer too, and a worker that is told to stop waits for
the task: up to ten minutes. And it makes a second task of every request.
"""

from typing import Any

from starlette.types import ASGIApp


class Untimed:
    """Stands for the middleware that limits the time: there is none of it in the application."""

    def __new__(cls, app: ASGIApp, **settings: Any) -> ASGIApp:  # type: ignore[misc]
        """Return the application as it is."""
        del settings
        return app


def leave_the_time_to_the_edge() -> None:
    """From now on, BentoML builds services without a time limit of its own."""
    from bentoml._internal.server.http import traffic  # noqa: PLC0415 (BentoML makes its home)

    traffic.TimeoutMiddleware = Untimed  # type: ignore[misc,assignment]
