"""``POST /v1/score/batch``: up to 10,000 deals at once, each with its answer or its problems.

``?reasons=false`` gives the short form, counted in columns; ``?stream=true`` sends one line of
JSON for each deal as soon as it is there. The work is done in a thread, piece by piece, so that
other requests are answered in between.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from features.deal import Deal
from features.table import DealTable
from features.texts import Language
from models.qualifier import Qualifier, Verdicts
from reports.answer import answer
from serving.edge.problem import problem_data
from serving.routes.asked import language_of, qualifier_of, require_query, today, yes_or_no
from serving.routes.deals_body import DealsBody, Problems, read_deals

QUERY = ("as_of", "reasons", "stream")
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
    body = await _in_thread(partial(read_deals, await request.body()))
    asked = {name: text for name, text in request.query_params.items() if name == "as_of"}
    work = _Batch(qualifier, body, asked, language_of(request), request.state.request_id, reasons)
    headers = {"content-language": work.language}
    if stream:
        return StreamingResponse(_lines(work), headers=headers, media_type=NDJSON)
    items = [item async for items in work.items() for item in items]
    return JSONResponse({"items": items, **work.summary(items)}, headers=headers)


@dataclass(frozen=True, slots=True)
class _Batch:
    qualifier: Qualifier
    body: DealsBody
    query: dict[str, str]
    language: Language
    request_id: str
    reasons: bool

    async def items(self) -> AsyncIterator[list[Item]]:
        """Give the items piece by piece."""
        step = WITH_REASONS if self.reasons else WITHOUT
        for first in range(0, len(self.body.deals), step):
            yield await _in_thread(partial(self._piece, first, first + step))

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

    def _piece(self, first: int, last: int) -> list[Item]:
        piece = DealsBody(self.body.deals[first:last], {})
        read = piece.read(self.qualifier.policy, self.query, today=today())
        deals = [one for one in read if isinstance(one, Deal)]
        answers = iter(self._answers(deals))
        return [
            {"row": row, "answer": next(answers)}
            if isinstance(one, Deal)
            else {"row": row, "problem": self._problem(one)}
            for row, one in enumerate(read, start=first)
        ]

    def _answers(self, deals: Sequence[Deal]) -> list[Item]:
        if not deals:
            return []
        policy = self.qualifier.policy
        if self.reasons:
            return [answer(one, policy, self.language) for one in self.qualifier.decide(deals)]
        table = DealTable.of(deals, policy.fields)
        return short_answers(table, self.qualifier.judge(table))

    def _problem(self, problems: Problems) -> Item:
        title = "The facts cannot be used"
        return problem_data(422, title, problems, instance=self.request_id)


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


async def _lines(work: _Batch) -> AsyncIterator[bytes]:
    counted: list[Item] = []
    async for items in work.items():
        counted += [dict.fromkeys(item) for item in items]  # what was said is not kept
        yield b"".join(map(_line, items))
    yield _line(work.summary(counted))


def _line(data: Item) -> bytes:
    return json.dumps(data, ensure_ascii=False, allow_nan=False).encode() + b"\n"


async def _in_thread(call: Any) -> Any:
    return await asyncio.get_running_loop().run_in_executor(_THREAD, call)
