"""What was decided: one decision, all about a deal, and a decision made again."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from features.errors import Problem
from features.phrase import Phrase
from models.qualifier import Qualifier
from serving.decision_log.reader import AnyRow
from serving.decision_log.replay import Replay, rendered, replay
from serving.decision_log.stored import StoredDecision
from serving.decision_log.tables import LONGEST_ID
from serving.keys.principal import Scope
from serving.messages import RequestError
from serving.routes.asking import log_of, require, sees

_NOT_SHOWN = frozenset({"idempotency_key", "request_hash", "request_id"})


async def decision(request: Request) -> Response:
    """Answer with one decision as it was kept, and what a challenger would have said."""
    stored = await _stored(request)
    reader = log_of(request).reader
    shadows = []
    if stored.request_id:
        shadows = await run_in_threadpool(reader.shadows_of, stored.request_id)
    # A request id may be the caller's own, so another key may have sent the same.
    said = [row_data(row) for row in shadows if row.key_id == stored.key_id]
    return JSONResponse({**stored.to_data(), "challengers": said})


async def decisions(request: Request) -> Response:
    """Answer with what was decided about a deal, latest first, and what came of it."""
    principal = require(request, Scope.READ)
    reader, key_id, deal = log_of(request).reader, sees(principal), _deal(request)

    def read() -> dict[str, Any]:
        found = [one.to_data() for one in reader.decisions_of(deal, key_id)]
        for one in found:
            del one["answer"]
        return {
            "deal": deal,
            "decisions": found,
            "outcomes": [row_data(row) for row in reader.outcomes_of(deal, key_id)],
            "overrides": [row_data(row) for row in reader.overrides_of(deal, key_id)],
        }

    return JSONResponse(await run_in_threadpool(read))


async def replayed(request: Request) -> Response:
    """Answer whether a decision, made again, gives the same bytes, or what is missing for it."""
    stored = await _stored(request)
    piece = partial(log_of(request).reader.batch, at=stored.at)
    render = getattr(request.app.state, "render", rendered)

    def made_again() -> Replay:
        at_hand = partial(qualifiers, request.app.state, stored)
        return replay(stored, at_hand(), batch=piece, render=render)

    done = await run_in_threadpool(made_again)
    return JSONResponse({"id": stored.id, **done.to_data()})


def qualifiers(state: Any, stored: StoredDecision) -> Iterator[Qualifier]:
    """Yield what could make a decision again: what this process holds, then the archive.

    ``state.archive``, where it is set, returns the qualifier of a model's version.
    """
    champion = getattr(state, "champion", None)
    for name in ("current", "before", "challenger"):
        serving = getattr(champion, name, None)
        if serving is not None:
            yield serving.qualifier
            if serving.qualifier.versions().model == stored.model:
                return
    archive = getattr(state, "archive", None)
    found = None if archive is None else archive(stored.model)
    if found is not None:
        yield found


def row_data(row: AnyRow) -> dict[str, Any]:
    """Return a row of the other tables as plain data."""
    shown = {}
    for name, value in row._mapping.items():  # noqa: SLF001 (SQLAlchemy's name for it)
        if name not in _NOT_SHOWN:
            shown[name] = value.isoformat() if hasattr(value, "isoformat") else value
    shown["deal"] = shown.pop("deal_id")
    return shown


async def _stored(request: Request) -> StoredDecision:
    """Return the decision that is asked for; another key's is as if it were not there."""
    principal = require(request, Scope.READ)
    wanted = str(request.path_params["id"])[:LONGEST_ID]
    reader = log_of(request).reader
    found = await run_in_threadpool(reader.decision, wanted, sees(principal))
    if found is None:
        raise RequestError(404, "There is no such decision")
    return found


def _deal(request: Request) -> str:
    deal = request.query_params.get("deal", "")
    if (
        not deal
        or len(deal) > LONGEST_ID
        or not deal.isprintable()
        or len(request.query_params) > 1
    ):
        template = "/v1/decisions?deal=D-7, up to {most} characters, and nothing else"
        hint = Phrase(template, most=LONGEST_ID)
        problem = Problem(where="deal", what="one deal is asked for", hint=hint)
        raise RequestError(422, "The query cannot be used", [problem])
    return deal
