"""The screening forms of ``POST /v1/score/batch``: many deals, counted in columns, in few words.

``?reasons=false`` tells what is recommended and the figures behind it. ``?reasons=top`` tells
besides which knockouts fire, and what weighs most in the probability: the reasons that the full
answer names first, with the same numbers and without sentences. A screening is not logged.
"""

from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Literal, TypeAlias

import numpy as np
import orjson
from numpy.typing import NDArray
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from features.policy import Policy
from features.table import DealTable
from models.decision import Recommendation
from models.qualifier import Qualifier, Screened, Verdicts
from models.strongest import Strongest
from serving.edge.problem import problem_data
from serving.metrics import Metrics
from serving.routes.asked import language_of, qualifier_of, today, yes_or_no
from serving.routes.batch_thread import in_thread
from serving.routes.deal_columns import TableRead, read_table
from serving.routes.deals_body import Problems

Form: TypeAlias = Literal["short", "top"]
Item: TypeAlias = dict[str, Any]
FORMS: Mapping[str, Form] = {"false": "short", "top": "top"}
"""What the query calls each form."""
DEALS_AT_ONCE = 5_000
NDJSON = "application/x-ndjson"
UNIT = "percentage_points"
TITLE = "The facts cannot be used"


def form_of(request: Request) -> Form | None:
    """Return the screening form that a request asks for, None where it asks for whole answers."""
    return FORMS.get(request.query_params.get("reasons", ""))


async def screening(request: Request, form: Form) -> Response:
    """Answer about many deals, in their order; one item a deal, and the counts at the end."""
    stream = yes_or_no(request, "stream", default=False)
    qualifier, body = qualifier_of(request), await request.body()
    asked = {name: text for name, text in request.query_params.items() if name == "as_of"}
    read = await in_thread(partial(read_table, body, qualifier.policy, asked, today=today()))
    work = _Screening(qualifier, read, form, request.state.request_id)
    headers = {"content-language": language_of(request)}
    figures: Metrics | None = getattr(request.app.state, "metrics", None)
    if stream:
        return StreamingResponse(work.lines(figures), headers=headers, media_type=NDJSON)
    items = [item async for items in work.items(figures) for item in items]
    told = await in_thread(partial(orjson.dumps, {"items": items, **work.summary()}))
    return Response(told, headers=headers, media_type="application/json")


@dataclass(frozen=True, slots=True)
class _Screening:
    qualifier: Qualifier
    read: TableRead
    form: Form
    request_id: str

    async def items(self, figures: Metrics | None) -> AsyncIterator[list[Item]]:
        """Give the items piece by piece, each once it is counted."""
        for first in range(0, self._n_deals, DEALS_AT_ONCE):
            piece: _Piece = await in_thread(partial(self._piece, first, first + DEALS_AT_ONCE))
            if figures is not None:
                figures.decided(piece.worked, unknown=piece.unknown, unseen=piece.unseen)
            yield piece.items

    async def lines(self, figures: Metrics | None) -> AsyncIterator[bytes]:
        """Give the items as lines of JSON, and the counts after them."""
        async for items in self.items(figures):
            yield await in_thread(partial(_lines, items))
        yield _lines([self.summary()])

    def summary(self) -> Item:
        """Return how many were answered, and by what."""
        versions, failed = self.qualifier.versions(), len(self.read.problems)
        return {
            "counts": {
                "deals": self._n_deals,
                "answered": self._n_deals - failed,
                "failed": failed,
            },
            "versions": {
                "qualifox": versions.qualifox,
                "policy": versions.policy,
                "policy_version": versions.policy_version,
                "model": versions.model,
                "schema": versions.matrix_schema,
            },
        }

    @property
    def _n_deals(self) -> int:
        return len(self.read.rows) + len(self.read.problems)

    def _piece(self, first: int, last: int) -> "_Piece":
        some = slice(*np.searchsorted(self.read.rows, (first, last)).tolist())
        table, rows = self.read.table.take(some), self.read.rows[some].tolist()
        problems = [
            {"row": row, "problem": self._problem(self.read.problems[row])}
            for row in range(first, min(last, self._n_deals))
            if row in self.read.problems
        ]
        if not rows:
            return _Piece(problems)
        screened = self.qualifier.screen(table, reasons=self.form == "top")
        answers = short_answers(table, screened.verdicts)
        if self.form == "top":
            _add_reasons(answers, screened, self.qualifier.policy)
        items = [{"row": row, "answer": one} for row, one in zip(rows, answers, strict=True)]
        verdicts = screened.verdicts
        return _Piece(
            sorted([*items, *problems], key=lambda item: item["row"]) if problems else items,
            verdicts.worked.tolist(),
            _unknown(table, self.qualifier.policy),
            Counter(one.field for one in verdicts.unseen),
        )

    def _problem(self, problems: Problems) -> Item:
        return problem_data(422, TITLE, problems, instance=self.request_id)


@dataclass(frozen=True, slots=True)
class _Piece:
    """Some deals of a screening, answered."""

    items: list[Item]
    worked: Sequence[Recommendation] = ()
    unknown: Mapping[str, int] = field(default_factory=dict)
    unseen: Mapping[str, int] = field(default_factory=dict)


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
    return [
        {"deal": deal, "recommendation": worked, "p_win": p_win, "value": value, "points": points}
        for deal, worked, p_win, value, points in zip(*columns, strict=True)
    ]


def _numbers(values: NDArray[np.float64] | None, rows: int) -> list[float | None]:
    """Return numbers for JSON, None where one is unknown or has no end."""
    if values is None:
        return [None] * rows
    finite = np.isfinite(values)
    return [
        number if known else None
        for number, known in zip(values.tolist(), finite.tolist(), strict=True)
    ]


def _add_reasons(answers: Sequence[Item], screened: Screened, policy: Policy) -> None:
    """Add to each answer the knockouts that fire, and its strongest reasons."""
    fired = _fired(screened, policy, len(answers))
    reasons = _reasons(screened.strongest, len(answers))
    for answer, knockouts, strongest in zip(answers, fired, reasons, strict=True):
        answer["knockouts"], answer["reasons"] = knockouts, strongest


def _fired(screened: Screened, policy: Policy, n_deals: int) -> list[list[str]]:
    """Return the ids of the knockouts that fire, deal by deal, in the policy's order."""
    found: list[list[str]] = [[] for _ in range(n_deals)]
    if screened.fired is not None:
        for knockout, fires in zip(policy.knockouts, screened.fired, strict=True):
            for row in np.flatnonzero(fires).tolist():
                found[row].append(knockout.id)
    return found


def _reasons(strongest: Strongest | None, n_deals: int) -> list[list[Item]]:
    if strongest is None:
        return [[] for _ in range(n_deals)]
    about = [(str(code), name) for code, name in strongest.about]
    rows = zip(
        strongest.places.tolist(),
        strongest.shares.tolist(),
        strongest.counts.tolist(),
        strict=True,
    )
    return [
        [
            {
                "code": about[place][0],
                "about": about[place][1],
                "contribution": share,
                "unit": UNIT,
            }
            for place, share in zip(places[:count], shares[:count], strict=True)
        ]
        for places, shares, count in rows
    ]


def _unknown(table: DealTable, policy: Policy) -> dict[str, int]:
    """Return in how many deals each fact that the policy asks for was unknown."""
    counts = {
        name: len(table) - int(np.count_nonzero(table.columns[name].known()))
        for name in policy.asked
    }
    return {name: count for name, count in counts.items() if count}


def _lines(items: Sequence[Item]) -> bytes:
    return b"".join([orjson.dumps(one, option=orjson.OPT_APPEND_NEWLINE) for one in items])
