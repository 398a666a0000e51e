"""The one shape of an error: RFC 9457 problem details, whoever made it."""

import json
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from features.errors import FactsError, InputError, Problem, QualifoxError
from features.phrase import Phrase
from features.texts import Language
from serving.french import in_words
from serving.messages import PROBLEM_JSON, RequestError, preferred_language

logger = logging.getLogger("qualifox.serving")

KINDS: Mapping[int, str] = {
    400: "unreadable",
    401: "no-key",
    403: "not-allowed",
    404: "not-found",
    405: "wrong-method",
    408: "slow-request",
    409: "conflict",
    413: "too-large",
    415: "not-json",
    422: "unusable",
    429: "too-many",
    500: "fault",
    503: "unavailable",
}
"""The last word of the ``type`` of a problem, by its status; docs/serving.md says what to do."""
URN = "urn:qualifox:problem:"
OUR_FAULT = "The service failed; this is our fault"
AGAIN_AFTER = {429: "1", 503: "2"}
"""Seconds after which to ask again, where nobody knows better."""
Endpoint = Callable[[Request], Awaitable[Response]]


class RefusedError(RequestError):
    """A request that the edge does not let through, with headers that say more."""

    def __init__(
        self,
        status: int,
        title: str,
        problems: Sequence[Problem] = (),
        *,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(status, title, problems)
        self.headers = dict(headers or {})


def problem_data(
    status: int,
    title: str,
    problems: Sequence[Problem] = (),
    *,
    instance: str,
    language: Language = "en",
) -> dict[str, Any]:
    """Return an error as plain data; ``instance`` is the id of the request.

    >>> problem_data(404, "There is nothing here", instance="r1")["type"]
    'urn:qualifox:problem:not-found'
    """
    told = {"title": in_words(title, language), "problems": problem_members(problems, language)}
    return completed(told, status, instance, language)


def problem_members(problems: Sequence[Problem], language: Language) -> list[dict[str, Any]]:
    """Return problems as plain data; ``source`` is there where the CRM calls the field otherwise.

    >>> problem_members([Problem(where="amount", what="is odd", source="Amount")], "en")
    [{'field': 'amount', 'message': 'is odd', 'hint': None, 'source': 'Amount'}]
    """
    return [
        {
            "field": one.where,
            "message": in_words(one.what, language),
            "hint": None if one.hint is None else in_words(one.hint, language),
            **({} if one.source is None else {"source": one.source}),
        }
        for one in problems
    ]


def completed(
    data: Mapping[str, Any], status: int, instance: str, language: Language = "en"
) -> dict[str, Any]:
    """Return the data of an error with every member that it should have."""
    title = data.get("title") or in_words(_phrase(status), language)
    problems, stated = data.get("problems") or [], data.get("type")
    return {
        "type": stated if stated and stated != "about:blank" else type_of(status),
        "title": title,
        "status": status,
        "detail": data.get("detail") or _detail(title, problems, language),
        "instance": instance,
        "problems": problems,
    }


def completed_body(
    body: bytes, kind: str, status: int, instance: str, language: Language = "en"
) -> bytes:
    """Return the body of an error in our shape; what is not a problem of ours is left out.

    The framework's own errors come in five shapes, and some tell more than they should.
    """
    data: Any = {}
    if kind.startswith(PROBLEM_JSON):
        try:
            data = json.loads(body)
        except ValueError:
            data = {}
    data = data if isinstance(data, dict) else {}
    return json.dumps(completed(data, status, instance, language)).encode()


def type_of(status: int) -> str:
    """Return the ``type`` of a problem.

    >>> type_of(418)
    'about:blank'
    """
    return URN + KINDS[status] if status in KINDS else "about:blank"


def request_error(error: Exception) -> RequestError:
    """Return any error as one that a caller can be told; a fault of ours tells nothing else."""
    if isinstance(error, RequestError):
        return error
    if isinstance(error, InputError):
        if isinstance(error, FactsError):
            return RequestError(422, "The facts cannot be used", error.problems)
        return RequestError(422, "The request cannot be used", error.problems)
    if isinstance(error, HTTPException):
        status = error.status_code
        return RefusedError(status, _phrase(status), headers=error.headers)
    return _fault(error)


def _fault(error: Exception) -> RequestError:
    if isinstance(error, ClientDisconnect):
        return RequestError(400, "The client went away")
    if isinstance(error, QualifoxError):
        logger.error("a request cannot be answered: %s", type(error).__name__)
        return RequestError(503, "The service cannot answer this now")
    logger.error("a request failed", exc_info=error)
    return RequestError(500, OUR_FAULT)


def problem_response(error: Exception, *, instance: str, language: Language = "en") -> Response:
    """Return the answer to a request that failed."""
    known = request_error(error)
    data = problem_data(
        known.status, known.title, known.problems, instance=instance, language=language
    )
    headers = {**getattr(known, "headers", {}), "content-language": language}
    return Response(json.dumps(data), known.status, headers, PROBLEM_JSON)


def guarded(endpoint: Endpoint) -> Endpoint:
    """Return an endpoint with every error in the one shape.

    Caught here and not by the framework: an error that escapes a mounted application also closes
    the connection, and the next request on it fails.
    """

    async def answer(request: Request) -> Response:
        try:
            return await endpoint(request)
        except Exception as error:  # noqa: BLE001 (whatever it is, the caller is told in one shape)
            instance = str(getattr(request.state, "request_id", ""))
            language = preferred_language(request.headers)
            return problem_response(error, instance=instance, language=language)

    return answer


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Error"


def _detail(title: str, problems: Sequence[Mapping[str, Any]], language: Language) -> str:
    if not problems or not isinstance(problems[0], dict):
        return title
    first = f"{problems[0].get('field')}: {problems[0].get('message')}"
    if len(problems) == 1:
        return first
    several = Phrase("{count:,} problems, the first: {first}", count=len(problems), first=first)
    return in_words(several, language)
