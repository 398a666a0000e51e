"""What challengers said, read beside the decisions that were answered.

A shadow has the id of its decision, so one is found by the other.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, Row, select

from features.shadowed_deal import ShadowedDeal
from serving.decision_log.past import last_outcomes, rows_by_time
from serving.decision_log.tables import DECISIONS, SHADOWS

_D, _S = DECISIONS.c, SHADOWS.c


def shadow_of_decision(engine: Engine, decision_id: str) -> Row[Any] | None:
    """Return what a challenger would have said to a decision, None where it was not asked."""
    with engine.connect() as connection:
        return connection.execute(select(SHADOWS).where(_S.id == decision_id)).first()


def shadowed_deals(
    engine: Engine, since: datetime | None = None, until: datetime | None = None
) -> Iterator[ShadowedDeal]:
    """Yield the decisions that a challenger was asked about too, by time; erased ones are not."""
    query = (
        select(
            _D.id,
            _D.at,
            _D.deal_id,
            _D.model,
            _D.recommendation,
            _D.p_win,
            _S.model.label("challenger"),
            _S.recommendation.label("said"),
            _S.p_win.label("said_p_win"),
        )
        .join(SHADOWS, _S.id == _D.id)
        .where(_D.erased_at.is_(None), _S.erased_at.is_(None))
    )
    if since is not None:
        query = query.where(_D.at >= since)
    if until is not None:
        query = query.where(_D.at < until)
    ends = last_outcomes(engine)
    for row in rows_by_time(engine, query, _D.at, _D.id):
        end = ends.get(row.deal_id)
        yield ShadowedDeal(
            decision_id=row.id,
            decided_at=row.at,
            deal_id=row.deal_id,
            champion=row.model,
            answered=row.recommendation,
            answered_p_win=row.p_win,
            challenger=row.challenger,
            said=row.said,
            said_p_win=row.said_p_win,
            outcome=None if end is None else end.outcome,
            closed_on=None if end is None else end.closed_on,
        )
