"""A batch in its short form: a screening, counted in columns; it is not logged."""

from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

import numpy as np
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from features.deal import Deal
from features.table import DealTable
from models.qualifier import Qualifier
from models.verdicts import Verdicts
from serving.edge.problem import problem_data
from serving.metrics import Metrics, unknown_in
from serving.routes.asked import language_of, qualifier_of, today, yes_or_no
from serving.routes.batch_items import NDJSON, UNUSABLE, versions_data, whole, written
from serving.routes.batch_thread import in_thread
from serving.routes.deals_body import DealsBody, read_deals

DEALS_AT_ONCE = 5_000
Item = dict[str, Any]


def form_of(request: Request) -> Literal["short"] | None:
    """Return the screening form that a request asks for, None where it asks for whole answers."""
    return None if yes_or_no(request, "reasons", default=True) else "short"


async def screening(request: Request, form: Literal["short"]) -> Response:
    """Answer about many deals, in their order; one item a deal, and the counts at the end."""
    del form
    stream = yes_or_no(request, "stream", default=False)
    qualifier = qualifier_of(request)
    body = await in_thread(partial(read_deals, await request.body()))
    asked = {name: text for name, text in request.query_params.items() if name == "as_of"}
    work = _Screening(qualifier, body, asked, request.state.request_id)
    headers = {"content-language": language_of(request)}
    pieces = work.pieces(getattr(request.app.state, "metrics", None))
    if stream:
        return StreamingResponse(_lines(work, pieces), headers=headers, media_type=NDJSON)
    items = [item async for piece in pieces for item in piece]
    told = whole(map(written, items), written(work.summary(items)))
    return Response(told, headers=headers, media_type="application/json")


@dataclass(frozen=True, slots=True)
class _Screening:
    qualifier: Qualifier
    body: DealsBody
    query: dict[str, str]
    request_id: str

    async def pieces(self, figures: Metrics | None) -> AsyncIterator[list[Item]]:
        """Give the items piece by piece, each once it is counted."""
        for first in range(0, len(self.body.deals), DEALS_AT_ONCE):
            items, counted = await in_thread(partial(self._piece, first, first + DEALS_AT_ONCE))
            if figures is not None:
                figures.decided(**counted)
            yield items

    def summary(self, items: list[Item]) -> Item:
        """Return how many were answered, and by what."""
        answered = sum("answer" in item for item in items)
        counts = {
            "deals": len(items), "answered": answered, "failed": len(items) - answered,
        }  # fmt: skip
        return {"counts": counts, "versions": versions_data(self.qualifier.versions())}

    def _piece(self, first: int, last: int) -> tuple[list[Item], dict[str, Any]]:
        policy = self.qualifier.policy
        read = DealsBody(self.body.deals[first:last], {}).read(policy, self.query, today=today())
        answers, counted = self._answers([one for one in read if isinstance(one, Deal)])
        told = iter(answers)
        items: list[Item] = [
            {"row": row, "answer": next(told)} if isinstance(one, Deal)
            else {
                "row": row,
                "problem": problem_data(422, UNUSABLE, one, instance=self.request_id),
            }
            for row, one in enumerate(read, start=first)
        ]  # fmt: skip
        return items, counted

    def _answers(self, deals: list[Deal]) -> tuple[list[Item], dict[str, Any]]:
        if not deals:
            return [], {"recommendations": (), "unknown": {}, "unseen": {}}
        table = DealTable.of(deals, self.qualifier.policy.fields)
        verdicts = self.qualifier.judge(table)
        counted = {
            "recommendations": verdicts.worked.tolist(),
            "unknown": unknown_in(self.qualifier.policy, deals),
            "unseen": Counter(one.field for one in verdicts.unseen),
        }
        return short_answers(table, verdicts), counted


async def _lines(work: _Screening, pieces: AsyncIterator[list[Item]]) -> AsyncIterator[bytes]:
    counted: list[Item] = []
    async for items in pieces:
        counted += [dict.fromkeys(item) for item in items]  # what was said is not kept
        yield b"".join(written(item) + b"\n" for item in items)
    yield written(work.summary(counted)) + b"\n"


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
