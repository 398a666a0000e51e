"""What challengers said, read beside the decisions that were answered.

A shadow has the id of its decision, so one is found by the other.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Engine, Row, and_, or_, select

from serving.decision_log.reader import PAGE
from serving.decision_log.tables import DECISIONS, SHADOWS

_D, _S = DECISIONS.c, SHADOWS.c


@dataclass(frozen=True, slots=True, kw_only=True)
class BothSaid:
    """One decision as it was answered, and as the challenger would have answered it.

    ``policy`` and ``model`` are those of the challenger. ``p_win`` is None where nothing was
    estimated; ``challenger_said`` where the facts do not fit its policy.
    """

    id: str
    at: datetime
    deal_id: str | None
    as_of: date
    answered_policy: str
    answered_model: str | None
    answered: str
    answered_p_win: float | None
    policy: str
    model: str | None
    challenger_said: str | None
    challenger_p_win: float | None


def shadow_of_decision(engine: Engine, decision_id: str) -> Row[Any] | None:
    """Return what a challenger would have said to a decision, None where it was not asked."""
    with engine.connect() as connection:
        return connection.execute(select(SHADOWS).where(_S.id == decision_id)).first()


def both_said(
    engine: Engine, since: datetime | None = None, until: datetime | None = None
) -> Iterator[BothSaid]:
    """Yield the decisions that a challenger was asked about too, by time; erased ones are not.

    Each page is one short transaction: who reads for long keeps SQLite from writing.
    """
    query = (
        select(
            _D.id,
            _D.at,
            _D.deal_id,
            _D.as_of,
            _D.policy.label("answered_policy"),
            _D.model.label("answered_model"),
            _D.recommendation.label("answered"),
            _D.p_win.label("answered_p_win"),
            _S.policy,
            _S.model,
            _S.recommendation.label("challenger_said"),
            _S.p_win.label("challenger_p_win"),
        )
        .join(SHADOWS, _S.id == _D.id)
        .where(_D.erased_at.is_(None), _S.erased_at.is_(None))
        .order_by(_D.at, _D.id)
        .limit(PAGE)
    )
    if since is not None:
        query = query.where(_D.at >= since)
    if until is not None:
        query = query.where(_D.at < until)
    step = query
    while True:
        with engine.connect() as connection:
            rows = connection.execute(step).all()
        for row in rows:
            yield BothSaid(**row._mapping)  # noqa: SLF001 (SQLAlchemy's name for it)
        if len(rows) < PAGE:
            return
        last = rows[-1]
        step = query.where(or_(_D.at > last.at, and_(_D.at == last.at, _D.id > last.id)))
