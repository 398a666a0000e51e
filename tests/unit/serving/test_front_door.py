"""Requests are ours, within the guard; BentoML is asked for its health, its start and its end."""

import asyncio

import pytest
from bentoml import Service

from serving.front_door import FrontDoor, FrontedService


class Noting:
    def __init__(self):
        self.asked = []

    async def __call__(self, scope, receive, send):
        self.asked.append(scope.get("path", scope["type"]))


@pytest.fixture
def doors():
    return Noting(), Noting()


async def nothing(*_):
    return {}


def ask(doors, **scope):
    asyncio.run(FrontDoor(*doors)(scope, nothing, nothing))


def test_health_and_the_life_of_the_worker_go_to_bentoml(doors):
    ask(doors, type="lifespan")
    for path in ("/livez", "/readyz"):
        ask(doors, type="http", path=path)
    ours, bentoml = doors
    assert (ours.asked, bentoml.asked) == ([], ["lifespan", "/livez", "/readyz"])


@pytest.mark.parametrize("path", ["/", "/v1/score", "/metrics", "/docs.json", "/readyz/"])
def test_everything_else_is_ours(doors, path):
    ask(doors, type="http", path=path)
    ours, bentoml = doors
    assert (ours.asked, bentoml.asked) == ([path], [])


def test_bentoml_still_asks_a_service_for_its_application_by_that_name():
    assert callable(Service.to_asgi)
    assert issubclass(FrontedService, Service)
    assert not FrontedService.__slots__  # else a service could not become one
