"""``POST /v1/score/batch``: up to 10,000 deals at once, each with its answer or its problems.

``?reasons=false`` gives the short form, counted in columns; ``?stream=true`` sends one line of
JSON for each deal as soon as it is there. The work is done in a thread, piece by piece, so that
other requests are answered in between.
"""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import numpy as np
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from features.deal import Deal
from features.table import DealTable
from features.texts import Language
from models.decision import Decision, Recommendation
from models.qualifier import Qualifier
from models.verdicts import Verdicts
from reports.answer import answer
from serving.crm_record import PRESET, mapping_of
from serving.edge.problem import problem_data
from serving.metrics import Metrics, unknown_in, unseen_in
from serving.routes.asked import language_of, qualifier_of, require_query, today, yes_or_no
from serving.routes.crm_deals import deals_in_policy_words
from serving.routes.deals_body import DealsBody, Problems, read_deals

QUERY = ("as_of", "reasons", "stream", PRESET)
NDJSON = "application/x-ndjson"
WITH_REASONS, WITHOUT = 100, 5_000
"""Deals of a piece: some tenths of a second of work."""
_THREAD = ThreadPoolExecutor(max_workers=1, thread_name_prefix="batch")
Item = dict[str, Any]


async def batch(request: Request) -> Response:
    """Answer about many deals, in their order; one item a deal, and the counts at the end."""
    require_query(request, QUERY)
    reasons = yes_or_no(request, "reasons", default=True)
    stream = yes_or_no(request, "stream", default=False)
    qualifier = qualifier_of(request)
    mapping = mapping_of(request.query_params, qualifier.policy)
    sent = await _in_thread(partial(read_deals, await request.body()))
    told = await _in_thread(partial(deals_in_policy_words, sent, qualifier.policy, mapping))
    asked = {name: text for name, text in request.query_params.items() if name == "as_of"}
    work = _Batch(
        qualifier, told.body, asked, language_of(request), request.state.request_id, reasons
    )
    headers = {"content-language": work.language, **told.headers}
    if stream:
        return StreamingResponse(_lines(work, request), headers=headers, media_type=NDJSON)
    items = [item async for items in work.items(request) for item in items]
    return JSONResponse({"items": items, **work.summary(items)}, headers=headers)


@dataclass(frozen=True, slots=True)
class Answered:
    """A deal of a batch, as it was given and read, and what was concluded and told."""

    row: int
    given: object
    deal: Deal
    decision: Decision
    answer: Item


KeepBatch = Callable[[Request, Sequence[Answered]], Awaitable[None]]
"""What `app.state.keep_batch` is, where decisions are logged: awaited before a piece is told.

The short form is a screening: it draws up no reasons, and is not logged.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    """Some deals of a batch, answered."""

    items: list[Item] = field(default_factory=list)
    decisions: Sequence[Decision] = ()
    answered: Sequence[Answered] = ()
    recommendations: Sequence[Recommendation] = ()
    unknown: Mapping[str, int] = field(default_factory=dict)
    unseen: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Batch:
    qualifier: Qualifier
    body: DealsBody
    query: dict[str, str]
    language: Language
    request_id: str
    reasons: bool

    async def items(self, request: Request) -> AsyncIterator[list[Item]]:
        """Give the items piece by piece, each once it is kept."""
        keep: KeepBatch | None = getattr(request.app.state, "keep_batch", None)
        figures: Metrics | None = getattr(request.app.state, "metrics", None)
        step = WITH_REASONS if self.reasons else WITHOUT
        for first in range(0, len(self.body.deals), step):
            piece: _Piece = await _in_thread(partial(self._piece, first, first + step))
            if keep is not None and piece.answered:
                await keep(request, piece.answered)
            if figures is not None:
                figures.decided(piece.recommendations, unknown=piece.unknown, unseen=piece.unseen)
            yield piece.items

    def summary(self, items: Sequence[Item]) -> dict[str, Any]:
        """Return how many were answered, and by what."""
        versions = self.qualifier.versions()
        answered = sum("answer" in item for item in items)
        return {
            "counts": {
                "deals": len(items),
                "answered": answered,
                "failed": len(items) - answered,
            },
            "versions": {
                "qualifox": versions.qualifox,
                "policy": versions.policy,
                "policy_version": versions.policy_version,
                "model": versions.model,
                "schema": versions.matrix_schema,
            },
        }

    def _piece(self, first: int, last: int) -> "_Piece":
        piece, policy = DealsBody(self.body.deals[first:last], {}), self.qualifier.policy
        read = piece.read(policy, self.query, today=today())
        rows = [row for row, one in enumerate(read) if isinstance(one, Deal)]
        deals = [one for one in read if isinstance(one, Deal)]
        found = self._full(deals) if self.reasons else self._short(deals)
        items: list[Item] = [
            {"row": row, "problem": self._problem(one)} if not isinstance(one, Deal) else {}
            for row, one in enumerate(read, start=first)
        ]
        for row, told in zip(rows, found.items, strict=True):
            items[row] = {"row": first + row, "answer": told}
        answered = [
            Answered(first + row, piece.deals[row], deal, decision, told)
            for row, deal, decision, told in zip(
                rows, deals, found.decisions, found.items, strict=False
            )
        ]
        return replace(found, items=items, answered=answered, unknown=unknown_in(policy, deals))

    def _full(self, deals: Sequence[Deal]) -> "_Piece":
        decisions = self.qualifier.decide(deals) if deals else []
        return _Piece(
            items=[answer(one, self.qualifier.policy, self.language) for one in decisions],
            decisions=decisions,
            recommendations=[one.recommendation for one in decisions],
            unseen=unseen_in(decisions),
        )

    def _short(self, deals: Sequence[Deal]) -> "_Piece":
        if not deals:
            return _Piece()
        table = DealTable.of(deals, self.qualifier.policy.fields)
        verdicts = self.qualifier.judge(table)
        return _Piece(
            items=short_answers(table, verdicts),
            recommendations=verdicts.worked.tolist(),
            unseen=Counter(one.field for one in verdicts.unseen),
        )

    def _problem(self, problems: Problems) -> Item:
        title = "The facts cannot be used"
        return problem_data(422, title, problems, instance=self.request_id, language=self.language)


def short_answers(table: DealTable, verdicts: Verdicts) -> list[Item]:
    """Return the short form of answers: what is recommended, and the figures behind it."""
    p_win, value = verdicts.p_win, verdicts.value
    columns = (
        table.ids,
        [one.value for one in verdicts.worked],
        _numbers(p_win, len(table)),
        _numbers(None if value is None else value.expected, len(table)),
        _numbers(verdicts.points.earned, len(table)),
    )
    names = ("deal", "recommendation", "p_win", "value", "points")
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def _numbers(values: np.ndarray[Any, Any] | None, rows: int) -> list[float | None]:
    """Return numbers for JSON, None where one is unknown or has no end."""
    if values is None:
        return [None] * rows
    finite = np.isfinite(values)
    return [
        number if known else None
        for number, known in zip(values.tolist(), finite.tolist(), strict=True)
    ]


async def _lines(work: _Batch, request: Request) -> AsyncIterator[bytes]:
    counted: list[Item] = []
    async for items in work.items(request):
        counted += [dict.fromkeys(item) for item in items]  # what was said is not kept
        yield b"".join(map(_line, items))
    yield _line(work.summary(counted))


def _line(data: Item) -> bytes:
    return json.dumps(data, ensure_ascii=False, allow_nan=False).encode() + b"\n"


async def _in_thread(call: Any) -> Any:
    return await asyncio.get_running_loop().run_in_executor(_THREAD, call)
