"""What training learns from the log: of each deal one decision, and the last word on its outcome.

The facts are those of the first decision, or of the last one before the day on which the deal
closed: what was given from that day on may have been known only because it had closed.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, TypeAlias

from sqlalchemy import Column, Engine, Row, Select, and_, or_, select

from features.logged_deal import LoggedDeal, LoggedPast
from serving.decision_log.canonical import read_json
from serving.decision_log.reader import PAGE
from serving.decision_log.tables import DECISIONS, OUTCOMES

Which: TypeAlias = Literal["first", "last"]

_D, _O = DECISIONS.c, OUTCOMES.c
_DECISION: tuple[Column[Any], ...] = (
    *(_D.id, _D.at, _D.deal_id, _D.as_of, _D.facts, _D.policy, _D.model, _D.recommendation),
    *(_D.p_win, _D.propensity, _D.explored, _D.erased_at),
)
"""Everything but the answers, which are most of a log."""
_OUTCOME: tuple[Column[Any], ...] = (
    *(_O.id, _O.at, _O.deal_id, _O.outcome, _O.closed_on, _O.hours, _O.erased_at),
)


def logged_past(engine: Engine, which: Which = "first", *, with_open: bool = False) -> LoggedPast:
    """Return the deals that have closed, or all that were decided ``with_open`` ones.

    Whoever said an outcome, its deal is the one of that id, whichever key asked about it. An
    outcome that is said again counts as it was said last.
    """
    ends = last_outcomes(engine)
    query = select(*_DECISION).where(_D.deal_id.is_not(None))
    if not with_open:
        query = query.where(_D.deal_id.in_(select(_O.deal_id)))
    found = _Found(ends, which)
    for row in rows_by_time(engine, query, _D.at, _D.id):
        found.add(row)
    return found.past(with_open=with_open)


def last_outcomes(engine: Engine) -> dict[str, Row[Any]]:
    """Return the last word on how each deal ended, by its id."""
    return {row.deal_id: row for row in rows_by_time(engine, select(*_OUTCOME), _O.at, _O.id)}


@dataclass(slots=True)
class _Chosen:
    """What was found of a deal so far: the decision that counts, and that there were others."""

    row: Row[Any] | None = None
    erased: bool = False


class _Found:
    """Chooses among the decisions of each deal as they come, in the order of time."""

    def __init__(self, ends: dict[str, Row[Any]], which: Which) -> None:
        self.ends, self.which = ends, which
        self.deals: dict[str, _Chosen] = {}

    def add(self, row: Row[Any]) -> None:
        chosen = self.deals.setdefault(row.deal_id, _Chosen())
        if self.which == "first" and (chosen.row is not None or chosen.erased):
            return
        if row.erased_at is not None or row.facts is None:
            chosen.erased = True
        elif self._in_time(row):
            chosen.row = row

    def past(self, *, with_open: bool) -> LoggedPast:
        deals, erased, late = [], 0, 0
        for deal_id, chosen in self.deals.items():
            end = self.ends.get(deal_id)
            if (chosen.row is None and chosen.erased) or (end and end.erased_at is not None):
                erased += 1
            elif chosen.row is None:
                late += 1
            elif end is not None or with_open:
                deals.append(_logged(chosen.row, end))
        deals.sort(key=lambda deal: (deal.decided_at, deal.decision_id))
        return LoggedPast(
            deals=tuple(deals),
            never_decided=len(self.ends.keys() - self.deals.keys()),
            erased=erased,
            too_late=late,
        )

    def _in_time(self, row: Row[Any]) -> bool:
        end = self.ends.get(row.deal_id)
        closed_on: date | None = None if end is None else end.closed_on
        return closed_on is None or max(row.at.date(), row.as_of) < closed_on


def _logged(row: Row[Any], end: Row[Any] | None) -> LoggedDeal:
    return LoggedDeal(
        deal_id=row.deal_id,
        decision_id=row.id,
        decided_at=row.at,
        as_of=row.as_of,
        facts=read_json(row.facts),
        policy=row.policy,
        model=row.model,
        recommendation=row.recommendation,
        p_win=row.p_win,
        propensity=row.propensity,
        explored=row.explored,
        outcome=None if end is None else end.outcome,
        closed_on=None if end is None else end.closed_on,
        hours=None if end is None else end.hours,
    )


def rows_by_time(
    engine: Engine, query: "Select[Any]", at: "Column[Any]", row_id: "Column[Any]"
) -> Iterator[Row[Any]]:
    """Yield rows by time, page by page: who reads for long keeps SQLite from writing."""
    paged = query.order_by(at, row_id).limit(PAGE)
    after: Callable[[Row[Any]], Any] = lambda row: or_(  # noqa: E731
        at > row.at, and_(at == row.at, row_id > row.id)
    )
    step = paged
    while True:
        with engine.connect() as connection:
            rows = connection.execute(step).all()
        yield from rows
        if len(rows) < PAGE:
            return
        step = paged.where(after(rows[-1]))
