"""A small application around routes, as the edge hands requests to it."""

from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from features.policy import load_policy
from models.qualifier import Qualifier
from serving.edge.problem import guarded
from serving.keys.principal import LOCAL
from serving.routes.batch import batch
from serving.routes.model import model
from serving.routes.plan import plan
from serving.routes.policy import policy as policy_route
from serving.routes.presets import facts, presets
from serving.routes.what_if import what_if

TODAY = date(2026, 1, 5)
DEMO = Path(__file__).parents[4] / "examples" / "demo_company" / "policy.yaml"
ROUTES = {
    "/v1/score/batch": (batch, "POST"),
    "/v1/what-if": (what_if, "POST"),
    "/v1/plan": (plan, "POST"),
    "/v1/policy": (policy_route, "GET"),
    "/v1/presets": (presets, "GET"),
    "/v1/facts": (facts, "POST"),
    "/v1/model": (model, "GET"),
}


class Service:
    """A client of the routes around one qualifier."""

    def __init__(self, qualifier):
        app = Starlette(
            routes=[Route(p, guarded(one), methods=[m]) for p, (one, m) in ROUTES.items()]
        )
        serving = None if qualifier is None else SimpleNamespace(qualifier=qualifier, number="3")
        self.app = app
        app.state.champion = SimpleNamespace(current=serving)

        async def with_state(scope, receive, send):
            state = {"principal": LOCAL, "request_id": "request-1"}
            await app({**scope, "state": state}, receive, send)

        self.client = TestClient(with_state)

    def post(self, path, body, **headers):
        if isinstance(body, bytes):
            return self.client.post(path, content=body, headers=headers)
        return self.client.post(path, json=body, headers=headers)

    def get(self, path, **headers):
        return self.client.get(path, headers=headers)


@pytest.fixture
def service(policy):
    """Return the routes around the small policy alone."""
    return Service(Qualifier(policy))


@pytest.fixture(scope="session")
def demo_policy():
    return load_policy(DEMO)


@pytest.fixture
def demo(demo_policy):
    """Return the routes around the demo company's policy, which counts money and hours."""
    return Service(Qualifier(demo_policy))


@pytest.fixture
def starting():
    """Return the routes of a service that has loaded nothing yet."""
    return Service(None)
