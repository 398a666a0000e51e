"""The guard around every route: a plain ASGI application around another one.

In this order: a request id, the path and the method, the key, its rate, the type of the body, its
size and depth, the time limit; and on the way out one shape of errors, headers, one line in the
log and the figures.
"""

import asyncio
import logging
import math
from dataclasses import dataclass, field
from time import perf_counter
from typing import Protocol

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Receive, Scope, Send

from features.errors import Problem
from features.phrase import Phrase
from serving.edge.access_log import AccessLog
from serving.edge.body import given_again, read_body, require_json
from serving.edge.buckets import TokenBuckets
from serving.edge.contract import Contract, Entry, Methods
from serving.edge.door import Door
from serving.edge.idempotency import idempotency_key_of
from serving.edge.problem import RefusedError
from serving.edge.reply import Reply
from serving.edge.request_id import request_id_of
from serving.edge.settings import EdgeSettings
from serving.edge.visit import Visit

logger = logging.getLogger("qualifox.serving")

POLICY_VIOLATION = 1008


class Figures(Protocol):
    """Counts what happens; `serving.metrics.Metrics` is one."""

    def visited(self, visit: Visit, seconds: float) -> None:
        """Count a request that is over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EdgeParts:
    """What the guard works with; one a process."""

    door: Door
    settings: EdgeSettings = field(default_factory=EdgeSettings)
    contract: Contract = field(default_factory=Contract)
    log: AccessLog = field(default_factory=AccessLog)
    figures: Figures | None = None


class Edge:
    """An ASGI application that lets through to another one what may pass."""

    def __init__(self, app: ASGIApp, parts: EdgeParts) -> None:
        self._app, self._parts, self._settings = app, parts, parts.settings
        self._buckets = TokenBuckets(parts.settings.requests_per_second, parts.settings.burst)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; what is not HTTP is closed, except for the start and the end."""
        if scope["type"] == "http":
            await self._visited(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": POLICY_VIOLATION})
        else:
            await self._app(scope, receive, send)

    async def _visited(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = perf_counter()
        visit = Visit.of(request_id_of(scope["headers"]), scope["method"], scope["headers"])
        reply = Reply(send, visit)
        try:
            await self._answered(scope, receive, reply, visit)
        except ClientDisconnect:
            pass  # nobody is there to be told
        except Exception as error:
            if reply.is_over:
                logger.exception("a request failed after its answer")
            elif reply.has_started:
                raise  # half an answer: only the end of the connection can say so
            else:
                await reply.refuse(error)
        finally:
            seconds = perf_counter() - started
            self._parts.log.note(visit, 1000 * seconds)
            if self._parts.figures is not None:
                self._parts.figures.visited(visit, seconds)

    async def _answered(self, scope: Scope, receive: Receive, reply: Reply, visit: Visit) -> None:
        entry = self._entry(scope, visit)
        settings = self._settings
        seconds = settings.slow_time_limit if entry.slow else settings.time_limit
        limit = asyncio.timeout(seconds)
        try:
            async with limit:
                await self._passed(entry, scope, receive, reply, visit)
        except TimeoutError:
            if not limit.expired():
                raise  # somebody else's
            raise _too_slow(visit, seconds) from None

    async def _passed(
        self, entry: Entry, scope: Scope, receive: Receive, reply: Reply, visit: Visit
    ) -> None:
        principal = self._parts.door.principal(scope, entry.scope)
        visit.key_id = principal.key_id
        self._require_rate(principal.key_id, entry.cost)
        state = {**scope.get("state", {}), "principal": principal, "request_id": visit.request_id}
        if entry.body != "none":
            headers = dict(scope["headers"])
            state["idempotency_key"] = idempotency_key_of(scope["headers"])
            require_json(headers)
            largest, deepest = self._largest(entry), self._settings.deepest_json
            body = await read_body(receive, headers, visit, largest=largest, deepest=deepest)
            receive = given_again(body, receive)
        await self._app({**scope, "state": state}, receive, reply.send)

    def _entry(self, scope: Scope, visit: Visit) -> Entry:
        methods = self._parts.contract.methods_at(scope["path"])
        if methods is None:
            hint = "GET / lists the routes, /v1/openapi.json describes them"
            problem = Problem(where="path", what="there is nothing here", hint=hint)
            raise RefusedError(404, "There is nothing at this path", [problem])
        visit.route = next(iter(methods.values())).path
        entry = methods.get(scope["method"])
        if entry is None:
            raise _wrong_method(methods)
        return entry

    def _require_rate(self, key_id: str | None, cost: int) -> None:
        if key_id is None:
            return  # this machine, or what everybody may ask
        wait = self._buckets.seconds_to_wait(key_id, cost)
        if wait:
            template = "ask again in {wait:.1f} seconds; many deals go to /v1/score/batch"
            hint = Phrase(template, wait=wait)
            problem = Problem(where="rate", what="too many requests of this key", hint=hint)
            headers = {"retry-after": str(math.ceil(wait))}
            raise RefusedError(429, "Too many requests", [problem], headers=headers)

    def _largest(self, entry: Entry) -> int:
        settings = self._settings
        return settings.largest_batch if entry.body == "batch" else settings.largest_body


def _wrong_method(methods: Methods) -> RefusedError:
    allowed = ", ".join(sorted(methods))
    hint = Phrase("one of: {names}", names=allowed)
    problem = Problem(where="method", what="is not possible here", hint=hint)
    return RefusedError(
        405, "The method is not possible here", [problem], headers={"allow": allowed}
    )


def _too_slow(visit: Visit, seconds: float) -> RefusedError:
    if visit.is_reading:
        what = Phrase("did not arrive within {seconds:g} seconds", seconds=seconds)
        headers = {"connection": "close"}
        problem = Problem(where="body", what=what, hint="send it at once")
        return RefusedError(408, "The request came too slowly", [problem], headers=headers)
    hint = "ask again with the same idempotency-key: it may have been decided all the same"
    what = Phrase("took more than {seconds:g} seconds", seconds=seconds)
    problem = Problem(where="time", what=what, hint=hint)
    return RefusedError(503, "The answer took too long", [problem])
