"""What is taken out of the log on purpose: by age, or because a deal or a person is erased."""

from datetime import UTC, datetime, time
from functools import partial
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from features.errors import InputError, Problem, did_you_mean, printable
from features.fields import WrongFactError, written_day
from features.phrase import Phrase
from serving.decision_log.upkeep import Counts
from serving.keys.principal import Scope
from serving.messages import RequestError, read_object
from serving.routes.asking import log_of, require, unusable

PRUNE = ("before", "everything")
ERASE = ("deal", "person", "why", "only_look")
LONGEST_WHY = 1_000


async def prune(request: Request) -> Response:
    """Delete decisions from before a day: ``{"before": "2026-01-01", "everything": false}``."""
    require(request, Scope.ADMIN)
    order = _order(await request.body(), PRUNE)
    try:
        day = written_day(order.get("before"))
    except WrongFactError as wrong:
        raise _refused("before", wrong.what, wrong.hint) from None
    before = datetime.combine(day, time(), UTC)
    work = partial(
        log_of(request).upkeep.prune, before, everything=_yes_or_no(order, "everything")
    )
    return _done("pruned", await run_in_threadpool(work))


async def erase(request: Request) -> Response:
    """Empty what is kept of a deal or a person: ``{"deal": "D-7", "why": "asked on 3 May"}``."""
    require(request, Scope.ADMIN)
    order = _order(await request.body(), ERASE)
    given = [word for word in ("deal", "person") if order.get(word) is not None]
    if len(given) != 1:
        raise _refused("deal", "one of 'deal' and 'person' is given", "say which is to be erased")
    (word,) = given
    name, why = _words(order, word), _words(order, "why")
    upkeep, only_look = log_of(request).upkeep, _yes_or_no(order, "only_look")
    if word == "deal" and only_look:
        raise _refused("only_look", "is for a person", "GET /v1/decisions?deal= shows a deal's")
    at = datetime.now(UTC)
    if word == "deal":
        work = partial(upkeep.erase_deal, name, why=why, at=at)
    else:
        work = partial(upkeep.erase_person, name, why=why, at=at, only_look=only_look)
    try:
        counts = await run_in_threadpool(work)
    except InputError as error:
        raise unusable(error) from None
    return _done("found" if only_look else "erased", counts)


def _order(body: bytes, known: tuple[str, ...]) -> dict[str, Any]:
    order = read_object(body)
    problems = [
        Problem(where=printable(key), what="is not read here", hint=did_you_mean(key, known))
        for key in order
        if key not in known
    ]
    if problems:
        raise RequestError(422, "The request cannot be used", problems[:20])
    return order


def _words(order: dict[str, Any], key: str) -> str:
    value = order.get(key)
    fine = isinstance(value, str) and value.strip() and len(value) <= LONGEST_WHY
    if not fine or not str(value).isprintable():
        hint = Phrase("some words, at most {most:,} characters", most=LONGEST_WHY)
        raise _refused(key, "is not a text", hint)
    return str(value)


def _yes_or_no(order: dict[str, Any], key: str) -> bool:
    value = order.get(key, False)
    if not isinstance(value, bool):
        raise _refused(key, "is neither true nor false", "leave it out for false")
    return value


def _refused(where: str, what: str, hint: str) -> RequestError:
    problem = Problem(where=where, what=what, hint=hint)
    return RequestError(422, "The request cannot be used", [problem])


def _done(what: str, counts: Counts) -> Response:
    return JSONResponse({what: counts})
