"""The screening forms of ``POST /v1/score/batch``: many deals, counted in columns, in few words.

``?reasons=false`` tells what is recommended and the figures behind it. ``?reasons=top`` tells
besides which knockouts fire, and what weighs most in the probability: the reasons that the full
answer names first, with the same numbers and without sentences. A screening is not logged.
"""

from collections import Counter
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any, Literal, TypeAlias

import numpy as np
import orjson
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from features.crm.field_names import CrmMapping
from features.policy import Policy
from features.table import DealTable
from features.texts import Language
from models.decision import Recommendation
from models.qualifier import Qualifier
from serving.crm_record import mapping_of
from serving.edge.problem import problem_data
from serving.metrics import Metrics
from serving.routes.asked import language_of, qualifier_of, today, yes_or_no
from serving.routes.batch_items import NDJSON, UNUSABLE, versions_data
from serving.routes.batch_thread import in_thread, nothing_collected
from serving.routes.crm_deals import deals_in_policy_words
from serving.routes.deal_columns import TableRead, read_each, read_table
from serving.routes.deals_body import MOST_DEALS, Problems, read_deals
from serving.routes.screened_json import short_items, top_items

Form: TypeAlias = Literal["short", "top"]
FORMS: Mapping[str, Form] = {"false": "short", "top": "top"}
"""What the query calls each form."""
DEALS_AT_ONCE: Mapping[Form, int] = {"short": MOST_DEALS, "top": MOST_DEALS // 2}
"""Deals of a piece: some tenths of a second of work."""


def form_of(request: Request) -> Form | None:
    """Return the screening form that a request asks for, None where it asks for whole answers."""
    return FORMS.get(request.query_params.get("reasons", ""))


async def screening(request: Request, form: Form) -> Response:
    """Answer about many deals, in their order; one item a deal, and the counts at the end."""
    stream = yes_or_no(request, "stream", default=False)
    qualifier, body = qualifier_of(request), await request.body()
    asked = {name: text for name, text in request.query_params.items() if name == "as_of"}
    mapping = mapping_of(request.query_params, qualifier.policy)
    read, told = await in_thread(
        partial(read_whole, body, qualifier.policy, asked, today(), mapping)
    )
    request.state.given = read.given  # to let so many objects go takes time: after the answer
    work = Screening(qualifier, read, form, request.state.request_id, language_of(request))
    headers = {"content-language": work.language, **told}
    figures: Metrics | None = getattr(request.app.state, "metrics", None)
    if stream:
        return StreamingResponse(work.lines(figures), headers=headers, media_type=NDJSON)
    items = b",".join([b",".join(items) async for items in work.items(figures)])
    whole = b'{"items":[%b],%b' % (items, orjson.dumps(work.summary())[1:])
    return Response(whole, headers=headers, media_type="application/json")


def read_whole(
    body: bytes,
    policy: Policy,
    query: Mapping[str, str],
    day: date,
    mapping: CrmMapping | None = None,
) -> tuple[TableRead, Mapping[str, str]]:
    """Return the deals of a body, and the headers that say what no record of a CRM had."""
    with nothing_collected():
        if mapping is None:
            return read_table(body, policy, query, today=day), {}
        told = deals_in_policy_words(read_deals(body), policy, mapping)
        return read_each(told.body, policy, query, today=day), told.headers


@dataclass(frozen=True, slots=True)
class Screening:
    """The deals of one request, and what answers about them."""

    qualifier: Qualifier
    read: TableRead
    form: Form
    request_id: str
    language: Language = "en"

    def pieces(self) -> Iterator[range]:
        """Yield the rows of each piece."""
        step = DEALS_AT_ONCE[self.form]
        for first in range(0, self._n_deals, step):
            yield range(first, min(first + step, self._n_deals))

    async def items(self, figures: Metrics | None) -> AsyncIterator[list[bytes]]:
        """Give the items piece by piece, each once it is counted."""
        for rows in self.pieces():
            piece = await in_thread(partial(self.piece, rows))
            if figures is not None:
                figures.decided(piece.worked, unknown=piece.unknown, unseen=piece.unseen)
            yield piece.items

    async def lines(self, figures: Metrics | None) -> AsyncIterator[bytes]:
        """Give the items as lines of JSON, and the counts after them."""
        async for items in self.items(figures):
            yield b"\n".join([*items, b""])
        yield orjson.dumps(self.summary(), option=orjson.OPT_APPEND_NEWLINE)

    def summary(self) -> dict[str, Any]:
        """Return how many were answered, and by what."""
        failed = len(self.read.problems)
        return {
            "counts": {
                "deals": self._n_deals,
                "answered": self._n_deals - failed,
                "failed": failed,
            },
            "versions": versions_data(self.qualifier.versions()),
        }

    @property
    def _n_deals(self) -> int:
        return len(self.read.rows) + len(self.read.problems)

    def piece(self, asked: range) -> "Piece":
        """Answer about the deals in some rows."""
        read, policy = self.read, self.qualifier.policy
        some = slice(*np.searchsorted(read.rows, (asked.start, asked.stop)).tolist())
        failed = {
            row: self._problem(row, read.problems[row]) for row in asked if row in read.problems
        }
        rows, table = read.rows[some], read.table.take(some)
        if not len(rows):
            return Piece([*failed.values()])
        with nothing_collected():
            screened = self.qualifier.screen(table, reasons=self.form == "top")
            items = (
                short_items(rows, table, screened)
                if self.form == "short"
                else top_items(rows, table, screened, policy)
            )
        if failed:
            by_row = {**dict(zip(rows.tolist(), items, strict=True)), **failed}
            items = [by_row[row] for row in sorted(by_row)]
        verdicts = screened.verdicts
        unseen = Counter(one.field for one in verdicts.unseen)
        return Piece(items, verdicts.worked.tolist(), _unknown(table, policy), unseen)

    def _problem(self, row: int, problems: Problems) -> bytes:
        told = problem_data(
            422, UNUSABLE, problems, instance=self.request_id, language=self.language
        )
        return orjson.dumps({"row": row, "problem": told})


@dataclass(frozen=True, slots=True)
class Piece:
    """Some deals of a screening, answered: an object of JSON each."""

    items: list[bytes]
    worked: Sequence[Recommendation] = ()
    unknown: Mapping[str, int] = field(default_factory=dict)
    unseen: Mapping[str, int] = field(default_factory=dict)


def _unknown(table: DealTable, policy: Policy) -> dict[str, int]:
    """Return in how many deals each fact that the policy asks for was unknown."""
    counts = {
        name: len(table) - int(np.count_nonzero(table.columns[name].known()))
        for name in policy.asked
    }
    return {name: count for name, count in counts.items() if count}
