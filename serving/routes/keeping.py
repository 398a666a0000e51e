"""An answer kept before it is sent, and sent again as it was where the request comes again."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from serving.decision_log.entry import Written
from serving.decision_log.errors import KeyUsedTwiceError
from serving.decision_log.records import Asker, DecisionRecord
from serving.decision_log.stored import StoredDecision
from serving.messages import RequestError
from serving.routes.asking import REPEATED, log_of

DECISION = "qualifox-decision"
"""The header with the id under which a decision is found again."""
DURABLE = "qualifox-durable"
"""The header that says "false" where the answer was sent before its record was safe."""


async def answered_before(request: Request, asker: Asker) -> Response | None:
    """Return what was answered to the same idempotency key; None where it is new, or none.

    Looked up before anything is read or decided: by now the facts might not fit the policy.

    Raises
    ------
    KeyUsedTwiceError
        When the key came with another request.
    RequestError
        410 when the decision has been erased since.
    """
    if asker.idempotency_key is None:
        return None
    answered = log_of(request).reader.answered
    stored = await run_in_threadpool(answered, asker.key_id, asker.idempotency_key)
    if stored is None:
        return None
    if stored.request_hash not in {None, asker.request_hash}:
        raise KeyUsedTwiceError
    return _again(stored)


async def keep(request: Request, record: DecisionRecord) -> Response:
    """Return the answer of a record once it is safe, or the one that was kept before it.

    Raises
    ------
    LaterError, KeyUsedTwiceError, RecordRefusedError
        When it could not be kept; then it is not answered either.
    """
    log = log_of(request)
    written = await log.append(record)
    if written.repeated:
        stored = await run_in_threadpool(log.reader.decision, written.id)
        if stored is None:  # pruned in between
            raise RequestError(410, "The decision of this idempotency key has been deleted")
        return _again(stored)
    return _answer(record.answer, record.language, written)


def _again(stored: StoredDecision) -> Response:
    if stored.answer is None:
        raise RequestError(410, "The decision of this idempotency key has been erased")
    return _answer(stored.answer, stored.language, Written(stored.id, repeated=True))


def _answer(body: bytes, language: str, written: Written) -> Response:
    headers = {"content-language": language, DECISION: written.id}
    if written.repeated:
        headers[REPEATED] = "true"
    if not written.durable:
        headers[DURABLE] = "false"
    return Response(body, headers=headers, media_type="application/json")
