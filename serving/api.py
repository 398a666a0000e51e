"""The HTTP contract: read, decide, answer; and one shape for every error."""

from types import SimpleNamespace

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from features.errors import printable
from features.phrase import Phrase
from serving.deciding import Deciding
from serving.edge.contract import CONTRACT
from serving.edge.problem import guarded
from serving.messages import RequestError
from serving.metrics import metrics
from serving.openapi import openapi
from serving.routes import admin, decisions, outcomes, overrides, presets, upkeep
from serving.routes.batch import batch
from serving.routes.model import model
from serving.routes.policy import policy
from serving.routes.score import score
from serving.routes.what_if import what_if

ANY_METHOD = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]


def make_app() -> Starlette:
    """Return the application; ``app.state.champion`` is set when the service starts."""
    gets = {
        "/": index,
        "/v1/openapi.json": openapi,
        "/v1/policy": policy,
        "/v1/presets": presets.presets,
        "/v1/model": model,
        "/metrics": metrics,
        "/v1/admin/champion": admin.champion,
        "/v1/admin/workers": admin.workers,
        "/v1/decisions": decisions.decisions,
        "/v1/decisions/{id}": decisions.decision,
        "/v1/decisions/{id}/replay": decisions.replayed,
    }
    posts = {
        "/v1/score": score,
        "/v1/score/batch": batch,
        "/v1/what-if": what_if,
        "/v1/plan": plan,
        "/v1/facts": presets.facts,
        "/v1/admin/champion": admin.order,
        "/v1/outcomes": outcomes.outcome,
        "/v1/overrides": overrides.override,
        "/v1/admin/prune": upkeep.prune,
        "/v1/admin/erase": upkeep.erase,
    }
    app = Starlette(
        routes=[
            # In this order they are tried, and nearly every request is a score.
            *(Route(path, guarded(one), methods=["POST"]) for path, one in posts.items()),
            *(Route(path, guarded(one), methods=["GET"]) for path, one in gets.items()),
            Route("/{path:path}", guarded(nothing_here), methods=ANY_METHOD),
        ],
    )
    app.state.champion = SimpleNamespace(current=None)
    app.state.metrics = None
    app.state.deciding = Deciding()
    app.state.log = None
    return app


async def plan(request: Request) -> Response:
    """Load what plans when somebody asks for a plan: every start would wait for it."""
    from serving.routes.plan import plan as planned  # noqa: PLC0415

    return await planned(request)


async def index(request: Request) -> Response:
    """Say what this is; in place of BentoML's page, which loads scripts from elsewhere."""
    del request
    routes = [f"{one.method} {one.path}" for one in CONTRACT]
    return JSONResponse({"service": "qualifox", "routes": routes})


async def nothing_here(request: Request) -> Response:
    """Answer for any other path."""
    raise RequestError(
        404, Phrase("There is nothing at {path}", path=printable(request.url.path, 80))
    )
