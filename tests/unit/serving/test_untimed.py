"""No timer and no task is left of a request that is over, whether or not it was answered."""

import asyncio
import importlib.util

import pytest
from bentoml._internal.server.base_app import BaseAppFactory
from bentoml._internal.server.http import traffic

from serving.untimed import Untimed, leave_the_time_to_the_edge


def its_own():
    """Return the class as BentoML has it, whatever was put in its place in this process."""
    spec = importlib.util.find_spec(traffic.__name__)
    assert spec
    assert spec.loader
    fresh = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(fresh)
    return fresh.TimeoutMiddleware


@pytest.fixture
def untimed(monkeypatch):
    monkeypatch.setattr(traffic, "TimeoutMiddleware", its_own())
    leave_the_time_to_the_edge()


class Factory(BaseAppFactory):
    """As BentoML's own, with a time limit and nothing else."""

    name = "tried"

    def __call__(self):
        raise NotImplementedError

    def __init__(self):
        super().__init__(timeout=600)

    def stack(self, app):
        for one in self.middlewares:
            app = one.cls(app, *one.args, **one.kwargs)
        return app


async def nobody_is_told(scope, receive, send):
    """As the edge does when a client goes away."""


async def is_over(app):
    """Return whether a request whose client went away is over soon."""
    task = asyncio.ensure_future(app({"type": "http"}, None, None))
    done, _ = await asyncio.wait([task], timeout=0.1)
    task.cancel()
    return bool(done)


def test_a_request_whose_client_went_away_is_over(untimed):
    app = Factory().stack(nobody_is_told)
    assert app is nobody_is_told
    assert asyncio.run(is_over(app))


def test_bentomls_own_limit_would_keep_it(monkeypatch):
    """The negative control, and the reason: mend this file when BentoML has mended it."""
    monkeypatch.setattr(traffic, "TimeoutMiddleware", its_own())
    assert traffic.TimeoutMiddleware is not Untimed
    assert not asyncio.run(is_over(Factory().stack(nobody_is_told)))
