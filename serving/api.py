"""The HTTP contract: read, decide, answer; and one shape for every error."""

import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from features.errors import FactsError, Problem, did_you_mean, printable
from features.texts import Language
from models.qualifier import Qualifier
from reports.answer import answer
from serving.envelope import QUERY, deal_of
from serving.messages import (
    PROBLEM_JSON,
    RequestError,
    preferred_language,
    problem_body,
    read_object,
)
from serving.settings import LARGEST_BODY

logger = logging.getLogger("qualifox.serving")

ANY_METHOD = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
Endpoint = Callable[[Request], Awaitable[Response]]


def make_app() -> Starlette:
    """Return the application; ``app.state.qualifier`` is set when the service starts."""
    app = Starlette(
        routes=[
            Route("/", _guarded(index), methods=["GET"]),
            Route("/v1/score", _guarded(score), methods=["POST"]),
            Route("/v1/score", _guarded(wrong_method), methods=ANY_METHOD),
            Route("/{path:path}", _guarded(nothing_here), methods=ANY_METHOD),
        ],
        exception_handlers={HTTPException: _http_problem},
    )
    app.state.qualifier = None
    return app


async def index(request: Request) -> Response:
    """Say what this is; in place of BentoML's page, which loads scripts from elsewhere."""
    del request
    routes = ["POST /v1/score", "GET /livez", "GET /readyz", "GET /metrics"]
    return JSONResponse({"service": "qualifox", "routes": routes})


async def score(request: Request) -> Response:
    """Decide about one deal: the body is its facts as they are, or an envelope around them.

    The answer has every key, with a model or without; docs/answer.md is its contract.
    """
    qualifier: Qualifier | None = request.app.state.qualifier
    if qualifier is None:
        raise RequestError(503, "The service is still starting")
    _require_json(request)
    _require_known_query(request)
    body = read_object(await _body(request))
    today = datetime.now(UTC).date()  # the service is an edge, so it may read the clock
    deal = deal_of(body, request.query_params, qualifier.policy, today=today)
    language: Language = "fr" if preferred_language(request.headers) == "fr" else "en"
    (decision,) = qualifier.decide([deal])
    return JSONResponse(
        answer(decision, qualifier.policy, language), headers={"content-language": language}
    )


async def wrong_method(request: Request) -> Response:
    """Answer for a method that the path does not have."""
    raise RequestError(405, f"{request.method} is not possible here; POST is")


async def nothing_here(request: Request) -> Response:
    """Answer for any other path."""
    raise RequestError(404, f"There is nothing at {printable(request.url.path, 80)}")


def _guarded(endpoint: Endpoint) -> Endpoint:
    """Return the endpoint with every error in the one shape.

    Caught here and not by the framework: an error that escapes a mounted application also closes
    the connection, and the next request on it fails.
    """

    async def guarded(request: Request) -> Response:
        try:
            return await endpoint(request)
        except RequestError as error:
            return _problem(error.status, error.title, *error.problems)
        except FactsError as error:
            return _problem(422, "The facts cannot be used", *error.problems)
        except ClientDisconnect:
            return _problem(400, "The client went away")
        except Exception:
            logger.exception("a request failed")
            return _problem(500, "The service failed; this is our fault")

    return guarded


async def _http_problem(request: Request, error: Exception) -> Response:
    del request
    status, headers = 500, None
    if isinstance(error, HTTPException):
        status, headers = error.status_code, error.headers
    body = problem_body(status, getattr(error, "detail", "error"))
    return JSONResponse(body, status, headers=headers, media_type=PROBLEM_JSON)


def _problem(status: int, title: str, *problems: Problem) -> Response:
    return JSONResponse(problem_body(status, title, problems), status, media_type=PROBLEM_JSON)


def _require_json(request: Request) -> None:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        hint = "send the header content-type: application/json"
        problem = Problem(where="content-type", what=f"'{kind[:60]}' is not read here", hint=hint)
        raise RequestError(415, "The content type is not JSON", [problem])


def _require_known_query(request: Request) -> None:
    problems = [
        Problem(where=printable(name), what="is not read here", hint=did_you_mean(name, QUERY))
        for name in request.query_params
        if name not in QUERY
    ]
    if problems:
        raise RequestError(422, "The query cannot be used", problems[:20])


async def _body(request: Request) -> bytes:
    """Return the body, counted while it arrives: a header may lie about its length."""
    chunks, size = [], 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > LARGEST_BODY:
            raise RequestError(413, f"The body is larger than {LARGEST_BODY:,} bytes")
        chunks.append(chunk)
    return b"".join(chunks)
