"""What who runs the service may ask: which version each worker holds, look again, take it back.

``POST /v1/admin/champion`` with ``{"action": "refresh"}`` asks the follower to look at the
registry at once; with ``{"action": "rollback"}`` it puts the version before into the seat.
``GET`` says what this worker holds, and ``GET /v1/admin/workers`` what all of them do.
"""

from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from features.errors import ArtifactError, Problem, did_you_mean, printable
from features.phrase import Phrase
from serving.champion.champion import Champion
from serving.champion.follower_note import follower_said
from serving.champion.held import Serving
from serving.champion.places import Places
from serving.champion.pointer import Pointer
from serving.champion.roll import living_workers
from serving.champion.succession import ring, take_back
from serving.messages import RequestError, read_object

ACTIONS = ("refresh", "rollback")
ADMIN = "admin"
LARGEST_ORDER = 1_000


async def champion(request: Request) -> Response:
    """Say which version this worker holds, which was before, and what was refused last."""
    _require_admin(request)
    return JSONResponse(_state(request.app.state.champion))


async def order(request: Request) -> Response:
    """Do one action; all workers follow within about a second of the pointer moving."""
    _require_admin(request)
    held: Champion = request.app.state.champion
    action = _action(read_object(await _order(request)))
    if held.places is None:
        hint = "start it with: qualifox serve"
        what = "this service follows no registry: it serves a fixed model or policy"
        raise RequestError(
            409, "Nothing is followed", [Problem(where="action", what=what, hint=hint)]
        )
    if action == "refresh":
        await run_in_threadpool(ring, held.places)
    else:
        await run_in_threadpool(_take_back, held.places)
    held.wake()
    follower = await run_in_threadpool(follower_said, held.places.follower)
    return JSONResponse({"action": action, "follower": follower, **_state(held)}, 202)


async def workers(request: Request) -> Response:
    """Say which version every living worker holds, and whether they agree."""
    _require_admin(request)
    held: Champion = request.app.state.champion
    if held.places is None:
        return JSONResponse({"workers": [], "agree": True, "follower": None})
    found = await run_in_threadpool(living_workers, held.places.workers)
    follower = await run_in_threadpool(follower_said, held.places.follower)
    agree = len({(one.get("version"), one.get("number")) for one in found}) <= 1
    return JSONResponse({"workers": found, "agree": agree, "follower": follower})


def _state(held: Champion) -> dict[str, Any]:
    refused = held.refused
    return {
        "current": _told(held.current),
        "before": _told(held.before),
        "challenger": _told(held.challenger),
        "refused": None
        if refused is None
        else {"version": refused.version, "number": refused.number, "reason": refused.reason},
    }


def _told(serving: Serving | None) -> dict[str, Any] | None:
    if serving is None:
        return None
    return {
        "version": serving.version,
        "number": serving.number,
        "policy": serving.policy,
        "policy_alone": serving.version is None,
        "loaded_at": serving.loaded_at.isoformat(timespec="seconds"),
    }


def _take_back(places: Places) -> Pointer:
    try:
        pointer = take_back(places)
    except ArtifactError as error:
        said = error.args[0] if error.args else ""
        told = said if isinstance(said, Phrase) else _not_back(str(error))
        raise _nothing_before(told) from None
    if pointer is None:
        raise _nothing_before("no version has been in the seat yet")
    return pointer


def _not_back(why: str) -> Phrase:
    return Phrase("it cannot be taken back: {why}", why=why)


def _nothing_before(what: str) -> RequestError:
    hint = "qualifox rollback --to VERSION names any version of the registry"
    problems = [Problem(where="action", what=what, hint=hint)]
    return RequestError(409, "There is nothing to go back to", problems)


def _action(body: dict[str, Any]) -> str:
    action = body.get("action")
    problems = [
        Problem(where=printable(key), what="is not read here", hint='send {"action": "refresh"}')
        for key in body
        if key != "action"
    ]
    if action not in ACTIONS:
        hint = did_you_mean(str(action)[:60], ACTIONS)
        problems.append(Problem(where="action", what="is no action", hint=hint))
    if problems:
        raise RequestError(422, "The order cannot be used", problems[:20])
    return str(action)


async def _order(request: Request) -> bytes:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_ORDER:
            raise RequestError(
                413, Phrase("The body is larger than {largest:,} bytes", largest=LARGEST_ORDER)
            )
    return body


def _require_admin(request: Request) -> None:
    principal = request.scope.get("state", {}).get("principal")
    if ADMIN not in getattr(principal, "scopes", frozenset()):
        raise RequestError(403, "This key may not do that; it takes the scope admin")
