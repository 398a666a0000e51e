"""``POST /v1/score/batch``: up to 10,000 deals at once, each with its answer or its problems.

``?reasons=false`` and ``?reasons=top`` are screenings, counted in columns; ``?stream=true`` sends
one line of JSON for each deal as soon as it is there. The work is done in a thread, piece by
piece, so that other requests are answered in between; where there is a log, a piece is told once
it is kept.
"""

from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from features.texts import Language
from models.qualifier import Qualifier
from serving.crm_record import PRESET, mapping_of
from serving.decision_log.log import DecisionLog
from serving.metrics import Metrics
from serving.routes.asked import language_of, qualifier_of, require_query, yes_or_no
from serving.routes.asking import REPEATED, asker_of
from serving.routes.batch_items import NDJSON, Ends, Tally, Told, versions_data, whole, written
from serving.routes.batch_log import BatchLog
from serving.routes.batch_pieces import Answered, Piece, count, decided
from serving.routes.batch_thread import in_thread
from serving.routes.crm_deals import CrmDeals, deals_in_policy_words
from serving.routes.deals_body import read_deals
from serving.routes.keeping import DURABLE
from serving.routes.screening import form_of, screening

QUERY = ("as_of", "reasons", "stream", PRESET)
DEALS_AT_ONCE = 100
"""Deals of a piece: some tenths of a second of work, and one wait for the log."""


async def batch(request: Request) -> Response:
    """Answer about many deals, in their order; one item a deal, and the counts at the end."""
    require_query(request, QUERY)
    if (form := form_of(request)) is not None:
        return await screening(request, form)
    yes_or_no(request, "reasons", default=True)
    stream = yes_or_no(request, "stream", default=False)
    work = await _batch_of(request)
    pieces = work.pieces()
    items = await anext(pieces)
    work.require_something()
    if stream:
        lines = _lines(work, items, pieces)
        return StreamingResponse(lines, headers=work.headers(), media_type=NDJSON)
    async for some in pieces:
        items += some
    work.require_something()
    told = whole(items, work.summary())
    return Response(told, headers=work.headers(), media_type="application/json")


async def _batch_of(request: Request) -> "_Batch":
    """Return a batch with what is kept of it already.

    Raises
    ------
    KeyUsedTwiceError, UnreadableError
        When its idempotency key is another request's, or nobody can say.
    """
    qualifier, sent = qualifier_of(request), await request.body()
    mapping = mapping_of(request.query_params, qualifier.policy)
    asker, language = await in_thread(partial(asker_of, request, sent)), language_of(request)
    body = await in_thread(partial(read_deals, sent))
    deals = await in_thread(partial(deals_in_policy_words, body, qualifier.policy, mapping))
    log: DecisionLog | None = getattr(request.app.state, "log", None)
    kept = None
    if log is not None:
        kept = BatchLog(log=log, asker=asker, language=language, rows=len(body.deals))
        await kept.look()
    return _Batch(
        qualifier=qualifier,
        deals=deals,
        query={name: text for name, text in request.query_params.items() if name == "as_of"},
        asked_in=language,
        kept=kept,
        tally=Tally(str(request.state.request_id), language),
        figures=getattr(request.app.state, "metrics", None),
    )


@dataclass(slots=True, kw_only=True)
class _Batch:
    """A batch at work; ``kept`` is None where nothing is logged, as in a test."""

    qualifier: Qualifier
    deals: CrmDeals
    query: dict[str, str]
    asked_in: Language
    kept: BatchLog | None
    tally: Tally
    figures: Metrics | None

    async def pieces(self) -> AsyncIterator[list[bytes]]:
        """Give the items piece by piece, each once it is kept."""
        for first in range(0, self._n_deals, DEALS_AT_ONCE):
            ends = await self._ends(range(first, min(first + DEALS_AT_ONCE, self._n_deals)))
            asked = self.tally.request_id if self.kept is None else self.kept.asked
            yield self.tally.items(ends, asked=asked)

    def require_something(self) -> None:
        """Refuse the whole where nothing of it could be kept.

        Raises
        ------
        LaterError, KeyUsedTwiceError
            The reason.
        """
        if self.kept is not None and self.kept.lost is not None and not self.tally.answered:
            raise self.kept.lost

    def headers(self) -> dict[str, str]:
        """Return the language of the answers, and what became of them in the log."""
        headers = {"content-language": str(self._language), **self.deals.headers}
        if self.kept is not None and self.kept.kept:
            headers[REPEATED] = "true"
        if self.kept is not None and self.kept.log.settings.async_ack:
            headers[DURABLE] = "false"
        return headers

    def summary(self) -> bytes:
        """Return the counts, and what answered."""
        return written(self.tally.summary(self.qualifier.versions()))

    @property
    def _n_deals(self) -> int:
        return len(self.deals.body.deals)

    @property
    def _language(self) -> Language:
        return self.asked_in if self.kept is None else self.kept.language

    async def _ends(self, rows: Sequence[int]) -> Ends:
        """Return what became of some rows: what was kept before, then what is decided now."""
        ends = Ends() if self.kept is None else await self.kept.told(rows)
        left = [row for row in rows if row not in ends]
        if not left:
            return ends
        if self.kept is not None and self.kept.lost is not None:
            return ends | dict.fromkeys(left, self.kept.lost)
        piece = await in_thread(
            partial(decided, self.qualifier, self.deals.body, self.query, self._language, left)
        )
        return ends | dict(piece.problems) | await self._kept(piece)

    async def _kept(self, piece: Piece) -> Ends:
        if self.kept is not None:
            ends = await self.kept.keep(piece)
        else:
            versions = versions_data(self.qualifier.versions())
            ends = {one.row: Told(answer=one.answer, versions=versions) for one in piece.answered}
        count(self.figures, self.qualifier, [one for one in piece.answered if _is_new(ends, one)])
        return ends


def _is_new(ends: Ends, one: Answered) -> bool:
    end = ends[one.row]
    return isinstance(end, Told) and end.is_new


async def _lines(
    work: _Batch, first: Iterable[bytes], later: AsyncIterator[list[bytes]]
) -> AsyncIterator[bytes]:
    yield _joined(first)
    async for items in later:
        yield _joined(items)
    yield work.summary() + b"\n"


def _joined(items: Iterable[bytes]) -> bytes:
    return b"".join(item + b"\n" for item in items)
