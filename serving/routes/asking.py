"""Who asks, what for, and when: what the routes of the log need to know of a request."""

from datetime import UTC, datetime
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse

from features.errors import InputError
from features.phrase import Phrase
from serving.decision_log.canonical import request_hash
from serving.decision_log.entry import Written
from serving.decision_log.log import DecisionLog
from serving.decision_log.reader import AnyRow
from serving.decision_log.records import Asker, Record
from serving.keys.principal import NOBODY, Principal, Scope
from serving.messages import RequestError

IDEMPOTENCY_KEY = "idempotency-key"
REPEATED = "idempotency-replayed"


def principal_of(request: Request) -> Principal:
    """Return who asks; nobody where no edge has said so."""
    principal = request.scope.get("state", {}).get("principal")
    return principal if isinstance(principal, Principal) else NOBODY


def require(request: Request, scope: Scope) -> Principal:
    """Return who asks, if that key may; the edge has looked already, and this looks again.

    Raises
    ------
    RequestError
        403 where the key has not the scope.
    """
    principal = principal_of(request)
    if not principal.may(scope):
        title = Phrase("This key may not do that; it takes the scope {scope}", scope=str(scope))
        raise RequestError(403, title)
    return principal


def sees(principal: Principal) -> str | None:
    """Return the key whose rows may be read; None is everybody's."""
    return None if principal.may(Scope.ADMIN) else principal.key_id or ""


def asker_of(request: Request, body: bytes) -> Asker:
    """Return who asked what; the service is an edge, so it may read the clock."""
    key = request.headers.get(IDEMPOTENCY_KEY)
    url, state = request.url, request.scope.get("state", {})
    return Asker(
        at=datetime.now(UTC),
        key_id=principal_of(request).key_id,
        request_id=str(state.get("request_id", "")),
        idempotency_key=key,
        request_hash=request_hash(request.method, url.path, url.query, body) if key else None,
    )


def log_of(request: Request) -> DecisionLog:
    """Return the log of the service.

    Raises
    ------
    RequestError
        503 while there is none yet.
    """
    log = getattr(request.app.state, "log", None)
    if not isinstance(log, DecisionLog):
        raise RequestError(503, "The service is still starting")
    return log


async def kept(request: Request, record: Record) -> tuple[AnyRow | None, Written]:
    """Keep a record; return the row that was kept earlier where the request is a repeated one."""
    log = log_of(request)
    written = await log.append(record)
    if not written.repeated:
        return None, written
    return await run_in_threadpool(log.reader.row, record.table, written.id), written


def answered(data: dict[str, Any], written: Written) -> JSONResponse:
    """Return the answer of something that was kept."""
    headers = {REPEATED: "true"} if written.repeated else None
    return JSONResponse({"id": written.id, **data, "durable": written.durable}, 201, headers)


def unusable(error: InputError) -> RequestError:
    """Return problems of what was sent as an error that the caller is told."""
    return RequestError(422, "The request cannot be used", error.problems)
