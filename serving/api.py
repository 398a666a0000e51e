"""The HTTP contract: read, decide, answer; and one shape for every error."""

from datetime import UTC, datetime
from types import SimpleNamespace

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from features.errors import printable
from features.texts import Language
from reports.answer import answer
from serving.edge.contract import CONTRACT
from serving.edge.problem import guarded
from serving.envelope import QUERY, deal_of
from serving.messages import RequestError, preferred_language, read_object
from serving.metrics import metrics, unknown_in, unseen_in
from serving.openapi import openapi
from serving.routes.asked import qualifier_of, require_query
from serving.routes.batch import batch
from serving.routes.model import model
from serving.routes.plan import plan
from serving.routes.policy import policy
from serving.routes.what_if import what_if

ANY_METHOD = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]


def make_app() -> Starlette:
    """Return the application; ``app.state.champion`` is set when the service starts."""
    gets = {
        "/": index,
        "/v1/openapi.json": openapi,
        "/v1/policy": policy,
        "/v1/model": model,
        "/metrics": metrics,
    }
    posts = {
        "/v1/score": score,
        "/v1/score/batch": batch,
        "/v1/what-if": what_if,
        "/v1/plan": plan,
    }
    app = Starlette(
        routes=[
            *(Route(path, guarded(one), methods=["GET"]) for path, one in gets.items()),
            *(Route(path, guarded(one), methods=["POST"]) for path, one in posts.items()),
            Route("/{path:path}", guarded(nothing_here), methods=ANY_METHOD),
        ],
    )
    app.state.champion = SimpleNamespace(current=None)
    app.state.metrics = None
    return app


async def index(request: Request) -> Response:
    """Say what this is; in place of BentoML's page, which loads scripts from elsewhere."""
    del request
    routes = [f"{one.method} {one.path}" for one in CONTRACT]
    return JSONResponse({"service": "qualifox", "routes": routes})


async def score(request: Request) -> Response:
    """Decide about one deal: the body is its facts as they are, or an envelope around them.

    The answer has every key, with a model or without; docs/answer.md is its contract.
    """
    qualifier = qualifier_of(request)
    require_query(request, QUERY)
    body = read_object(await request.body())
    today = datetime.now(UTC).date()  # the service is an edge, so it may read the clock
    deal = deal_of(body, request.query_params, qualifier.policy, today=today)
    language: Language = "fr" if preferred_language(request.headers) == "fr" else "en"
    (decision,) = qualifier.decide([deal])
    if request.app.state.metrics is not None:
        request.app.state.metrics.decided(
            [decision.recommendation],
            unknown=unknown_in(qualifier.policy, [deal]),
            unseen=unseen_in([decision]),
        )
    return JSONResponse(
        answer(decision, qualifier.policy, language), headers={"content-language": language}
    )


async def nothing_here(request: Request) -> Response:
    """Answer for any other path."""
    raise RequestError(404, f"There is nothing at {printable(request.url.path, 80)}")
